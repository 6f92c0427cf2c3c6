import type { Instant } from '../calendar/london.ts'
import type { Matter } from '../casefile/casefile.ts'
import type { EventType } from '../casefile/events.ts'
import { type CasefileId, noticeIdOf } from '../casefile/ids.ts'
import type { Reason, Role } from '../casefile/ledger.ts'
import type { Ledger } from '../casefile/open-ledger.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import type { Candidate } from '../directory/reach.ts'
import type { Choices } from '../messages/answers.ts'
import type { Words } from '../messages/dates.ts'
import type { Facts, Template } from '../messages/text.ts'

/** One rule of the guidance, as a pure function of what it is about: an order, a clearance, a release. */
export type Duty<Subject> = {
  readonly id: string
  readonly title: Words
  /** The passage it comes from: document, section, line. */
  readonly source: string
  readonly rows: PrintedRows
  /** It goes on after its order was ended (never after a death). */
  readonly outlivesOrder?: true
  plan(subject: Subject): readonly Owed[]
}

/** A part of what is owed, or deliberately is not. */
export type Owed = {
  /** What its notices are found by. Where that is the facts alone, more told leaves out what is done, and no more. */
  readonly by: 'facts' | 'ledger'
  notices(beside: Beside): Iterable<Planned | Series>
}

/** What a plan depends on besides the facts and the rules. */
export type Beside = Told & {
  /** How far ahead is planned: of what falls due later, only the first that will be told. Infinity: to the end. */
  readonly until: Instant
}

/** What was told already, for what depends on it. */
export type Told = { readonly ledger: Ledger }

/** Rows of the schedule by step; several where one step is said in several ways. */
export type PrintedRows = Readonly<Record<string, readonly PrintedRow[]>>

/** A row of the schedule as a person reads it. */
export type PrintedRow = {
  readonly to: string
  readonly when: string
  readonly until: string
  /** Every text it may be told with. */
  readonly texts: readonly Template[]
  /** What may be answered to it, where its text asks. */
  readonly answers?: Choices
  /** What it asks its reader to do, where its text asks. */
  readonly asks?: Asks
  /** It goes by text and by e-mail to a worker who has both, whatever they prefer. */
  readonly urgent?: Urgent
  /** What it asks for should have been done by the time it is told. */
  readonly overdue?: true
  /** The alarm that it raises with those who run the service, when it is told. */
  readonly alarm?: Alarm
}

/** What a row asks for: events that are to happen; or only that somebody speaks to somebody. */
export type Asks = readonly Ask[] | 'conversation'
/** An event that is to happen, with what of it the row says already. */
export type Ask = { readonly event: EventType; readonly said?: Readonly<Record<string, string>> }

/** What nobody may be left unaware of: that nobody has agreed to be at the gate. */
export type Alarm = 'release-uncovered'

/** A worker hears it by text and by e-mail; and where the stage has a number that calls, is rung to read the text. */
export type Urgent = true | 'rung'

/**
 * When a notice may be given once it is due: at `any` hour; to a `person`, never in quiet hours; a dated staff
 * prompt that comes late, in `office` hours.
 */
export type Hours = 'any' | 'office' | 'person'

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
  /** The role the schedule's row names; the stand-in is bound at the telling. */
  readonly role: Role
  readonly due: Instant
  /** From this moment it is no longer worth saying; undefined when it always is. */
  readonly stale: Instant | undefined
  readonly hours: Hours
  /** It never shares a message with another notice. */
  readonly alone: boolean
  /** A worker hears it though they said STOP. */
  readonly despiteStop?: true | undefined
  readonly urgent?: Urgent | undefined
  /** The events that made it. */
  readonly because: readonly string[]
  /** What it is written with. */
  readonly text: Template
  /** When there was nobody left to tell, how long until it is worth looking again. */
  readonly lookAgainMs?: number | undefined
  /** Who and what, at the moment of telling; undefined when there is nothing to say, and so no notice. */
  bind(neighbours: Neighbours, now: Instant): Bound | undefined
}

/** For a duty that asks the facts alone. */
export function byFacts<Open>(plan: (open: Open) => Iterable<Planned | Series>): (open: Open) => Owed[] {
  return (open) => [{ by: 'facts', notices: () => plan(open) }]
}

/** For a duty that also asks what was told. */
export function byLedger<Open extends object>(
  plan: (open: Open & Told) => Iterable<Planned | Series>,
): (open: Open) => Owed[] {
  return (open) => [{ by: 'ledger', notices: ({ ledger }) => plan({ ...open, ledger }) }]
}

/** A notice, or one that is deliberately not told, and why. */
export type Planned = Notice & { readonly untold?: Reason | undefined }

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
  readonly contactId?: string | undefined
  readonly due: Instant
  readonly stale?: Instant | undefined
  readonly hours: Hours
  readonly alone?: boolean | undefined
  readonly despiteStop?: true | undefined
  readonly urgent?: Urgent | undefined
  readonly because: readonly string[]
  readonly text: Template
  readonly untold?: Reason | undefined
  readonly lookAgainMs?: number
  readonly to: readonly Candidate[] | ((neighbours: Neighbours, now: Instant) => Bound | undefined)
  readonly facts?: Facts | undefined
}

/** The notice that a duty drafts in a casefile. Its id is derived from what it is about, never generated. */
export function notice(casefile: Pick<Matter, 'id'>, draft: Draft): Planned {
  const { duty, step, occasion, role, due, stale, hours, alone = false, because, text } = draft
  const { despiteStop, urgent, lookAgainMs, untold, to, facts } = draft
  return {
    noticeId: noticeIdOf(casefile.id, draft),
    casefile: casefile.id,
    ...{
      duty,
      step,
      occasion,
      role,
      due,
      stale,
      hours,
      alone,
      despiteStop,
      urgent,
      because,
      text,
      lookAgainMs,
      untold,
    },
    bind(neighbours: Neighbours, now: Instant) {
      const bound = typeof to === 'function' ? to(neighbours, now) : { to, facts: {} }
      return bound && { ...bound, facts: { ...facts, ...bound.facts } }
    },
  }
}
