import type { Admission } from '../../functions/intake/intake.ts'
import type { Instant } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Letterheads } from '../../shared/messages/letterheads.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { type Arrival, byArrival, type Refusal } from './arrivals.ts'
import { compareLines, type NoticeLine, noticeLine } from './notice-line.ts'
import { CAUGHT } from './outbox.ts'
import { openTimeline } from './timeline.ts'

export type Rehearsal = {
  readonly arrivals: readonly Arrival[]
  /** The last instant played, inclusive. */
  readonly until: Instant
  /** What fell due before it is not sent; default: when the first event reaches us. */
  readonly from?: Instant
  /** Where the casefiles are kept; default: in memory. */
  readonly store?: Store
  /** The address that links in messages lead to; default: not one of ours. */
  readonly address?: string
  /** Whom messages are from, where that differs from the defaults. */
  readonly letterheads?: Letterheads
  /** The key that answer links are signed with. */
  readonly linkKey?: string
  /** Called with a casefile whose wake threw; the others go on. Without it the replay stops there. */
  readonly failed?: (id: CasefileId, error: unknown) => void
}

export type RehearsalResult = {
  readonly refused: readonly Refusal[]
  readonly counts: Readonly<Record<Admission['is'], number>>
}

/**
 * Runs a caseload through a virtual clock, from wake to wake. Everything that arrives at one instant is taken in before
 * anything is sent. `given` receives the lines of each instant that has any, in the contract's order.
 */
export async function replay(
  { arrivals, until, from, store, address, letterheads = {}, linkKey, failed }: Rehearsal,
  given: (lines: readonly NoticeLine[], now: Instant) => void,
): Promise<RehearsalResult> {
  const coming = arrivals.toSorted(byArrival)
  const rules = rulesWith({
    ...{ goLive: from ?? coming[0]?.at ?? 0, letterheads },
    ...(address !== undefined && { address }),
  })
  const memory = sqliteStore(':memory:')
  const timeline = openTimeline({
    coming,
    store: store ?? memory,
    channels: CAUGHT,
    rules: () => rules,
    ...(linkKey !== undefined && { linkKey }),
    ...(failed && { failed }),
  })
  const refused: Refusal[] = []
  const counts = { accepted: 0, duplicate: 0, ignored: 0, refused: 0 }
  for (let at = await timeline.ahead(); at !== undefined && at <= until; at = await timeline.ahead()) {
    const { admissions, outcomes } = await timeline.goTo(at)
    for (const { line, admission } of admissions) {
      counts[admission.is]++
      if (admission.is === 'refused') refused.push({ line, reason: admission.reason })
    }
    given(outcomes.map(noticeLine).sort(compareLines), at)
  }
  memory.close()
  return { refused, counts }
}
