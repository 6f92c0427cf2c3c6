import { Duration } from 'aws-cdk-lib'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import { type Channels, ratesOf } from './channels.ts'
import { SECRETS_EXTENSION } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import { WorkQueue } from './constructs/work-queue.ts'
import { Worker } from './constructs/worker.ts'
import type { OurEvents } from './our-events.ts'
import type { WakeQueues } from './wake-queues.ts'

type RepliesProps = {
  readonly casefiles: Casefiles
  readonly wakeQueues: WakeQueues
  readonly channels: Channels
  readonly topic: Topic
  readonly ourEvents: OurEvents
}

const IMPACT =
  'people who replied by text: they said STOP, or that they will be at the gate, and nothing came of it.'

/** Acts on what people reply to our text messages. */
export class Replies extends Construct {
  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { casefiles, wakeQueues, channels, topic, ourEvents }: RepliesProps,
  ) {
    super(scope, id)
    const { stage, monitoring } = platform
    const workQueue = new WorkQueue(this, 'Inbound', {
      platform,
      batchTimeout: Duration.minutes(1),
      ageMax: Duration.minutes(5),
      impact: IMPACT,
    })
    topic.addSubscription(new SqsSubscription(workQueue.queue))
    new Worker(this, 'Replies', {
      platform,
      folder: 'replies',
      workQueue,
      environment: {
        TABLE: casefiles.table.tableName,
        ...wakeQueues.environment,
        ...ourEvents.environment,
        ...channels.textMessages.environment,
        TEXTS_PER_SECOND: ratesOf(stage, 'replies').TEXTS_PER_SECOND,
      },
      permissions: [
        ...casefiles.permissions(
          'takeIn',
          'open',
          'events',
          'entries',
          'texts',
          'claim',
          'record',
          'keepWords',
          'count',
        ),
        ...wakeQueues.sendPermissions,
        ourEvents.publishPermission,
        ...channels.textMessages.permissions,
      ],
      paramsAndSecrets: SECRETS_EXTENSION,
      concurrencyMax: stage.concurrencyMax.replies,
      impact: IMPACT,
    })
    monitoring.graph('Replies', [monitoring.metric('RepliesTaken')])
  }
}
