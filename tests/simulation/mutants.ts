import { HOUR_MS } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import type { Mutant } from './world.ts'

/** Mistakes that somebody could make, each in a port, to see that the simulation finds every one of them. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'a claim is written without its condition': {
    items: (items) => ({
      ...items,
      async putClaim(id, entry) {
        await items.putEntry(id, entry)
        return undefined
      },
    }),
  },
  'what comes in leaves the wake where it is': {
    items: (items) => ({
      ...items,
      async raise(id, from) {
        const stored = await items.open(id)
        await items.raise(id, stored?.head.wake ?? from)
      },
    }),
  },
  'a live lease is taken for one that ran out': {
    items: (items) => ({
      ...items,
      putClaim: (id, entry) => items.putClaim(id, entry, Number.MAX_SAFE_INTEGER),
    }),
  },
  'what is stale is judged by a clock hours behind': { now: (now) => now - 3 * HOUR_MS },
  'a receipt of failure undoes one of delivery': {
    items: (items) => ({
      ...items,
      async open(id) {
        const stored = await items.open(id)
        return stored && { ...stored, events: withoutUndone(stored.events) }
      },
    }),
  },
  'a number forgets what was asked there': {
    items: (items) => ({
      ...items,
      async putEvent(id, event) {
        return event.type === 'address.asked' ? 'added' : items.putEvent(id, event)
      },
    }),
  },
}

function withoutUndone(events: readonly DomainEvent[]): DomainEvent[] {
  const failed = events.flatMap((event) => (event.type === 'notice.failed' ? [event.info.noticeId] : []))
  return events.filter((event) => event.type !== 'notice.delivered' || !failed.includes(event.info.noticeId))
}
