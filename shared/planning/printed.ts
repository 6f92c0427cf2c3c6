import type { Template } from '../messages/text.ts'
import type { PrintedRow, PrintedRows } from './duty.ts'

/**
 * The schedule as people read it. Each part of a row contains both its words, which `npm run duties` prints, and its
 * code, so that they cannot differ.
 */
export type Says = { readonly says: string }

/** The part of a row that is printed. */
type Worded = Pick<PrintedRow, 'answers' | 'asks' | 'alarm' | 'overdue'> & {
  readonly to: Says
  readonly when: Says
  readonly until?: Says
  readonly text: Template | { readonly texts: readonly Template[] }
}

/** Defaults for the rows of a duty. */
type OfDuty = Pick<PrintedRow, 'asks'> & { readonly until: Says }

/** A duty's rows as a person reads them. */
export function printedRows(
  body: OfDuty & { readonly rows: Readonly<Record<string, Worded | readonly Worded[]>> },
): PrintedRows {
  const rows = Object.entries(body.rows).map(([step, said]) => [
    step,
    [said].flat().map((row) => printed(row, body)),
  ])
  return Object.fromEntries(rows)
}

function printed(row: Worded, ofDuty: OfDuty): PrintedRow {
  const { to, when, until = ofDuty.until, text, answers, asks = ofDuty.asks, alarm, overdue } = row
  return {
    to: to.says,
    when: when.says,
    until: until.says,
    texts: 'texts' in text ? text.texts : [text],
    ...(answers && { answers }),
    ...(asks && { asks }),
    ...(alarm && { alarm }),
    ...(overdue && { overdue }),
  }
}

/** The rows of all parts, grouped by step. */
export function printedTogether(all: readonly PrintedRows[]): PrintedRows {
  const rows = Map.groupBy(all.flatMap(Object.entries<readonly PrintedRow[]>), ([step]) => step)
  return Object.fromEntries([...rows].map(([step, said]) => [step, said.flatMap(([, own]) => own)]))
}
