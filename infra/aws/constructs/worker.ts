import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Construct } from 'constructs'
import { answer } from './compliance.ts'
import { FolderFunction, type FolderFunctionProps } from './function.ts'
import type { Mailbox } from './work-queue.ts'

type WorkerProps = Omit<FolderFunctionProps, 'timeout'> & { readonly mailbox: Mailbox }

/** A function that works through a mailbox: several messages at once, each a success or a failure of its own. */
export class Worker extends Construct {
  constructor(scope: Construct, id: string, { mailbox, may, ...props }: WorkerProps) {
    super(scope, id)
    const { lambda, live } = new FolderFunction(this, 'Worker', {
      ...props,
      may: [mailbox.taking, ...may],
      timeout: mailbox.turn,
    })
    answer(
      lambda,
      'Nothing but its queue invokes it, and what fails goes to the dead letters of that queue.',
      'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    )
    live.addEventSource(
      new SqsEventSource(mailbox.queue, {
        batchSize: BATCH_MAX,
        maxConcurrency: props.concurrencyMax,
        reportBatchItemFailures: true,
      }),
    )
  }
}

/** They are worked on side by side, so that a batch takes no longer than its slowest. */
const BATCH_MAX = 10
