import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Construct } from 'constructs'
import { acknowledge } from './compliance.ts'
import { LambdaFunction, type LambdaFunctionProps } from './function.ts'
import type { WorkQueue } from './work-queue.ts'

type WorkerProps = Omit<LambdaFunctionProps, 'timeout' | 'deadLetterQueue' | 'asyncInvocation'> & {
  /** The queue it reads. */
  readonly workQueue: WorkQueue
  /** Whether its code makes failed messages visible again within seconds, where the queue would take minutes. */
  readonly retriesSoon?: true
}

/** A function that reads a work queue: several messages at a time, each of which succeeds or fails alone. */
export class Worker extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { workQueue, retriesSoon, permissions, environment, ...props }: WorkerProps,
  ) {
    super(scope, id)
    const { lambda, live } = new LambdaFunction(this, 'Worker', {
      ...props,
      permissions: [
        workQueue.receivePermission,
        ...(retriesSoon ? [workQueue.retryPermission] : []),
        ...permissions,
      ],
      environment: { ...environment, ...(retriesSoon && { QUEUE_URL: workQueue.queue.queueUrl }) },
      timeout: workQueue.batchTimeout,
    })
    acknowledge(
      lambda,
      'Only its queue invokes it, and that queue has a dead-letter queue of its own.',
      'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    )
    live.addEventSource(
      new SqsEventSource(workQueue.queue, {
        batchSize: BATCH_SIZE_MAX,
        maxConcurrency: props.concurrencyMax,
        reportBatchItemFailures: true,
      }),
    )
  }
}

/** Messages are processed concurrently, so a batch takes no longer than its slowest message. */
const BATCH_SIZE_MAX = 10
