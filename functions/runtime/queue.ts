import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda'
import { isOfProbe } from '../../shared/casefile/ids.ts'
import type { Concern } from '../../shared/casefile/passing-on.ts'
import { type Count, count, countForVersion, instrumented, logError } from './telemetry.ts'

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

/** Apart from each other, or what providers report would hide that systems send nothing any more. */
type Counted = 'Events' | 'Receipts'

const BECAME = {
  accepted: 'Accepted',
  duplicate: 'Duplicate',
  ignored: 'Ignored',
  refused: 'Refused',
} as const

/** What a report says that those who run the service have to see to. */
const CONCERNS: Readonly<Record<Concern, Count>> = {
  'words-refused': 'WordsRefused',
  'office-complains': 'OfficeComplaints',
}

/** What became of an event, as far as it is counted here. */
type Taken =
  | { readonly is: 'accepted'; readonly eventId: string; readonly concern?: Concern | undefined }
  | { readonly is: 'duplicate'; readonly eventId: string }
  | { readonly is: 'ignored' }
  | { readonly is: 'refused'; readonly reason: string }

/** The same, with what became of each event counted, but for those of a probe. */
export function counted<Handed, Became extends Taken>(
  what: Counted,
  take: (handed: Handed) => Promise<Became>,
): (handed: Handed) => Promise<Became> {
  return async (handed) => {
    const taken = await take(handed)
    if ('eventId' in taken && isOfProbe(taken.eventId)) return taken
    count(`${what}${BECAME[taken.is]}`)
    if (taken.is === 'accepted' && taken.concern) count(CONCERNS[taken.concern])
    return taken
  }
}

/** A handler of events or reports. It throws on a refused one, so that somebody finds it among the dead letters. */
export function onEvents(what: Counted, take: (body: string) => Promise<Taken>) {
  const takeCounted = counted(what, take)
  return onMessages(async (body) => {
    const taken = await takeCounted(body)
    if (taken.is === 'refused') throw new Refusal(`refused: ${taken.reason}`)
  })
}
