import { CfnOutput } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  HttpApi,
  HttpIntegrationSubtype,
  HttpIntegrationType,
  HttpMethod,
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
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type { Intake } from './intake.ts'
import type { Mailbox } from './mailbox.ts'
import type { Platform } from './platform.ts'

type ApiProps = { readonly intake: Intake }

/**
 * The way in over HTTP. `POST /events` puts the body into intake's mailbox as it is, with no code in between: once it
 * is answered, it is kept. Nobody gets in without a token of the stage's issuer.
 */
export class Api extends Construct {
  constructor(scope: Construct, id: string, { stage, operations }: Platform, { intake }: ApiProps) {
    super(scope, id)
    const { authorizer, scopes } = stage.signIn(this)
    const api = new HttpApi(this, 'Http', {
      createDefaultStage: false,
      defaultAuthorizer: authorizer,
      defaultAuthorizationScopes: scopes,
    })
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: stage.requests,
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
    operations.alarm(this, 'Refused', {
      metric: api.metricServerError(),
      rings: { from: 1 },
      silence: 'all is well',
      hurts: 'whoever hands events in over HTTP: they are not taken, and must be handed in again.',
      runbook: 'refused-requests',
    })
    new CfnOutput(this, 'Address', { value: api.apiEndpoint })
  }
}

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
