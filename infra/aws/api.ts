import { CfnOutput } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  DomainName,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
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
 * event is taken in before it is answered, and the answer says what became of it, as on one machine. A browser that
 * follows a link has no token: the pages sign people in themselves, except for answers, where the link is the proof,
 * and for GOV.UK Notify's callbacks, which carry a token of ours.
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
    new HttpStage(this, 'Stage', {
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
    for (const [path, method] of PAGES) {
      const routes = api.addRoutes({
        path,
        methods: [method],
        integration: web.integration,
        authorizer: new HttpNoneAuthorizer(),
      })
      for (const route of routes) {
        acknowledge(
          route,
          'Browsers have no token: the pages sign people in themselves, or check the link or the token of the request.',
          'AwsSolutions::AwsSolutions-APIG4',
        )
      }
    }
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

/** What the pages answer. The POSTs change something; no GET does. */
const PAGES = [
  ['/a/{link}', HttpMethod.POST],
  ['/acts/{proxy+}', HttpMethod.POST],
  ['/receipts/notify', HttpMethod.POST],
  ['/replies/notify', HttpMethod.POST],
  ['/a/{link}', HttpMethod.GET],
  ['/', HttpMethod.GET],
  ['/{proxy+}', HttpMethod.GET],
] as const

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
