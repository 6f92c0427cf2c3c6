import { CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  DkimIdentity,
  EasyDkimSigningKeyLength,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses'
import { CfnConfigurationSet } from 'aws-cdk-lib/aws-smsvoice'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { Variable } from '../../functions/runtime/environment.ts'
import { ManagedSecret } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import type { Stage } from './constructs/stage.ts'

/**
 * The ways to reach people: e-mail by SES, text messages by End User Messaging or by GOV.UK Notify, as the stage chooses.
 * SES and End User Messaging report on one topic what became of a message: End User Messaging can publish to no event
 * bus, and SES only to the account's default one.
 */
export class Channels extends Construct {
  readonly reports: Topic
  /** What people reply by text. Undefined where End User Messaging sends nothing. */
  readonly replies: Topic | undefined
  readonly email: Provider
  readonly textMessages: Provider

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id)
    const { stage, keys } = platform
    this.reports = new Topic(this, 'Reports', { masterKey: keys.messages, enforceSSL: true })
    // Filled in by hand where a stage chooses it: {"apiKey":…,"email":template id,"sms":template id}
    const notify = new ManagedSecret(this, 'Notify', {
      platform,
      variable: 'NOTIFY_SECRET',
      notRotatedBecause:
        'GOV.UK Notify shows a new API key on its own page alone: no program can ask for one.',
    })
    const chosen = {
      environment: {
        STAGE: stage.name,
        CHANNELS: JSON.stringify({ [stage.name]: stage.channels }),
        ...notify.environment,
      },
      permissions: [notify.readPermission],
    }
    this.email = both(chosen, new Email(this, 'Email', platform, this.reports))
    const own = usesEndUserMessaging(stage)
      ? new TextMessages(this, 'TextMessages', platform, this.reports)
      : undefined
    this.replies = own?.replies
    this.textMessages = own ? both(chosen, own) : chosen
  }
}

/** Of all that may be sent in a second, what is for whom. */
const SHARES = { releases: 0.4, wake: 0.5, replies: 0.1 } as const

/** What one process may send in a second, so that all of them at once stay within what the stage may. */
export function ratesOf(
  { sendsPerSecond, concurrencyMax }: Stage,
  whose: keyof typeof SHARES,
  processes = concurrencyMax[whose],
) {
  const share = (perSecond: number) => String((perSecond * SHARES[whose]) / processes)
  return { EMAILS_PER_SECOND: share(sendsPerSecond.emails), TEXTS_PER_SECOND: share(sendsPerSecond.texts) }
}

/** What a function needs in order to send. */
type Provider = {
  readonly environment: Readonly<Partial<Record<Variable, string>>>
  readonly permissions: readonly PolicyStatement[]
}

function both(one: Provider, other: Provider): Provider {
  return {
    environment: { ...one.environment, ...other.environment },
    permissions: [...one.permissions, ...other.permissions],
  }
}

/** Whether End User Messaging sends text messages anywhere on the stage. */
function usesEndUserMessaging({ channels }: Stage): boolean {
  return [channels.everywhere, ...Object.values(channels.areas)].some(
    ({ sms }) => sms === 'end-user-messaging',
  )
}

/** An SES identity that signs what it sends and requires TLS. */
class Email extends Construct {
  readonly environment
  readonly permissions: readonly PolicyStatement[]

  constructor(scope: Construct, id: string, { stage, monitoring }: Platform, reports: Topic) {
    super(scope, id)
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    })
    configurationSet.addEventDestination('Reports', {
      destination: EventDestination.snsTopic(reports),
      events: [
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    })
    const identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(stage.email.domain),
      configurationSet,
      dkimIdentity: DkimIdentity.easyDkim(EasyDkimSigningKeyLength.RSA_2048_BIT),
      mailFromDomain: `mail.${stage.email.domain}`,
      feedbackForwarding: false,
    })
    this.#toBePublished(stage, identity)
    const setArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSet.configurationSetName,
    })
    this.environment = {
      EMAIL_FROM: stage.email.from,
      EMAIL_CONFIGURATION_SET: configurationSet.configurationSetName,
    }
    this.permissions = [
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [identity.emailIdentityArn, setArn],
      }),
    ]
    const everybody = 'everybody: SES suspends all our e-mail when too much of it'
    monitoring.alarm(this, 'Bounces', {
      metric: reputation('BounceRate'),
      threshold: { atLeast: BOUNCE_RATE_MAX },
      missingData: 'notBreaching',
      impact: `${everybody} cannot be delivered.`,
      runbook: 'bounces',
    })
    monitoring.alarm(this, 'Quota', {
      metric: new Metric({
        namespace: 'AWS/SES',
        metricName: 'Send',
        statistic: 'Sum',
        period: Duration.days(1),
      }),
      threshold: { atLeast: QUOTA_SHARE_MAX * stage.email.perDay },
      missingData: 'notBreaching',
      impact: 'everybody who is told by e-mail: SES will take no more today.',
      runbook: 'email-quota',
    })
    monitoring.alarm(this, 'Complaints', {
      metric: reputation('ComplaintRate'),
      threshold: { atLeast: COMPLAINT_RATE_MAX },
      missingData: 'notBreaching',
      impact: `${everybody} is marked as spam.`,
      runbook: 'complaints',
    })
  }

  /** The records that somebody puts into the domain's zone: DKIM, and MX and SPF of where bounces come back. */
  #toBePublished({ email, region }: Stage, { dkimRecords }: EmailIdentity): void {
    const mailFrom = `mail.${email.domain}`
    const records = [
      ...dkimRecords.map(({ name, value }) => `${name} CNAME ${value}`),
      `${mailFrom} MX 10 feedback-smtp.${region}.amazonses.com`,
      `${mailFrom} TXT "v=spf1 include:amazonses.com ~all"`,
    ]
    for (const [index, value] of records.entries()) new CfnOutput(this, `Record${index + 1}`, { value })
  }
}

/** Of what SES takes in 24 hours. */
const QUOTA_SHARE_MAX = 0.8
/** SES reviews an account at 5 % and may suspend it at 10 %. */
const BOUNCE_RATE_MAX = 0.04
/** SES reviews an account at 0.1 % and may suspend it at 0.5 %. */
const COMPLAINT_RATE_MAX = 0.0008

function reputation(of: 'BounceRate' | 'ComplaintRate'): Metric {
  return new Metric({
    namespace: 'AWS/SES',
    metricName: `Reputation.${of}`,
    statistic: 'Maximum',
    period: Duration.hours(1),
  })
}

/**
 * Text messages by End User Messaging: from a number of ours, with a topic for what people reply. STOP is ours to act on,
 * like every reply: End User Messaging's own opt-out list would be a second one.
 */
class TextMessages extends Construct {
  readonly replies: Topic
  readonly environment
  readonly permissions: readonly PolicyStatement[]

  constructor(scope: Construct, id: string, { stage, keys }: Platform, reports: Topic) {
    super(scope, id)
    // RequestPhoneNumber needs the id of an approved registration for a UK long code; AWS::SMSVOICE::PhoneNumber has no
    // property for one. So it is registered by hand, and the stage names it: docs/deploy.md.
    const numberArn = stage.textNumberArn
    if (!numberArn)
      throw new Error(`stage ${stage.name} sends text messages and names no number: textNumberArn`)
    this.replies = new Topic(this, 'Replies', { masterKey: keys.messages, enforceSSL: true })
    for (const topic of [reports, this.replies]) {
      topic.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
          actions: ['sns:Publish'],
          resources: [topic.topicArn],
          conditions: { StringEquals: { 'aws:SourceAccount': stage.account } },
        }),
      )
    }
    const configurationSet = new CfnConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: Stack.of(this).stackName,
      eventDestinations: [
        {
          eventDestinationName: 'reports',
          enabled: true,
          matchingEventTypes: ['TEXT_ALL'],
          snsDestination: { topicArn: reports.topicArn },
        },
      ],
    })
    // It publishes to the topic at once, whose policy must by then allow it.
    configurationSet.node.addDependency(reports)
    this.environment = { TEXT_FROM: numberArn, TEXT_CONFIGURATION_SET: configurationSet.ref }
    this.permissions = [
      new PolicyStatement({
        actions: ['sms-voice:SendTextMessage'],
        resources: [numberArn, configurationSet.attrArn],
      }),
    ]
    new CfnOutput(this, 'RepliesTopic', { value: this.replies.topicArn })
  }
}
