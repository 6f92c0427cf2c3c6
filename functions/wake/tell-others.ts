import { entryId } from '../../shared/casefile/ledger.ts'
import { type OurEvent, ourEvent } from '../../shared/casefile/our-event.ts'
import type { Publish } from '../runtime/our-topic.ts'
import type { Outcome } from './ports.ts'

/**
 * Tells other services which notices were given and which failed. It never throws: a failing topic is no reason to wake
 * a casefile again. An event that could not be published is in the ledger, and `failed` is called.
 */
export async function tellOthers(
  outcomes: readonly Outcome[],
  publish: Publish,
  failed: (noticeId: string, error: unknown) => void,
): Promise<void> {
  await Promise.all(
    outcomes.map(async (outcome) => {
      const event = eventOf(outcome)
      if (event) await publish(event).catch((error) => failed(outcome.entry.noticeId, error))
    }),
  )
}

/** The event for a settled notice; undefined if nobody was told anything. */
function eventOf({ casefile, entry }: Outcome): (OurEvent & { readonly eventId: string }) | undefined {
  if (entry.is === 'skipped') return undefined
  const { noticeId, duty, step, to, role, channel, messageId, at } = entry
  const eventId = `${entry.is}/${entryId(entry)}/${messageId}`
  const event =
    entry.is === 'sent'
      ? ourEvent('notice.given', at, { noticeId, casefile, duty, step, to, role, channel })
      : ourEvent('notice.failed', at, { noticeId, channel, reason: entry.reason })
  return { ...event, eventId }
}
