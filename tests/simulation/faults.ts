import { type Random, randomOf } from './random.ts'

/** Everything that goes wrong here, and how often where it is at its worst: at each call, message or invocation. */
export const FAULTS = {
  /** An invocation dies before what it was about to do was done, or after; it never proceeds. */
  'crash before the effect': 0.01,
  'crash after the effect': 0.01,
  /** A call hangs for seconds or minutes while everybody else goes on. */
  'call that hangs': 0.03,
  /** An invocation that was held up for longer than it may live is ended. */
  'invocation out of time': 1,
  'store throttled': 0.01,
  'store timed out, having written': 0.01,
  'wake index behind': 0.2,
  'event delivered twice': 0.3,
  'event delayed': 0.4,
  'event lost and redelivered': 0.1,
  'queue message twice': 0.1,
  'queue message delayed': 0.15,
  'queue message lost': 0.1,
  'queue refuses': 0.02,
  'clock askew': 0.5,
  'provider throttles': 0.15,
  'provider rejects': 0.06,
  'provider takes it and times out': 0.08,
  'provider times out': 0.08,
  'provider cannot say': 0.5,
  'provider breaks': 0.03,
  'provider outage': 0.6,
  bounce: 0.15,
  'mailbox full, or telephone off': 0.15,
  'refused for what it says': 0.06,
  complaint: 0.05,
  'receipts that contradict': 0.15,
} as const satisfies Record<string, number>

/** What is not done to the system but comes of it; it is counted all the same. */
export const CONSEQUENCES = [
  'events out of order',
  'casefile woken twice at once',
  'batch that fails in part',
  'casefile forgotten',
] as const

export type Fault = keyof typeof FAULTS
export type Counted = Fault | (typeof CONSEQUENCES)[number]
export type Counts = Partial<Record<Counted, number>>

/** What goes wrong in one run: each kind of fault at a rate of its own, some not at all, and none after the calm. */
export type Faults = {
  strikes(fault: Fault, random: Random): boolean
  count(counted: Counted): void
  readonly counts: Counts
}

/** `without` names faults that are left out; `none` leaves out all. */
export function faultsOf(seed: number, without: ReadonlySet<Fault>, isCalm: () => boolean): Faults {
  const counts: Counts = {}
  const count = (counted: Counted) => {
    counts[counted] = (counts[counted] ?? 0) + 1
  }
  const rates = Object.entries(FAULTS).map(([fault, worst]) => {
    const random = randomOf(seed, 'rate', fault)
    return [fault, worst === 1 ? 1 : random.pick([0, 0.2, 0.5, 1]) * worst] as const
  })
  const rate = Object.fromEntries(rates) as Record<Fault, number>
  return {
    counts,
    count,
    strikes(fault, random) {
      // The luck is spent either way, so that to leave out one fault moves no other.
      const isStruck = random.happens(rate[fault])
      if (!isStruck || without.has(fault) || isCalm()) return false
      count(fault)
      return true
    },
  }
}
