import { AsyncLocalStorage } from 'node:async_hooks'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { SingleBar } from 'cli-progress'
import { receive } from '../../../functions/receipts/receipts.ts'
import { reconcile } from '../../../functions/reconcile/reconcile.ts'
import { readArguments } from '../../../infra/command-line.ts'
import type { Counts, KindCounts, Requests } from '../../../infra/costs/costs.ts'
import { startDynamoDb } from '../../../infra/emulated/dynamodb-local.ts'
import { type Arrival, byArrival, readArrival } from '../../../infra/local/arrivals.ts'
import { sampleCaseload } from '../../../infra/local/sample/caseload.ts'
import { SAMPLE_TO } from '../../../infra/local/sample/pen.ts'
import { openTimeline } from '../../../infra/local/timeline.ts'
import {
  DAY_MS,
  type Instant,
  type LocalTime,
  londonTime,
  londonTimeOfDay,
  writeInstant,
} from '../../../shared/calendar/london.ts'
import { type CasefileId, casefileOfNotice, KINDS, type Kind, kindOf } from '../../../shared/casefile/ids.ts'
import { readEvent } from '../../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../../shared/casefile/routing.ts'
import type { Channel } from '../../../shared/channels/channel.ts'
import { rulesWith } from '../../../shared/planning/rules.ts'
import { createTable, dynamoStore } from '../../../shared/store/dynamodb.ts'
import { liesIn } from '../../../shared/store/keys.ts'
import type { Part, Store } from '../../../shared/store/store.ts'
import { delivery, sesEvent, textEvent } from '../../receipts/samples.ts'

/**
 * `throughcare costs`, first half: runs the sample caseload on DynamoDB Local and counts the requests, with every message
 * reported as delivered in the form of SES and End User Messaging. It needs Java and some minutes, and writes
 * infra/costs/counts.json.
 */

readArguments({}, 'usage: throughcare costs')

const MONTH_MS = (365.25 / 12) * DAY_MS
const TABLE = 'casefiles'
const END = londonTime(SAMPLE_TO, '23:59')

const kinds = Object.fromEntries(KINDS.map((kind) => [kind, noCounts()])) as Record<Kind, KindCounts>
const minutes = { wakes: newTally(), emails: newTally(), texts: newTally() }
const lives = new Map<CasefileId, { from: Instant; last: Instant }>()
let now: Instant = 0
/** Where the requests of the current call are counted. */
const counter = new AsyncLocalStorage<Requests>()

const { client, stop } = await startDynamoDb()
await createTable({ client, table: TABLE })
countUnits(client)
const reports: string[] = []
const channel: Channel = { send: async (message) => noteMessage(message) }
const coming = sampleCaseload().map(
  (event, index) => readArrival(JSON.stringify(event), index + 1) as Arrival,
)
coming.sort(byArrival)
const uncounted = dynamoStore({ client, table: TABLE })
const store = counting(uncounted)
const rules = rulesWith({ goLive: coming[0]?.at ?? 0 })
const timeline = openTimeline({
  coming,
  store,
  channels: { email: channel, sms: channel },
  rules: () => rules,
})

const begin = coming[0]?.at ?? 0
const bar = new SingleBar({ stream: process.stderr, format: 'count {bar} {percentage}%', noTTYOutput: false })
bar.start(END - begin, 0)
for (const { at, body } of coming) if (at <= END) noteEvent(body, at)
for (let at = await timeline.ahead(); at !== undefined && at <= END; at = await timeline.ahead()) {
  now = at
  await timeline.goTo(at)
  for (const report of reports.splice(0)) await receive(report, { take: timeline.take })
  bar.update(Math.max(0, at - begin))
}
bar.stop()
for (const [id, { from, last }] of lives) {
  const of = kinds[kindOf(id)]
  of.casefiles++
  // An order and a release end; all other casefiles stay active.
  const to = kindOf(id) === 'order' || kindOf(id) === 'release' ? last : END
  of.months += (to - from) / MONTH_MS
}
const casefiles = await uncounted.casefiles({ part: 0, of: 1 })
for (const kind of KINDS) {
  const ofKind = {
    ...uncounted,
    casefiles: async (part: Part) => casefiles.filter(({ id }) => kindOf(id) === kind && liesIn(part, id)),
  }
  await counter.run(kinds[kind].reconcile, () => reconcile({ store: ofKind, rules, now: () => END }))
}
await weigh(client)
await stop()
const busiest = {
  wakes: minutes.wakes.busiest(),
  emails: minutes.emails.busiest(),
  texts: minutes.texts.busiest(),
}
const counts: Counts = { kinds: rounded(kinds), busiest: rounded(busiest) }
const file = join(import.meta.dirname, '../../../infra/costs/counts.json')
writeFileSync(file, `${JSON.stringify(counts, undefined, 2)}\n`)

function noCounts(): KindCounts {
  return {
    casefiles: 0,
    months: 0,
    events: 0,
    emails: 0,
    texts: 0,
    parts: 0,
    woken: { byEvent: 0, byClock: 0 },
    requests: {},
    reconcile: noRequests(),
    items: 0,
    bytes: 0,
    deleteUnits: 0,
  }
}

function noRequests(): Requests {
  return { requests: 0, reads: 0, writes: 0 }
}

function noteEvent(body: string, at: Instant): void {
  const reading = readEvent(body, at)
  const [first] = reading.is === 'event' ? casefilesOf(reading.event) : []
  if (first) kinds[kindOf(first)].events++
}

/** Takes a message, and keeps what its provider will report of it. */
function noteMessage({ messageId, channel, textMessage }: Parameters<Channel['send']>[0]) {
  const of = kinds[kindOf(casefileOfNotice(messageId) as CasefileId)]
  if (channel === 'email') {
    of.emails++
    minutes.emails.add(londonTimeOfDay(now))
    reports.push(JSON.stringify(sesEvent('Delivery', delivery(writeInstant(now)), messageId)))
  } else {
    of.texts++
    of.parts += textMessage?.fragments ?? 1
    minutes.texts.add(londonTimeOfDay(now))
    reports.push(JSON.stringify(textEvent('TEXT_DELIVERED', { eventTimestamp: now }, messageId)))
  }
  return { is: 'accepted' } as const
}

/** A store that counts its requests for the casefile that is being woken, those for its neighbours included. */
function counting(of: Store): Store {
  let opened: CasefileId | undefined
  const counted =
    <Given extends [CasefileId, ...unknown[]], Result>(
      method: keyof Store,
      work: (...given: Given) => Promise<Result>,
    ) =>
    (...given: Given): Promise<Result> => {
      const [id] = given
      if (method === 'open') opened = id
      if (method === 'takeIn') {
        lives.set(id, { from: lives.get(id)?.from ?? now, last: now })
        const [, , from] = given
        if (typeof from === 'number' && from <= now) kinds[kindOf(id)].woken.byEvent++
      }
      const cause = method === 'events' ? (opened ?? id) : id
      const { requests } = kinds[kindOf(cause)]
      requests[method] ??= noRequests()
      return counter.run(requests[method], () => work(...given))
    }
  return {
    ...of,
    entries: counted('entries', of.entries),
    takeIn: counted('takeIn', of.takeIn),
    open: counted('open', of.open),
    events: counted('events', of.events),
    claim: counted('claim', of.claim),
    record: counted('record', of.record),
    finish: counted('finish', of.finish),
    texts: counted('texts', of.texts),
    count: counted('count', of.count),
    forget: counted('forget', of.forget),
    forgetHead: counted('forgetHead', of.forgetHead),
    async due(stretch, limit) {
      const due = await of.due(stretch, limit)
      // A look further ahead is for the next wake, and wakes nobody.
      if (stretch.until > now) return due
      for (const { id } of due) {
        kinds[kindOf(id)].woken.byClock++
        minutes.wakes.add(londonTimeOfDay(now))
      }
      return due
    },
  }
}

/**
 * Adds up the units of every request, table and index together, as DynamoDB Local reports them. It reports none for a
 * refused write and zero for a query that finds nothing; AWS charges one unit for either.
 */
function countUnits(client: DynamoDBDocumentClient): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        const requests = counter.getStore()
        if (!requests) return next(call)
        Object.assign(call.input, { ReturnConsumedCapacity: 'TOTAL' })
        const isQuery = commandName === 'QueryCommand'
        const note = (units = 1) => {
          requests.requests++
          requests[isQuery ? 'reads' : 'writes'] += Math.max(1, units)
        }
        try {
          const response = await next(call)
          const { ConsumedCapacity } = response.output as { ConsumedCapacity?: { CapacityUnits?: number } }
          note(ConsumedCapacity?.CapacityUnits)
          return response
        } catch (error) {
          if (error instanceof ConditionalCheckFailedException) note()
          throw error
        }
      },
    { name: 'units', step: 'initialize' },
  )
}

/** The size of the table as AWS measures it: names and values, and 100 bytes of storage an item. */
async function weigh(client: DynamoDBDocumentClient): Promise<void> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName: TABLE })) {
    for (const item of Items) {
      // The counts of duties and weeks are of no casefile, and few.
      if (item.casefile.startsWith('counts:')) continue
      const attributes = Object.entries(item).map(
        ([name, value]) =>
          Buffer.byteLength(name) + Buffer.byteLength(value instanceof Uint8Array ? value : String(value)),
      )
      const bytes = attributes.reduce((sum, one) => sum + one, 0)
      const of = kinds[kindOf(item.casefile)]
      of.items++
      of.bytes += bytes + 100
      of.deleteUnits += Math.ceil(bytes / 1_024)
    }
  }
}

function newTally() {
  const times = new Map<LocalTime, number>()
  return {
    add: (minute: LocalTime) => void times.set(minute, (times.get(minute) ?? 0) + 1),
    busiest: () => Math.max(...times.values()) / [...times.values()].reduce((sum, one) => sum + one, 0),
  }
}

/** To the thousandth: the page shows no more. */
function rounded<T>(counts: T): T {
  const short = (_: string, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
  return JSON.parse(JSON.stringify(counts, short))
}
