import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import { Temporal } from 'temporal-polyfill'
import { addDays, type Instant, londonDate, londonTime, writeInstant } from '../../shared/calendar/london.ts'
import { STAGES } from '../aws/stages.ts'
import { type Arrival, readArrival } from '../local/arrivals.ts'
import { sampleCaseload } from '../local/sample/caseload.ts'
import { SAMPLE_TO } from '../local/sample/pen.ts'
import { type Cloud, openCloud } from './cloud.ts'
import { compareWithReplay } from './compare.ts'
import { whyNoDynamoDb } from './dynamodb-local.ts'
import { play } from './play.ts'

/**
 * `npm run rehearse`: the functions as they are deployed, run from the template over emulators of AWS, and what came
 * of a caseload there beside what replay says. It fails when anything differs.
 */

const USAGE = `usage: npm run rehearse [-- [--events FILE.jsonl] [--until INSTANT]]

  --events FILE.jsonl    one event a line; the sample caseload, if left out
  --until INSTANT        the last instant that is played; the end of the sample, if left out
`

const { events, until } = readArguments()
const why = whyNoDynamoDb()
if (why) giveUp(`The rehearsal ${why}.`)
const arrivals = readCaseload(events)

const begin = performance.now()
say('The stage dev, from its template:')
const cloud = await openCloud({ stage: STAGES.dev })
for (const wire of cloud.wiring) say(`  ${wire}`)
await watch(cloud)
const { notices, late, differences } = await compareWithReplay(cloud, { arrivals, until })
const letters = await cloud.deadLetters(until)
say('Invocations:')
for (const { name, invocations } of cloud.functions) sayCount(invocations, name)
say('What they asked:')
for (const [api, times] of requestsOf(cloud)) sayCount(times, api)
say(`${letters.length} dead letters`)
for (const letter of letters) say(`  ${Object.values(letter).join('  ')}`)
const seconds = Math.ceil(late.longestMs / 1_000)
say(
  `${late.notices} notices later than in the replay, by ${seconds} seconds at most: a provider takes so many a second`,
)
for (const difference of differences) say(difference)
await cloud.close()
say(`${Math.round((performance.now() - begin) / 1_000)} seconds`)
say(`${notices} notices compared with the replay on SQLite, word for word: differences ${differences.length}`)
process.exitCode = differences.length + letters.length > 0 ? 1 : 0

/** Plays the caseload under a bar, and gives account of each month of it. */
async function watch(cloud: Cloud) {
  const bar = new SingleBar({
    stream: process.stderr,
    format: 'rehearse {bar} {percentage}% | {clock} | {messages} messages',
    noTTYOutput: false,
  })
  const from = arrivals.reduce((earliest, { at }) => Math.min(earliest, at), until)
  const monthOf = (instant: Instant) => londonDate(instant).slice(0, 7)
  let month = monthOf(from)
  const tell = () => {
    const came = arrivals.filter(({ at }) => at <= until && monthOf(at) === month).length
    const given = cloud.taken.filter(({ at }) => monthOf(at) === month)
    const texts = given.filter(({ channel }) => channel === 'sms').length
    say(`${month}: ${came} events in, ${given.length - texts} e-mails and ${texts} text messages out`)
  }
  bar.start(until - from, 0, { clock: '', messages: 0 })
  await play(cloud, { arrivals, until }, (now) => {
    bar.update(Math.max(0, now - from), {
      clock: writeInstant(now).slice(0, 16),
      messages: cloud.taken.length,
    })
    if (monthOf(now) === month) return
    tell()
    month = monthOf(now)
  })
  bar.stop()
  tell()
}

function requestsOf({ functions }: Cloud): [api: string, times: number][] {
  const requests = new Map<string, number>()
  for (const { asked } of functions) {
    for (const [api, times] of asked) requests.set(api, (requests.get(api) ?? 0) + times)
  }
  return [...requests].sort()
}

function readArguments() {
  try {
    const options = { events: { type: 'string' }, until: { type: 'string' } } as const
    const { events, until } = parseArgs({ options }).values
    const last = until === undefined ? undefined : Temporal.Instant.from(until).epochMilliseconds
    return { events, until: last ?? londonTime(addDays(SAMPLE_TO, 1), '00:00') }
  } catch (error) {
    giveUp(`${(error as Error).message}\n${USAGE}`)
  }
}

/** A line that no event can be read from is said, and the rest are played. */
function readCaseload(path: string | undefined): Arrival[] {
  const lines =
    path === undefined
      ? sampleCaseload().map((event) => JSON.stringify(event))
      : readFileSync(path, 'utf8').split('\n')
  return lines.flatMap((text, index) => {
    if (text.trim() === '') return []
    const read = readArrival(text, index + 1)
    if ('reason' in read) say(`line ${read.line}: ${read.reason}`)
    return 'at' in read ? [read] : []
  })
}

function giveUp(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(2)
}

function sayCount(count: number, of: string): void {
  say(`${String(count).padStart(8)}  ${of}`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
