import type { LocalDate } from '../../shared/calendar/london.ts'
import { digest } from '../../shared/casefile/ids.ts'
import type { CatalogueRow } from '../../shared/duties/catalogue.ts'
import type { Wording } from '../../shared/messages/text.ts'

/** One wording of one row in one language, and the days from and until which it was in use. */
type Version = {
  readonly row: string
  readonly language: string
  readonly digest: string
  readonly since: string
  readonly until: string
}

/**
 * Updates the page of all wordings, past and present: a wording not in `before` runs since `today`, one that is gone
 * ran until then. If nothing has changed, the result equals `before`.
 */
export function wordingsPage(before: string, rows: readonly CatalogueRow[], today: LocalDate): string {
  const known = [...before.matchAll(LINE)].map(
    ([, row = '', language = '', digest = '', since = '', until = '']): Version => ({
      ...{ row, language, digest, since, until: until.trim() },
    }),
  )
  const running = runningIn(rows)
  const kept = known.map((version) =>
    version.until !== '' || running.has(nameOf(version)) ? version : { ...version, until: today },
  )
  const still = new Set(kept.filter(({ until }) => until === '').map(nameOf))
  const fresh = [...running]
    .filter(([name]) => !still.has(name))
    .map(([, wording]) => ({ ...wording, since: today, until: '' }))
  const lines = [...kept, ...fresh].map(lineOf).sort()
  return `${HEAD}${lines.join('\n')}\n`
}

const LINE = /^\| ([A-Z]+-\d+ \S+) \| (en|cy) \| ([0-9a-f]{12}) \| (\S+) \|(.*)\|$/gm

const HEAD = `# Wordings

Every text that a notice says or ever said, by the row that says it (\`npm run duties\` prints the words). A version is
the beginning of the SHA-256 of subject and text as they are written, before names and dates stand in them. It runs on
a service from the first deploy or upgrade on or after its first day; \`git log\` of its system's texts has the words of
one that is over, and who approved them. What somebody was told, to the letter, is in the ledger with its notice.
After a change of words: \`npm run duties -- --wordings docs/wordings.md\`, and have the line signed with the change.

| row | language | version | since | until |
|---|---|---|---|---|
`

type Running = Omit<Version, 'since' | 'until'>

function runningIn(rows: readonly CatalogueRow[]): ReadonlyMap<string, Running> {
  const all = rows.flatMap(({ duty, step, texts }) =>
    texts.flatMap(({ en, cy }) => [
      { row: `${duty} ${step}`, language: 'en', digest: digestOf(en) },
      { row: `${duty} ${step}`, language: 'cy', digest: digestOf(cy) },
    ]),
  )
  return new Map(all.map((version) => [nameOf(version), version]))
}

function nameOf({ row, language, digest }: Running): string {
  return `${row} ${language} ${digest}`
}

function lineOf({ row, language, digest, since, until }: Version): string {
  return `| ${row} | ${language} | ${digest} | ${since} | ${until}${until && ' '}|`
}

function digestOf({ subject, text }: Wording): string {
  return digest(`${subject}\n${text}`, 12)
}
