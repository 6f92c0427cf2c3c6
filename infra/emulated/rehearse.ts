import { readFileSync } from 'node:fs'
import { SingleBar } from 'cli-progress'
import {
  addDays,
  type Instant,
  londonClock,
  londonDate,
  londonTime,
  MINUTE_MS,
  writeInstant,
} from '../../shared/calendar/london.ts'
import { STAGES } from '../aws/stages.ts'
import { exitWith, fileAt, print, printError, readArguments, readInstant } from '../command-line.ts'
import { readArrivals } from '../local/arrivals.ts'
import { sampleCaseload } from '../local/sample/caseload.ts'
import { SAMPLE_TO } from '../local/sample/pen.ts'
import { type Cloud, openCloud } from './cloud.ts'
import { compareWith, expectedOf, type Lines } from './compare.ts'
import { whyNoDynamoDb } from './dynamodb-local.ts'
import { FAULTS, type Fault, type FaultName, faultFrom } from './faults.ts'
import { costOf, worstMoments } from './lateness.ts'
import { measuredIn, within } from './metrics.ts'
import { play } from './play.ts'

/**
 * `throughcare rehearse`: runs the functions as they are deployed, from the template, on emulators of AWS, and compares
 * the result for a caseload with a replay. It fails if anything differs; with faults, if anything is told twice.
 */

const USAGE = `usage: throughcare rehearse [--events FILE.jsonl] [--until INSTANT] [--faults]

  --events FILE.jsonl    one event a line; the sample caseload, if left out
  --until INSTANT        the last instant that is played; the end of the sample, if left out
  --faults               four things go wrong, each at one of the moments at which most is told: who is told late?
`

/** What waits for a fault to end is measured when it is told. */
const SEEN_FOR_MS = 15 * MINUTE_MS
const OPTIONS = {
  events: { type: 'string' },
  until: { type: 'string' },
  faults: { type: 'boolean' },
} as const
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
const expected = await expectedOf(cloud, { arrivals, until })
const faults = values.faults ? faultsAmid(expected.notices) : []
for (const fault of faults) print(`From ${londonClock(fault.from).slice(0, 16)}: ${FAULTS[fault.name].words}`)
await watch(cloud)
const { notices, late, differences, ours } = await compareWith(expected, cloud)
const letters = await cloud.deadLetters(until)
print('Invocations:')
for (const { name, invocations } of cloud.functions) printCount(invocations, name)
print('What they asked:')
for (const [api, times] of requestsOf(cloud)) printCount(times, api)
print(`${letters.length} dead letters`)
for (const letter of letters) print(`  ${Object.values(letter).join('  ')}`)
const written = await cloud.close()
for (const fault of faults) printCost(fault, ours, expected.notices, written)
const seconds = Math.ceil(late.longestMs / 1_000)
print(
  `${late.notices} notices later than in the replay, by ${seconds} seconds at most: a provider takes so many a second`,
)
const twice = differences.filter((difference) => difference.startsWith('message twice'))
const wrong = faults.length > 0 ? twice : [...differences, ...letters]
if (faults.length === 0) for (const difference of differences) print(difference)
print(`${Math.round((performance.now() - begin) / 1_000)} seconds`)
print(
  `${notices} notices compared with the replay on SQLite, word for word: differences ${differences.length}`,
)
process.exitCode = wrong.length > 0 ? 1 : 0

/** Each fault, at one of the worst moments for it. */
function faultsAmid(notices: Lines): Fault[] {
  const names = Object.keys(FAULTS) as FaultName[]
  const moments = worstMoments([...notices.values()], names.length)
  return names.flatMap((name, nth) => (moments[nth] === undefined ? [] : faultFrom(name, moments[nth])))
}

/** Plays the caseload with a progress bar, and prints what each month brought. */
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
  await play(cloud, { arrivals, until, faults }, (now) => {
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

/** Who was told late because of a fault, by how much, and what the people on call saw. */
function printCost(fault: Fault, ours: Lines, theirs: Lines, written: string): void {
  print(`\n${FAULTS[fault.name].words}, from ${londonClock(fault.from).slice(0, 16)}:\n`)
  print('| who | notices | told late | by, mostly | by, at most | not told |')
  print('| --- | ---: | ---: | ---: | ---: | --- |')
  for (const { who, notices, late, medianMs, longestMs, notTold } of costOf(fault, ours, theirs)) {
    const reasons = [...Map.groupBy(notTold, (reason) => reason)].map(
      ([reason, some]) => `${some.length} ${reason}`,
    )
    const cells = [who, notices, late, minutes(medianMs), minutes(longestMs), reasons.join(', ') || 'none']
    print(`| ${cells.join(' | ')} |`)
  }
  const measured = measuredIn(written)
  const seen = (name: string) => within(measured, name, fault.from, fault.until + SEEN_FOR_MS)
  print(
    `\nOn-call sees: ${seen('SettingsWrong').sum} times settings wrong, ${seen('MessagesFailed').sum} messages failed, ` +
      `p99 of lateness ${Math.round(seen('ReleaseLateness').p99)} s for releases and ${Math.round(seen('OtherLateness').p99)} s for others, ` +
      `${seen('NoticesStale').sum} stale`,
  )
}

function minutes(milliseconds: number): string {
  return `${(milliseconds / MINUTE_MS).toFixed(1)} min`
}
