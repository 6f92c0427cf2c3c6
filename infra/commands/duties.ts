import { type CatalogueRow, catalogue } from '../../shared/duties/catalogue.ts'
import type { Asks } from '../../shared/planning/duty.ts'
import { exitWithReader, readArguments } from '../command-line.ts'
import { schedulePage } from './schedule-page.ts'

/** `throughcare duties`: every duty as it runs. */

const USAGE = `usage: throughcare duties [--json | --markdown]

  --json        for programs
  --markdown    docs/schedule.md
`

const OPTIONS = {
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
} as const
const { json, markdown } = readArguments({ options: OPTIONS }, USAGE).values
const rows = catalogue()
exitWithReader()
process.stdout.write(print())

function print(): string {
  if (json) return `${JSON.stringify(rows, null, 2)}\n`
  return markdown ? schedulePage(rows) : rows.map(asText).join('\n')
}

function asText({ duty, title, source, step, to, when, until, asks, texts }: CatalogueRow): string {
  return [
    `${duty} ${step}: ${title}`,
    `  source  ${source}`,
    `  to      ${to}`,
    `  when    ${when}`,
    `  until   ${until}`,
    ...(asks ? [`  asks    ${askedFor(asks)}`] : []),
    ...texts.flatMap(({ en, cy }, index) => [
      ...(texts.length > 1 ? [`  text ${index + 1}`] : []),
      ...paragraph('en', en),
      ...(cy ? paragraph('cy', cy) : []),
    ]),
    '',
  ].join('\n')
}

/** `appointment.booked (three-way)`: the events that answer a row, or that somebody is to be spoken to. */
function askedFor(asks: Asks): string {
  if (asks === 'conversation') return 'a conversation'
  return asks
    .map(({ event, said = {} }) => [event, ...Object.values(said).map((value) => `(${value})`)].join(' '))
    .join(', ')
}

function paragraph(language: string, { subject, text }: { subject: string; text: string }): string[] {
  return [`    ${language}  ${subject}`, ...text.split('\n').map((line) => `        ${line}`.trimEnd())]
}
