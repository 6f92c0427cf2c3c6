import { join } from 'node:path'
import { Duration } from 'aws-cdk-lib'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Construct } from 'constructs'
import type { SenderSettings } from '../../functions/runtime/sign-in-settings.ts'
import type { Casefiles } from './casefiles.ts'
import { type Channels, ratesOf } from './channels.ts'
import { acknowledge } from './constructs/compliance.ts'
import { LambdaFunction, ROOT } from './constructs/function.ts'
import { ManagedSecret, SECRETS_EXTENSION } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import type { PagesClient } from './constructs/sign-in.ts'
import type { OurEvents } from './our-events.ts'
import type { Rules } from './rules.ts'
import type { WakeQueues } from './wake-queues.ts'

type WebProps = {
  readonly casefiles: Casefiles
  readonly wakeQueues: WakeQueues
  readonly rules: Rules
  readonly ourEvents: OurEvents
  readonly channels: Channels
  readonly linkKey: ManagedSecret
  readonly client: PagesClient
  readonly senders: SenderSettings
}

/** The pages: for answering by the link in a message, and for staff who have signed in. */
export class Web extends Construct {
  readonly integration: HttpLambdaIntegration

  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { casefiles, wakeQueues, rules, ourEvents, channels, linkKey, client, senders }: WebProps,
  ) {
    super(scope, id)
    const { stage } = platform
    const sessionKey = new ManagedSecret(this, 'SessionKey', {
      platform,
      variable: 'SESSION_KEY_SECRET',
      notRotatedBecause:
        'Rotating it ends sessions within the hour; it is done by hand when the key may have leaked.',
    })
    const clientSecret = new ManagedSecret(this, 'ClientSecret', {
      platform,
      variable: 'CLIENT_SECRET',
      value: client.secret,
      notRotatedBecause: 'The issuer makes it: it is rotated there first, then here.',
    })
    const callbackToken = new ManagedSecret(this, 'CallbackToken', {
      platform,
      variable: 'CALLBACK_TOKEN_SECRET',
      notRotatedBecause:
        'It is entered into GOV.UK Notify by hand: rotated automatically, its callbacks would be refused.',
    })
    const secrets = [linkKey, sessionKey, clientSecret, callbackToken]
    const { lambda, live } = new LambdaFunction(this, 'Pages', {
      platform,
      folder: 'web',
      environment: {
        TABLE: casefiles.table.tableName,
        ...wakeQueues.environment,
        ...rules.environment,
        ...ourEvents.environment,
        ...channels.textMessages.environment,
        TEXTS_PER_SECOND: ratesOf(stage, 'web').TEXTS_PER_SECOND,
        SIGN_IN: JSON.stringify(client.settings),
        SENDERS: JSON.stringify(senders),
        ...Object.assign({}, ...secrets.map((secret) => secret.environment)),
      },
      permissions: [
        ...casefiles.permissions('open', 'events', 'entries', 'texts', 'ofKind', 'takeIn'),
        ...casefiles.permissions('count', 'counts', 'due'),
        // Replies by text arrive here if GOV.UK Notify sends our messages.
        ...casefiles.permissions('claim', 'record', 'keepWords'),
        ...channels.textMessages.permissions,
        ...wakeQueues.sendPermissions,
        ourEvents.publishPermission,
        rules.readPermission,
        ...secrets.map((secret) => secret.readPermission),
      ],
      timeout: TIMEOUT,
      concurrencyMax: stage.concurrencyMax.web,
      paramsAndSecrets: SECRETS_EXTENSION,
      assets: [OUR_VIEWS, DESIGN_SYSTEM],
      impact: 'people who open a page: they cannot see why somebody was told something, or answer a request.',
    })
    acknowledge(
      lambda,
      'It is invoked synchronously: the browser sees the failure and tries again.',
      'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    )
    this.integration = new HttpLambdaIntegration('Pages', live)
  }
}

const OUR_VIEWS = { folder: join(ROOT, 'functions', 'web', 'frame'), patterns: ['views/*.*'] }

/** The parts of GOV.UK Frontend and MoJ Frontend that our pages use, without their sources. */
const DESIGN_SYSTEM = {
  folder: ROOT,
  patterns: [
    'govuk-frontend/package.json',
    'govuk-frontend/dist/govuk/govuk-frontend.min.css',
    'govuk-frontend/dist/govuk/assets/**/*.*',
    'govuk-frontend/dist/govuk/**/*.njk',
    '@ministryofjustice/frontend/package.json',
    '@ministryofjustice/frontend/moj/moj-frontend.min.css',
  ].map((path) => `node_modules/${path}`),
}

/** An HTTP API's integration times out after 30 seconds. */
const TIMEOUT = Duration.seconds(29)
