import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { type Casefile, openCasefile } from '../../shared/casefile/casefile.ts'
import { countsOf } from '../../shared/casefile/counts.ts'
import { type CasefileId, isOfProbe, kindOf } from '../../shared/casefile/ids.ts'
import { type Entry, entryId } from '../../shared/casefile/ledger.ts'
import { neighboursOf } from '../../shared/directory/neighbours.ts'
import { around, type Plan, plan } from '../../shared/duties/all.ts'
import { fingerprint } from '../../shared/duties/catalogue.ts'
import { type Keeping, keepingOf } from '../../shared/duties/retention.ts'
import type { Planned } from '../../shared/planning/duty.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Stored } from '../../shared/store/store.ts'
import { forget, forgetCasefile } from '../forget/forget.ts'
import { passOnDays } from '../intake/days.ts'
import { BrokenPlan, planning } from '../planning.ts'
import { close, type Given, give } from './give.ts'
import { findLost } from './lost.ts'
import type { Outcome, WakePorts } from './ports.ts'
import { type Turn, turnOf } from './turn.ts'

/** How long a casefile rests if its plan throws, or it never finishes. Other failures are retried immediately. */
const PUT_BACK_MS = 15 * MINUTE_MS
/** More rounds than a release has people to ask. */
const ROUNDS_MAX = 60

/**
 * Tells what a casefile owes now, and sets its next wake. Run too early, twice, concurrently or after a crash, it tells
 * nothing again that its ledger knows about. What is over is forgotten. Returns what it settled.
 */
export async function wake(id: CasefileId, ports: WakePorts): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let round = 0; ; round++) {
    const stored = await ports.store.open(id)
    if (!stored) return outcomes
    const putBack = { entries: [], wake: ports.now() + PUT_BACK_MS }
    if (round === ROUNDS_MAX) {
      await ports.store.finish(id, stored.head, putBack)
      return outcomes
    }
    try {
      const turn = await takeTurn(id, stored, ports)
      outcomes.push(...turn.outcomes)
      if (turn.isAtRest) return outcomes
    } catch (error) {
      if (error instanceof BrokenPlan) await ports.store.finish(id, stored.head, putBack)
      throw error
    }
  }
}

/** What one turn settled, and whether the casefile may rest until its wake. */
type Taken = { readonly outcomes: readonly Outcome[]; readonly isAtRest: boolean }

/** Plans, tells what is owed, and plans again in memory with the resulting ledger. */
async function takeTurn(id: CasefileId, stored: Stored, ports: WakePorts): Promise<Taken> {
  const { store, rules } = ports
  const now = ports.now()
  const [casefile, before] = planning(() => {
    const opened = openCasefile(id, stored.events, stored.entries)
    return [opened, outlook(opened, stored, plan(opened, rules, now), rules, now)] as const
  })
  if (before.keeping.isOver) {
    await forgetCasefile(id, stored, store)
    return { outcomes: [], isAtRest: false }
  }
  // Under other rules, or by older code, its days may not have been passed on.
  if (kindOf(id) === 'order' && stored.head.plannedUnder !== fingerprint(rules)) {
    await passOnDays(stored.events, store, now)
  }
  const { found, unknown } = await findLost(casefile, ports, now)
  if (found.length > 0) return { outcomes: found, isAtRest: false }
  const ask = neighboursOf(casefile, store.events)
  const turnWith = (notices: readonly Planned[], of: Casefile) =>
    ask((neighbours) =>
      planning(() =>
        turnOf(notices, { rules, unknown, wake: stored.head.wake, now, neighbours, casefile: of }),
      ),
    )
  const turn = await turnWith(before.notices, casefile)
  const given = await carryOut(id, turn, ports, now)
  const next = await orRecord(id, given, ports, async () => {
    if (given.standing.length === 0) return sooner(before, turn.next)
    const entries = withEntries(stored.entries, given.standing)
    const left = casefile.withEntries(entries)
    const after = planning(() =>
      outlook(left, { ...stored, entries }, before.plan.after(left.ledger), rules, now),
    )
    const more = await turnWith(after.notices, left)
    return isIdle(more) ? sooner(after, more.next) : now
  })
  const plannedUnder = fingerprint(rules)
  const counts = isOfProbe(id) ? [] : countsOf(given.outcomes)
  const finish = { entries: given.unrecorded, wake: next, plannedUnder, counts }
  const set = await store.finish(id, stored.head, finish)
  const isAtRest = set === 'set' && next > ports.now()
  if (isAtRest) await forget(id, before.keeping.expired, store)
  return { outcomes: given.outcomes, isAtRest }
}

/** What is due at an instant, and when the casefile next needs attention for the rest. */
type Outlook = {
  readonly plan: Plan
  readonly notices: readonly Planned[]
  readonly keeping: Keeping
  readonly next: Instant
}

function outlook(casefile: Casefile, stored: Stored, whole: Plan, rules: Rules, now: Instant): Outlook {
  const notices = around(whole, now)
  const keeping = keepingOf(casefile, stored, notices, rules, now, whole.next)
  return { plan: whole, notices, keeping, next: sooner(keeping, whole.next) }
}

/** When a casefile next needs attention: something may be due before it can be forgotten. */
function sooner({ next }: { readonly next: Instant }, other: Instant | undefined): Instant {
  return Math.min(next, other ?? next)
}

function isIdle({ messages, closings }: Turn): boolean {
  return messages.length + closings.length === 0
}

/** Does everything in a turn concurrently. If a part throws, the results of the others are recorded first. */
async function carryOut(id: CasefileId, turn: Turn, ports: WakePorts, now: Instant): Promise<Given> {
  const work = [
    ...turn.closings.map((entry) => close(id, entry, ports)),
    ...turn.messages.map((message) => give(id, message, ports, now)),
  ]
  const ends = await Promise.allSettled(work)
  const done = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const given = {
    outcomes: done.flatMap(({ outcomes }) => outcomes),
    standing: done.flatMap(({ standing }) => standing),
    unrecorded: done.flatMap(({ unrecorded }) => unrecorded),
  }
  return orRecord(id, given, ports, async () => {
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    return given
  })
}

/** Makes sure that what was told is in the ledger, whatever the following work throws. */
async function orRecord<T>(
  id: CasefileId,
  given: Given,
  { store }: WakePorts,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await store.record(id, given.unrecorded)
    throw error
  }
}

/** A ledger's entries, some of them replaced by later ones. */
function withEntries(entries: readonly Entry[], standing: readonly Entry[]): Entry[] {
  return [...new Map([...entries, ...standing].map((entry) => [entryId(entry), entry])).values()]
}
