import type { SQSBatchResponse } from 'aws-lambda'
import type { Instant } from '../../shared/calendar/london.ts'
import type { Lambda } from './lambda.ts'
import { type Queues, queueArn } from './queues.ts'
import type { Read } from './template.ts'

/** A queue that triggers a function, and its batch size. */
export type Source = {
  readonly lambda: Lambda
  readonly queue: string
  readonly arn: string
  readonly url: string
  readonly batchSize: number
  readonly reportsFailures: boolean
}

/** The queues that trigger functions in a template. */
export function sourcesOf(of: Read, lambdaOf: (called: string) => Lambda, queues: Queues): Source[] {
  return of('AWS::Lambda::EventSourceMapping').map((mapping) => {
    const queue = of('AWS::SQS::Queue').find(({ id }) => queueArn(id) === mapping.EventSourceArn)?.id
    return {
      lambda: lambdaOf(mapping.FunctionName),
      queue,
      arn: mapping.EventSourceArn,
      url: queues.urlOf(queue),
      batchSize: mapping.BatchSize,
      reportsFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    }
  })
}

/** Runs the function on the next batch of its queue at `now`; false if the queue is empty. */
export async function workOn(
  { lambda, arn, url, batchSize, reportsFailures }: Source,
  queues: Queues,
  awsRegion: string,
  now: Instant,
): Promise<boolean> {
  const messages = await queues.receive(url, batchSize)
  if (messages.length === 0) return false
  const Records = messages.map((message) => ({
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: {},
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion,
  }))
  const failed = await lambda.invoke({ Records }, now).then(
    (result) => {
      const { batchItemFailures } = (reportsFailures ? result : { batchItemFailures: [] }) as SQSBatchResponse
      const ids = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
      return messages.filter(({ MessageId = '' }) => ids.includes(MessageId))
    },
    () => messages,
  )
  const done = messages.filter((message) => !failed.includes(message))
  await queues.settle(url, done, failed, now)
  return true
}
