import { join } from 'node:path'
import { Duration } from 'aws-cdk-lib'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import { answer } from './constructs/compliance.ts'
import { FolderFunction, ROOT } from './constructs/function.ts'
import { EXTENSION, KeptSecret } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import type { PagesClient } from './constructs/sign-in.ts'
import type { OurEvents } from './our-events.ts'
import type { Rules } from './rules.ts'
import type { WakeQueues } from './wake-queues.ts'

type WebProps = {
  readonly casefiles: Casefiles
  readonly wakes: WakeQueues
  readonly rules: Rules
  readonly ourEvents: OurEvents
  readonly linkKey: KeptSecret
  readonly client: PagesClient
}

/** The pages: for answering by the link in a message, and for staff who have signed in. */
export class Web extends Construct {
  readonly integration: HttpLambdaIntegration

  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { casefiles, wakes, rules, ourEvents, linkKey, client }: WebProps,
  ) {
    super(scope, id)
    const { stage } = platform
    const sessionKey = new KeptSecret(this, 'SessionKey', {
      ...{ platform, named: 'SESSION_KEY_SECRET' },
      unturned:
        'Turned over, it has people sign in anew an hour later and no sooner; whoever suspects it does so.',
    })
    const clientSecret = new KeptSecret(this, 'ClientSecret', {
      ...{ platform, named: 'CLIENT_SECRET', value: client.secret },
      unturned: 'The issuer gives it: it is turned over there first, and here after.',
    })
    const callbackToken = new KeptSecret(this, 'CallbackToken', {
      ...{ platform, named: 'CALLBACK_TOKEN_SECRET' },
      unturned: 'GOV.UK Notify is given it by hand: turned over by itself, it would turn its reports away.',
    })
    const secrets = [linkKey, sessionKey, clientSecret, callbackToken]
    const { lambda, live } = new FolderFunction(this, 'Pages', {
      platform,
      folder: 'web',
      environment: {
        TABLE: casefiles.table.tableName,
        ...wakes.environment,
        ...rules.environment,
        ...ourEvents.environment,
        SIGN_IN: JSON.stringify(client.settings),
        ...Object.assign({}, ...secrets.map((secret) => secret.environment)),
      },
      may: [
        ...casefiles.allowing('open', 'events', 'texts', 'heads', 'append', 'rouse'),
        ...wakes.sending,
        ourEvents.publishing,
        rules.reading,
        ...secrets.map((secret) => secret.reading),
      ],
      timeout: ANSWERED_WITHIN,
      concurrencyMax: stage.concurrencyMax.web,
      besides: EXTENSION,
      reads: [OUR_VIEWS, DESIGN_SYSTEM],
      hurts:
        'whoever opens a page: they cannot see why somebody was told something, or answer that they come.',
    })
    answer(
      lambda,
      'Whoever asks is answered at once, waits for it, and asks again.',
      'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    )
    this.integration = new HttpLambdaIntegration('Pages', live)
  }
}

const OUR_VIEWS = { folder: join(ROOT, 'functions', 'web'), patterns: ['views/*.*'] }

/** As much of GOV.UK's as our pages show: not what it brings for those who build it themselves. */
const DESIGN_SYSTEM = {
  folder: ROOT,
  patterns: [
    'package.json',
    'dist/govuk/govuk-frontend.min.css',
    'dist/govuk/assets/**/*.*',
    'dist/govuk/**/*.njk',
  ].map((path) => `node_modules/govuk-frontend/${path}`),
}

/** An HTTP API waits no longer than half a minute. */
const ANSWERED_WITHIN = Duration.seconds(29)
