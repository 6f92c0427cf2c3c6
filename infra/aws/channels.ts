import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
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
import { CfnConfigurationSet, CfnPhoneNumber } from 'aws-cdk-lib/aws-smsvoice'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { ManagedSecret } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'

/**
 * The ways to reach people: e-mail by SES, text messages by End User Messaging, both by GOV.UK Notify where a stage
 * chooses it. The first two report what became of a message on one topic: End User Messaging can put its reports on no
 * bus, and SES on none but the account's own. What people reply comes on another.
 */
export class Channels extends Construct {
  readonly reports: Topic
  readonly replies: Topic
  readonly #email: Email
  readonly #texts: Texts
  readonly #notify: ManagedSecret
  readonly #chosen

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id)
    const { stage, keys } = platform
    const topic = { masterKey: keys.messages, enforceSSL: true }
    this.reports = new Topic(this, 'Reports', topic)
    this.replies = new Topic(this, 'Replies', topic)
    this.#email = new Email(this, 'Email', platform, this.reports)
    this.#texts = new Texts(this, 'Texts', this.reports, this.replies)
    // Filled in by hand where a stage chooses it: {"apiKey":…,"email":template id,"sms":template id}
    this.#notify = new ManagedSecret(this, 'Notify', {
      platform,
      variable: 'NOTIFY_SECRET',
      notRotatedBecause:
        'GOV.UK Notify gives the key on a page of its own, and cannot be asked for another by a program.',
    })
    this.#chosen = { STAGE: stage.name, CHANNELS: JSON.stringify({ [stage.name]: stage.channels }) }
  }

  /** What whoever sends must know and be allowed: everything, or text messages alone. */
  get all() {
    return {
      environment: { ...this.texts.environment, ...this.#email.environment },
      sendPermission: [...this.texts.sendPermission, this.#email.sendPermission],
    }
  }

  get texts() {
    return {
      environment: { ...this.#chosen, ...this.#texts.environment, ...this.#notify.environment },
      sendPermission: [this.#texts.sendPermission, this.#notify.readPermission],
    }
  }
}

/** An identity that signs what it sends, and asks for TLS of whoever takes it. */
class Email extends Construct {
  readonly environment
  readonly sendPermission: PolicyStatement

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
    const setArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSet.configurationSetName,
    })
    this.environment = {
      EMAIL_FROM: stage.email.from,
      EMAIL_CONFIGURATION_SET: configurationSet.configurationSetName,
    }
    this.sendPermission = new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: [identity.emailIdentityArn, setArn],
    })
    const everybody = 'everybody: SES stops sending our e-mail altogether when too much of it'
    monitoring.alarm(this, 'Bounces', {
      metric: reputation('BounceRate'),
      threshold: { atLeast: BOUNCE_RATE_MAX },
      missingData: 'notBreaching',
      impact: `${everybody} cannot be delivered.`,
      runbook: 'bounces',
    })
    monitoring.alarm(this, 'Complaints', {
      metric: reputation('ComplaintRate'),
      threshold: { atLeast: COMPLAINT_RATE_MAX },
      missingData: 'notBreaching',
      impact: `${everybody} is called spam.`,
      runbook: 'complaints',
    })
  }
}

/** SES looks into us at 5 % and stops us at 10 %. */
const BOUNCE_RATE_MAX = 0.04
/** SES looks into us at 0.1 % and stops us at 0.5 %. */
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
 * A number of our own, what became of each message, and what people reply. STOP is ours to hear, like everything else:
 * two lists of who has opted out would come to differ.
 */
class Texts extends Construct {
  readonly environment
  readonly sendPermission: PolicyStatement

  constructor(scope: Construct, id: string, reports: Topic, replies: Topic) {
    super(scope, id)
    const { account } = Stack.of(this)
    for (const topic of [reports, replies]) {
      topic.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
          actions: ['sns:Publish'],
          resources: [topic.topicArn],
          conditions: { StringEquals: { 'aws:SourceAccount': account } },
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
    // It tries the topic at once, which must by then let it in.
    configurationSet.node.addDependency(reports)
    const number = new CfnPhoneNumber(this, 'Number', {
      isoCountryCode: 'GB',
      numberType: 'LONG_CODE',
      numberCapabilities: ['SMS'],
      deletionProtectionEnabled: true,
      selfManagedOptOutsEnabled: true,
      twoWay: { enabled: true, channelArn: replies.topicArn },
      mandatoryKeywords: {
        help: {
          message: 'Throughcare sends reminders of appointments. Ask your worker, or reply STOP to end them.',
        },
        stop: {
          message: 'You will get no more text messages from Throughcare. Your appointments still stand.',
        },
      },
    })
    number.node.addDependency(replies)
    number.applyRemovalPolicy(RemovalPolicy.RETAIN)
    this.environment = {
      TEXT_FROM: number.attrPhoneNumberId,
      TEXT_CONFIGURATION_SET: configurationSet.ref,
    }
    this.sendPermission = new PolicyStatement({
      actions: ['sms-voice:SendTextMessage'],
      resources: [number.attrArn, configurationSet.attrArn],
    })
  }
}
