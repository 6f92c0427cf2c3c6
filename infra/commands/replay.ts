import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { SingleBar } from 'cli-progress'
import { writeInstant } from '../../shared/calendar/london.ts'
import { exitWith, exitWithReader, printError, readArguments, readInstant } from '../command-line.ts'
import { readArrivals } from '../local/arrivals.ts'
import type { NoticeLine } from '../local/notice-line.ts'
import { replay } from '../local/replay.ts'

const USAGE =
  'usage: npm run replay -- --events FILE.jsonl --until INSTANT [--from INSTANT] [--out FILE] [--summary]'

exitWithReader()
const OPTIONS = {
  events: { type: 'string' },
  until: { type: 'string' },
  from: { type: 'string' },
  out: { type: 'string' },
  summary: { type: 'boolean', default: false },
} as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
if (values.events === undefined || values.until === undefined) exitWith(USAGE)

const until = readInstant(values.until, USAGE)
const lines = createInterface({ input: createReadStream(values.events), crlfDelay: Number.POSITIVE_INFINITY })
const { arrivals, refused, ignored } = await readArrivals(lines).catch((error: Error) =>
  exitWith(error.message),
)
const out = values.out === undefined ? process.stdout : createWriteStream(values.out)
const from = values.from === undefined ? undefined : readInstant(values.from, USAGE)
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
const result = await replay(
  { arrivals, until, failed, ...(from !== undefined && { from }) },
  (lines, now) => {
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
