import { Duration } from 'aws-cdk-lib'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import type { Channels } from './channels.ts'
import { EXTENSION } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import { Mailbox } from './constructs/work-queue.ts'
import { Worker } from './constructs/worker.ts'
import type { OurEvents } from './our-events.ts'
import type { WakeQueues } from './wake-queues.ts'

type RepliesProps = {
  readonly casefiles: Casefiles
  readonly wakes: WakeQueues
  readonly channels: Channels
  readonly ourEvents: OurEvents
}

const HURTS =
  'whoever answered us by text: they said STOP, or that they will be at the gate, and nobody heard it.'

/** Does as people ask who answer a text message of ours. */
export class Replies extends Construct {
  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { casefiles, wakes, channels, ourEvents }: RepliesProps,
  ) {
    super(scope, id)
    const { stage, operations } = platform
    const mailbox = new Mailbox(this, 'Inbound', {
      platform,
      turn: Duration.minutes(1),
      ageMax: Duration.minutes(5),
      hurts: HURTS,
    })
    channels.replies.addSubscription(new SqsSubscription(mailbox.queue))
    new Worker(this, 'Replies', {
      platform,
      folder: 'replies',
      mailbox,
      environment: {
        TABLE: casefiles.table.tableName,
        ...wakes.environment,
        ...ourEvents.environment,
        ...channels.texts.environment,
      },
      may: [
        ...casefiles.allowing('append', 'rouse', 'open', 'texts', 'claim', 'record', 'keepText'),
        ...wakes.sending,
        ourEvents.publishing,
        ...channels.texts.sending,
      ],
      besides: EXTENSION,
      concurrencyMax: stage.concurrencyMax.take,
      hurts: HURTS,
    })
    operations.graph('Replies', [operations.counted('RepliesTaken')])
  }
}
