import { type Instant, type LocalDate, londonTime } from '../calendar/london.ts'
import type { Casefile, States } from '../casefile/casefile.ts'
import type { Kind } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import type { Facts, Template } from '../messages/text.ts'
import { type Draft, type Hours, notice, type Planned } from './duty.ts'
import type { Rules } from './rules.ts'

/** One rung: when, whom, and what tells it from its neighbours on the ladder. */
export type Rung = {
  readonly step: string
  /** Told apart from other rungs of the same step: `7-days`. */
  readonly label?: string
  readonly due: Instant
  readonly tell: readonly Recipient[]
  readonly text: Template
  readonly hours?: Hours
}

/** A role of the schedule's row, and who may hold it. */
export type Recipient = { readonly role: Role; readonly contactId?: string; readonly to: Draft['to'] }

/** Rungs of one duty about one thing, until something has happened. */
export type Ladder<K extends Kind, R extends Rung = Rung> = {
  readonly duty: string
  readonly occasion: string
  readonly hours: Hours
  readonly alone?: boolean
  readonly despiteStop?: true
  readonly because: readonly string[]
  readonly facts?: Facts
  /** Oldest first. A rung is stale when the next is due; the last when `stale`, or never. */
  readonly rungs: Iterable<R>
  readonly stale?: Instant | undefined
  /** How far ahead it is climbed: of the rungs that fall due later, only to the first that will be told. */
  readonly horizon?: Instant | undefined
  /** Whether, as the casefile stands in `state`, this rung need not be given. */
  until(state: States[K], due: Instant, rung: R): boolean
}

/**
 * The notices of a ladder. "Until" is judged at the step's own due time and again as things stand: a step that
 * had stopped by its due time was never owed; one that stopped after it is owed to nobody any more.
 */
export function* ladder<K extends Kind, R extends Rung = Rung>(
  casefile: Casefile<K>,
  plan: Ladder<K, R>,
): Iterable<Planned> {
  for (const [rung, next] of withNext(plan.rungs)) {
    const isBeyond = plan.horizon !== undefined && rung.due > plan.horizon
    if (isBeyond && plan.until(casefile.state, rung.due, rung)) continue
    const occasion = rung.label ? `${plan.occasion}_${rung.label}` : plan.occasion
    const notices = rung.tell.map(({ role, contactId, to }) =>
      notice(casefile, {
        duty: plan.duty,
        step: rung.step,
        occasion,
        role,
        ...(contactId !== undefined && { contactId }),
        due: rung.due,
        stale: next?.due ?? plan.stale,
        hours: rung.hours ?? plan.hours,
        ...(plan.alone && { alone: true }),
        ...(plan.despiteStop && { despiteStop: true }),
        because: plan.because,
        text: rung.text,
        to,
        ...(plan.facts && { facts: plan.facts }),
      }),
    )
    const open = notices.filter((one) => !casefile.ledger.isDone(one.noticeId))
    if (open.length === 0) continue
    const untold = untoldBecause(casefile, plan, rung)
    for (const one of open) yield untold ? { ...one, untold } : one
    if (isBeyond) return
  }
}

/** Each rung beside the one that follows it, whose due time ends it. */
function* withNext<R extends Rung>(rungs: Iterable<R>): Iterable<[rung: R, next: R | undefined]> {
  let last: R | undefined
  for (const rung of rungs) {
    if (last) yield [last, rung]
    last = rung
  }
  if (last) yield [last, undefined]
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
