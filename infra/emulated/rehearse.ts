import { readFileSync } from 'node:fs'
import { SingleBar } from 'cli-progress'
import { addDays, type Instant, londonDate, londonTime, writeInstant } from '../../shared/calendar/london.ts'
import { STAGES } from '../aws/stages.ts'
import { exitWith, fileAt, print, printError, readArguments, readInstant } from '../command-line.ts'
import { readArrivals } from '../local/arrivals.ts'
import { sampleCaseload } from '../local/sample/caseload.ts'
import { SAMPLE_TO } from '../local/sample/pen.ts'
import { type Cloud, openCloud } from './cloud.ts'
import { compareWithReplay } from './compare.ts'
import { whyNoDynamoDb } from './dynamodb-local.ts'
import { play } from './play.ts'

/**
 * `throughcare rehearse`: the functions as they are deployed, run from the template over emulators of AWS, and what came
 * of a caseload there beside what replay says. It fails when anything differs.
 */

const USAGE = `usage: throughcare rehearse [--events FILE.jsonl] [--until INSTANT]

  --events FILE.jsonl    one event a line; the sample caseload, if left out
  --until INSTANT        the last instant that is played; the end of the sample, if left out
`

const OPTIONS = { events: { type: 'string' }, until: { type: 'string' } } as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const until =
  values.until === undefined
    ? londonTime(addDays(SAMPLE_TO, 1), '00:00')
    : readInstant(values.until, '--until')
const why = whyNoDynamoDb()
if (why) exitWith(`The rehearsal ${why}.`)
const { arrivals, refused } = await readArrivals(
  values.events === undefined
    ? sampleCaseload().map((event) => JSON.stringify(event))
    : readFileSync(fileAt(values.events), 'utf8').split('\n'),
)
for (const { line, reason } of refused) printError(`line ${line}: ${reason}`)

const begin = performance.now()
print('The stage test, from its template:')
const cloud = await openCloud({ stage: STAGES.test })
for (const wire of cloud.wiring) print(`  ${wire}`)
await watch(cloud)
const { notices, late, differences } = await compareWithReplay(cloud, { arrivals, until })
const letters = await cloud.deadLetters(until)
print('Invocations:')
for (const { name, invocations } of cloud.functions) printCount(invocations, name)
print('What they asked:')
for (const [api, times] of requestsOf(cloud)) printCount(times, api)
print(`${letters.length} dead letters`)
for (const letter of letters) print(`  ${Object.values(letter).join('  ')}`)
const seconds = Math.ceil(late.longestMs / 1_000)
print(
  `${late.notices} notices later than in the replay, by ${seconds} seconds at most: a provider takes so many a second`,
)
for (const difference of differences) print(difference)
await cloud.close()
print(`${Math.round((performance.now() - begin) / 1_000)} seconds`)
print(
  `${notices} notices compared with the replay on SQLite, word for word: differences ${differences.length}`,
)
process.exitCode = differences.length + letters.length > 0 ? 1 : 0

/** Plays the caseload under a bar, and says what each month of it brought. */
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
    print(`${month}: ${came} events in, ${given.length - texts} e-mails and ${texts} text messages out`)
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

function printCount(count: number, of: string): void {
  print(`${String(count).padStart(8)}  ${of}`)
}
