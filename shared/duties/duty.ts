import { createHash } from 'node:crypto'
import { addDays, type Instant, type LocalDate, londonClock, londonTime } from '../calendar/london.ts'
import type { Casefile, States } from '../casefile/casefile.ts'
import type { Reason, Role } from '../casefile/ledger.ts'
import { type CasefileId, type Kind, keyOf, kindOf } from '../casefile/routing.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import type { Candidate } from '../directory/reach.ts'
import type { Rules } from './rules.ts'

/** One rule of the guidance, as a pure function of what it is about: an order, a clearance, a release. */
export type Duty<Subject> = {
  readonly id: string
  readonly title: string
  /** The passage it comes from: document, section, line. */
  readonly source: string
  /** Its rows in the schedule, by step. */
  readonly steps: Readonly<Record<string, Row>>
  /** It goes on after its order was ended (never after a death). */
  readonly outlivesOrder?: true
  plan(subject: Subject): Iterable<Planned | Series>
}

/** A row of the schedule as a person reads it. */
export type Row = { readonly to: string; readonly when: string; readonly until: string }

/**
 * When a notice may be given once it is due: at `any` hour; to a `person`, never in quiet hours; a dated staff
 * prompt that comes late, in `office` hours.
 */
export type Hours = 'any' | 'office' | 'person'

/** What a message may say. Instants and dates are written out by the renderer, in the reader's language. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined | readonly Facts[]>>

/** Who is to be told, best first, and what. */
export type Bound = {
  readonly to: readonly Candidate[]
  readonly facts: Facts
  /** Why nobody can be told, when `to` is empty. */
  readonly nobody?: Reason
}

/** One thing one role should be told. */
export type Notice = {
  readonly noticeId: string
  readonly casefile: CasefileId
  readonly duty: string
  readonly step: string
  readonly occasion: string
  /** The role the schedule's row names; whoever stands in is bound at the telling. */
  readonly role: Role
  readonly due: Instant
  /** From this moment it is no longer worth saying; undefined when it always is. */
  readonly stale: Instant | undefined
  readonly hours: Hours
  /** It never shares a message with another notice. */
  readonly alone: boolean
  /** The events that made it. */
  readonly because: readonly string[]
  /** Which text it is written with: `ATR-01 day-before`. */
  readonly text: string
  /** When there was nobody left to tell, how long until it is worth looking again. */
  readonly lookAgainMs?: number
  /** Who and what, at the moment of telling; undefined when there is nothing to say, and so no notice. */
  bind(neighbours: Neighbours, now: Instant): Bound | undefined
}

/** A notice, or one that is deliberately not told, and why. */
export type Planned = Notice & { readonly untold?: Reason }

/**
 * A notice that recurs without end: around an instant, the latest occurrence behind it and the first two ahead. The
 * first may have been given already, by a clock that was a little fast.
 */
export type Series = { around(instant: Instant): readonly Planned[] }

/** What a duty says of a notice; the rest is derived. */
export type Draft = {
  readonly duty: string
  readonly step: string
  /** What tells one occurrence from another, its version included: `A-1_202603091400`. */
  readonly occasion: string
  readonly role: Role
  /** Where a row speaks to several people of one role, which of them. */
  readonly contactId?: string
  readonly due: Instant
  readonly stale?: Instant | undefined
  readonly hours: Hours
  readonly alone?: boolean
  readonly because: readonly string[]
  /** The step's own text unless another is named. */
  readonly text?: string
  readonly untold?: Reason | undefined
  readonly lookAgainMs?: number
  readonly to: readonly Candidate[] | ((neighbours: Neighbours, now: Instant) => Bound | undefined)
  readonly facts?: Facts
}

/** The notice that a duty drafts in a casefile. Its id is derived from what it is about, never generated. */
export function notice(casefile: Casefile, draft: Draft): Planned {
  const { to, facts = {}, contactId, text, ...said } = draft
  return {
    alone: false,
    ...said,
    stale: draft.stale,
    casefile: casefile.id,
    noticeId: noticeIdOf(casefile.id, draft),
    text: `${draft.duty} ${text ?? draft.step}`,
    bind(neighbours: Neighbours, now: Instant) {
      const bound = typeof to === 'function' ? to(neighbours, now) : { to, facts: {} }
      return bound && { ...bound, facts: { ...facts, ...bound.facts } }
    },
  } as Planned
}

const NOTICE_ID_MAX = 256

/** Derived from casefile, duty, step, occasion and role: a legal tag that a receipt can be routed by. */
export function noticeIdOf(
  casefile: CasefileId,
  parts: { duty: string; step: string; occasion: string; role: Role; contactId?: string },
): string {
  const { duty, step, occasion, role, contactId } = parts
  const named = [kindOf(casefile), keyOf(casefile), duty, step, occasion, role, contactId]
  const id = named.filter((part) => part !== undefined).join('_')
  if (id.length <= NOTICE_ID_MAX) return id
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16)
  return `${id.slice(0, NOTICE_ID_MAX - 1 - digest.length)}-${digest}`
}

/** A moment inside an occasion: London wall clock for a start, `202603091400`. */
export function stamp(instant: Instant): string {
  return londonClock(instant).replace(/\D/g, '')
}

/** A fact inside an occasion: to the millisecond, so that moved, back, and moved again are three. */
export function factStamp(instant: Instant): string {
  return instant.toString(36)
}

/** One rung: when, whom, and what tells it from its neighbours on the ladder. */
export type Rung = {
  readonly step: string
  /** Told apart from other rungs of the same step: `7-days`. */
  readonly label?: string
  readonly due: Instant
  readonly tell: readonly Recipient[]
  readonly text?: string
  readonly hours?: Hours
}

/** A role of the schedule's row, and who may hold it. */
export type Recipient = { readonly role: Role; readonly contactId?: string; readonly to: Draft['to'] }

/** Rungs of one duty about one thing, until something has happened. */
export type Ladder<K extends Kind> = {
  readonly duty: string
  readonly occasion: string
  readonly hours: Hours
  readonly alone?: boolean
  readonly because: readonly string[]
  readonly facts?: Facts
  /** Oldest first. A rung is stale when the next is due; the last when `stale`, or never. */
  readonly rungs: readonly Rung[]
  readonly stale?: Instant
  /** Whether, as the casefile stands in `state`, the step due at `due` need not be given. */
  until(state: States[K], due: Instant): boolean
}

/**
 * The notices of a ladder. "Until" is judged at the step's own due time and again as things stand: a step that
 * had stopped by its due time was never owed; one that stopped after it is owed to nobody any more.
 */
export function* ladder<K extends Kind>(casefile: Casefile<K>, plan: Ladder<K>): Iterable<Planned> {
  for (const [index, rung] of plan.rungs.entries()) {
    const next = plan.rungs[index + 1]
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
        because: plan.because,
        ...(rung.text !== undefined && { text: rung.text }),
        to,
        ...(plan.facts && { facts: plan.facts }),
      }),
    )
    const open = notices.filter((one) => !casefile.ledger.isDone(one.noticeId))
    if (open.length === 0) continue
    const untold = untoldBecause(casefile, plan.until, rung.due)
    for (const one of open) yield untold ? { ...one, untold } : one
  }
}

/** Why a step due at `due` is not told, given what stops its duty; undefined when it is. */
function untoldBecause<K extends Kind>(
  casefile: Casefile<K>,
  until: (state: States[K], due: Instant) => boolean,
  due: Instant,
): 'not-needed' | 'no-longer-true' | undefined {
  if (until(casefile.asOf(due), due)) return 'not-needed'
  return until(casefile.state, due) ? 'no-longer-true' : undefined
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

/** Prompts so many weeks before a deadline; none before it is on the day. */
export function weeksBefore(rules: Rules, deadline: LocalDate, weeks: readonly number[]) {
  return weeks.map((count) => ({
    weeks: count,
    label: count === 0 ? 'on-the-day' : `${count}-weeks`,
    due: promptOnOrBefore(rules, addDays(deadline, -7 * count)),
  }))
}
