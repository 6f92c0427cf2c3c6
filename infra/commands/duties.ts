import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { londonDate } from '../../shared/calendar/london.ts'
import { type CatalogueRow, catalogue } from '../../shared/duties/catalogue.ts'
import type { Template } from '../../shared/messages/text.ts'
import type { Asks } from '../../shared/planning/duty.ts'
import { exitWithReader, readArguments } from '../command-line.ts'
import { fragmentsOf } from './fragments.ts'
import { schedulePage } from './schedule-page.ts'
import { wordingsPage } from './wordings-page.ts'

/** `throughcare duties`: prints every duty as it runs. */

const USAGE = `usage: throughcare duties [--json | --markdown | --wordings FILE]

  --json        for programs
  --markdown    docs/schedule.md
  --wordings FILE
                updates docs/wordings.md: what each text said, and when
`

const OPTIONS = {
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
  wordings: { type: 'string' },
} as const
const { json, markdown, wordings } = readArguments({ options: OPTIONS }, USAGE).values
const rows = catalogue()
exitWithReader()
if (wordings === undefined) {
  process.stdout.write(print())
} else {
  const before = existsSync(wordings) ? readFileSync(wordings, 'utf8') : ''
  writeFileSync(wordings, wordingsPage(before, rows, londonDate(Date.now())))
}

function print(): string {
  if (json) return `${JSON.stringify(rows.map(withFragments), null, 2)}\n`
  return markdown ? schedulePage(rows) : rows.map(asText).join('\n')
}

function withFragments({ texts, ...row }: CatalogueRow) {
  return { ...row, texts: texts.map((text) => ({ ...text, fragments: fragmentsOf(text) })) }
}

function asText({ duty, title, source, step, to, when, until, asks, texts }: CatalogueRow): string {
  return [
    `${duty} ${step}: ${title.en}`,
    `  in Welsh ${title.cy}`,
    `  source  ${source}`,
    `  to      ${to}`,
    `  when    ${when}`,
    `  until   ${until}`,
    ...(asks ? [`  asks    ${askedFor(asks)}`] : []),
    ...texts.flatMap((text, index) => [
      `  text ${index + 1}  ${takes(text)}`,
      ...paragraph('en', text.en),
      ...paragraph('cy', text.cy),
    ]),
    '',
  ].join('\n')
}

/** `as a text message: 1 fragment in English, 2 in Welsh, 3 in both`, with facts of typical length. */
function takes(text: Template): string {
  const { en, cy, both } = fragmentsOf(text)
  return `as a text message: ${en} fragment${en > 1 ? 's' : ''} in English, ${cy} in Welsh, ${both} in both`
}

/** `appointment.booked (three-way)`: the events that answer a row, or that somebody should be spoken to. */
function askedFor(asks: Asks): string {
  if (asks === 'conversation') return 'a conversation'
  return asks
    .map(({ event, said = {} }) => [event, ...Object.values(said).map((value) => `(${value})`)].join(' '))
    .join(', ')
}

function paragraph(language: string, { subject, text }: { subject: string; text: string }): string[] {
  return [`    ${language}  ${subject}`, ...text.split('\n').map((line) => `        ${line}`.trimEnd())]
}
