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
import type { SignInSettings } from '../../../functions/runtime/sign-in-settings.ts'

/** Our pages as a client of the issuer. */
export type PagesClient = {
  readonly settings: SignInSettings
  /** Undefined where the issuer gives it to people alone, who then replace the generated one by hand. */
  readonly secret?: SecretValue
}

/** Who signs people and systems in: whose tokens the API accepts, with which scopes, and how the pages sign in. */
export type SignIn = (
  scope: Construct,
  stage: { readonly address: string; readonly unprotected?: true },
) => {
  readonly authorizer: IHttpRouteAuthorizer
  readonly scopes: string[]
  readonly client: PagesClient
}

type IssuerProps = {
  readonly url: string
  readonly audiences: string[]
  readonly scopes: string[]
  readonly pages: Omit<SignInSettings, 'issuer'>
}

/** Any OpenID Connect issuer, such as HMPPS Auth. It has to know `/callback` and `/signed-out` of our address. */
export function issuer({ url, audiences, scopes, pages }: IssuerProps): SignIn {
  return () => ({
    authorizer: new HttpJwtAuthorizer('Issuer', url, { jwtAudience: audiences }),
    scopes,
    client: { settings: { issuer: url, ...pages } },
  })
}

/** A Cognito user pool of our own, where there is no issuer to use. */
export function ownPool(of: { domainPrefix: string }): SignIn {
  return (scope, stage) => {
    const { pool, systems, scopes, pages } = new Pool(scope, 'Pool', { ...of, ...stage })
    const audience = [systems.userPoolClientId]
    return {
      authorizer: new HttpJwtAuthorizer('Issuer', pool.userPoolProviderUrl, { jwtAudience: audience }),
      scopes,
      client: {
        settings: {
          issuer: pool.userPoolProviderUrl,
          clientId: pages.userPoolClientId,
          scope: 'openid email',
          support: { claim: 'cognito:groups', value: SUPPORT },
          givesVerifiedEmailOnly: false,
        },
        secret: SecretValue.resourceAttribute(
          (pages.node.defaultChild as CfnUserPoolClient).attrClientSecret,
        ),
      },
    }
  }
}

/** The group whose members may read everything. */
const SUPPORT = 'support'

type PoolProps = Parameters<SignIn>[1] & { readonly domainPrefix: string }

/** People are invited, and need a second factor. Systems send events with client credentials. */
class Pool extends Construct {
  readonly pool: UserPool
  readonly systems
  readonly scopes: string[]
  readonly pages

  constructor(scope: Construct, id: string, { domainPrefix, address, unprotected }: PoolProps) {
    super(scope, id)
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
    const write = new ResourceServerScope({ scopeName: 'events.write', scopeDescription: 'Send events' })
    const server = this.pool.addResourceServer('Server', { identifier: 'throughcare', scopes: [write] })
    this.systems = this.pool.addClient('Systems', {
      generateSecret: true,
      authFlows: {},
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, write)] },
      accessTokenValidity: Duration.minutes(15),
      preventUserExistenceErrors: true,
    })
    this.scopes = ['throughcare/events.write']
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
  }
}
