import { Duration } from 'aws-cdk-lib'
import { AccountPrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import type { Platform } from './constructs/platform.ts'
import { Mailbox } from './constructs/work-queue.ts'
import { Worker } from './constructs/worker.ts'
import type { WakeQueues } from './wake-queues.ts'

type IntakeProps = { readonly casefiles: Casefiles; readonly wakes: WakeQueues }

const HURTS =
  'everybody a lost event is about: what happened is not in its casefile, and nobody is told of it.'

/**
 * Where domain events come in: on a topic that other services publish to, or straight into its mailbox. What comes
 * on the topic stays in SNS's own wrapper, whose id stands in for an event that has none.
 */
export class Intake extends Construct {
  readonly mailbox: Mailbox

  constructor(scope: Construct, id: string, platform: Platform, { casefiles, wakes }: IntakeProps) {
    super(scope, id)
    const { stage, keys, operations } = platform
    this.mailbox = new Mailbox(this, 'Events', {
      platform,
      turn: Duration.seconds(30),
      ageMax: Duration.minutes(5),
      hurts: HURTS,
    })
    const topic = new Topic(this, 'DomainEvents', { masterKey: keys.messages, enforceSSL: true })
    for (const account of stage.publishers) topic.grantPublish(new AccountPrincipal(account))
    topic.addSubscription(new SqsSubscription(this.mailbox.queue))
    new Worker(this, 'Intake', {
      platform,
      folder: 'intake',
      mailbox: this.mailbox,
      environment: { TABLE: casefiles.table.tableName, ...wakes.environment },
      may: [...casefiles.allowing('append', 'rouse'), ...wakes.sending],
      concurrencyMax: stage.concurrencyMax.take,
      hurts: HURTS,
    })
    operations.graph('Events taken in', [
      operations.counted('EventsAccepted'),
      operations.counted('EventsDuplicate'),
      operations.counted('EventsIgnored'),
      operations.counted('EventsRefused'),
    ])
  }
}
