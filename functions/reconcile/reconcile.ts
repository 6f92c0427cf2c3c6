import type { Instant } from '../../shared/calendar/london.ts'
import { type Casefile, openCasefile } from '../../shared/casefile/casefile.ts'
import { type CasefileId, kindOf, subjectOf } from '../../shared/casefile/ids.ts'
import { isSettled } from '../../shared/casefile/ledger.ts'
import { plannedHere } from '../../shared/casefile/releases.ts'
import { neighboursOf } from '../../shared/directory/neighbours.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { fingerprint } from '../../shared/duties/catalogue.ts'
import { meetAtTheGate } from '../../shared/duties/releases/gate-meeting.ts'
import { isOver } from '../../shared/duties/releases/open-release.ts'
import { keepingOf } from '../../shared/duties/retention.ts'
import { decide } from '../../shared/planning/decide.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import { everyCasefile, type Part, type Store, type Stored } from '../../shared/store/store.ts'
import { forEachConcurrently } from '../concurrency.ts'
import { BrokenPlan, planning } from '../planning.ts'

export type ReconcilePorts = {
  readonly store: Pick<Store, 'casefiles' | 'open' | 'events' | 'finish'>
  readonly rules: Rules
  readonly now: () => Instant
}

/** What became of everything that fell due, and what had to be repaired. Reported even if all is well. */
export type Reconciliation = {
  readonly at: Instant
  readonly casefiles: number
  /** Everything that fell due: the sum of sent, failed, skipped and open. */
  readonly due: number
  readonly sent: number
  readonly failed: number
  readonly skipped: Readonly<Record<string, number>>
  /** Due but not settled: held, waiting for hours, throttled, or missed until now. */
  readonly open: number
  /** How many of the sent are known to have arrived. */
  readonly delivered: number
  /** Casefiles that were woken: because of other rules, or because their wake was past, or too late. */
  readonly woken: { readonly otherRules: number; readonly overdue: number }
  /** Casefiles whose plan throws. Nobody is told anything about them: an alarm. */
  readonly broken: readonly CasefileId[]
  /** Casefiles that could not be read, twice: nothing is known about them, and no count includes them. */
  readonly notCompared: readonly CasefileId[]
  /** Gate meetings with neither a next step nor an outcome. There should be none. */
  readonly unresolved: readonly { readonly casefile: CasefileId; readonly releaseId: string }[]
}

/** A wake that has been due this long is overdue: the tick comes every minute. */
const OVERDUE_MS = 60 * 60_000

/** Most of an audit is waiting for the store; this many at the same time do not slow down its other work. */
const AUDITS_AT_ONCE = 20

/**
 * Plans every casefile again, in all or part of the store, and compares it with its ledger. Wakes those that were
 * planned under other rules, or whose wake was lost. Running it twice, or while the service works, does no harm. The
 * store may read slightly old data: the worst result is an unnecessary wake.
 */
export async function reconcile(ports: ReconcilePorts, part?: Part): Promise<Reconciliation> {
  const { store, rules, now } = ports
  const counts = { casefiles: 0, sent: 0, failed: 0, open: 0, delivered: 0 }
  const skipped: Record<string, number> = {}
  const woken = { otherRules: 0, overdue: 0 }
  const broken: CasefileId[] = []
  const unresolved: { casefile: CasefileId; releaseId: string }[] = []
  const compare = async (id: CasefileId) => {
    const stored = await store.open(id)
    if (!stored) return
    const { head } = stored
    const audit = await auditOf(id, stored, ports)
    const isUnheeded = head.wake < now() - OVERDUE_MS || head.wake > audit.next
    // A casefile that was never planned may lack something that an earlier version did not write, such as its place in
    // lists.
    const isOther = head.plannedUnder !== fingerprint(rules)
    if (isUnheeded || isOther) {
      const plannedUnder = fingerprint(rules)
      const set = await store.finish(id, head, { entries: [], wake: now(), plannedUnder })
      if (set === 'set') woken[isOther ? 'otherRules' : 'overdue']++
    }
    counts.casefiles++
    counts.sent += audit.sent
    counts.failed += audit.failed
    counts.open += audit.open
    counts.delivered += audit.delivered
    for (const reason of audit.skipped) skipped[reason] = (skipped[reason] ?? 0) + 1
    unresolved.push(...audit.unresolved.map((releaseId) => ({ casefile: id, releaseId })))
  }
  /** Returns those that could not be read. */
  const compareAll = async (ids: Iterable<CasefileId> | AsyncIterable<CasefileId>) => {
    const failed: CasefileId[] = []
    await forEachConcurrently(ids, AUDITS_AT_ONCE, async (id) => {
      try {
        await compare(id)
      } catch (error) {
        ;(error instanceof BrokenPlan ? broken : failed).push(id)
      }
    })
    return failed
  }
  // By the time all others were compared, the problem with these may be over.
  const notCompared = await compareAll(await compareAll(casefilesIn(store, part)))
  const refused = Object.values(skipped).reduce((sum, count) => sum + count, 0)
  const due = counts.sent + counts.failed + refused + counts.open
  return { at: now(), ...counts, due, skipped, woken, broken, notCompared, unresolved }
}

/** The casefiles to compare, in all or part of the store. */
export async function* casefilesIn(store: Pick<Store, 'casefiles'>, part?: Part): AsyncGenerator<CasefileId> {
  for await (const { id } of part ? await store.casefiles(part) : everyCasefile(store)) {
    // An address's casefile holds only copies, for matching replies.
    if (kindOf(id) !== 'address') yield id
  }
}

type Audit = {
  readonly sent: number
  readonly failed: number
  readonly skipped: readonly string[]
  readonly open: number
  readonly delivered: number
  /** When the casefile should next wake. */
  readonly next: Instant
  readonly unresolved: readonly string[]
}

async function auditOf(
  id: CasefileId,
  { events, entries }: Stored,
  { store, rules, now }: ReconcilePorts,
): Promise<Audit> {
  const at = now()
  const [casefile, notices] = planning(() => {
    const opened = openCasefile(id, events, entries)
    return [opened, around(plan(opened, rules), at)] as const
  })
  const { ledger } = casefile
  const settled = ledger.entries.filter(isSettled)
  const sent = settled.filter((entry) => entry.is === 'sent')
  const ahead: Instant[] = []
  const watched = new Set<string>()
  let open = 0
  const decided = await neighboursOf(
    casefile,
    store.events,
  )((neighbours) =>
    planning(() =>
      notices.map((notice) => ({
        notice,
        decision: decide(notice, ledger, neighbours, rules, at),
        isOpen: notice.due <= at && notice.bind(neighbours, at) !== undefined,
      })),
    ),
  )
  for (const { notice, decision, isOpen } of decided) {
    if (decision.verb === 'rest') continue
    ahead.push(decision.verb === 'wait' ? decision.until : at)
    if (notice.duty === meetAtTheGate.id) watched.add(subjectOf(notice.occasion))
    if (isOpen) open++
  }
  return {
    sent: sent.length,
    failed: settled.filter((entry) => entry.is === 'failed').length,
    skipped: settled.flatMap((entry) => (entry.is === 'skipped' ? [entry.reason] : [])),
    open,
    delivered: sent.filter((entry) => ledger.isDelivered(entry.noticeId)).length,
    next: Math.min(...ahead, keepingOf(casefile, { events, entries }, notices, rules, at).next),
    unresolved: kindOf(id) === 'release' ? unresolvedIn(casefile as Casefile<'release'>, watched) : [],
  }
}

/** Releases with a day, about whose gate meeting nothing more will be said though nobody reported its outcome. */
function unresolvedIn(casefile: Casefile<'release'>, watched: ReadonlySet<string>): string[] {
  return plannedHere(casefile)
    .filter(
      (release) => release.releaseOn !== undefined && !isOver(release) && !watched.has(release.releaseId),
    )
    .map((release) => release.releaseId)
}
