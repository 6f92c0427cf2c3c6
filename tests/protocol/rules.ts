import { DAY_MS, type Instant } from '../../shared/calendar/london.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import type { Item, Store } from '../../shared/store/store.ts'
import { NOW, type Story, type Without } from './model.ts'
import { begunAnew, broughtNearer, diedAfterSending, due, over, rejectedThenThrottled } from './stories.ts'

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
const QUEUED_TWICE = /one wake is queued 2 times/
const NEVER_TOLD = /is never told/
const NO_LEASE_END = /the wake is set to 2027-/

export const RULES: readonly Rule[] = [
  {
    rule: 'intake puts the event before it rouses the casefile',
    without: weakerProcess(({ append, rouse }) => ({
      async append(id, event) {
        await rouse(id, NOW)
        return append(id, event)
      },
      rouse: async () => {},
    })),
    story: { ...broughtNearer, crashes: 1 },
    wrong: WAKE_LOST,
  },
  {
    rule: 'intake rouses it even if it knew the event, since whoever put it there may have died before doing so',
    without: weakerProcess(({ append, rouse }) => {
      let isNew = false
      return {
        async append(id, event) {
          const answer = await append(id, event)
          isNew = answer === 'added'
          return answer
        },
        async rouse(id, now) {
          if (isNew) await rouse(id, now)
        },
      }
    }),
    story: { ...broughtNearer, rousedNow: true, crashes: 2 },
    wrong: WAKE_LOST,
  },
  {
    rule: 'to rouse is to raise the version',
    without: weakerStore(({ open, rouse, setWake }) => ({
      async rouse(id, now) {
        const { head } = (await open(id)) ?? {}
        if (head) await setWake(id, head, now)
        else await rouse(id, now)
      },
    })),
    story: { ...broughtNearer, rousedNow: true, crashes: 1 },
    wrong: WAKE_LOST,
  },
  {
    rule: 'to rouse is to set the wake to now',
    without: weakerStore(({ open, rouse }) => ({
      rouse: async (id, now) => rouse(id, (await open(id))?.head.wake ?? now),
    })),
    story: { ...broughtNearer, crashes: 1 },
    wrong: WAKE_LOST,
  },
  {
    rule: 'wake reads the head before anything else',
    without: {
      ports: (ports) => ({
        ...ports,
        store: {
          ...ports.store,
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
    without: weakerStore(({ open, setWake }) => ({
      setWake: async (id, read, wake) => setWake(id, (await open(id))?.head ?? read, wake),
    })),
    story: broughtNearer,
    wrong: WAKE_LOST,
  },
  {
    rule: 'a claim is a conditional write',
    without: weakerStore(({ record }) => ({
      async claim(id, entry) {
        await record(id, entry)
        return undefined
      },
    })),
    story: due,
    wrong: TOLD_TWICE,
  },
  {
    rule: 'a claim does not take a lease that is live',
    without: weakerStore(({ claim }) => ({
      claim: (id, entry) => claim(id, entry, Number.POSITIVE_INFINITY),
    })),
    story: due,
    wrong: TOLD_TWICE,
  },
  {
    rule: 'a lease outlives its taker',
    without: weakerProcess(({ claim }) => ({
      claim: (id, entry, now) =>
        claim(
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
    without: weakerProcess(({ record }) => ({
      async record(id, entry) {
        if (entry.is !== 'sent') await record(id, entry)
      },
    })),
    story: due,
    wrong: /it never comes to rest/,
  },
  {
    rule: 'the next wake is no later than the end of a lease that refused our claim',
    without: weakerProcess(({ claim }) => ({
      async claim(id, entry, now) {
        const standing = await claim(id, entry, now)
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
    without: weakerProcess(({ record }) => ({
      async record(id, entry) {
        if (entry.is !== 'throttled') await record(id, entry)
      },
    })),
    story: { ...due, wakers: 1, throttles: 1 },
    wrong: /is owed at 2026-03-09 09:16 and told at 2026-03-09 09:31/,
  },
  {
    rule: 'what is given back on its second way is not claimed for the first',
    without: weakerStore(({ open, claim, record }) => ({
      async claim(id, entry, now) {
        const { entries = [] } = (await open(id)) ?? {}
        const standing = entries.find(({ noticeId }) => noticeId === entry.noticeId)
        if (standing?.is !== 'throttled') return claim(id, entry, now)
        await record(id, entry)
        return undefined
      },
    })),
    story: rejectedThenThrottled,
    wrong: TOLD_TWICE,
  },
  {
    rule: 'tick moves on each wake that it hands over',
    without: weakerProcess(() => ({ postpone: async () => 'postponed' })),
    story: { ...due, ticks: 2 },
    wrong: QUEUED_TWICE,
  },
  {
    rule: 'tick moves a wake on before it queues the casefile, not after',
    without: {
      ports: ({ queue, store, ...ports }) => ({
        ...ports,
        queue: { send: async () => {} },
        store: {
          ...store,
          async postpone(id, wake, until) {
            await queue.send([id])
            return store.postpone(id, wake, until)
          },
        },
      }),
    },
    story: { ...due, ticks: 2 },
    wrong: QUEUED_TWICE,
  },
  {
    rule: 'tick moves a wake on only if it is still the one it read',
    without: weakerStore(({ open, postpone }) => ({
      postpone: async (id, wake, until) => postpone(id, (await open(id))?.head.wake ?? wake, until),
    })),
    story: { ...due, ticks: 2 },
    wrong: QUEUED_TWICE,
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
    without: weakerStore(({ open, forgetHead }) => ({
      forgetHead: async (id, read) => forgetHead(id, (await open(id))?.head ?? read),
    })),
    story: { ...begunAnew, wakers: 1 },
    wrong: NEVER_TOLD,
  },
  {
    rule: 'only what was read is forgotten',
    without: weakerStore(({ open, forget, forgetHead }) => ({
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
      ports: ({ queue, store, ...ports }) => {
        let isIntake = false
        return {
          ...ports,
          queue: { send: async (ids) => (isIntake ? undefined : queue.send(ids)) },
          store: {
            ...store,
            async append(id, event) {
              isIntake = true
              return store.append(id, event)
            },
          },
        }
      },
    },
    story: { ...broughtNearer, crashes: 1 },
  },
  {
    rule: 'nobody but intake raises the version, which would send every other waker round again',
    without: weakerStore(({ setWake, rouse }) => ({
      async setWake(id, read, wake, plannedUnder) {
        const answer = await setWake(id, read, wake, plannedUnder)
        if (answer === 'set' && wake !== undefined) await rouse(id, wake)
        return answer
      },
    })),
    story: { ...broughtNearer, crashes: 1 },
  },
]

function weakerStore(change: (store: Store) => Partial<Store>): Without {
  return { store: (store) => ({ ...store, ...change(store) }) }
}

function weakerProcess(change: (store: Store) => Partial<Store>): Without {
  return { ports: (ports) => ({ ...ports, store: { ...ports.store, ...change(ports.store) } }) }
}

function withLease<E extends Entry>(entry: E, change: (leaseUntil: Instant) => Instant): E {
  return entry.is === 'claimed' ? { ...entry, leaseUntil: change(entry.leaseUntil) } : entry
}

function aYearLater(instant: Instant): Instant {
  return instant + 365 * DAY_MS
}
