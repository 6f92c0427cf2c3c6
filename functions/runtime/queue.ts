import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda'
import { type Counted, counted, type Taken } from './counted.ts'
import { count, countForVersion, instrumented, logError } from './telemetry.ts'

const processor = new BatchProcessor(EventType.SQS)

/** Makes a failed message visible again after this many seconds, sooner than its queue would. */
export type Again = (receiptHandle: string, seconds: number) => Promise<unknown>

/**
 * A handler for messages from a queue, several at a time. Only a message that throws goes back to the queue, and after
 * a few attempts to the dead letters; the others are not repeated.
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

/** Seconds until a message that failed this often is tried again: soon at first, then later each time. */
function secondsUntilAgain(attempts: number): number {
  return AGAIN_SECONDS * 3 ** (attempts - 1)
}

const AGAIN_SECONDS = 5

/** The message is at fault, not the service. */
class Refusal extends Error {}

/**
 * A handler for events or reports. It throws on a refused one, so that it ends up among the dead letters, where
 * somebody sees it.
 */
export function onEvents(what: Counted, take: (body: string) => Promise<Taken>) {
  const takeCounted = counted(count, what, take)
  return onMessages(async (body) => {
    const taken = await takeCounted(body)
    if (taken.is === 'refused') throw new Refusal(`refused: ${taken.reason}`)
  })
}
