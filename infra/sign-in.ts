import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import {
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'

/** Who says who somebody is: whose tokens the API takes, and what one must allow its bearer to do. */
export type SignIn = (scope: Construct) => {
  readonly authorizer: IHttpRouteAuthorizer
  readonly scopes: string[]
}

/** Any OpenID Connect issuer, such as HMPPS Auth. */
export function issuer(of: { url: string; audiences: string[]; scopes: string[] }): SignIn {
  return () => ({
    authorizer: new HttpJwtAuthorizer('Issuer', of.url, { jwtAudience: of.audiences }),
    scopes: of.scopes,
  })
}

/** A user pool of our own, where there is no issuer to lean on. */
export function ownPool(of: { domainPrefix: string }): SignIn {
  return (scope) => {
    const { pool, client, scopes } = new Pool(scope, 'Pool', of.domainPrefix)
    const audience = [client.userPoolClientId]
    return {
      authorizer: new HttpJwtAuthorizer('Issuer', pool.userPoolProviderUrl, { jwtAudience: audience }),
      scopes,
    }
  }
}

/** People are invited, and bring a second factor. Systems hand events in with credentials of their own. */
class Pool extends Construct {
  readonly pool: UserPool
  readonly client
  readonly scopes: string[]

  constructor(scope: Construct, id: string, domainPrefix: string) {
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
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix } })
    const write = new ResourceServerScope({ scopeName: 'events.write', scopeDescription: 'Hand events in' })
    const server = this.pool.addResourceServer('Server', { identifier: 'throughcare', scopes: [write] })
    this.client = this.pool.addClient('Systems', {
      generateSecret: true,
      authFlows: {},
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, write)] },
      accessTokenValidity: Duration.minutes(15),
      preventUserExistenceErrors: true,
    })
    this.scopes = ['throughcare/events.write']
  }
}
