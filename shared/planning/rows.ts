import { earliest, type Instant } from '../calendar/london.ts'
import type { Matter, States } from '../casefile/casefile.ts'
import type { Kind } from '../casefile/ids.ts'
import type { Facts, Template } from '../messages/text.ts'
import type { Asks, Beside, Duty, Hours, Owed, Planned, PrintedRow, Series, Told } from './duty.ts'
import { ladder, lastOfEachMoment, type Recipient, type Rung, toTheEnd } from './ladder.ts'
import { printedRows, printedTogether, type Says } from './printed.ts'
import type { Rules } from './rules.ts'

/** The schedule as it runs. */

/** Who a row tells, each time it falls due. */
export type Who<S> = Says & { of(about: S, due: Due): readonly Recipient[] }

/** When a row falls due, earliest first. */
export type When<S> = Says & {
  dues(about: S): Iterable<Due>
  /** Instead of them, for rows that recur without end: the latest time before a moment, and the first two after it. */
  around?(about: S, moment: Instant): readonly Due[]
}
/** One time at which a row falls due, with a label that distinguishes it: `7-days`. */
export type Due = { readonly label?: string | undefined; readonly due: Instant }

/** What stops a row: judged as things were when it fell due, and again as they are now. */
export type Until<S, K extends Kind> = Says & {
  met(state: States[K], due: Instant, about: S): boolean
  /** From when on it is met whatever else is said, where one look tells: no step due from then on is looked at. */
  since?(about: S): Instant | undefined
}

/** The subject of one ladder of a duty: an order, one of its appointments, one term of a clearance. */
export type Subject<K extends Kind> = {
  readonly casefile: Matter<K>
  readonly rules: Rules
  /** Distinguishes this subject from the duty's others in the casefile, including its version. */
  readonly occasion: string
  /** The events that caused it. */
  readonly because: readonly string[]
  readonly facts: Facts
}

/** One of several texts, chosen by the row's subject. */
export type Choice<S> = { readonly texts: readonly Template[]; of(about: S): Template }

export type Row<S, K extends Kind> = Pick<PrintedRow, 'answers' | 'asks' | 'alarm' | 'overdue'> & {
  readonly to: Who<S>
  readonly when: When<S>
  /** Default: the duty's own. */
  readonly until?: Until<S, K>
  readonly text: Template | Choice<S>
  /** Default: the duty's own. */
  readonly hours?: Hours
  /** Its steps are a separate ladder: the next row does not make them stale. */
  readonly apart?: true
}

/** A row, or several if a step is told in several ways. */
type Rows<S, K extends Kind> = Readonly<Record<string, Row<S, K> | readonly Row<S, K>[]>>

type Head = Pick<Duty<unknown>, 'id' | 'title' | 'source' | 'outlivesOrder'>

/** Rows about one kind of subject, as written in a duty's file. */
type Body<S extends Subject<K>, K extends Kind> = {
  readonly hours: Hours
  /** It never shares a message with another notice. */
  readonly alone?: true
  /** A worker is told even if they said STOP. */
  readonly despiteStop?: true
  readonly until: Until<S, K>
  /** What its rows ask for, by default. */
  readonly asks?: Asks
  /** If several steps fall due at one moment only the last is told. */
  readonly oneAtATime?: true
  /** When the last step is no longer worth telling; default: never. */
  stale?(about: S): Instant | undefined
  readonly rows: Rows<S, K>
}

/** A duty as written in its file. */
export type Table<S extends Subject<K>, K extends Kind> = Head & Body<S, K>

/** A part of a duty: its rows as printed, and as they run under the duty's id. */
export type Part<Open> = Pick<Duty<Open>, 'rows'> & {
  plan(id: string, open: Open): readonly Owed[]
}

/**
 * A duty as a table of rows: for each subject, one ladder of all its rows in order, each step stale when the next is
 * due.
 */
export function duty<Open, S extends Subject<K>, K extends Kind>(about: (open: Open) => Iterable<S>) {
  return (table: Table<S, K>): Duty<Open> => dutyOf(table, rowsAbout<Open, S, K>(about)(table))
}

/** A duty whose rows have different kinds of subject: one part for each. */
export function dutyOf<Open>(head: Head, ...parts: readonly Part<Open>[]): Duty<Open> {
  const { id, title, source, outlivesOrder } = head
  return {
    id,
    title,
    source,
    ...(outlivesOrder && { outlivesOrder }),
    rows: printedTogether(parts.map(({ rows }) => rows)),
    plan: (open) => parts.flatMap((part) => part.plan(id, open)),
  }
}

/** The part of a duty about each subject that `about` finds. */
export function rowsAbout<Open, S extends Subject<K>, K extends Kind>(about: (open: Open) => Iterable<S>) {
  return (body: Body<S, K>): Part<Open> => {
    const { once, recurring } = laddersOf(body.rows)
    return {
      rows: printedRows(body),
      plan(id, open) {
        const owed = (by: Owed['by'], ladders: Ladders<S, K>): Owed => ({
          by,
          notices: (beside) => climbs(id, about(open), ladders, body, beside),
        })
        return [owed('facts', once), ...(recurring.length > 0 ? [owed('ledger', recurring)] : [])]
      },
    }
  }
}

/** The same for subjects that depend on the ledger: they are looked up each time. */
export function rowsAboutTold<Open extends object, S extends Subject<K>, K extends Kind>(
  about: (open: Open & Told) => Iterable<S>,
) {
  return (body: Body<S, K>): Part<Open> => {
    const { once, recurring } = laddersOf(body.rows)
    const all = [...once, ...recurring]
    return {
      rows: printedRows(body),
      plan: (id, open) => [
        {
          by: 'ledger',
          notices: (beside) => climbs(id, about({ ...open, ledger: beside.ledger }), all, body, beside),
        },
      ],
    }
  }
}

type NamedRow<S, K extends Kind> = { readonly step: string; readonly row: Row<S, K> }
type Ladders<S, K extends Kind> = readonly (readonly NamedRow<S, K>[])[]

/** All rows in one ladder, except separate ones and those that recur without end. */
function laddersOf<S, K extends Kind>(
  rows: Rows<S, K>,
): { readonly once: Ladders<S, K>; readonly recurring: Ladders<S, K> } {
  const named = Object.entries(rows).flatMap(([step, said]) => [said].flat().map((row) => ({ step, row })))
  const recurs = ({ row }: NamedRow<S, K>) => row.when.around !== undefined
  const once = named.filter((one) => !recurs(one))
  const together = once.filter(({ row }) => !row.apart)
  const alone = (some: readonly NamedRow<S, K>[]) => some.map((one) => [one])
  return {
    once: [together, ...alone(once.filter(({ row }) => row.apart))].filter(({ length }) => length > 0),
    recurring: alone(named.filter(recurs)),
  }
}

/** What is owed for each subject, ladder by ladder. */
function* climbs<S extends Subject<K>, K extends Kind>(
  id: string,
  subjects: Iterable<S>,
  ladders: Ladders<S, K>,
  body: Body<S, K>,
  beside: Beside,
): Iterable<Planned | Series> {
  for (const subject of subjects) {
    for (const rows of ladders) {
      if (rows[0]?.row.when.around === undefined) yield* climb(id, subject, rows, body, beside)
      else yield { around: (moment) => climb(id, subject, rows, body, toTheEnd(beside), moment) }
    }
  }
}

/** What one ladder tells about a subject; for rows that recur without end, around a moment. */
function climb<S extends Subject<K>, K extends Kind>(
  id: string,
  subject: S,
  rows: readonly NamedRow<S, K>[],
  body: Body<S, K>,
  beside: Beside,
  moment?: Instant,
): Planned[] {
  const { occasion, because, facts } = subject
  const { hours, alone, despiteStop, until } = body
  const rungs = rungsOf(rows, subject, moment)
  return ladder<K, RowRung<S, K>>(
    subject.casefile,
    {
      ...{ duty: id, occasion, because, facts, hours, alone, despiteStop },
      rungs: body.oneAtATime ? lastOfEachMoment(rungs) : rungs,
      stale: moment === undefined ? body.stale?.(subject) : undefined,
      over: rows.some(({ row }) => row.until) ? undefined : until.since?.(subject),
      until: (state, due, { row }) => (row.until ?? until).met(state, due, subject),
      telling: (rung) => ({ tell: rung.row.to.of(subject, rung), text: textOf(rung.row, subject) }),
    },
    beside,
  )
}

/** Lazily, one after another: rows far ahead are computed only if needed. */
function* rungsOf<S extends Subject<K>, K extends Kind>(
  rows: readonly NamedRow<S, K>[],
  subject: S,
  moment: Instant | undefined,
): Iterable<RowRung<S, K>> {
  for (const { step, row } of rows) {
    const dues = moment === undefined ? row.when.dues(subject) : (row.when.around?.(subject, moment) ?? [])
    for (const { label, due } of dues) yield { step, label, due, hours: row.hours, row }
  }
}

type RowRung<S, K extends Kind> = Rung & { readonly row: Row<S, K> }

function textOf<S, K extends Kind>({ text }: Row<S, K>, about: S): Template {
  return 'of' in text ? text.of(about) : text
}

/** All of them, each once. */
export function all<S>(...who: readonly Who<S>[]): Who<S> {
  return {
    says: who.map((one) => one.says).join(', '),
    of: (about, due) => who.flatMap((one) => one.of(about, due)),
  }
}

/** A row that falls due only if a condition holds for its subject. */
export function onlyIf<S>(says: string, holds: (about: S) => boolean, when: When<S>): When<S> {
  return { says: `${when.says}, ${says}`, dues: (about) => (holds(about) ? when.dues(about) : []) }
}

/** For what must be told whatever happens next. */
export const NOTHING = { says: 'nothing stops it', met: () => false }

/** Until any of these. */
export function any<S, K extends Kind>(...untils: readonly Until<S, K>[]): Until<S, K> {
  return {
    says: untils.map((one) => one.says).join('; '),
    met: (state, due, about) => untils.some((one) => one.met(state, due, about)),
    since: (about) => earliest(...untils.map((one) => one.since?.(about))),
  }
}

/** One of two texts. */
export function either<S>(isFirst: (about: S) => boolean, first: Template, second: Template): Choice<S> {
  return { texts: [first, second], of: (about) => (isFirst(about) ? first : second) }
}
