import { type Instant, type LocalDate, londonTime } from '../calendar/london.ts'
import type { Matter, States } from '../casefile/casefile.ts'
import { type Kind, noticeIdOf } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import type { Facts, Template } from '../messages/text.ts'
import { type Beside, type Draft, type Hours, notice, type Planned, type Told, type Urgent } from './duty.ts'
import type { Rules } from './rules.ts'

/** One rung: its time, and what distinguishes it from its neighbours on the ladder. */
export type Rung = {
  readonly step: string
  /** Distinguishes it from other rungs of the same step: `7-days`. */
  readonly label?: string | undefined
  readonly due: Instant
  readonly hours?: Hours | undefined
  readonly urgent?: Urgent | undefined
}

/** Who a rung tells, and what. */
export type Telling = { readonly tell: readonly Recipient[]; readonly text: Template }

/** A role in the schedule's row, and who may hold it. */
export type Recipient = { readonly role: Role; readonly contactId?: string; readonly to: Draft['to'] }

/** Rungs of one duty about one thing, until something happens. */
export type Ladder<K extends Kind, R extends Rung = Rung> = {
  readonly duty: string
  readonly occasion: string
  readonly hours: Hours
  readonly alone?: boolean | undefined
  readonly despiteStop?: true | undefined
  readonly because: readonly string[]
  readonly facts?: Facts
  /** Oldest first. A rung is stale when the next is due; the last at `stale`, or never. */
  readonly rungs: Iterable<R>
  readonly stale?: Instant | undefined
  /** No rung due from then on need be given. */
  readonly over?: Instant | undefined
  /** Whether this rung is not needed, given the casefile's `state`. */
  until(state: States[K], due: Instant, rung: R): boolean
  /** Only called for a rung that may have to be given. */
  telling(rung: R): Telling
}

/**
 * The notices of a ladder that are not done. "Until" is judged at the step's due time and again now: a step that had
 * stopped by its due time was never owed, and only a plan to the end mentions it; one that stopped later is no longer
 * owed. Done steps are not judged.
 */
export function ladder<K extends Kind, R extends Rung = Rung>(
  matter: Matter<K>,
  plan: Ladder<K, R>,
  beside: Beside,
): Planned[] {
  const notices: Planned[] = []
  const { over = END } = beside.until === END ? {} : plan
  let last: R | undefined
  for (const rung of plan.rungs) {
    if (last && climb(matter, plan, beside, last, rung.due, notices) === 'far enough') return notices
    if (rung.due >= over) return notices
    last = rung
  }
  if (last) climb(matter, plan, beside, last, plan.stale, notices)
  return notices
}

const END = Number.POSITIVE_INFINITY

/** To the end, for callers that select afterwards. */
export function toTheEnd({ ledger }: Told): Beside {
  return { ledger, until: END }
}

/** Rungs, oldest first, without those followed by another at the same moment. */
export function* lastOfEachMoment<R extends Rung>(rungs: Iterable<R>): Iterable<R> {
  let last: R | undefined
  for (const rung of rungs) {
    if (last && last.due !== rung.due) yield last
    last = rung
  }
  if (last) yield last
}

/** Adds the notices of one rung to `notices`. */
function climb<K extends Kind, R extends Rung>(
  matter: Matter<K>,
  plan: Ladder<K, R>,
  { ledger, until }: Beside,
  rung: R,
  stale: Instant | undefined,
  notices: Planned[],
): 'far enough' | undefined {
  const { duty, because, facts, alone, despiteStop } = plan
  const { step, due, hours = plan.hours, urgent } = rung
  const { tell, text } = plan.telling(rung)
  const occasion = rung.label ? `${plan.occasion}_${rung.label}` : plan.occasion
  const isBeyond = due > until
  let untold: ReturnType<typeof untoldBecause> | 'not judged' = 'not judged'
  for (const { role, contactId, to } of tell) {
    const whose = { duty, step, occasion, role, contactId }
    if (ledger.isDone(noticeIdOf(matter.id, whose))) continue
    if (untold === 'not judged') untold = untoldBecause(matter, plan, rung)
    if (untold !== undefined && (isBeyond || (untold === 'not-needed' && until !== END))) return undefined
    const how = { due, stale, hours, alone, despiteStop, urgent, because, text, facts, untold, to }
    notices.push(notice(matter, { ...whose, ...how }))
  }
  return isBeyond && untold === undefined ? 'far enough' : undefined
}

/** Why a rung is not told, given what stops its ladder; undefined if it is told. */
function untoldBecause<K extends Kind, R extends Rung>(
  matter: Matter<K>,
  { until }: Ladder<K, R>,
  rung: R,
): 'not-needed' | 'no-longer-true' | undefined {
  if (matter.asOf(rung.due, (then) => until(then, rung.due, rung))) return 'not-needed'
  return until(matter.state, rung.due, rung) ? 'no-longer-true' : undefined
}

/** 09:00 on `date`, or on the working day before it: for a prompt on or before a deadline. */
export function promptOnOrBefore(rules: Rules, date: string): Instant {
  return londonTime(rules.days.onOrBefore(date), rules.settings.promptAt)
}

/** 09:00 on `date`, or on the working day after it: for an overdue or other later step. */
export function promptOnOrAfter(rules: Rules, date: string): Instant {
  return londonTime(rules.days.onOrAfter(date), rules.settings.promptAt)
}

/** 09:00 on the `count`-th working day after `date`, or before it if negative. */
export function promptWorkingDaysAfter({ days, settings }: Rules, date: LocalDate, count: number): Instant {
  const day = count < 0 ? days.before(date, -count) : days.after(date, count)
  return londonTime(day, settings.promptAt)
}
