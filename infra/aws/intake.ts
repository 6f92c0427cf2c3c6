import { Duration } from 'aws-cdk-lib'
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch'
import { AccountPrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { Count } from '../../functions/runtime/telemetry.ts'
import type { Casefiles } from './casefiles.ts'
import type { Monitoring } from './constructs/monitoring.ts'
import type { Platform } from './constructs/platform.ts'
import { WorkQueue } from './constructs/work-queue.ts'
import { Worker } from './constructs/worker.ts'
import type { WakeQueues } from './wake-queues.ts'

type IntakeProps = { readonly casefiles: Casefiles; readonly wakeQueues: WakeQueues }

const IMPACT = 'the people that lost events are about: what happened is in no casefile, and nobody is told.'

/**
 * Where domain events come in: on a topic that other services publish to, or directly into the queue. Events from the
 * topic keep SNS's wrapper, whose MessageId serves as the eventId of an event that has none.
 */
export class Intake extends Construct {
  readonly workQueue: WorkQueue

  constructor(scope: Construct, id: string, platform: Platform, { casefiles, wakeQueues }: IntakeProps) {
    super(scope, id)
    const { stage, keys, monitoring } = platform
    this.workQueue = new WorkQueue(this, 'Events', {
      platform,
      batchTimeout: Duration.seconds(30),
      ageMax: Duration.minutes(5),
      impact: IMPACT,
    })
    const topic = new Topic(this, 'DomainEvents', { masterKey: keys.messages, enforceSSL: true })
    for (const account of stage.publishers) topic.grantPublish(new AccountPrincipal(account))
    topic.addSubscription(new SqsSubscription(this.workQueue.queue))
    new Worker(this, 'Intake', {
      platform,
      folder: 'intake',
      workQueue: this.workQueue,
      environment: { TABLE: casefiles.table.tableName, ...wakeQueues.environment },
      permissions: [
        ...casefiles.permissions('takeIn', 'open', 'events', 'entries', 'count'),
        ...wakeQueues.sendPermissions,
      ],
      concurrencyMax: stage.concurrencyMax.intake,
      impact: IMPACT,
    })
    if (stage.silentOfficeHoursMax !== undefined) {
      monitoring.alarm(this, 'ProducersSilent', {
        metric: eventsInOfficeHours(monitoring),
        threshold: { below: 1 },
        periods: stage.silentOfficeHoursMax,
        fromGoLive: true,
        missingData: 'notBreaching',
        impact: 'everybody something happens to: no system has sent us an event for hours of a working day.',
        runbook: 'producer-silent',
      })
    }
    monitoring.graph('Events taken in', [
      monitoring.metric('EventsAccepted'),
      monitoring.metric('EventsDuplicate'),
      monitoring.metric('EventsIgnored'),
      monitoring.metric('EventsRefused'),
    ])
  }
}

/** Events per hour while offices are open (which the probe reports at the start of the hour); 1 in any other hour. */
function eventsInOfficeHours(monitoring: Monitoring): MathExpression {
  const hourly = (name: Count) => monitoring.metric(name, 'Sum', Duration.hours(1))
  return new MathExpression({
    expression: 'IF(open > 0, FILL(accepted, 0) + FILL(known, 0), 1)',
    usingMetrics: {
      open: hourly('OfficesOpen'),
      accepted: hourly('EventsAccepted'),
      known: hourly('EventsDuplicate'),
    },
    label: 'Events an hour in office hours',
    period: Duration.hours(1),
  })
}
