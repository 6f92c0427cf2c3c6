import { wake } from '../../functions/wake/wake.ts'
import { DAY_MS, type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { type CasefileId, casefileOfNotice } from '../../shared/casefile/ids.ts'
import { type Entry, entryId, isSettled } from '../../shared/casefile/ledger.ts'
import type { SendResult } from '../../shared/channels/channel.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import { type Contents, memoryStore } from '../protocol/memory.ts'
import { clock } from './scheduler.ts'
import type { Appended } from './seen.ts'

type Terms = {
  readonly rules: Rules
  readonly until: Instant
  /** What came too late for the day and waits, in the disturbed run, for the hours it may be given in. */
  readonly held: ReadonlySet<string>
}
type Ledgers = ReadonlyMap<CasefileId, ReadonlyMap<string, Entry>>

/**
 * Rows that are read out of the ledger itself: whom to ask or tell next hangs on who was told, when, and whether it
 * arrived. Once anything in the casefile came otherwise than undisturbed, they may come otherwise too.
 */
const HANGS_ON_TELLING = /_(GATE-01|GATE-02|GATE-08|GATE-29|FAX-01_unread|ATR-01_(ring-them|day-before))_/
/** Rows that are only notices if, when they are told, there is something to say of somebody else's casefile. */
const HANGS_ON_NEIGHBOURS =
  /^person_.+_GATE-12_|_(ATR-01_(day-list|ring-them)|FAX-02|ROTA-01|SP-21|GATE-01_accept|GATE-08)_/

/**
 * Plays what was appended, when it was, without a fault, and holds what was settled against it: every notice that
 * is settled undisturbed is settled in the disturbed run too, sent, failed or skipped with a reason, if not at the
 * same time, or waits for office hours or the morning. Only these may be missing: rows that hang on telling, where
 * an entry of the casefile before theirs came otherwise; rows that hang on neighbours, where anything was appended
 * within a day of them; and what a fact of before its due time, learnt after it, made not needed.
 */
export async function compare(
  appended: readonly Appended[],
  disturbed: Ledgers,
  terms: Terms,
): Promise<{ problem?: string; compared: number }> {
  const undisturbed = await play(appended, terms)
  let compared = 0
  for (const [id, entries] of undisturbed) {
    const others = disturbed.get(id)
    for (const entry of entries.values()) {
      // A notice is settled in its own casefile: elsewhere is the copy of a question, at whichever number it went to.
      if (casefileOfNotice(entry.noticeId) !== id) continue
      const other = others?.get(entryId(entry))
      compared++
      if (isSettled(other) || terms.held.has(entry.noticeId)) continue
      const cameOtherwise = [...entries.values(), ...(others?.values() ?? [])].some(
        (one) => one.at <= entry.at && differs(entries.get(entryId(one)), others?.get(entryId(one))),
      )
      if (HANGS_ON_TELLING.test(entry.noticeId) && cameOtherwise) continue
      const isNear = ({ at }: Appended) => at >= entry.at - MINUTE_MS && at <= entry.at + DAY_MS
      if (HANGS_ON_NEIGHBOURS.test(entry.noticeId) && appended.some(isNear)) continue
      // What had stopped by its due time was never owed, once that is learnt before it is given.
      const isLearntLate = (one: Appended) =>
        one.id === id && one.event.at <= entry.due && one.at >= entry.at - MINUTE_MS
      if (appended.some(isLearntLate)) continue
      // What was to be skipped and not told may have left the plan before it was entered.
      const isOvertaken = (one: Appended) => one.id === id && one.at >= entry.at - MINUTE_MS
      if (entry.is === 'skipped' && appended.some(isOvertaken)) continue
      const became = `${entry.is}${entry.is === 'skipped' || entry.is === 'failed' ? ` (${entry.reason})` : ''}`
      const problem = `${entry.noticeId}, undisturbed ${became} at ${clock(entry.at)}, is ${other?.is ?? 'not in the ledger'}`
      return { problem, compared }
    }
  }
  return { compared }
}

/** Told another, to another end, or more than a minute apart. */
function differs(one: Entry | undefined, other: Entry | undefined): boolean {
  if (!one || !other) return true
  const [to, otherTo] = [one, other].map((entry) => ('to' in entry ? entry.to : undefined))
  return one.is !== other.is || to !== otherTo || Math.abs(one.at - other.at) > MINUTE_MS
}

async function play(appended: readonly Appended[], { rules, until }: Omit<Terms, 'held'>): Promise<Ledgers> {
  const shelf = { contents: {} as Contents }
  const store = memoryStore(shelf)
  const accepting = { send: async (): Promise<SendResult> => ({ is: 'accepted' }) }
  let present: Instant = 0
  const now = () => present
  const waiting = new Set<CasefileId>()
  const ports = {
    store,
    now,
    rules,
    linkKey: 'simulation',
    channels: { email: accepting, sms: accepting },
  }
  for (let next = 0; ; ) {
    const arrivesAt = appended[next]?.at ?? Number.POSITIVE_INFINITY
    const [first] = await store.due({ until: Number.MAX_SAFE_INTEGER }, 1)
    const wakesAt = first ? Math.ceil(first.wake / MINUTE_MS) * MINUTE_MS : Number.POSITIVE_INFINITY
    present = Math.max(present, Math.min(arrivesAt, wakesAt))
    if (Math.min(arrivesAt, wakesAt) > until) break
    for (let one = appended[next]; one && one.at <= present; one = appended[++next]) {
      await store.takeIn(one.id, one.event, present)
      waiting.add(one.id)
    }
    do {
      const ids = [...waiting].sort()
      waiting.clear()
      for (const id of ids) await wake(id, ports)
      for (const { id } of await store.due({ until: present }, 1_000)) waiting.add(id)
    } while (waiting.size > 0)
  }
  return new Map(
    Object.entries(shelf.contents).map(([id, { entries }]) => [
      id as CasefileId,
      new Map(entries.map((entry) => [entryId(entry), entry])),
    ]),
  )
}
