import { CfnOutput } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  type CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager'
import { Construct } from 'constructs'
import { acknowledge } from './constructs/compliance.ts'
import type { Platform } from './constructs/platform.ts'
import type { SignIn } from './constructs/sign-in.ts'
import type { Web } from './web.ts'

type ApiProps = {
  readonly web: Web
  /** Which issuer's tokens are accepted, and the scopes that one must have. */
  readonly tokens: Pick<ReturnType<SignIn>, 'authorizer' | 'scopes'>
}

/**
 * The HTTP API, at the stage's own address and no other. `POST /events` wants a token from the stage's issuer: each
 * event is taken in before it is answered, and the answer says what became of it, as on one machine. All else is for
 * the pages. A browser that follows a link has no token: they sign people in themselves, except for answers, where the
 * link is the proof, and for GOV.UK Notify's callbacks, which carry a token of ours.
 *
 * AWS WAF cannot stand before an HTTP API, so what anybody may ask without having signed in is limited here.
 */
export class Api extends Construct {
  constructor(scope: Construct, id: string, { stage, monitoring }: Platform, props: ApiProps) {
    super(scope, id)
    const { web, tokens } = props
    const domainName = new DomainName(this, 'Domain', {
      domainName: new URL(stage.address).hostname,
      // A deploy waits until somebody has put the record that ACM asks for into the address's zone.
      certificate: new Certificate(this, 'Certificate', {
        domainName: new URL(stage.address).hostname,
        validation: CertificateValidation.fromDns(),
      }),
    })
    const api = new HttpApi(this, 'Http', {
      createDefaultStage: false,
      disableExecuteApiEndpoint: true,
      defaultAuthorizer: tokens.authorizer,
      defaultAuthorizationScopes: tokens.scopes,
    })
    const http = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: stage.requests,
      domainMapping: { domainName },
      accessLogSettings: {
        destination: new LogGroupLogDestination(monitoring.logGroup(this)),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS)),
      },
    })
    api.addRoutes({ path: '/events', methods: [HttpMethod.POST], integration: web.integration })
    for (const [id, routeKey] of Object.entries({ ...PUBLIC, Pages: HttpRouteKey.DEFAULT })) {
      const route = new HttpRoute(this, id, {
        httpApi: api,
        routeKey,
        integration: web.integration,
        authorizer: new HttpNoneAuthorizer(),
      })
      acknowledge(
        route,
        'Browsers have no token: the pages sign people in themselves, or check the link or the token of the request.',
        'AwsSolutions::AwsSolutions-APIG4',
      )
      // API Gateway refuses the settings of a route that is not there yet.
      http.node.addDependency(route)
    }
    const { rateLimit, burstLimit } = stage.requests
    ;(http.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
      Object.values(PUBLIC).map(({ key }) => [
        key,
        {
          DetailedMetricsEnabled: true,
          ThrottlingRateLimit: rateLimit * PUBLIC_SHARE,
          ThrottlingBurstLimit: Math.ceil(burstLimit * PUBLIC_SHARE),
        },
      ]),
    )
    monitoring.alarm(this, 'ServerErrors', {
      metric: api.metricServerError(),
      threshold: { atLeast: 1 },
      missingData: 'notBreaching',
      impact: 'systems that send events over HTTP, and people who open a page: they have to try again.',
      runbook: 'api-errors',
    })
    monitoring.alarm(this, 'EventsRefused', {
      metric: api.metricClientError({
        dimensionsMap: { ApiId: api.apiId, Stage: '$default', Method: 'POST', Resource: '/events' },
      }),
      threshold: { atLeast: 1 },
      periods: 3,
      missingData: 'notBreaching',
      impact: 'the people in events of a system that we turn away: nothing of them comes in.',
      runbook: 'api-refusals',
    })
    new CfnOutput(this, 'PointTheAddressAt', { value: domainName.regionalDomainName })
  }
}

/** What anybody may ask who has a link, or makes one up. */
const PUBLIC = {
  Question: HttpRouteKey.with('/a/{link}', HttpMethod.GET),
  Answer: HttpRouteKey.with('/a/{link}', HttpMethod.POST),
}
/** Of what the stage allows in a second: those who guess at links slow down nobody else. */
const PUBLIC_SHARE = 0.25

/** What is logged of a request: which route, by which client, with what result. Nothing of its content or sender. */
const ACCESS = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.messageString',
  integrationError: '$context.integrationErrorMessage',
  client: '$context.authorizer.claims.client_id',
}
