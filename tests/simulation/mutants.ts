import { HOUR_MS } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { kindOf } from '../../shared/casefile/ids.ts'
import type { Mutant } from './world.ts'

/** Mistakes that somebody could make, each in a port, to see that the simulation finds every one of them. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'a claim is written without its condition': {
    store: (store) => ({
      ...store,
      async claim(id, entry) {
        await store.record(id, entry)
        return undefined
      },
    }),
  },
  'rousing a casefile leaves its wake where it is': {
    store: (store) => ({
      ...store,
      async rouse(id, now) {
        const stored = await store.open(id)
        await store.rouse(id, stored?.head.wake ?? now)
      },
    }),
  },
  'a live lease is taken for one that ran out': {
    store: (store) => ({ ...store, claim: (id, entry) => store.claim(id, entry, Number.MAX_SAFE_INTEGER) }),
  },
  'what is stale is judged by a clock hours behind': { now: (now) => now - 3 * HOUR_MS },
  'a receipt of failure undoes one of delivery': {
    store: (store) => ({
      ...store,
      async open(id) {
        const stored = await store.open(id)
        return stored && { ...stored, events: withoutUndone(stored.events) }
      },
    }),
  },
  'a number forgets what was asked there': {
    store: (store) => ({
      ...store,
      async record(id, entry) {
        if (kindOf(id) !== 'address') await store.record(id, entry)
      },
    }),
  },
}

function withoutUndone(events: readonly DomainEvent[]): DomainEvent[] {
  const failed = events.flatMap((event) => (event.type === 'notice.failed' ? [event.info.noticeId] : []))
  return events.filter((event) => event.type !== 'notice.delivered' || !failed.includes(event.info.noticeId))
}
