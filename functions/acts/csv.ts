import { parse } from 'csv-parse/sync'
import type { Field } from '../../shared/acts/act.ts'
import { columnsOf, type LineKind } from '../../shared/acts/lines.ts'
import type { Words } from '../../shared/messages/dates.ts'
import { LINE_WORDS } from './line-texts.ts'

/** What is wrong with a file: in which line and, if it is a cell, which column. */
export type LineWrong = {
  readonly line: number
  readonly column?: string | undefined
  readonly words: Words
}

export type Row = { readonly line: number; readonly cells: readonly string[] }
/** More than a caseload has, and few enough to be read without making anybody wait. */
const LINES_MAX = 10_000

type Table = { readonly header: readonly string[]; readonly rows: readonly Row[] }

/** The header of a CSV file, and its cells by line, without blank lines. */
export function tableOf(csv: string): Table | { readonly wrong: LineWrong } {
  try {
    const records = parse(csv, {
      ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true },
      ...{ to: LINES_MAX + 2 },
    }) as unknown as readonly { readonly record: string[]; readonly info: { readonly lines: number } }[]
    const [first, ...others] = records
    if (!first || others.length === 0) return { wrong: { line: 1, words: LINE_WORDS.empty } }
    if (others.length > LINES_MAX)
      return { wrong: { line: LINES_MAX + 2, words: LINE_WORDS.tooLong(LINES_MAX) } }
    const rows = others
      .map(({ record, info }) => ({ line: info.lines, cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
    return { header: first.record, rows }
  } catch (error) {
    const { lines = 1, message } = error as Error & { lines?: number }
    return { wrong: { line: lines, words: LINE_WORDS.noCsv(message) } }
  }
}

/** What is wrong with the header of a file whose lines have these fields, if anything is. */
export function wrongHeader(
  header: readonly string[],
  kind: LineKind,
  fields: readonly Field[] | undefined,
): LineWrong | undefined {
  const needed = [kind.place, kind.reference].filter((one) => one !== undefined)
  const columns = columnsOf(kind, fields ?? [])
  const missing = needed.find((one) => !header.includes(one))
  if (missing) return { line: 1, column: missing, words: LINE_WORDS.missingColumn }
  const strange = fields && header.find((one) => !columns.includes(one))
  if (strange !== undefined) {
    return { line: 1, column: strange, words: LINE_WORDS.noSuchColumn(columns.join(', ')) }
  }
  const twice = header.find((one, nth) => header.indexOf(one) !== nth)
  return twice === undefined ? undefined : { line: 1, column: twice, words: LINE_WORDS.columnTwice }
}
