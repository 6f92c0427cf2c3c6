import type { Template } from '../messages/text.ts'
import type { PrintedRow, PrintedRows } from './duty.ts'

/**
 * The schedule as it is read. Each part of a row carries its words, which `npm run duties` prints, beside what it does,
 * so that what is read and what is done are one thing.
 */
export type Says = { readonly says: string }

/** As much of a row as is printed. */
type Worded = Pick<PrintedRow, 'answers' | 'asks' | 'alarm' | 'overdue'> & {
  readonly to: Says
  readonly when: Says
  readonly until?: Says
  readonly text: Template | { readonly texts: readonly Template[] }
}

/** What holds of all rows of a duty that do not say otherwise. */
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

/** The rows of all parts, those of one step together. */
export function printedTogether(all: readonly PrintedRows[]): PrintedRows {
  const rows = Map.groupBy(all.flatMap(Object.entries<readonly PrintedRow[]>), ([step]) => step)
  return Object.fromEntries([...rows].map(([step, said]) => [step, said.flatMap(([, own]) => own)]))
}
