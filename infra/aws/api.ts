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
  /** The issuer whose tokens are accepted, and the scopes that a token must have. */
  readonly tokens: Pick<ReturnType<SignIn>, 'authorizer' | 'scopes'>
}

/**
 * The HTTP API, at the stage's own address only. `POST /events` needs a token from the stage's issuer; each event is
 * taken in before the response is sent, and the response says what became of it, as on one machine. Everything else
 * goes to the pages. A browser that follows a link has no token: the pages sign people in themselves, except for
 * answers, where the link is the proof, and for GOV.UK Notify's callbacks, which carry a token of ours.
 *
 * AWS WAF cannot be put in front of an HTTP API, so requests that need no sign-in are rate-limited here.
 */
export class Api extends Construct {
  constructor(scope: Construct, id: string, { stage, monitoring }: Platform, props: ApiProps) {
    super(scope, id)
    const { web, tokens } = props
    const domainName = new DomainName(this, 'Domain', {
      domainName: new URL(stage.address).hostname,
      // A deploy waits here until somebody adds the record that ACM asks for to the address's zone.
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
      // API Gateway refuses settings for a route that does not exist yet.
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

/** Routes that anybody with a link, real or made up, may request. */
const PUBLIC = {
  Question: HttpRouteKey.with('/a/{link}', HttpMethod.GET),
  Answer: HttpRouteKey.with('/a/{link}', HttpMethod.POST),
}
/** The share of the stage's rate limit for those routes, so that somebody guessing links slows down nobody else. */
const PUBLIC_SHARE = 0.25

/** The access log: which route, which client, what result. Never the content or the sender. */
const ACCESS = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.messageString',
  integrationError: '$context.integrationErrorMessage',
  client: '$context.authorizer.claims.client_id',
}
