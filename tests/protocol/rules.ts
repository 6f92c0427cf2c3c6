import { DAY_MS, type Instant, londonTime, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import type { Items } from '../../shared/store/items.ts'
import type { Item } from '../../shared/store/store.ts'
import { NOW, type Story, type Without } from './model.ts'
import {
  arrivedElsewhere,
  begunAnew,
  broughtNearer,
  calledOff,
  diedAfterSending,
  due,
  over,
  rejectedThenThrottled,
} from './stories.ts'

/** A rule of the protocol, how to take it away, and what then goes wrong in which story. */
export type Rule = {
  readonly rule: string
  readonly without: Without
  readonly story: Story
  readonly wrong: RegExp
}

/** The wake is where it was before the event brought the notice forward. */
const WAKE_LOST = /the wake is set to 2026-03-23 09:00/
const TOLD_TWICE = /is told 2 times/
const NEVER_TOLD = /is never told/
/** The wake is set to when all that was told is to be forgotten. */
const NOT_SEEN_AGAIN = /the wake is set to 2028-/
/** Later than anything that is still to be told. */
const PUT_OFF = londonTime('2026-04-06', '12:00')
const NEVER_IN_TIME = /the wake is set to 2026-04-06/
const NO_LEASE_END = /the wake is set to 2027-/

export const RULES: readonly Rule[] = [
  {
    rule: 'intake puts the event before it raises the version',
    without: weakerProcess(({ putEvent, raise }) => ({
      async putEvent(id, event) {
        await raise(id, NOW, NOW)
        return putEvent(id, event)
      },
      raise: async () => {},
    })),
    story: { ...broughtNearer, crashes: 1 },
    wrong: WAKE_LOST,
  },
  {
    rule: 'intake raises it even if it knew the event, since whoever put it there may have died before doing so',
    without: weakerProcess(({ putEvent, raise }) => {
      let isNew = false
      return {
        async putEvent(id, event) {
          const answer = await putEvent(id, event)
          isNew = answer === 'added'
          return answer
        },
        async raise(id, ...from) {
          if (isNew) await raise(id, ...from)
        },
      }
    }),
    story: { ...broughtNearer, raisedNow: true, crashes: 2 },
    wrong: WAKE_LOST,
  },
  {
    rule: 'to raise is to raise the version',
    without: weakerItems(({ open, raise, setWake }) => ({
      async raise(id, from, begun) {
        const { head } = (await open(id)) ?? {}
        if (head) await setWake(id, head, from ?? head.wake)
        else await raise(id, from, begun)
      },
    })),
    story: { ...broughtNearer, raisedNow: true, crashes: 1 },
    wrong: WAKE_LOST,
  },
  {
    rule: 'to raise is to set the wake to now',
    without: weakerItems(({ open, raise }) => ({
      raise: async (id, from, begun) => raise(id, (await open(id))?.head.wake ?? from, begun),
    })),
    story: { ...broughtNearer, crashes: 1 },
    wrong: WAKE_LOST,
  },
  {
    rule: 'what comes in puts no wake off',
    without: weakerItems(({ open, raise, setWake }) => ({
      async raise(id, from, begun) {
        await raise(id, from, begun)
        const { head } = (await open(id)) ?? {}
        if (head) await setWake(id, head, from ?? PUT_OFF)
      },
    })),
    story: { ...arrivedElsewhere, wakers: 1, crashes: 1 },
    wrong: NEVER_IN_TIME,
  },
  {
    rule: 'wake reads the head before anything else',
    without: {
      ports: (ports) => ({
        ...ports,
        items: {
          ...ports.items,
          async open(id) {
            const rest = await ports.readRest(id)
            const head = await ports.readHead(id)
            return head && { head, ...rest }
          },
        },
      }),
    },
    story: broughtNearer,
    wrong: WAKE_LOST,
  },
  {
    rule: 'wake sets the next wake only if version and wake are still the ones it read',
    without: weakerItems(({ open, setWake }) => ({
      setWake: async (id, read, wake) => setWake(id, (await open(id))?.head ?? read, wake),
    })),
    story: broughtNearer,
    wrong: WAKE_LOST,
  },
  {
    rule: 'a claim is a conditional write',
    without: weakerItems(({ putEntry }) => ({
      async putClaim(id, entry) {
        await putEntry(id, entry)
        return undefined
      },
    })),
    story: due,
    wrong: TOLD_TWICE,
  },
  {
    rule: 'a claim does not take a lease that is live',
    without: weakerItems(({ putClaim }) => ({
      putClaim: (id, entry) => putClaim(id, entry, Number.POSITIVE_INFINITY),
    })),
    story: due,
    wrong: TOLD_TWICE,
  },
  {
    rule: 'a lease outlives its taker',
    without: weakerProcess(({ putClaim }) => ({
      putClaim: (id, entry, now) =>
        putClaim(
          id,
          withLease(entry, () => now),
          now,
        ),
    })),
    story: due,
    wrong: TOLD_TWICE,
  },
  {
    rule: 'what was sent is recorded',
    without: weakerProcess(({ putEntry }) => ({
      async putEntry(id, entry) {
        if (entry.is !== 'sent') await putEntry(id, entry)
      },
    })),
    story: due,
    wrong: NOT_SEEN_AGAIN,
  },
  {
    rule: 'what became of a claim is recorded before the next wake is set',
    without: weakerProcess(({ putEntry, setWake }) => {
      const entries: [CasefileId, Entry][] = []
      return {
        putEntry: async (...given) => void entries.push(given),
        async setWake(...given) {
          const answer = await setWake(...given)
          for (const one of entries.splice(0)) await putEntry(...one)
          return answer
        },
      }
    }),
    story: { ...due, wakers: 1, crashes: 1 },
    wrong: NOT_SEEN_AGAIN,
  },
  {
    rule: 'the next wake is no later than the end of a lease that refused our claim',
    without: weakerProcess(({ putClaim }) => ({
      async putClaim(id, entry, now) {
        const standing = await putClaim(id, entry, now)
        return standing && withLease(standing, aYearLater)
      },
    })),
    story: { ...due, crashes: 1 },
    wrong: NO_LEASE_END,
  },
  {
    rule: 'the next wake is no later than the end of any live lease',
    without: weakerProcess(({ open }) => ({
      async open(id) {
        const stored = await open(id)
        return stored && { ...stored, entries: stored.entries.map((entry) => withLease(entry, aYearLater)) }
      },
    })),
    story: { ...due, crashes: 1 },
    wrong: NO_LEASE_END,
  },
  {
    rule: 'a provider that can be asked by our reference is asked before sending again',
    without: {
      ports: ({ channels, ...ports }) => {
        const mute = { send: channels.email.send }
        return { ...ports, channels: { email: mute, sms: mute } }
      },
    },
    story: { ...diedAfterSending, canBeAsked: true },
    wrong: TOLD_TWICE,
  },
  {
    rule: 'a throttled send gives its claim back',
    without: weakerProcess(({ putEntry }) => ({
      async putEntry(id, entry) {
        if (entry.is !== 'throttled') await putEntry(id, entry)
      },
    })),
    story: { ...due, wakers: 1, throttles: 1 },
    wrong: /is owed at 2026-03-09 09:20 and told at 2026-03-09 09:35/,
  },
  {
    rule: 'what is given back on its second way is not claimed for the first',
    without: weakerItems(({ open, putClaim, putEntry }) => ({
      async putClaim(id, entry, now) {
        const { entries = [] } = (await open(id)) ?? {}
        const standing = entries.find(({ noticeId }) => noticeId === entry.noticeId)
        if (standing?.is !== 'throttled') return putClaim(id, entry, now)
        await putEntry(id, entry)
        return undefined
      },
    })),
    story: rejectedThenThrottled,
    wrong: TOLD_TWICE,
  },
  {
    rule: 'what goes by two channels has an entry for each, claimed alone',
    without: weakerItems(({ putClaim, putEntry }) => ({
      putClaim: (id, entry, now) => putClaim(id, asOfOneChannel(entry), now),
      putEntry: (id, entry) => putEntry(id, asOfOneChannel(entry)),
    })),
    story: { ...calledOff, wakers: 1 },
    wrong: NEVER_TOLD,
  },
  {
    rule: 'each of them names all, so that what a dead waker had not begun is begun by another',
    without: weakerItems(({ putClaim, putEntry }) => ({
      putClaim: (id, entry, now) => putClaim(id, asIfAlone(entry), now),
      putEntry: (id, entry) => putEntry(id, asIfAlone(entry)),
    })),
    story: { ...calledOff, wakers: 1, crashes: 1, canBeAsked: true },
    wrong: NEVER_TOLD,
  },
  {
    rule: 'a tick now and then hands over what was handed over before and is still due',
    without: weakerProcess(({ due }) => ({
      due: ({ until }, limit) => due({ after: until - 2 * MINUTE_MS, until }, limit),
    })),
    story: { ...due, wakers: 1, crashes: 1 },
    wrong: /it never comes to rest/,
  },
  {
    rule: 'what opened a casefile is forgotten before what ended it',
    without: weakerProcess(({ forget, forgetHead }) => {
      const items: Item[] = []
      return {
        forget: async (_, item) => void items.unshift(item),
        async forgetHead(id, read) {
          for (const item of items) await forget(id, item)
          return forgetHead(id, read)
        },
      }
    }),
    story: { ...over, wakers: 1, crashes: 1 },
    wrong: /is told and was never owed/,
  },
  {
    rule: 'the head is forgotten last',
    without: weakerProcess(({ open, forget, forgetHead }) => ({
      async forget(id, item) {
        const head = (await open(id))?.head
        if (head) await forgetHead(id, head)
        await forget(id, item)
      },
    })),
    story: { ...over, wakers: 1, crashes: 1 },
    wrong: /what is left has no head/,
  },
  {
    rule: 'a head is forgotten only if it is still the one that was read',
    without: weakerItems(({ open, forgetHead }) => ({
      forgetHead: async (id, read) => forgetHead(id, (await open(id))?.head ?? read),
    })),
    story: { ...begunAnew, wakers: 1 },
    wrong: NEVER_TOLD,
  },
  {
    rule: 'only what was read is forgotten',
    without: weakerItems(({ open, forget, forgetHead }) => ({
      async forgetHead(id, read) {
        for (const event of (await open(id))?.events ?? []) await forget(id, { event })
        return forgetHead(id, read)
      },
    })),
    story: { ...begunAnew, wakers: 1 },
    wrong: NEVER_TOLD,
  },
]

/**
 * What the protocol does without losing or repeating anything: it saves time or work. Spreading retries over a minute
 * is a third of these, but one casefile has nobody to be spread from, so no story here could tell.
 */
export const SAVINGS: readonly Omit<Rule, 'wrong'>[] = [
  {
    rule: 'intake queues the casefile, which the next tick would do',
    without: {
      ports: ({ queue, items, ...ports }) => {
        let isIntake = false
        return {
          ...ports,
          queue: { send: async (ids) => (isIntake ? undefined : queue.send(ids)) },
          items: {
            ...items,
            async putEvent(id, event) {
              isIntake = true
              return items.putEvent(id, event)
            },
          },
        }
      },
    },
    story: { ...broughtNearer, crashes: 1 },
  },
  {
    rule: 'nobody but intake raises the version, which would send every other waker round again',
    without: weakerItems(({ setWake, raise }) => ({
      async setWake(id, read, wake, plannedUnder) {
        const answer = await setWake(id, read, wake, plannedUnder)
        if (answer === 'set' && wake !== undefined) await raise(id, wake, wake)
        return answer
      },
    })),
    story: { ...broughtNearer, crashes: 1 },
  },
]

function weakerItems(change: (items: Items) => Partial<Items>): Without {
  return { items: (items) => ({ ...items, ...change(items) }) }
}

function weakerProcess(change: (items: Items) => Partial<Items>): Without {
  return { ports: (ports) => ({ ...ports, items: { ...ports.items, ...change(ports.items) } }) }
}

function withLease<E extends Entry>(entry: E, change: (leaseUntil: Instant) => Instant): E {
  return entry.is === 'claimed' ? { ...entry, leaseUntil: change(entry.leaseUntil) } : entry
}

function asOfOneChannel<E extends Entry>(entry: E): E {
  return { ...entry, ways: undefined }
}

function asIfAlone<E extends Entry>(entry: E): E {
  return 'ways' in entry && entry.ways ? { ...entry, ways: [entry.channel] } : entry
}

function aYearLater(instant: Instant): Instant {
  return instant + 365 * DAY_MS
}
