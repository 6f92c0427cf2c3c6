import { CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
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
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { AUDIENCES, type Audience, letterheadsTo, saysNothing } from '../../shared/messages/letterheads.ts'
import { acknowledge } from './constructs/compliance.ts'
import type { Platform } from './constructs/platform.ts'
import type { Stage } from './constructs/stage.ts'

/** An SES identity that signs what it sends and requires TLS. */
export class Email extends Construct {
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
    const addresses = addressesOf(stage)
    const domains = [
      ...new Set([stage.email.domain, ...addresses.map((address) => address.split('@')[1] ?? '')]),
    ]
    const records = domains.flatMap((domain, index) => {
      const identity = new EmailIdentity(this, index === 0 ? 'Identity' : `IdentityOf${domain}`, {
        identity: Identity.domain(domain),
        configurationSet,
        dkimIdentity: DkimIdentity.easyDkim(EasyDkimSigningKeyLength.RSA_2048_BIT),
        mailFromDomain: `mail.${domain}`,
        feedbackForwarding: false,
      })
      return toBePublished(domain, stage, identity)
    })
    for (const [index, value] of records.entries()) new CfnOutput(this, `Record${index + 1}`, { value })
    const setArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSet.configurationSetName,
    })
    acknowledge(
      Stack.of(this),
      'In the sandbox a recipient is an identity too. The statement allows addresses of ours alone as the sender.',
      `AwsSolutions::AwsSolutions-IAM5[Resource::${everyIdentity(stage)}]`,
    )
    this.environment = {
      EMAIL_FROM: stage.email.from,
      EMAIL_CONFIGURATION_SET: configurationSet.configurationSetName,
    }
    this.permissions = [
      // For an account in the sandbox SES checks the permission on the recipient's identity as well as on the
      // sender's.
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [everyIdentity(stage), setArn],
        conditions: { StringEquals: { 'ses:FromAddress': addresses } },
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
}

/** The records to add to a domain's zone: DKIM, and MX and SPF for the domain that bounces return to. */
function toBePublished(domain: string, { region }: Stage, { dkimRecords }: EmailIdentity): string[] {
  const mailFrom = `mail.${domain}`
  return [
    ...dkimRecords.map(({ name, value }) => `${name} CNAME ${value}`),
    `${mailFrom} MX 10 feedback-smtp.${region}.amazonses.com`,
    `${mailFrom} TXT "v=spf1 include:amazonses.com ~all"`,
  ]
}

/** Every address that a stage sends e-mail from. Throws if one gives too much away to the people who may see it. */
function addressesOf({ name, email, letterheads }: Stage): string[] {
  const of = (audience: Audience) =>
    letterheadsTo(letterheads, audience).map((letterhead) => letterhead.email ?? email.from)
  for (const audience of ['holdersAndMeeters', 'unsafe'] as const) {
    const telling = of(audience).find((address) => !saysNothing(address))
    if (telling !== undefined)
      throw new Error(`stage ${name} writes to ${audience} from ${telling}: letterheads`)
  }
  return [...new Set([email.from, ...AUDIENCES.flatMap(of)])].sort()
}

/** Senders and recipients that SES knows in the stage's account. */
function everyIdentity({ region, account }: Stage) {
  return `arn:aws:ses:${region}:${account}:identity/*` as const
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
