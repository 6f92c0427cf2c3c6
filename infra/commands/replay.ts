import { createReadStream, createWriteStream, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { SingleBar } from 'cli-progress'
import { LINE_KINDS, type LineKindName } from '../../shared/acts/lines.ts'
import { writeInstant } from '../../shared/calendar/london.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import {
  exitWith,
  exitWithReader,
  fileAt,
  needed,
  printError,
  readArguments,
  readInstant,
} from '../command-line.ts'
import { readArrivals } from '../local/arrivals.ts'
import { csvArrivals } from '../local/csv-arrivals.ts'
import type { NoticeLine } from '../local/notice-line.ts'
import { openRehearsalNotes } from '../local/rehearsal-page.ts'
import { replay } from '../local/replay.ts'

/** `throughcare replay`: runs a caseload through a virtual clock, and writes each notice as one line of JSON. */

const USAGE = `usage: throughcare replay (--events FILE.jsonl | --csv KIND=FILE.csv …) --until INSTANT [--from INSTANT] [--out FILE] [--summary]
                          [--page FILE.html]

  --events FILE      one event per line, in any order
  --csv KIND=FILE    or CSV files as the page /caseload takes them, in this order, as if taken in now:
                     --csv contacts=people.csv --csv orders=orders.csv
  --until INSTANT    the last instant to replay, such as 2027-06-01T00:00:00Z
  --from INSTANT     what fell due before it is not told; default: when the first event reaches us
  --out FILE         the file for the notices; default: standard output
  --summary          counts notices by duty, step and outcome
  --page FILE.html   for the team whose caseload it is: how many by duty and week, the busiest minute, who could not be
                     reached, what was asked and not done, and what text messages cost
`

exitWithReader()
const OPTIONS = {
  events: { type: 'string' },
  csv: { type: 'string', multiple: true },
  until: { type: 'string' },
  from: { type: 'string' },
  out: { type: 'string' },
  summary: { type: 'boolean', default: false },
  page: { type: 'string' },
} as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const until = readInstant(needed(values.until, '--until'), '--until')
const from = values.from === undefined ? undefined : readInstant(values.from, '--from')
const out =
  values.out === undefined ? process.stdout : createWriteStream(values.out, { fd: openSync(values.out, 'w') })
const { arrivals, refused, ignored } = values.csv ? await fromCsv(values.csv) : await fromEvents()
const bar = new SingleBar({
  stream: process.stderr,
  format: 'replay {bar} {percentage}% | {clock} | {notices} notices',
  noTTYOutput: false,
})
const begin = from ?? arrivals.reduce((earliest, { at }) => Math.min(earliest, at), until)
const counts = new Map<string, number>()
let notices = 0
bar.start(until - begin, 0, { clock: '', notices })
const failures = new Map<string, unknown>()
const failed = (id: string, error: unknown) => void (failures.has(id) || failures.set(id, error))
const store = sqliteStore(':memory:')
const notes = openRehearsalNotes()
const result = await replay(
  { arrivals, until, failed, store, ...(from !== undefined && { from }) },
  (lines, now) => {
    notes.note(lines, now)
    for (const line of lines) {
      out.write(`${JSON.stringify(line)}\n`)
      const key = countKey(line)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    notices += lines.length
    bar.update(Math.max(0, now - begin), { clock: writeInstant(now).slice(0, 16), notices })
  },
)
bar.stop()
if (values.page !== undefined) {
  writeFileSync(values.page, await notes.page(store, rulesWith({ goLive: begin }), begin, until))
}
for (const { line, reason } of [...refused, ...result.refused].sort((a, b) => a.line - b.line)) {
  printError(`line ${line}: ${reason}`)
}
for (const [casefile, error] of failures) printError(`${casefile}: its wake failed: ${error}`)
const { accepted, duplicate } = result.counts
const refusals = refused.length + result.refused.length
const passedBy = ignored + result.counts.ignored
printError(
  `${accepted} accepted, ${duplicate} duplicate, ${passedBy} ignored, ${refusals} refused; ${notices} notices`,
)
if (values.summary)
  for (const [key, count] of [...counts].sort()) printError(`${String(count).padStart(7)}  ${key}`)
process.exitCode = refusals > 0 || failures.size > 0 ? 1 : 0

function countKey({ duty, step, outcome, reason }: NoticeLine): string {
  return [duty, step, outcome, reason].filter((part) => part !== undefined).join(' ')
}

/** Reads the given file, one event a line. */
function fromEvents() {
  const events = fileAt(needed(values.events, '--events'))
  const input = createReadStream(events, { fd: openSync(events, 'r') })
  return readArrivals(createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
}

async function fromCsv(said: readonly string[]) {
  const files = said.map((one) => {
    const [name = '', ...path] = one.split('=')
    const kind = (Object.keys(LINE_KINDS) as LineKindName[]).find((known) => known === name)
    if (kind === undefined) exitWith(`--csv: expected KIND=FILE, of ${Object.keys(LINE_KINDS).join(', ')}`)
    return { kind, csv: readFileSync(fileAt(path.join('=')), 'utf8') }
  })
  const read = await csvArrivals(files, Date.now())
  if (!('nth' in read)) return { arrivals: read, refused: [], ignored: 0 }
  for (const words of read.words) printError(`${said[read.nth]}: ${words}`)
  exitWith('no event was replayed', 1)
}
