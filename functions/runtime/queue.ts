import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda'
import { count, countForVersion, instrumented, logError } from './telemetry.ts'

const processor = new BatchProcessor(EventType.SQS)

/**
 * A handler that takes messages from a queue, several at once. One that throws goes back to the queue alone, and
 * after a few attempts to the dead letters; those beside it are not taken again.
 */
export function onMessages(take: (body: string) => Promise<void>) {
  const takeOne = async ({ body, messageId }: SQSRecord, context: Context) => {
    try {
      await take(body)
    } catch (error) {
      logError('message failed', { messageId }, error)
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

/** What is wrong with a message, and not with us. */
class Refusal extends Error {}

const COUNTS = {
  accepted: 'EventsAccepted',
  duplicate: 'EventsDuplicate',
  ignored: 'EventsIgnored',
  refused: 'EventsRefused',
} as const

/** What became of an event, as far as it is counted here. */
type Taken =
  | { readonly is: 'accepted' | 'duplicate' | 'ignored' }
  | { readonly is: 'refused'; readonly reason: string }

/** A handler of events and reports. It throws on a refused one, so that somebody finds it among the dead letters. */
export function onEvents(take: (body: string) => Promise<Taken>) {
  return onMessages(async (body) => {
    const taken = await take(body)
    count(COUNTS[taken.is])
    if (taken.is === 'refused') throw new Refusal(`refused: ${taken.reason}`)
  })
}
