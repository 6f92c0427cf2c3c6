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
  /** The passage of the guidance: document, section, line. */
  readonly source: string
  readonly rows: PrintedRows
  /** It continues after its order was ended (never after a death). */
  readonly outlivesOrder?: true
  plan(subject: Subject): readonly Owed[]
}

/** A part of what is owed, or deliberately is not. */
export type Owed = {
  /** What its notices are derived from. With `facts`, telling more only removes what is done. */
  readonly by: 'facts' | 'ledger'
  notices(beside: Beside): Iterable<Planned | Series>
}

/** What a plan depends on besides the facts and the rules. */
export type Beside = Told & {
  /** How far ahead to plan: of what falls due later, only the first that will be told. Infinity: to the end. */
  readonly until: Instant
}

/** What was already told, for what depends on it. */
export type Told = { readonly ledger: Ledger }

/** Rows of the schedule by step; several if one step has several forms. */
export type PrintedRows = Readonly<Record<string, readonly PrintedRow[]>>

/** A row of the schedule as a person reads it. */
export type PrintedRow = {
  readonly to: string
  readonly when: string
  readonly until: string
  /** Every text it may be told with. */
  readonly texts: readonly Template[]
  /** The possible answers, if its text asks. */
  readonly answers?: Choices
  /** What it asks its reader to do, if its text asks. */
  readonly asks?: Asks
  /** It goes by text and by e-mail to a worker who has both, whatever they prefer. */
  readonly urgent?: Urgent
  /** What it asks for should have been done by the time it is told. */
  readonly overdue?: true
  /** The alarm raised with those who run the service when it is told. */
  readonly alarm?: Alarm
}

/** What a row asks for: events that should happen; or only a conversation. */
export type Asks = readonly Ask[] | 'conversation'
/** An event that should happen, with the fields that the row already states. */
export type Ask = { readonly event: EventType; readonly said?: Readonly<Record<string, string>> }

/** What must not go unnoticed: that nobody has agreed to be at the gate. */
export type Alarm = 'release-uncovered'

/** A worker gets it by text and e-mail; `rung`: also a call to read the text, if the stage has a number that calls. */
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
  /** The role in the schedule's row; a stand-in is chosen when it is told. */
  readonly role: Role
  readonly due: Instant
  /** From this moment it is no longer worth saying; undefined if it always is. */
  readonly stale: Instant | undefined
  readonly hours: Hours
  /** It never shares a message with another notice. */
  readonly alone: boolean
  /** A worker gets it even after STOP. */
  readonly despiteStop?: true | undefined
  readonly urgent?: Urgent | undefined
  /** The events that caused it. */
  readonly because: readonly string[]
  /** The text it is written with. */
  readonly text: Template
  /** If there was nobody left to tell, how long until it is worth looking again. */
  readonly lookAgainMs?: number | undefined
  /** Who is told and what, at the moment of telling; undefined if there is nothing to say, and so no notice. */
  bind(neighbours: Neighbours, now: Instant): Bound | undefined
}

/** For a duty that depends only on the facts. */
export function byFacts<Open>(plan: (open: Open) => Iterable<Planned | Series>): (open: Open) => Owed[] {
  return (open) => [{ by: 'facts', notices: () => plan(open) }]
}

/** For a duty that also depends on what was told. */
export function byLedger<Open extends object>(
  plan: (open: Open & Told) => Iterable<Planned | Series>,
): (open: Open) => Owed[] {
  return (open) => [{ by: 'ledger', notices: ({ ledger }) => plan({ ...open, ledger }) }]
}

/** A notice, or one that is deliberately not told, and why. */
export type Planned = Notice & { readonly untold?: Reason | undefined }

/**
 * A notice that recurs without end: around an instant, the latest occurrence before it and the next two. The first of
 * those may already have been given, by a clock that was a little fast.
 */
export type Series = { around(instant: Instant): readonly Planned[] }

/** What a duty states about a notice; the rest is derived. */
export type Draft = {
  readonly duty: string
  readonly step: string
  /** Distinguishes one occurrence from another, including its version: `A-1_202603091400`. */
  readonly occasion: string
  readonly role: Role
  /** If a row tells several people of one role, which of them. */
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
