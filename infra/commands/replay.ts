import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import { Temporal } from 'temporal-polyfill'
import { type Instant, writeInstant } from '../../shared/calendar/london.ts'
import { type Arrival, readArrival } from '../local/arrivals.ts'
import type { NoticeLine } from '../local/notice-line.ts'
import { replay } from '../local/replay.ts'
import { exitWithReader, printError } from './output.ts'

const USAGE =
  'usage: npm run replay -- --events FILE.jsonl --until INSTANT [--from INSTANT] [--out FILE] [--summary]'

exitWithReader()
const values = readArguments()
const until = values.until === undefined ? undefined : instantOf(values.until)
if (values.events === undefined || until === undefined) {
  printError(USAGE)
  process.exit(2)
}

const { arrivals, refused, ignored } = await readEvents(values.events).catch(exitWith)
const out = values.out === undefined ? process.stdout : createWriteStream(values.out)
const from = values.from === undefined ? undefined : instantOf(values.from)
const bar = new SingleBar({
  stream: process.stderr,
  format: 'replay {bar} {percentage}% | {clock} | {notices} notices',
  noTTYOutput: false,
})
const begin = from ?? arrivals.reduce((earliest, { at }) => Math.min(earliest, at), until)
const counts = new Map<string, number>()
let notices = 0
bar.start(until - begin, 0, { clock: '', notices })
const result = await replay({ arrivals, until, ...(from !== undefined && { from }) }, (lines, now) => {
  for (const line of lines) {
    out.write(`${JSON.stringify(line)}\n`)
    const key = countKey(line)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  notices += lines.length
  bar.update(Math.max(0, now - begin), { clock: writeInstant(now).slice(0, 16), notices })
})
bar.stop()
for (const { line, reason } of [...refused, ...result.refused].sort((a, b) => a.line - b.line)) {
  printError(`line ${line}: ${reason}`)
}
const { accepted, duplicate } = result.counts
const refusals = refused.length + result.refused.length
const passedBy = ignored + result.counts.ignored
printError(
  `${accepted} accepted, ${duplicate} duplicate, ${passedBy} ignored, ${refusals} refused; ${notices} notices`,
)
if (values.summary)
  for (const [key, count] of [...counts].sort()) printError(`${String(count).padStart(7)}  ${key}`)
process.exitCode = refusals > 0 ? 1 : 0

function readArguments() {
  try {
    return parseArgs({
      options: {
        events: { type: 'string' },
        until: { type: 'string' },
        from: { type: 'string' },
        out: { type: 'string' },
        summary: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    printError(`${(error as Error).message.split('. ')[0]}\n${USAGE}`)
    process.exit(2)
  }
}

function exitWith(error: Error): never {
  printError(error.message)
  process.exit(2)
}

/** One event a line, in any order. A line that cannot be read is reported and the rest run. */
async function readEvents(path: string) {
  const arrivals: Arrival[] = []
  const refused: { line: number; reason: string }[] = []
  let ignored = 0
  let line = 0
  for await (const text of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line++
    if (text.trim() === '') continue
    const read = readArrival(text, line)
    if ('reason' in read) refused.push(read)
    else if ('at' in read) arrivals.push(read)
    else ignored++
  }
  return { arrivals, refused, ignored }
}

function countKey({ duty, step, outcome, reason }: NoticeLine): string {
  return [duty, step, outcome, reason].filter((part) => part !== undefined).join(' ')
}

function instantOf(written: string): Instant {
  try {
    return Temporal.Instant.from(written).epochMilliseconds
  } catch {
    printError(`expected an instant such as 2026-03-09T14:00:00Z, not ${JSON.stringify(written)}\n${USAGE}`)
    process.exit(2)
  }
}
