import { Duration } from 'aws-cdk-lib'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import type { Channels } from './channels.ts'
import type { Platform } from './constructs/platform.ts'
import { Mailbox } from './constructs/work-queue.ts'
import { Worker } from './constructs/worker.ts'
import type { OurEvents } from './our-events.ts'
import type { WakeQueues } from './wake-queues.ts'

type ReceiptsProps = {
  readonly casefiles: Casefiles
  readonly wakes: WakeQueues
  readonly channels: Channels
  readonly ourEvents: OurEvents
}

const HURTS = 'whoever a message did not reach: nobody learns of it, and nobody tells them in another way.'

/** Takes in what became of our messages, each report as the domain event that it is. */
export class Receipts extends Construct {
  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { casefiles, wakes, channels, ourEvents }: ReceiptsProps,
  ) {
    super(scope, id)
    const mailbox = new Mailbox(this, 'Reports', {
      platform,
      turn: Duration.seconds(30),
      ageMax: Duration.minutes(15),
      hurts: HURTS,
    })
    channels.reports.addSubscription(new SqsSubscription(mailbox.queue))
    new Worker(this, 'Receipts', {
      platform,
      folder: 'receipts',
      mailbox,
      environment: { TABLE: casefiles.table.tableName, ...wakes.environment, ...ourEvents.environment },
      may: [...casefiles.allowing('append', 'rouse', 'open'), ...wakes.sending, ourEvents.publishing],
      concurrencyMax: platform.stage.concurrencyMax.take,
      hurts: HURTS,
    })
  }
}
