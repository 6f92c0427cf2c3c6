import { Duration, RemovalPolicy, SecretValue } from 'aws-cdk-lib'
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import {
  type CfnUserPoolClient,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { EVERY_KIND } from '../../../functions/intake/senders.ts'
import type { SenderSettings, SignInSettings } from '../../../functions/runtime/sign-in-settings.ts'

/** Our pages, as a client of the issuer. */
export type PagesClient = {
  readonly settings: SignInSettings
  /** Undefined if the issuer hands it to people, who then replace the generated one by hand. */
  readonly secret?: SecretValue
}

/**
 * How people and systems sign in: whose tokens the API accepts, with which scopes, and how the pages sign people in.
 */
export type SignIn = (
  scope: Construct,
  stage: { readonly address: string; readonly unprotected?: true },
) => {
  readonly authorizer: IHttpRouteAuthorizer
  /** The scopes that the token of a system that sends events must have. */
  readonly scopes: string[]
  /** Which claim of a token says what kinds of event its system may send. */
  readonly senders: SenderSettings
  readonly client: PagesClient
}

type IssuerProps = {
  readonly url: string
  readonly audiences: string[]
  readonly scopes: string[]
  readonly senders: SenderSettings
  readonly pages: Omit<SignInSettings, 'issuer'>
}

/**
 * Any OpenID Connect issuer, such as HMPPS Auth. `/callback` and `/signed-out` of our address must be registered with
 * it.
 */
export function issuer({ url, audiences, scopes, senders, pages }: IssuerProps): SignIn {
  return () => ({
    authorizer: new HttpJwtAuthorizer('Issuer', url, { jwtAudience: audiences }),
    scopes,
    senders,
    client: { settings: { issuer: url, ...pages } },
  })
}

/**
 * A Cognito user pool of our own, for a stage without an issuer. It has a client that may send every kind of event,
 * and one for each of `systems`, by name, with the kinds that it may send.
 */
export function ownPool(of: { domainPrefix: string; systems?: Systems }): SignIn {
  return (scope, stage) => {
    const { pool, systems, scopes, pages } = new Pool(scope, 'Pool', { ...of, ...stage })
    const audience = systems.map((one) => one.userPoolClientId)
    return {
      authorizer: new HttpJwtAuthorizer('Issuer', pool.userPoolProviderUrl, { jwtAudience: audience }),
      scopes,
      senders: { claim: 'scope', prefix: `${SERVER}/` },
      client: {
        settings: {
          issuer: pool.userPoolProviderUrl,
          clientId: pages.userPoolClientId,
          scope: 'openid email',
          support: { claim: 'cognito:groups', value: SUPPORT },
          dataProtection: { claim: 'cognito:groups', value: DATA_PROTECTION },
          givesVerifiedEmailOnly: false,
        },
        secret: SecretValue.resourceAttribute(
          (pages.node.defaultChild as CfnUserPoolClient).attrClientSecret,
        ),
      },
    }
  }
}

/** Members may read everything. */
const SUPPORT = 'support'
/** Members answer subject access requests. */
const DATA_PROTECTION = 'data-protection'
/** The prefix of our scopes. */
const SERVER = 'throughcare'
/** The scope that lets a system in; its other scopes say which kinds of event it may send. */
const WRITE = 'events.write'

type Systems = Readonly<Record<string, readonly string[]>>
type PoolProps = Parameters<SignIn>[1] & { readonly domainPrefix: string; readonly systems?: Systems }

/** People are invited and need a second factor. Systems use client credentials. */
class Pool extends Construct {
  readonly pool: UserPool
  readonly systems
  readonly scopes = [`${SERVER}/${WRITE}`]
  readonly pages

  constructor(scope: Construct, id: string, props: PoolProps) {
    super(scope, id)
    const { domainPrefix, systems = {}, address, unprotected } = props
    this.pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
      },
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: !unprotected,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    })
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix } })
    const kindsOf: Systems = { Systems: [EVERY_KIND], ...systems }
    const names = new Set([WRITE, ...Object.values(kindsOf).flat()])
    const scopes = [...names].map((scopeName) => {
      const scopeDescription = scopeName === WRITE ? 'Send events' : `Send events of this kind: ${scopeName}`
      return new ResourceServerScope({ scopeName, scopeDescription })
    })
    const server = this.pool.addResourceServer('Server', { identifier: SERVER, scopes })
    this.systems = Object.entries(kindsOf).map(([name, kinds]) =>
      this.pool.addClient(name, {
        generateSecret: true,
        authFlows: {},
        oAuth: {
          flows: { clientCredentials: true },
          scopes: scopes
            .filter(({ scopeName }) => scopeName === WRITE || kinds.includes(scopeName))
            .map((one) => OAuthScope.resourceServer(server, one)),
        },
        accessTokenValidity: Duration.minutes(15),
        preventUserExistenceErrors: true,
      }),
    )
    this.pages = this.pool.addClient('Pages', {
      generateSecret: true,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [`${address}/callback`],
        logoutUrls: [`${address}/signed-out`],
      },
      preventUserExistenceErrors: true,
    })
    this.pool.addGroup('Support', { groupName: SUPPORT })
    this.pool.addGroup('DataProtection', { groupName: DATA_PROTECTION })
  }
}
