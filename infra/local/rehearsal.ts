import type { Receipt } from '../../functions/intake/intake.ts'
import { compareLines, type NoticeLine, noticeLine } from '../../functions/wake/line.ts'
import type { Instant } from '../../shared/calendar/london.ts'
import { readMoment } from '../../shared/casefile/events.ts'
import { rulesWith } from '../../shared/duties/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { CAUGHT } from './outbox.ts'
import { byArrival, openTimeline } from './timeline.ts'

/** One event of a caseload and the moment it reaches us. */
export type Arrival = { readonly line: number; readonly at: Instant; readonly body: string }

type Refusal = { readonly line: number; readonly reason: string }

export type Rehearsal = {
  readonly arrivals: readonly Arrival[]
  /** The last instant that is played, itself included. */
  readonly until: Instant
  /** What fell due before it is not given; when the first event reaches us, if left out. */
  readonly from?: Instant
  /** Where the casefiles are kept; in memory, if left out. */
  readonly store?: Store
  /** Where the links in messages lead; nowhere of ours, if left out. */
  readonly address?: string
  /** What links to answer are signed with. */
  readonly linkKey?: string
}

export type RehearsalResult = {
  readonly refused: readonly Refusal[]
  readonly counts: Readonly<Record<Receipt['is'], number>>
}

/** Reads a line of a caseload: an event arrives at its `receivedAt`, else at its `occurredAt`. */
export function readArrival(body: string, line: number): Arrival | Refusal {
  let json: { receivedAt?: unknown; occurredAt?: unknown; Message?: unknown }
  try {
    json = JSON.parse(body)
  } catch {
    return { line, reason: 'not JSON' }
  }
  if (json === null || typeof json !== 'object') return { line, reason: 'event: expected an object' }
  if (typeof json.Message === 'string' && json.receivedAt === undefined)
    return readArrival(json.Message, line)
  const field = json.receivedAt === undefined ? 'occurredAt' : 'receivedAt'
  const written = json[field]
  const at = typeof written === 'string' ? readMoment(written) : undefined
  if (at === undefined)
    return { line, reason: `${field}: expected a date and time such as 2026-03-02T10:00:00Z` }
  return { line, at: at.epochMilliseconds, body }
}

/**
 * Runs a caseload through a virtual clock, from wake to wake. At one instant everything is taken in before anything
 * is given out. `given` receives the lines of each instant that has any, in the contract's order.
 */
export async function replay(
  { arrivals, until, from, store, address, linkKey }: Rehearsal,
  given: (lines: readonly NoticeLine[], now: Instant) => void,
): Promise<RehearsalResult> {
  const coming = arrivals.toSorted(byArrival)
  const rules = rulesWith({ goLive: from ?? coming[0]?.at ?? 0, ...(address !== undefined && { address }) })
  const memory = sqliteStore(':memory:')
  const timeline = openTimeline({
    ...{ coming, store: store ?? memory, channels: CAUGHT, rules: () => rules },
    ...(linkKey !== undefined && { linkKey }),
  })
  const refused: Refusal[] = []
  const counts = { accepted: 0, duplicate: 0, ignored: 0, refused: 0 }
  for (let at = await timeline.ahead(); at !== undefined && at <= until; at = await timeline.ahead()) {
    const { receipts, outcomes } = await timeline.goTo(at)
    for (const { line, receipt } of receipts) {
      counts[receipt.is]++
      if (receipt.is === 'refused') refused.push({ line, reason: receipt.reason })
    }
    given(outcomes.map(noticeLine).sort(compareLines), at)
  }
  memory.close()
  return { refused, counts }
}
