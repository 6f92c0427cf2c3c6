import type { Words } from '../messages/dates.ts'
import type { Template } from '../messages/text.ts'
import type { Duty, PrintedRow } from './duty.ts'

/** A row implemented by code beside it: its words describe what that code does. */
type WrittenRow = Omit<PrintedRow, 'texts'> & {
  readonly text: Template | Readonly<Record<string, Template>>
}

/** Which row a notice was given under. */
export type RowName = { readonly duty: string; readonly step: string }

type WrittenRows = Readonly<Record<string, WrittenRow | readonly WrittenRow[]>>

/** The fields of a notice that come from its written row. */
type Said<Step, R> = R extends { readonly text: infer Text }
  ? { readonly duty: string; readonly step: Step; readonly text: Text; readonly urgent?: true }
  : { readonly [I in keyof R]: Said<Step, R[I]> }

/**
 * A duty that needs code: its rows as a person reads them, and for each step the fields of its notices (`duty`, `step`,
 * whether it is urgent, and `text`: if there are several, the code chooses). A step with several rows has an array of
 * these, in the same order.
 */
export function written<const R extends WrittenRows>(table: {
  readonly id: string
  readonly title: Words
  readonly source: string
  readonly rows: R
}): Pick<Duty<unknown>, 'id' | 'title' | 'source' | 'rows'> & {
  readonly row: { readonly [Step in keyof R]: Said<Step, R[Step]> }
} {
  const { id, title, source, rows } = table
  const said = (step: string, { text, urgent }: WrittenRow) => ({
    ...{ duty: id, step, text },
    ...(urgent && { urgent }),
  })
  return {
    id,
    title,
    source,
    rows: mapValues(rows, (_, row) => [row].flat().map(printed)),
    row: mapValues(rows, (step, row) =>
      'text' in row ? said(step, row) : row.map((one) => said(step, one)),
    ) as never,
  }
}

function printed({ text, ...row }: WrittenRow): PrintedRow {
  const to = row.urgent ? `${row.to}; workers by text and by e-mail` : row.to
  return { ...row, to, texts: isTemplate(text) ? [text] : Object.values(text) }
}

function mapValues<From, To>(from: Readonly<Record<string, From>>, of: (key: string, value: From) => To) {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, of(key, value)]))
}

function isTemplate(text: WrittenRow['text']): text is Template {
  return 'en' in text && 'subject' in text.en
}
