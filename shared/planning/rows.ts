import type { Instant } from '../calendar/london.ts'
import type { Casefile, States } from '../casefile/casefile.ts'
import type { Kind } from '../casefile/ids.ts'
import type { Facts, Template } from '../messages/text.ts'
import type { Asks, Duty, Hours, Planned, PrintedRow, PrintedRows, Series } from './duty.ts'
import { ladder, type Recipient, type Rung } from './ladder.ts'
import type { Rules } from './rules.ts'

/**
 * The schedule as it runs. Each part of a row carries its words, which `npm run duties` prints, beside what it does,
 * so that what is read and what is done are one thing.
 */
export type Says = { readonly says: string }

/** Whom a row tells, each time it falls due. */
export type Who<S> = Says & { of(about: S, due: Due): readonly Recipient[] }

/** When a row falls due, earliest first. */
export type When<S> = Says & {
  dues(about: S): Iterable<Due>
  /** Instead of them, for what recurs without end: the latest behind a moment, and the first two ahead. */
  around?(about: S, moment: Instant): readonly Due[]
}
/** One time at which a row falls due, told apart from its others by a label: `7-days`. */
export type Due = { readonly label?: string | undefined; readonly due: Instant }

/** What stops a row: judged as things stood when it fell due, and again as they stand. */
export type Until<S, K extends Kind> = Says & { met(state: States[K], due: Instant, about: S): boolean }

/** What one ladder of a duty is about: an order, one appointment of it, one term of a clearance. */
export type Subject<K extends Kind> = {
  readonly casefile: Casefile<K>
  readonly rules: Rules
  /** Tells this subject from the duty's others in the same casefile, its version included. */
  readonly occasion: string
  /** The events that made it. */
  readonly because: readonly string[]
  readonly facts: Facts
}

/** One of several texts, by what the row is about. */
export type Choice<S> = { readonly texts: readonly Template[]; of(about: S): Template }

export type Row<S, K extends Kind> = Pick<PrintedRow, 'answers' | 'asks' | 'alarm' | 'overdue'> & {
  readonly to: Who<S>
  readonly when: When<S>
  /** The duty's own, where none is given. */
  readonly until?: Until<S, K>
  readonly text: Template | Choice<S>
  /** The duty's own, where none are given. */
  readonly hours?: Hours
  /** Its steps are a ladder of their own: the row after it does not make them stale. */
  readonly apart?: true
}

/** A row, or several where one step is said in several ways. */
type Rows<S, K extends Kind> = Readonly<Record<string, Row<S, K> | readonly Row<S, K>[]>>

type Head = Pick<Duty<unknown>, 'id' | 'title' | 'source' | 'outlivesOrder'>

/** Rows about one kind of thing, as they are written. */
type Body<S extends Subject<K>, K extends Kind> = {
  readonly hours: Hours
  /** It never shares a message with another notice. */
  readonly alone?: true
  /** A worker hears it though they said STOP. */
  readonly despiteStop?: true
  readonly until: Until<S, K>
  /** What its rows ask for, unless one says otherwise. */
  readonly asks?: Asks
  /** Of steps that fall due at one moment only the last is told. */
  readonly oneAtATime?: true
  /** When the last step is no longer worth saying; never, where this is not given. */
  stale?(about: S): Instant | undefined
  readonly rows: Rows<S, K>
}

/** A duty as it is written. */
export type Table<S extends Subject<K>, K extends Kind> = Head & Body<S, K>

/** A part of a duty: its rows as they are printed, and as they run under the duty's id. */
export type Part<Open> = Pick<Duty<Open>, 'rows'> & {
  plan(id: string, open: Open): Iterable<Planned | Series>
}

/**
 * A duty as a table of rows: for each thing it is about, one ladder of all its rows in their order, each step stale
 * when the next is due.
 */
export function duty<Open, S extends Subject<K>, K extends Kind>(about: (open: Open) => Iterable<S>) {
  return (table: Table<S, K>): Duty<Open> => dutyOf(table, rowsAbout<Open, S, K>(about)(table))
}

/** A duty whose rows are about different things: one part for each. */
export function dutyOf<Open>(head: Head, ...parts: readonly Part<Open>[]): Duty<Open> {
  const { id, title, source, outlivesOrder } = head
  return {
    id,
    title,
    source,
    ...(outlivesOrder && { outlivesOrder }),
    rows: together(parts.map(({ rows }) => rows)),
    *plan(open) {
      for (const part of parts) yield* part.plan(id, open)
    },
  }
}

/** The rows of all parts, those of one step together. */
function together(all: readonly PrintedRows[]): PrintedRows {
  const rows = Map.groupBy(all.flatMap(Object.entries<readonly PrintedRow[]>), ([step]) => step)
  return Object.fromEntries([...rows].map(([step, said]) => [step, said.flatMap(([, own]) => own)]))
}

/** The part of a duty about each of the things that `about` finds. */
export function rowsAbout<Open, S extends Subject<K>, K extends Kind>(about: (open: Open) => Iterable<S>) {
  return (body: Body<S, K>): Part<Open> => {
    const ladders = laddersOf(body.rows)
    return {
      rows: Object.fromEntries(
        Object.entries(body.rows).map(([step, said]) => [
          step,
          [said].flat().map((row) => printed(row, body)),
        ]),
      ),
      *plan(id, open) {
        for (const subject of about(open)) {
          for (const rows of ladders) yield* climb(id, subject, rows, body)
        }
      },
    }
  }
}

type NamedRow<S, K extends Kind> = { readonly step: string; readonly row: Row<S, K> }

/** All rows in one ladder, but for those that stand apart or recur without end. */
function laddersOf<S, K extends Kind>(rows: Rows<S, K>): NamedRow<S, K>[][] {
  const named = Object.entries(rows).flatMap(([step, said]) => [said].flat().map((row) => ({ step, row })))
  const isApart = ({ row }: NamedRow<S, K>) => row.apart || row.when.around !== undefined
  const together = named.filter((one) => !isApart(one))
  return [together, ...named.filter(isApart).map((one) => [one])]
}

function climb<S extends Subject<K>, K extends Kind>(
  id: string,
  subject: S,
  rows: readonly NamedRow<S, K>[],
  body: Body<S, K>,
): readonly (Planned | Series)[] {
  const { casefile, occasion, because, facts, rules } = subject
  const { hours, alone, despiteStop } = body
  const recurs = rows[0]?.row.when.around !== undefined
  const climbed = (duesOf: (row: Row<S, K>) => Iterable<Due>) => {
    const rungs = rungsOf(rows, duesOf)
    return ladder<K, RowRung<S, K>>(casefile, {
      ...{ duty: id, occasion, because, facts, hours, alone, despiteStop },
      rungs: body.oneAtATime ? lastOfEachMoment(rungs) : rungs,
      stale: recurs ? undefined : body.stale?.(subject),
      horizon: recurs ? undefined : rules.until,
      until: (state, due, { row }) => (row.until ?? body.until).met(state, due, subject),
      telling: (rung) => ({ tell: rung.row.to.of(subject, rung), text: textOf(rung.row, subject) }),
    })
  }
  if (!recurs) return climbed(({ when }) => when.dues(subject))
  return [{ around: (now) => climbed(({ when }) => when.around?.(subject, now) ?? []) }]
}

function* rungsOf<S, K extends Kind>(
  rows: readonly NamedRow<S, K>[],
  duesOf: (row: Row<S, K>) => Iterable<Due>,
): Iterable<RowRung<S, K>> {
  for (const { step, row } of rows) {
    for (const { due, label } of duesOf(row)) yield { step, label, due, hours: row.hours, row }
  }
}

type RowRung<S, K extends Kind> = Rung & { readonly row: Row<S, K> }

/** Rungs, oldest first, without those at whose moment another follows. */
function* lastOfEachMoment<R extends Rung>(rungs: Iterable<R>): Iterable<R> {
  let last: R | undefined
  for (const rung of rungs) {
    if (last && last.due !== rung.due) yield last
    last = rung
  }
  if (last) yield last
}

function textOf<S, K extends Kind>({ text }: Row<S, K>, about: S): Template {
  return 'of' in text ? text.of(about) : text
}

function printed<S extends Subject<K>, K extends Kind>(row: Row<S, K>, ofDuty: Body<S, K>): PrintedRow {
  const { to, when, until = ofDuty.until, text, answers, asks = ofDuty.asks, alarm, overdue } = row
  return {
    to: to.says,
    when: when.says,
    until: until.says,
    texts: 'of' in text ? text.texts : [text],
    ...(answers && { answers }),
    ...(asks && { asks }),
    ...(alarm && { alarm }),
    ...(overdue && { overdue }),
  }
}

/** Everybody named, each once. */
export function all<S>(...who: readonly Who<S>[]): Who<S> {
  return {
    says: who.map((one) => one.says).join(', '),
    of: (about, due) => who.flatMap((one) => one.of(about, due)),
  }
}

/** A row that falls due only where something holds of what it is about. */
export function onlyIf<S>(says: string, holds: (about: S) => boolean, when: When<S>): When<S> {
  return { says: `${when.says}, ${says}`, dues: (about) => (holds(about) ? when.dues(about) : []) }
}

/** For what has to be said whatever happens next. */
export const NOTHING = { says: 'nothing stops it', met: () => false }

/** Until any of these. */
export function any<S, K extends Kind>(...untils: readonly Until<S, K>[]): Until<S, K> {
  return {
    says: untils.map((one) => one.says).join('; '),
    met: (state, due, about) => untils.some((one) => one.met(state, due, about)),
  }
}

/** One of two texts. */
export function either<S>(isFirst: (about: S) => boolean, first: Template, second: Template): Choice<S> {
  return { texts: [first, second], of: (about) => (isFirst(about) ? first : second) }
}
