import { type CatalogueRow, catalogue } from '../../shared/duties/catalogue.ts'
import { exitWithReader, readArguments } from '../command-line.ts'

/** `npm run duties`: every duty as the code keeps it, for people; with `--json`, for programs. */

const OPTIONS = { json: { type: 'boolean', default: false } } as const
const { json } = readArguments({ options: OPTIONS }, 'usage: npm run duties [-- --json]').values
const rows = catalogue()
exitWithReader()
process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : rows.map(asText).join('\n'))

function asText({ duty, title, source, step, to, when, until, texts }: CatalogueRow): string {
  const said = texts.flatMap(({ en, cy }, index) => [
    ...(texts.length > 1 ? [`  text ${index + 1}`] : []),
    ...paragraph('en', en),
    ...(cy ? paragraph('cy', cy) : []),
  ])
  return [
    `${duty} ${step}: ${title}`,
    `  source  ${source}`,
    `  to      ${to}`,
    `  when    ${when}`,
    `  until   ${until || 'nothing stops it'}`,
    ...said,
    '',
  ].join('\n')
}

function paragraph(language: string, { subject, text }: { subject: string; text: string }): string[] {
  return [`    ${language}  ${subject}`, ...text.split('\n').map((line) => `        ${line}`.trimEnd())]
}
