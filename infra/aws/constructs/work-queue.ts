import { Duration } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { Platform } from './platform.ts'

type DeadLetterQueueProps = {
  readonly platform: Platform
  /** Who is affected by a dead letter, and how: half a sentence. */
  readonly impact: string
  /** Dead letters that raise an alarm; default 1. */
  readonly lettersMin?: number
  /** How long they are kept; default 14 days, the maximum. */
  readonly retention?: Duration
}

/** Keeps messages that failed every attempt, and raises an alarm. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue
  readonly sendPermission: PolicyStatement

  constructor(
    scope: Construct,
    id: string,
    { platform, impact, lettersMin = 1, retention }: DeadLetterQueueProps,
  ) {
    super(scope, id)
    this.queue = new Queue(this, 'Queue', {
      ...encrypted(platform),
      ...(retention && { retentionPeriod: retention }),
    })
    this.sendPermission = sendTo(this.queue)
    platform.monitoring.alarm(this, 'NotEmpty', {
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      threshold: { atLeast: lettersMin },
      missingData: 'notBreaching',
      impact,
      runbook: 'dead-letters',
    })
  }
}

type WorkQueueProps = {
  readonly platform: Platform
  /** How long one batch may take: the timeout of the function that reads the queue. */
  readonly batchTimeout: Duration
  /** The age of a message that raises an alarm. */
  readonly ageMax: Duration
  /** Attempts after which a message becomes a dead letter; default 5. */
  readonly attemptsMax?: number
  /** Who is affected when messages wait or fail, and how: half a sentence. */
  readonly impact: string
}

/** A queue, its dead-letter queue, and the alarms on both. */
export class WorkQueue extends Construct {
  readonly queue: Queue
  readonly batchTimeout: Duration
  readonly sendPermission: PolicyStatement
  readonly receivePermission: PolicyStatement
  readonly retryPermission: PolicyStatement

  constructor(
    scope: Construct,
    id: string,
    { platform, batchTimeout, ageMax, attemptsMax = ATTEMPTS_MAX, impact }: WorkQueueProps,
  ) {
    super(scope, id)
    this.batchTimeout = batchTimeout
    const deadLetterQueue = new DeadLetterQueue(this, 'DeadLetterQueue', { platform, impact })
    this.queue = new Queue(this, 'Queue', {
      ...encrypted(platform),
      visibilityTimeout: Duration.seconds(VISIBILITY_BATCHES * batchTimeout.toSeconds()),
      deadLetterQueue: { queue: deadLetterQueue.queue, maxReceiveCount: attemptsMax },
    })
    this.sendPermission = sendTo(this.queue)
    this.receivePermission = new PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.queue.queueArn],
    })
    this.retryPermission = new PolicyStatement({
      actions: ['sqs:ChangeMessageVisibility'],
      resources: [this.queue.queueArn],
    })
    platform.monitoring.alarm(this, 'Backlog', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1) }),
      threshold: { atLeast: ageMax.toSeconds() },
      periods: 3,
      missingData: 'notBreaching',
      impact,
      runbook: 'backlog',
    })
  }
}

/** Encrypted with our key, over TLS only, kept for 14 days, SQS's maximum. */
function encrypted({ keys }: Platform) {
  return {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: keys.messages,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  }
}

function sendTo({ queueArn }: Queue): PolicyStatement {
  return new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn] })
}

/**
 * AWS recommends six times the function's timeout: a throttled batch is hidden and retried without losing an attempt.
 */
const VISIBILITY_BATCHES = 6
/** Enough to outlast a bad quarter of an hour; a message that still fails is itself the problem. */
const ATTEMPTS_MAX = 5
