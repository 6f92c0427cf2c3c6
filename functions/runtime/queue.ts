import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda'
import { type Counted, counted, type Taken } from './counted.ts'
import { count, countForVersion, instrumented, logError } from './telemetry.ts'

const processor = new BatchProcessor(EventType.SQS)

/** Has a message that failed come again after so many seconds, sooner than its queue would have it. */
export type Again = (receiptHandle: string, seconds: number) => Promise<unknown>

/**
 * A handler that takes messages from a queue, several at once. One that throws goes back to the queue alone, and
 * after a few attempts to the dead letters; those beside it are not taken again.
 */
export function onMessages(take: (body: string) => Promise<void>, again?: Again) {
  const takeOne = async ({ body, messageId, receiptHandle, attributes }: SQSRecord, context: Context) => {
    try {
      await take(body)
    } catch (error) {
      logError('message failed', { messageId }, error)
      const seconds = secondsUntilAgain(Number(attributes?.ApproximateReceiveCount))
      await again?.(receiptHandle, seconds).catch((fault) => logError('not again soon', { messageId }, fault))
      if (!(error instanceof Refusal)) {
        count('MessagesFailed')
        countForVersion('MessagesFailed', context)
      }
      throw error
    }
  }
  return instrumented((event: SQSEvent, context) =>
    processPartialResponse(event, takeOne, processor, { context, throwOnFullBatchFailure: false }),
  )
}

/** In how many seconds a message comes again that failed so often: soon, and later each time, so as not to press. */
function secondsUntilAgain(attempts: number): number {
  return AGAIN_SECONDS * 3 ** (attempts - 1)
}

const AGAIN_SECONDS = 5

/** What is wrong with a message, and not with us. */
class Refusal extends Error {}

/** A handler of events or reports. It throws on a refused one, so that somebody finds it among the dead letters. */
export function onEvents(what: Counted, take: (body: string) => Promise<Taken>) {
  const takeCounted = counted(count, what, take)
  return onMessages(async (body) => {
    const taken = await takeCounted(body)
    if (taken.is === 'refused') throw new Refusal(`refused: ${taken.reason}`)
  })
}
