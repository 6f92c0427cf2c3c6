import { Duration } from 'aws-cdk-lib'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import type { Channels } from './channels.ts'
import type { Platform } from './constructs/platform.ts'
import { WorkQueue } from './constructs/work-queue.ts'
import { Worker } from './constructs/worker.ts'
import type { OurEvents } from './our-events.ts'
import type { WakeQueues } from './wake-queues.ts'

type ReceiptsProps = {
  readonly casefiles: Casefiles
  readonly wakeQueues: WakeQueues
  readonly channels: Channels
  readonly ourEvents: OurEvents
}

const IMPACT = 'people whom a message did not reach: nobody learns of it or tells them in another way.'

/** Takes in what providers report of our messages, each report as a domain event. */
export class Receipts extends Construct {
  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { casefiles, wakeQueues, channels, ourEvents }: ReceiptsProps,
  ) {
    super(scope, id)
    const workQueue = new WorkQueue(this, 'Reports', {
      platform,
      batchTimeout: Duration.seconds(30),
      ageMax: Duration.minutes(15),
      impact: IMPACT,
    })
    channels.reports.addSubscription(new SqsSubscription(workQueue.queue))
    new Worker(this, 'Receipts', {
      platform,
      folder: 'receipts',
      workQueue,
      environment: { TABLE: casefiles.table.tableName, ...wakeQueues.environment, ...ourEvents.environment },
      permissions: [
        ...casefiles.permissions('takeIn', 'open', 'events', 'entries', 'count'),
        ...wakeQueues.sendPermissions,
        ourEvents.publishPermission,
      ],
      concurrencyMax: platform.stage.concurrencyMax.intake,
      impact: IMPACT,
    })
    const { monitoring } = platform
    monitoring.alarm(this, 'WordsRefused', {
      metric: monitoring.metric('WordsRefused'),
      threshold: { atLeast: 1 },
      missingData: 'notBreaching',
      impact: 'those who are told under one row: they get its shortest form alone, or nothing.',
      runbook: 'words-refused',
    })
    monitoring.alarm(this, 'OfficeComplaints', {
      metric: monitoring.metric('OfficeComplaints'),
      threshold: { atLeast: 1 },
      missingData: 'notBreaching',
      impact: 'an office that may stop reading what it is told.',
      runbook: 'office-complaints',
    })
  }
}
