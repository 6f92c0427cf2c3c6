import { CfnOutput } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  DomainName,
  HttpApi,
  HttpIntegrationSubtype,
  HttpIntegrationType,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRouteIntegration,
  type HttpRouteIntegrationBindOptions,
  type HttpRouteIntegrationConfig,
  HttpStage,
  IntegrationCredentials,
  LogGroupLogDestination,
  MappingValue,
  ParameterMapping,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager'
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { answer } from './constructs/compliance.ts'
import type { Platform } from './constructs/platform.ts'
import type { SignIn } from './constructs/sign-in.ts'
import type { Mailbox } from './constructs/work-queue.ts'
import type { Intake } from './intake.ts'
import type { Web } from './web.ts'

type ApiProps = {
  readonly intake: Intake
  readonly web: Web
  /** Whose tokens are taken, and what one must allow its bearer to do. */
  readonly tokens: Pick<ReturnType<SignIn>, 'authorizer' | 'scopes'>
}

/**
 * The way in over HTTP, at the stage's own address and no other. `POST /events` puts the body into intake's mailbox
 * as it is, with no code in between: once it is answered, it is kept. Only a token of the stage's issuer opens it.
 * Everything else is the pages'. A browser that follows a link has no token to show: the pages sign people in
 * themselves, all but those for answering, whose link is the proof, and GOV.UK Notify's reports, which bear a token
 * of ours.
 */
export class Api extends Construct {
  constructor(scope: Construct, id: string, { stage, operations }: Platform, props: ApiProps) {
    super(scope, id)
    const { intake, web, tokens } = props
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
        destination: new LogGroupLogDestination(operations.log(this)),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS)),
      },
    })
    api.addRoutes({
      path: '/events',
      methods: [HttpMethod.POST],
      integration: new IntoMailbox(intake.mailbox),
    })
    for (const [path, method] of PAGES) {
      const routes = api.addRoutes({
        path,
        methods: [method],
        integration: web.integration,
        authorizer: new HttpNoneAuthorizer(),
      })
      for (const route of routes) {
        answer(
          route,
          'Browsers have no token to show: the pages sign people in themselves, or check the link or token they bear.',
          'AwsSolutions::AwsSolutions-APIG4',
        )
      }
    }
    operations.alarm(this, 'Refused', {
      metric: api.metricServerError(),
      rings: { from: 1 },
      silence: 'all is well',
      hurts: 'whoever hands events in over HTTP, or opens a page: they have to try again.',
      runbook: 'refused-requests',
    })
    new CfnOutput(this, 'PointTheAddressAt', { value: domainName.regionalDomainName })
  }
}

/** What the pages answer to. The first two change something; nothing else that is asked of them does. */
const PAGES = [
  ['/answers/{noticeId}', HttpMethod.POST],
  ['/receipts/notify', HttpMethod.POST],
  ['/answers/{noticeId}', HttpMethod.GET],
  ['/', HttpMethod.GET],
  ['/{proxy+}', HttpMethod.GET],
] as const

/** Puts the body of a request into a mailbox, and answers once it is there. */
class IntoMailbox extends HttpRouteIntegration {
  readonly #mailbox: Mailbox

  constructor(mailbox: Mailbox) {
    super('IntoMailbox')
    this.#mailbox = mailbox
  }

  override bind({ scope }: HttpRouteIntegrationBindOptions): HttpRouteIntegrationConfig {
    const { queue, sending } = this.#mailbox
    const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') })
    new ManagedPolicy(scope, 'May', { roles: [role], statements: [sending] })
    return {
      type: HttpIntegrationType.AWS_PROXY,
      subtype: HttpIntegrationSubtype.SQS_SEND_MESSAGE,
      payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
      credentials: IntegrationCredentials.fromRole(role),
      parameterMapping: ParameterMapping.fromObject({
        QueueUrl: MappingValue.custom(queue.queueUrl),
        MessageBody: MappingValue.custom('$request.body'),
      }),
    }
  }
}

/** What is written of a request: which route, by which client, with what success. Nothing of what it says. */
const ACCESS = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.messageString',
  integrationError: '$context.integrationErrorMessage',
  client: '$context.authorizer.claims.client_id',
  ip: '$context.identity.sourceIp',
}
