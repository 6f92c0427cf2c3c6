import { digest } from '../casefile/ids.ts'
import type { Choices } from '../messages/answers.ts'
import type { Words } from '../messages/dates.ts'
import type { Template } from '../messages/text.ts'
import type { Asks, PrintedRow } from '../planning/duty.ts'
import type { Rules } from '../planning/rules.ts'
import type { RowName } from '../planning/written.ts'
import { DUTIES } from './all.ts'

/** One row of the schedule as the code keeps it. */
export type CatalogueRow = {
  readonly duty: string
  readonly title: Words
  readonly source: string
  readonly step: string
  readonly to: string
  readonly when: string
  readonly until: string
  /** What is said, by text: a row that speaks to several roles may have a text for each. */
  readonly texts: readonly Template[]
  /** What it asks its reader to do. */
  readonly asks?: Asks
}

/** The guidance that duties cite, each line of theirs as `document:line`. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  '000': 'PHE and HMPPS, Unlocking the potential of mutual aid in prisons (2018)',
  '002': 'UK SMART Recovery, SMART for Prisons Guidance (2017)',
  '003': 'NOMS, guidance on delivering alcohol interventions and ATRs (2009)',
  '004': 'Prison Drug Treatment Strategy Review Group, the Patel report (2010)',
}

/** Every duty's rows, read from the duties and the texts themselves, in the order of the schedule. */
export function catalogue(): CatalogueRow[] {
  return DUTIES.flatMap(({ id, title, source, rows }) =>
    Object.entries(rows).flatMap(([step, own]) =>
      own.map(({ to, when, until, asks, texts }) => ({
        duty: id,
        title,
        source: cited(source),
        step,
        to,
        when,
        until,
        texts,
        ...(asks && { asks }),
      })),
    ),
  )
}

/** The rows that a notice was given under, by what its ledger's entry keeps; none, where the schedule has dropped it. */
export function rowsOf({ duty, step }: RowName): PrintedRow[] {
  return DUTIES.filter(({ id }) => id === duty).flatMap(({ rows }) => rows[step] ?? [])
}

/** What may be answered to a notice; nothing, where it does not ask. */
export function choicesOf(notice: RowName): Choices {
  return rowsOf(notice).find(({ answers }) => answers)?.answers ?? []
}

/**
 * Whether what a notice asks for should have been done when it was given. Where a step has rows of both kinds, `text`
 * tells them apart; without it, such a notice counts as not overdue.
 */
export function isOverdue({ text, ...notice }: RowName & { readonly text?: Template }): boolean {
  const rows = rowsOf(notice).filter(({ texts }) => text === undefined || texts.includes(text))
  return rows.length > 0 && rows.every(({ overdue }) => overdue)
}

/** `003:489, "…"` with its document by name. */
function cited(source: string): string {
  return source.replace(/^(\d{3}):(\d+)/, (_, document, line) => `${DOCUMENTS[document]}, line ${line}`)
}

/**
 * What a plan was made under: the duties, the settings and the calendar, in a few letters. `build` names the code
 * itself, which a change inside a duty changes and its rows may not.
 */
export function fingerprint(rules: Rules): string {
  const known = FINGERPRINTS.get(rules)
  if (known !== undefined) return known
  const { settings, days, build } = rules
  const written = JSON.stringify([build, settings, days.holidays, catalogue()])
  const print = digest(written, 16)
  FINGERPRINTS.set(rules, print)
  return print
}

const FINGERPRINTS = new WeakMap<Rules, string>()
