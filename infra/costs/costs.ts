import type { Kind } from '../../shared/casefile/ids.ts'
import { WAKE_SHARDS } from '../../shared/store/keys.ts'
import type { Store } from '../../shared/store/store.ts'
import { STAGES } from '../aws/stages.ts'

/** Requests of one method of the store, and the units that DynamoDB charges for them, those of the index among them. */
export type Asked = { requests: number; reads: number; writes: number }

/** What was counted of all casefiles of one kind, over the whole of a rehearsal. */
export type KindCounts = {
  casefiles: number
  /** For how many months they ran, taken together. */
  months: number
  /** Events handed in that concern them first. */
  events: number
  emails: number
  texts: number
  /** Of the texts: a long one goes in several parts, and each is paid for. */
  parts: number
  /** What their intakes, wakes and ticks asked of the store, their neighbours' reading among it. */
  asked: { [Method in keyof Store]?: Asked }
  /** What reconcile asks of the store for all of them, once in the end. */
  audit: Asked
  /** What lay in the table of them in the end. */
  items: number
  bytes: number
  /** In write units, an item at a time: what forgetting it all is charged, but for the index. */
  units: number
}

export type Counts = {
  readonly kinds: { readonly [K in Kind]: KindCounts }
  /** Which share of a day's wakes by the clock, e-mails and text messages falls into its busiest minute. */
  readonly busiest: { readonly wakes: number; readonly emails: number; readonly texts: number }
}

/** Whom the service is for. */
export type People = {
  /** Orders that run at any time. */
  readonly orders: number
  /** Releases in a year. */
  readonly releases: number
  /** Clearances that hold at any time. */
  readonly clearances: number
  readonly prisons: number
  readonly areas: number
  /** Staff who sign in to the pages. */
  readonly workers: number
}

/** Dollars for so many of something, and for where AWS was found to ask as much. */
type Price = { readonly dollars: number; readonly for: number; readonly found: string }

export type Prices = { readonly [Name in keyof typeof PRICES]: Price }

const MILLION = 1_000_000
const LONDON = 'London'
/** Found for Oregon alone. docs/costs.md says what was made of it. */
const OREGON = 'Oregon'
const NOT_FOUND = 'not found'
const per = (count: number, dollars: number, found: string): Price => ({ dollars, for: count, found })

/** What AWS asks in eu-west-2, without free allowances, taxes and agreements. docs/costs.md says who was found to say so. */
export const PRICES = {
  writeUnit: per(MILLION, 0.7423, LONDON),
  readUnit: per(MILLION, 0.1487, LONDON),
  tableGb: per(1, 0.29715, OREGON),
  backupGb: per(1, 0.23772, LONDON),
  queueRequest: per(MILLION, 0.4, LONDON),
  topicPublish: per(MILLION, 0.5, OREGON),
  invocation: per(MILLION, 0.2, LONDON),
  gbSecond: per(MILLION, 13.3334, LONDON),
  email: per(1_000, 0.1, LONDON),
  textPart: per(1, 0.04, NOT_FOUND),
  number: per(1, 2, NOT_FOUND),
  keyVersion: per(1, 1, LONDON),
  keyRequest: per(10_000, 0.03, LONDON),
  logGb: per(1, 0.5985, LONDON),
  logKeptGb: per(1, 0.0315, LONDON),
  metric: per(1, 0.3, LONDON),
  alarm: per(1, 0.1, LONDON),
  dashboard: per(1, 3, NOT_FOUND),
  trace: per(MILLION, 5, OREGON),
  apiRequest: per(MILLION, 1.16, LONDON),
  schedule: per(MILLION, 1.15, LONDON),
  secret: per(1, 0.4, LONDON),
  secretRead: per(10_000, 0.05, LONDON),
} as const

/** What stands there whoever uses it, on the stage prod. */
export const STANDING = {
  ...{ alarms: 43, metrics: 22, routes: 6, keys: 4, secrets: 5, numbers: 1, workedQueues: 5 },
} as const

const DAYS = 365.25 / 12
const MINUTES = DAYS * 24 * 60
const WORKING_DAYS = 21
const GB = 2 ** 30

/** What is assumed where nothing could be counted. */
const ASSUMED = {
  /** An order or release is kept for so many months after its end. */
  keptMonths: 24,
  /** One request to DynamoDB after another, with what is worked out in between. */
  requestMs: 8,
  /** A message to SES or End User Messaging. */
  sendMs: 150,
  /** A casefile of those that reconcile compares side by side. */
  auditMs: 10,
  /** What is reported of a text message: queued, sent, delivered. */
  reportsOfText: 3,
  logBytes: 1_200,
  /** The months for which a log is kept. */
  logMonths: 400 / DAYS,
  /** X-Ray takes one in twenty. */
  traced: 0.05,
  /** SQS asks for a new key every five minutes, for each of a queue's users; so do the table and the topics. */
  keyRequests: 300_000,
  /** A key is rotated every year, and AWS charges for two former versions of it, and for no more. */
  keyVersions: 3,
  /** Every five minutes by every Lambda that is warm, each secret that it needs. */
  secretReads: 300_000,
  /** Of every route, since the stage has detailed metrics. */
  metricsOfRoute: 6,
  /** On a working day, and each shows a casefile. */
  pagesOfWorker: 3,
  pageMs: 300,
  /** Pollers that wait at every queue, for 20 seconds at a time. */
  pollers: 5,
}

/** What a month holds. */
export type Month = {
  readonly casefiles: number
  readonly events: number
  readonly emails: number
  readonly texts: number
  readonly parts: number
  readonly wakes: number
  readonly wakesByClock: number
  readonly requests: number
  readonly reads: number
  readonly writes: number
  readonly gb: number
  /** What staff look at: each page one casefile. */
  readonly pages: { readonly views: number; readonly reads: number }
  /** What reconcile adds to that, every night together: it finds the heads, and compares what they are heads of. */
  readonly audits: { readonly casefiles: number; readonly finding: number; readonly comparing: number }
}

/** Contacts there are to a matter, in the sample; far more than in life, where a worker has dozens of matters. */
function contactsToAMatter({ kinds: { contact, order, release, clearance } }: Counts): number {
  return contact.casefiles / (order.casefiles + release.casefiles + clearance.casefiles)
}

/** How many casefiles of each kind run at any time. */
function running(people: People, counts: Counts): { readonly [K in Kind]: number } {
  const { release, contact, address } = counts.kinds
  const releases = (people.releases / 12) * (release.months / release.casefiles)
  const contacts = (people.orders + people.releases + people.clearances) * contactsToAMatter(counts)
  return {
    order: people.orders,
    release: releases,
    clearance: people.clearances,
    prison: people.prisons,
    rota: people.areas,
    contact: contacts,
    address: contacts * (address.casefiles / contact.casefiles),
  }
}

/** What a month holds for so many people: for every casefile that runs, a month of what was counted of its kind. */
export function monthOf(people: People, counts: Counts): Month {
  const total = { casefiles: 0, events: 0, emails: 0, texts: 0, parts: 0, wakes: 0, wakesByClock: 0 }
  const store = { requests: 0, reads: 0, writes: 0, gb: 0 }
  const audits = { casefiles: 0, finding: 0, comparing: 0 }
  for (const [kind, atOnce] of Object.entries(running(people, counts)) as [Kind, number][]) {
    const of = counts.kinds[kind]
    const months = atOnce / of.months
    total.events += of.events * months
    total.emails += of.emails * months
    total.texts += of.texts * months
    total.parts += of.parts * months
    const { rouse = NOTHING, postpone = NOTHING } = of.asked
    total.wakes += (rouse.requests + postpone.requests) * months
    total.wakesByClock += postpone.requests * months
    for (const { requests, reads, writes } of Object.values(of.asked)) {
      store.requests += requests * months
      store.reads += reads * months
      store.writes += writes * months
    }
    const ends = kind === 'order' || kind === 'release'
    const ended = ends ? of.casefiles * months : 0
    // As many as end are forgotten, two years later: read, and taken out item by item.
    total.wakes += ended
    total.wakesByClock += ended
    store.requests += ended * each(of, of.items)
    store.reads += ended * each(of, of.bytes / 4096)
    store.writes += ended * each(of, of.units)
    const lie = atOnce + ended * ASSUMED.keptMonths
    total.casefiles += lie
    store.gb += (lie * each(of, of.bytes)) / GB
    if (kind === 'address') continue
    audits.casefiles += lie * DAYS
    audits.comparing += lie * each(of, of.audit.reads) * DAYS
  }
  // The heads are found by reading through the whole table: half a unit for 4 KB.
  audits.finding = ((store.gb * GB) / 4096 / 2) * DAYS
  const { order } = counts.kinds
  const views = people.workers * ASSUMED.pagesOfWorker * WORKING_DAYS
  const pages = { views, reads: views * each(order, order.audit.reads + order.bytes / 4096) }
  return { ...total, ...store, pages, audits }
}

/** Of what all casefiles of a kind have together, the share of one. */
function each({ casefiles }: KindCounts, ofAll: number): number {
  return ofAll / casefiles
}

const NOTHING: Asked = { requests: 0, reads: 0, writes: 0 }

/** Dollars a month, by service. */
export function costsOf(month: Month, prices: Prices): Readonly<Record<string, number>> {
  const cost = (count: number, { dollars, for: units }: Price) => (count / units) * dollars
  const reports = month.emails + month.texts * ASSUMED.reportsOfText
  const finals = month.emails + month.texts
  const invocations = month.events + reports + month.wakes + MINUTES
  const busyMs =
    month.requests * ASSUMED.requestMs + finals * ASSUMED.sendMs + month.audits.casefiles * ASSUMED.auditMs
  const idle = STANDING.workedQueues * ASSUMED.pollers * 3 * MINUTES
  // Put in, taken out and deleted, one by one: batches make it less. Only the tick's are ten to a request.
  const queueRequests =
    month.events * 4 + finals + reports * 3 + month.wakes * 2 + month.wakesByClock / 10 + idle
  const { pages } = month
  const logs = ((invocations + month.events) * ASSUMED.logBytes) / GB
  return {
    'End User Messaging': cost(month.parts, prices.textPart) + cost(STANDING.numbers, prices.number),
    SES: cost(month.emails, prices.email),
    'DynamoDB writes': cost(month.writes, prices.writeUnit),
    // The tick asks every shard of the index, for half a unit where nothing is due.
    'DynamoDB reads': cost(month.reads + (MINUTES * WAKE_SHARDS) / 2, prices.readUnit),
    'DynamoDB, reconcile finding': cost(month.audits.finding, prices.readUnit),
    'DynamoDB, reconcile comparing': cost(month.audits.comparing, prices.readUnit),
    'DynamoDB storage and backup': cost(month.gb, prices.tableGb) + cost(month.gb, prices.backupGb),
    Lambda: cost(invocations, prices.invocation) + cost(busyMs / 1_000, prices.gbSecond),
    SQS: cost(queueRequests, prices.queueRequest),
    // What is reported to us, and what of it we tell others.
    SNS: cost(reports + finals, prices.topicPublish),
    CloudWatch:
      cost(logs, prices.logGb) +
      cost(logs * ASSUMED.logMonths, prices.logKeptGb) +
      cost(STANDING.metrics + STANDING.routes * ASSUMED.metricsOfRoute, prices.metric) +
      cost(STANDING.alarms, prices.alarm) +
      cost(1, prices.dashboard),
    'X-Ray': cost(invocations * ASSUMED.traced, prices.trace),
    'API Gateway': cost(month.events, prices.apiRequest),
    'pages of staff':
      cost(pages.views, prices.apiRequest) +
      cost(pages.views, prices.invocation) +
      cost((pages.views * ASSUMED.pageMs) / 1_000, prices.gbSecond) +
      cost(pages.reads, prices.readUnit),
    'KMS, Secrets Manager, Scheduler':
      cost(STANDING.keys * ASSUMED.keyVersions, prices.keyVersion) +
      cost(ASSUMED.keyRequests, prices.keyRequest) +
      cost(STANDING.secrets, prices.secret) +
      cost(ASSUMED.secretReads, prices.secretRead) +
      cost(MINUTES, prices.schedule),
  }
}

/** How much of something is wanted, and how much there is of it before AWS is asked or a figure of ours is raised. */
export type Demand = { readonly wants: number; readonly has: number }

/** In how long the messages that fall due in one minute shall be out. */
const MESSAGES_WITHIN_SECONDS = 3_600
/** In how long the casefiles shall be woken, or the tick hands them over again. */
const WAKES_WITHIN_SECONDS = 300
/** Casefiles that one tick hands over in its 50 seconds. docs/costs.md says how this and the next were measured. */
const TICK_CASEFILES = 50_000
/** Casefiles for one part of reconcile: half of what it can compare in its quarter of an hour. */
const PART_CASEFILES = 45_000

/** What the minute of nine o'clock wants, and the night. */
export function demandsOf(month: Month, { busiest }: Counts): Readonly<Record<string, Demand>> {
  const atNine = (ofMonth: number, share: number) => (ofMonth / WORKING_DAYS) * share
  const wakes = atNine(month.wakesByClock, busiest.wakes)
  const wakesASecond = wakes / WAKES_WITHIN_SECONDS
  const aWake = (ofMonth: number) => ofMonth / month.wakes
  const wakeMs =
    aWake(month.requests) * ASSUMED.requestMs + aWake(month.emails + month.texts) * ASSUMED.sendMs
  return {
    'parts of text messages a second': {
      wants: atNine(month.parts, busiest.texts) / MESSAGES_WITHIN_SECONDS,
      has: 10,
    },
    'e-mails a second': { wants: atNine(month.emails, busiest.emails) / MESSAGES_WITHIN_SECONDS, has: 14 },
    'casefiles a tick': { wants: wakes, has: TICK_CASEFILES },
    'parts of reconcile': {
      wants: month.audits.casefiles / DAYS / PART_CASEFILES,
      has: STAGES.prod.reconcileParts,
    },
    'wakes at once': { wants: (wakesASecond * wakeMs) / 1_000, has: STAGES.prod.concurrencyMax.wake * 10 },
    'read units a second': { wants: wakesASecond * aWake(month.reads), has: 40_000 },
    'write units a second': { wants: wakesASecond * aWake(month.writes), has: 40_000 },
    'writes a second to the wake index': { wants: wakesASecond * 4, has: WAKE_SHARDS * 1_000 },
  }
}
