import { type Instant, type LocalDate, londonTime } from '../calendar/london.ts'
import type { Casefile, States } from '../casefile/casefile.ts'
import { type Kind, noticeIdOf } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import type { Facts, Template } from '../messages/text.ts'
import { type Draft, type Hours, notice, type Planned, type Urgent } from './duty.ts'
import type { Rules } from './rules.ts'

/** One rung: when, and what tells it from its neighbours on the ladder. */
export type Rung = {
  readonly step: string
  /** Told apart from other rungs of the same step: `7-days`. */
  readonly label?: string | undefined
  readonly due: Instant
  readonly hours?: Hours | undefined
  readonly urgent?: Urgent | undefined
}

/** Whom a rung tells, and what. */
export type Telling = { readonly tell: readonly Recipient[]; readonly text: Template }

/** A role of the schedule's row, and who may hold it. */
export type Recipient = { readonly role: Role; readonly contactId?: string; readonly to: Draft['to'] }

/** Rungs of one duty about one thing, until something has happened. */
export type Ladder<K extends Kind, R extends Rung = Rung> = {
  readonly duty: string
  readonly occasion: string
  readonly hours: Hours
  readonly alone?: boolean | undefined
  readonly despiteStop?: true | undefined
  readonly because: readonly string[]
  readonly facts?: Facts
  /** Oldest first. A rung is stale when the next is due; the last when `stale`, or never. */
  readonly rungs: Iterable<R>
  readonly stale?: Instant | undefined
  /** How far ahead it is climbed: of the rungs that fall due later, only to the first that will be told. */
  readonly horizon?: Instant | undefined
  /** Whether, as the casefile stands in `state`, this rung need not be given. */
  until(state: States[K], due: Instant, rung: R): boolean
  /** Asked of a rung that may have to be given. */
  telling(rung: R): Telling
}

/**
 * The notices of a ladder. "Until" is judged at the step's own due time and again as things stand: a step that
 * had stopped by its due time was never owed, and only a plan to the end says so; one that stopped after it is owed
 * to nobody any more.
 */
export function ladder<K extends Kind, R extends Rung = Rung>(
  casefile: Casefile<K>,
  plan: Ladder<K, R>,
): Planned[] {
  const notices: Planned[] = []
  let last: R | undefined
  for (const rung of plan.rungs) {
    if (last && climb(casefile, plan, last, rung.due, notices) === 'far enough') return notices
    last = rung
  }
  if (last) climb(casefile, plan, last, plan.stale, notices)
  return notices
}

/** Adds what one rung tells to `notices`. */
function climb<K extends Kind, R extends Rung>(
  casefile: Casefile<K>,
  plan: Ladder<K, R>,
  rung: R,
  stale: Instant | undefined,
  notices: Planned[],
): 'far enough' | undefined {
  const { horizon } = plan
  const isBeyond = horizon !== undefined && rung.due > horizon
  if (isBeyond && plan.until(casefile.state, rung.due, rung)) return undefined
  const untold = untoldBecause(casefile, plan, rung)
  if (untold === 'not-needed' && horizon !== undefined) return undefined
  const { tell, text } = plan.telling(rung)
  const { duty, because, facts, alone, despiteStop } = plan
  const { step, due, hours = plan.hours, urgent } = rung
  const occasion = rung.label ? `${plan.occasion}_${rung.label}` : plan.occasion
  const before = notices.length
  for (const { role, contactId, to } of tell) {
    const whose = { duty, step, occasion, role, contactId }
    if (casefile.ledger.isDone(noticeIdOf(casefile.id, whose))) continue
    const how = { due, stale, hours, alone, despiteStop, urgent, because, text, facts, untold, to }
    notices.push(notice(casefile, { ...whose, ...how }))
  }
  return isBeyond && notices.length > before ? 'far enough' : undefined
}

/** Why a rung is not told, given what stops its ladder; undefined when it is. */
function untoldBecause<K extends Kind, R extends Rung>(
  casefile: Casefile<K>,
  { until }: Ladder<K, R>,
  rung: R,
): 'not-needed' | 'no-longer-true' | undefined {
  if (casefile.asOf(rung.due, (then) => until(then, rung.due, rung))) return 'not-needed'
  return until(casefile.state, rung.due, rung) ? 'no-longer-true' : undefined
}

/** 09:00 of `date`, or of the working day before it: a prompt on or before a deadline. */
export function promptOnOrBefore(rules: Rules, date: string): Instant {
  return londonTime(rules.days.onOrBefore(date), rules.settings.promptAt)
}

/** 09:00 of `date`, or of the working day after it: an overdue or other after-the-event step. */
export function promptOnOrAfter(rules: Rules, date: string): Instant {
  return londonTime(rules.days.onOrAfter(date), rules.settings.promptAt)
}

/** 09:00 of the `count`-th working day after `date`; of the one so many before it, when negative. */
export function promptWorkingDaysAfter({ days, settings }: Rules, date: LocalDate, count: number): Instant {
  const day = count < 0 ? days.before(date, -count) : days.after(date, count)
  return londonTime(day, settings.promptAt)
}
