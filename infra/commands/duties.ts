import { type CatalogueRow, catalogue } from '../../shared/duties/catalogue.ts'
import { exitWithReader, readArguments } from '../command-line.ts'
import { schedulePage } from './schedule-page.ts'

/** `npm run duties`: every duty as it runs, for people; `--json`, for programs; `--markdown`, docs/schedule.md. */

const OPTIONS = {
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
} as const
const { json, markdown } = readArguments(
  { options: OPTIONS },
  'usage: npm run duties [-- --json | --markdown]',
).values
const rows = catalogue()
exitWithReader()
process.stdout.write(print())

function print(): string {
  if (json) return `${JSON.stringify(rows, null, 2)}\n`
  return markdown ? schedulePage(rows) : rows.map(asText).join('\n')
}

function asText({ duty, title, source, step, to, when, until, texts }: CatalogueRow): string {
  return [
    `${duty} ${step}: ${title}`,
    `  source  ${source}`,
    `  to      ${to}`,
    `  when    ${when}`,
    `  until   ${until}`,
    ...texts.flatMap(({ en, cy }, index) => [
      ...(texts.length > 1 ? [`  text ${index + 1}`] : []),
      ...paragraph('en', en),
      ...(cy ? paragraph('cy', cy) : []),
    ]),
    '',
  ].join('\n')
}

function paragraph(language: string, { subject, text }: { subject: string; text: string }): string[] {
  return [`    ${language}  ${subject}`, ...text.split('\n').map((line) => `        ${line}`.trimEnd())]
}
