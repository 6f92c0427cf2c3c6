import { HOUR_MS } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { kindOf } from '../../shared/casefile/ids.ts'
import type { Stored } from '../../shared/store/store.ts'
import type { Mutant } from './setup.ts'

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
      async raise(id, from, begun) {
        const stored = await items.open(id)
        await items.raise(id, stored?.head.wake ?? from, begun)
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
        return seenThrough(await items.open(id), withoutUndone)
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
  'the letters of two questions at one number are mixed up': {
    items: (items) => ({ ...items, open: async (id) => seenThrough(await items.open(id), mixedUp) }),
  },
  'STOP is heard by the contact who says it, and not by the number': {
    items: (items) => ({
      ...items,
      async putEvent(id, event) {
        const isWish = event.type === 'contact.opted-out' && kindOf(id) === 'address'
        return isWish ? 'known' : items.putEvent(id, event)
      },
    }),
  },
  'a death is told to the matter that it was said of, and to no other': {
    items: (items) => ({
      ...items,
      async putEvent(id, event) {
        return event.type === 'person.died' && kindOf(id) === 'order' ? 'known' : items.putEvent(id, event)
      },
    }),
  },
  'a death that was withdrawn is held to on the order': {
    items: (items) => ({
      ...items,
      async putEvent(id, event) {
        const isWithdrawal = event.type === 'person.died' && event.info.withdrawn === true
        return isWithdrawal && kindOf(id) === 'order' ? 'known' : items.putEvent(id, event)
      },
    }),
  },
  'two numbers that are one person stay two people': {
    items: (items) => ({
      ...items,
      async putEvent(id, event) {
        const isMerge = event.type === 'prison-offender-events.prisoner.merged'
        return isMerge && kindOf(id) === 'person' ? 'known' : items.putEvent(id, event)
      },
    }),
  },
  'who came into prison is thought to be at home': {
    items: (items) => ({
      ...items,
      open: async (id) =>
        seenThrough(await items.open(id), (events) =>
          kindOf(id) === 'order' ? events.filter(({ type }) => !type.endsWith('.prisoner.received')) : events,
        ),
    }),
  },
  'the later of two events under one eventId takes the place of the first': {
    items: (items) => {
      const last = new Map<string, DomainEvent>()
      const latest = (event: DomainEvent) => last.get(event.eventId) ?? event
      return {
        ...items,
        putEvent(id, event) {
          if (event.eventId === 'contested') last.set(event.eventId, event)
          return items.putEvent(id, event)
        },
        events: async (id, nouns) => (await items.events(id, nouns)).map(latest),
        open: async (id) => seenThrough(await items.open(id), (events) => events.map(latest)),
      }
    },
  },
}

/** A casefile as somebody sees it who makes this of its events. */
function seenThrough(
  stored: Stored | undefined,
  see: (events: readonly DomainEvent[]) => readonly DomainEvent[],
): Stored | undefined {
  return stored && { ...stored, events: [...see(stored.events)] }
}

/** Each question under the letter of the one before it. */
function mixedUp(events: readonly DomainEvent[]): DomainEvent[] {
  const letters = events.flatMap((event) => (event.type === 'address.asked' ? [event.info.letter] : []))
  let last = letters.at(-1)
  return events.map((event) => {
    if (event.type !== 'address.asked') return event
    const mixed = { ...event, info: { ...event.info, letter: last } }
    last = event.info.letter
    return mixed
  })
}

function withoutUndone(events: readonly DomainEvent[]): DomainEvent[] {
  const failed = events.flatMap((event) => (event.type === 'notice.failed' ? [event.info.noticeId] : []))
  return events.filter((event) => event.type !== 'notice.delivered' || !failed.includes(event.info.noticeId))
}
