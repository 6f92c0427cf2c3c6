import { Duration } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { Platform } from './platform.ts'

type DeadLetterQueueProps = {
  readonly platform: Platform
  /** Whom a dead letter affects, and how: half a sentence. */
  readonly impact: string
  /** How many dead letters are an alarm: 1 if left out. */
  readonly lettersMin?: number
  /** How long it keeps them: a fortnight, if left out, which is the longest. */
  readonly retention?: Duration
}

/** Keeps what failed every attempt, and raises an alarm. */
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
  /** How old a message may become before there is an alarm. */
  readonly ageMax: Duration
  /** After how many attempts a message is a dead letter: 5 if left out. */
  readonly attemptsMax?: number
  /** Whom it affects that messages wait or fail, and how: half a sentence. */
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

/** Under our key, over TLS alone, and for a fortnight, the longest that SQS keeps a message. */
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

/** AWS recommends six times the function's timeout: a batch that Lambda throttled is hidden and retried, not used up. */
const VISIBILITY_BATCHES = 6
/** Enough to outlast a bad quarter of an hour; a message that still fails is itself at fault. */
const ATTEMPTS_MAX = 5
