import { CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnConfigurationSet } from 'aws-cdk-lib/aws-smsvoice'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { Variable } from '../../functions/runtime/environment.ts'
import { AUDIENCES, letterheadsTo } from '../../shared/messages/letterheads.ts'
import { ManagedSecret } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import type { Stage } from './constructs/stage.ts'
import { Email } from './email.ts'

/**
 * How people are reached: e-mail by SES, text messages by End User Messaging or GOV.UK Notify, as the stage chooses.
 * SES and End User Messaging send their reports to one topic: End User Messaging cannot publish to an event bus, and
 * SES only to the account's default one.
 */
export class Channels extends Construct {
  readonly reports: Topic
  /** What people reply by text. Undefined if End User Messaging is not used. */
  readonly replies: Topic | undefined
  readonly email: Provider
  readonly textMessages: Provider
  /** Permissions to call somebody; none if the stage has no number that calls. */
  readonly callPermissions: readonly PolicyStatement[]

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id)
    const { stage, keys } = platform
    this.reports = new Topic(this, 'Reports', { masterKey: keys.messages, enforceSSL: true })
    // Filled in by hand if the stage uses Notify: {"apiKey":…,"email":template id,"sms":template id}
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
    if (stage.callNumberArn && !usesEndUserMessaging(stage))
      throw new Error(
        `stage ${stage.name} calls by a provider that sends none of its text messages: callNumberArn`,
      )
    const own = usesEndUserMessaging(stage)
      ? new TextMessages(this, 'TextMessages', platform, this.reports)
      : undefined
    this.replies = own?.replies
    this.textMessages = own ? both(chosen, own) : chosen
    this.callPermissions = own?.callPermissions ?? []
  }
}

/** How the sends per second are shared out. If GOV.UK Notify sends, the web function answers replies. */
const SHARES = { releases: 0.4, wake: 0.5, replies: 0.05, web: 0.05 } as const

/** What one process may send per second, so that all of them together stay within the stage's limit. */
export function ratesOf({ sendsPerSecond, concurrencyMax }: Stage, whose: keyof typeof SHARES) {
  const share = (perSecond: number) => String((perSecond * SHARES[whose]) / concurrencyMax[whose])
  return { EMAILS_PER_SECOND: share(sendsPerSecond.emails), TEXTS_PER_SECOND: share(sendsPerSecond.texts) }
}

/** Environment and permissions for a function that sends. */
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

/** Whether End User Messaging sends the stage's text messages. */
function usesEndUserMessaging({ channels }: Stage): boolean {
  return channels.sms === 'end-user-messaging'
}

/** The ARNs of the numbers that individual areas of a stage send from. */
function numbersOf({ letterheads }: Stage): string[] {
  const all = AUDIENCES.flatMap((audience) => letterheadsTo(letterheads, audience))
  return all.flatMap(({ number }) => number ?? [])
}

/**
 * Text messages by End User Messaging, from a number of ours, with a topic for replies. We handle STOP ourselves,
 * like every reply: End User Messaging's own opt-out list would be a second one.
 */
class TextMessages extends Construct {
  readonly replies: Topic
  readonly environment
  readonly permissions: readonly PolicyStatement[]
  readonly callPermissions: readonly PolicyStatement[]

  constructor(scope: Construct, id: string, { stage, keys, monitoring }: Platform, reports: Topic) {
    super(scope, id)
    // RequestPhoneNumber needs the id of an approved registration for a UK long code, for which
    // AWS::SMSVOICE::PhoneNumber has no property. So the number is registered by hand and the stage names it:
    // docs/deploy.md.
    const { textNumberArn: numberArn, textSpendMax } = stage
    if (!numberArn || !textSpendMax)
      throw new Error(`stage ${stage.name} sends text messages and lacks textNumberArn or textSpendMax`)
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
          matchingEventTypes: stage.callNumberArn ? ['TEXT_ALL', 'VOICE_ALL'] : ['TEXT_ALL'],
          snsDestination: { topicArn: reports.topicArn },
        },
      ],
    })
    // It publishes to the topic immediately, so the topic's policy must be in place first.
    configurationSet.node.addDependency(reports)
    this.environment = { TEXT_FROM: numberArn, TEXT_CONFIGURATION_SET: configurationSet.ref }
    const permission = (action: string, numbers: readonly string[]) =>
      new PolicyStatement({ actions: [action], resources: [...numbers, configurationSet.attrArn] })
    this.permissions = [
      permission('sms-voice:SendTextMessage', [...new Set([numberArn, ...numbersOf(stage)])]),
    ]
    const { callNumberArn } = stage
    this.callPermissions = callNumberArn ? [permission('sms-voice:SendVoiceMessage', [callNumberArn])] : []
    // End User Messaging, monitoring: what the account has spent on text messages this calendar month.
    const spent = new Metric({
      namespace: 'AWS/SMSVoice',
      metricName: 'TextMessageMonthlySpend',
      statistic: 'Maximum',
      period: Duration.hours(1),
    })
    monitoring.alarm(this, 'Spend', {
      metric: spent,
      threshold: { atLeast: SPEND_SHARE_MAX * textSpendMax },
      missingData: 'notBreaching',
      impact: 'everybody who is told by text: at its limit AWS sends no more until the month is over.',
      runbook: 'text-spend',
    })
    monitoring.graph(`Dollars spent on text messages this month (limit: ${textSpendMax})`, [spent])
    new CfnOutput(this, 'RepliesTopic', { value: this.replies.topicArn })
  }
}

/** Share of the monthly limit. */
const SPEND_SHARE_MAX = 0.8
