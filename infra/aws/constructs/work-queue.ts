import { Duration } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { Platform } from './platform.ts'

type DeadLettersProps = { readonly platform: Platform; readonly hurts: string }

/** Where what could not be worked on waits for somebody to look: a fortnight, and with an alarm from the first. */
export class DeadLetters extends Construct {
  readonly queue: Queue

  constructor(scope: Construct, id: string, { platform, hurts }: DeadLettersProps) {
    super(scope, id)
    const { keys, operations } = platform
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: keys.messages,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    operations.alarm(this, 'NotEmpty', {
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      rings: { from: 1 },
      silence: 'all is well',
      runbook: 'dead-letters',
      hurts,
    })
  }

  /** What whoever puts something in must be allowed. */
  get sending(): PolicyStatement {
    return new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] })
  }
}

type MailboxProps = {
  readonly platform: Platform
  /** How long working on a batch may take. */
  readonly turn: Duration
  /** How old a message may grow before somebody is woken. */
  readonly ageMax: Duration
  readonly hurts: string
}

/** A queue, its dead letters, and the alarms on both. */
export class Mailbox extends Construct {
  readonly queue: Queue
  readonly turn: Duration

  constructor(scope: Construct, id: string, { platform, turn, ageMax, hurts }: MailboxProps) {
    super(scope, id)
    const { keys, operations } = platform
    const { queue: deadLetters } = new DeadLetters(this, 'DeadLetters', { platform, hurts })
    this.turn = turn
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: keys.messages,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(TURNS_UNSEEN * turn.toSeconds()),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: ATTEMPTS_MAX },
    })
    operations.alarm(this, 'Backlog', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1) }),
      rings: { from: ageMax.toSeconds() },
      periods: 3,
      silence: 'all is well',
      runbook: 'backlog',
      hurts,
    })
  }

  /** What whoever puts something in must be allowed. */
  get sending(): PolicyStatement {
    return new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] })
  }

  /** What whoever works on it must be allowed. */
  get taking(): PolicyStatement {
    return new PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.queue.queueArn],
    })
  }
}

/** AWS asks for six: a batch that Lambda was too busy to begin is held back with it and not spent as an attempt. */
const TURNS_UNSEEN = 6
/** Enough to sit out a bad quarter of an hour; what is left then is bad itself. */
const ATTEMPTS_MAX = 5
