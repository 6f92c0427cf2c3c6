import type { Kind } from '../../shared/casefile/ids.ts'
import { WAKE_SHARDS } from '../../shared/store/keys.ts'
import type { Store } from '../../shared/store/store.ts'
import { SPREAD_OVER } from '../aws/reconcile.ts'
import { STAGES } from '../aws/stages.ts'

/** Requests of one store method, and the units that DynamoDB charges for them, including the index. */
export type Requests = { requests: number; reads: number; writes: number }

/** Counts for all casefiles of one kind, over the whole sample. */
export type KindCounts = {
  casefiles: number
  /** The months for which they ran, added up. */
  months: number
  /** Events, each counted for the first casefile that it concerns. */
  events: number
  emails: number
  texts: number
  /** Fragments of text messages: a long message is sent, and charged, as several. */
  parts: number
  /** How often they were woken: by an event, and by the clock. */
  woken: { byEvent: number; byClock: number }
  /** The requests of their intakes, wakes and ticks, those for neighbours included. */
  requests: { [Method in keyof Store]?: Requests }
  /** The requests of one run of reconcile over all of them, at the end. */
  reconcile: Requests
  /** Their items in the table at the end, and their bytes. */
  items: number
  bytes: number
  /** The write units charged for deleting these items, without the index. */
  deleteUnits: number
}

export type Counts = {
  readonly kinds: { readonly [K in Kind]: KindCounts }
  /** The share of a day's clock wakes, e-mails and text messages that falls in its busiest minute: 0 to 1. */
  readonly busiest: { readonly wakes: number; readonly emails: number; readonly texts: number }
}

/** The size of the service. */
export type People = {
  /** Orders in force at any time. */
  readonly orders: number
  /** Releases in a year. */
  readonly releases: number
  /** Clearances in force at any time. */
  readonly clearances: number
  readonly prisons: number
  readonly areas: number
  /** Staff who sign in to the pages. */
  readonly workers: number
}

/** A price in dollars, the quantity it is for, and the region it was found for. */
type Price = { readonly dollars: number; readonly per: number; readonly region: string }

export type Prices = { readonly [Name in keyof typeof PRICES]: Price }

const MILLION = 1_000_000
const LONDON = 'London'
/** Found for Oregon only: docs/costs.md says what was assumed. */
const OREGON = 'Oregon'
const NOT_FOUND = 'not found'
const price = (per: number, dollars: number, region: string): Price => ({ dollars, per, region })

/** AWS's prices in eu-west-2, without free allowances, taxes and discounts. docs/costs.md gives their sources. */
export const PRICES = {
  writeUnit: price(MILLION, 0.7423, LONDON),
  readUnit: price(MILLION, 0.1487, LONDON),
  tableGb: price(1, 0.29715, OREGON),
  backupGb: price(1, 0.23772, LONDON),
  copyGb: price(1, 0.11886, OREGON),
  queueRequest: price(MILLION, 0.4, LONDON),
  topicPublish: price(MILLION, 0.5, OREGON),
  invocation: price(MILLION, 0.2, LONDON),
  gbSecond: price(MILLION, 13.3334, LONDON),
  email: price(1_000, 0.1, LONDON),
  textPart: price(1, 0.04, NOT_FOUND),
  number: price(1, 2, NOT_FOUND),
  keyVersion: price(1, 1, LONDON),
  keyRequest: price(10_000, 0.03, LONDON),
  logGb: price(1, 0.5985, LONDON),
  logKeptGb: price(1, 0.0315, LONDON),
  metric: price(1, 0.3, LONDON),
  alarm: price(1, 0.1, LONDON),
  dashboard: price(1, 3, NOT_FOUND),
  trace: price(MILLION, 5, OREGON),
  apiRequest: price(MILLION, 1.16, LONDON),
  schedule: price(MILLION, 1.15, LONDON),
  secret: price(1, 0.4, LONDON),
  secretRead: price(10_000, 0.05, LONDON),
} as const

/** The fixed resources of the stage prod, independent of use. */
export const FIXED = {
  alarms: 81,
  metrics: 32,
  routes: 4,
  keys: 4,
  secrets: 5,
  numbers: 2,
  workQueues: 5,
} as const

const DAYS = 365.25 / 12
const MINUTES = DAYS * 24 * 60
const WORKING_DAYS = 21
const GB = 2 ** 30

/** Assumptions for what could not be counted. */
const ASSUMED = {
  /** Months for which an order or release is kept after its end. */
  keptMonths: 24,
  /** A request to DynamoDB, and the work until the next one. */
  requestMs: 8,
  /** A request to SES or End User Messaging. */
  sendMs: 150,
  /** A head in the wake index: its two keys, and those of its casefile. */
  headBytes: 100,
  /** One casefile in reconcile, which checks many concurrently. */
  reconcileMs: 10,
  /** Reports of a text message: queued, sent, delivered. */
  reportsOfText: 3,
  logBytes: 1_200,
  /** The months for which a log is kept. */
  logMonths: 400 / DAYS,
  /** X-Ray takes one in twenty. */
  traced: 0.05,
  /**
   * SQS requests a data key every five minutes for each principal that uses a queue; so do the table and the topics.
   */
  keyRequests: 300_000,
  /** A key is rotated every year, and AWS charges for the first two rotations. */
  keyVersions: 3,
  /** Read every five minutes by every warm Lambda, for each secret that it needs. */
  secretReads: 300_000,
  /** Detailed metrics of each route. */
  metricsOfRoute: 6,
  /** Per working day, each showing a casefile. */
  pagesOfWorker: 3,
  pageMs: 300,
  /** Whole copies of the table: three days of them here, and seven in another account. */
  copies: 10,
  /** Pollers at every queue, each waiting for 20 seconds. */
  pollers: 5,
}

/** What one month contains. */
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
  /** Staff page views, and their read units. */
  readonly pages: { readonly views: number; readonly reads: number }
  /** What all runs of reconcile add: casefiles checked, and read units for finding heads and comparing casefiles. */
  readonly reconcile: { readonly casefiles: number; readonly finding: number; readonly comparing: number }
}

/** Casefiles for each order, release or clearance in the sample. */
function perMatter({ casefiles }: KindCounts, { kinds: { order, release, clearance } }: Counts): number {
  return casefiles / (order.casefiles + release.casefiles + clearance.casefiles)
}

/** The number of active casefiles of each kind at any time. */
function active(people: People, counts: Counts): { readonly [K in Kind]: number } {
  const { release, contact, address, person } = counts.kinds
  const releases = (people.releases / 12) * (release.months / release.casefiles)
  const matters = people.orders + people.releases + people.clearances
  // Far more contacts than in reality, where one worker has dozens of these.
  const contacts = matters * perMatter(contact, counts)
  return {
    order: people.orders,
    release: releases,
    clearance: people.clearances,
    prison: people.prisons,
    rota: people.areas,
    contact: contacts,
    address: contacts * (address.casefiles / contact.casefiles),
    person: matters * perMatter(person, counts),
  }
}

/** One month at this size: what was counted of a kind, per month, for every active casefile of it. */
export function monthOf(people: People, counts: Counts): Month {
  const total = { casefiles: 0, events: 0, emails: 0, texts: 0, parts: 0, wakes: 0, wakesByClock: 0 }
  const table = { requests: 0, reads: 0, writes: 0, gb: 0 }
  const reconcile = { casefiles: 0, finding: 0, comparing: 0 }
  for (const [kind, atOnce] of Object.entries(active(people, counts)) as [Kind, number][]) {
    const of = counts.kinds[kind]
    const months = atOnce / of.months
    total.events += of.events * months
    total.emails += of.emails * months
    total.texts += of.texts * months
    total.parts += of.parts * months
    total.wakes += (of.woken.byEvent + of.woken.byClock) * months
    total.wakesByClock += of.woken.byClock * months
    for (const { requests, reads, writes } of Object.values(of.requests)) {
      table.requests += requests * months
      table.reads += reads * months
      table.writes += writes * months
    }
    const ends = kind === 'order' || kind === 'release'
    const ended = ends ? of.casefiles * months : 0
    // As many casefiles of two years ago are forgotten: woken, read, and deleted item by item.
    total.wakes += ended
    total.wakesByClock += ended
    table.requests += ended * each(of, of.items)
    table.reads += ended * each(of, of.bytes / 4096)
    table.writes += ended * each(of, of.deleteUnits)
    const kept = atOnce + ended * ASSUMED.keptMonths
    total.casefiles += kept
    table.gb += (kept * each(of, of.bytes)) / GB
    if (kind === 'address') continue
    reconcile.casefiles += kept * DAYS
    // Counted as consistent reads, which they are not: half a unit.
    reconcile.comparing += (kept * each(of, of.reconcile.reads) * DAYS) / 2
  }
  // Reconcile finds the casefiles in the wake index, where each of its parts reads its own shard completely.
  const readings = Math.max(1, STAGES.prod.reconcileParts / WAKE_SHARDS)
  reconcile.finding = ((total.casefiles * ASSUMED.headBytes * readings) / 4096 / 2) * DAYS
  const { order } = counts.kinds
  const views = people.workers * ASSUMED.pagesOfWorker * WORKING_DAYS
  const pages = { views, reads: views * each(order, order.reconcile.reads + order.bytes / 4096) }
  return { ...total, ...table, pages, reconcile }
}

/** The average of one casefile of a kind. */
function each({ casefiles }: KindCounts, total: number): number {
  return total / casefiles
}

/** Dollars a month, by service. */
export function costsOf(month: Month, prices: Prices): Readonly<Record<string, number>> {
  const cost = (count: number, { dollars, per }: Price) => (count / per) * dollars
  const reports = month.emails + month.texts * ASSUMED.reportsOfText
  const finals = month.emails + month.texts
  const invocations = month.events + reports + month.wakes + MINUTES
  const busyMs =
    month.requests * ASSUMED.requestMs +
    finals * ASSUMED.sendMs +
    month.reconcile.casefiles * ASSUMED.reconcileMs
  const idle = FIXED.workQueues * ASSUMED.pollers * 3 * MINUTES
  // Sent, received and deleted one by one, though batches reduce that; only the tick sends ten per request. Events
  // arrive over HTTP, not by a queue: only the wakes they cause are queued.
  const queueRequests = month.events + reports * 3 + month.wakes * 2 + month.wakesByClock / 10 + idle
  const { pages } = month
  const logs = ((invocations + month.events) * ASSUMED.logBytes) / GB
  return {
    'End User Messaging': cost(month.parts, prices.textPart) + cost(FIXED.numbers, prices.number),
    SES: cost(month.emails, prices.email),
    'DynamoDB writes': cost(month.writes, prices.writeUnit),
    // The tick queries every shard of the index, at half a unit if nothing is due.
    'DynamoDB reads': cost(month.reads + (MINUTES * WAKE_SHARDS) / 2, prices.readUnit),
    'DynamoDB, reconcile finding': cost(month.reconcile.finding, prices.readUnit),
    'DynamoDB, reconcile comparing': cost(month.reconcile.comparing, prices.readUnit),
    'DynamoDB storage and backup':
      cost(month.gb, prices.tableGb) +
      cost(month.gb, prices.backupGb) +
      cost(month.gb * ASSUMED.copies, prices.copyGb),
    Lambda: cost(invocations, prices.invocation) + cost(busyMs / 1_000, prices.gbSecond),
    SQS: cost(queueRequests, prices.queueRequest),
    // Reports to us; and for other services, that a message was given and its final report.
    SNS: cost(reports + finals * 2, prices.topicPublish),
    CloudWatch:
      cost(logs, prices.logGb) +
      cost(logs * ASSUMED.logMonths, prices.logKeptGb) +
      cost(FIXED.metrics + FIXED.routes * ASSUMED.metricsOfRoute, prices.metric) +
      cost(FIXED.alarms, prices.alarm) +
      cost(1, prices.dashboard),
    'X-Ray': cost(invocations * ASSUMED.traced, prices.trace),
    'API Gateway': cost(month.events, prices.apiRequest),
    'pages of staff':
      cost(pages.views, prices.apiRequest) +
      cost(pages.views, prices.invocation) +
      cost((pages.views * ASSUMED.pageMs) / 1_000, prices.gbSecond) +
      cost(pages.reads, prices.readUnit),
    'KMS, Secrets Manager, Scheduler':
      cost(FIXED.keys * ASSUMED.keyVersions, prices.keyVersion) +
      cost(ASSUMED.keyRequests, prices.keyRequest) +
      cost(FIXED.secrets, prices.secret) +
      cost(ASSUMED.secretReads, prices.secretRead) +
      cost(MINUTES, prices.schedule),
  }
}

/** The need for something, and its limit: an AWS default quota or one of our settings. */
export type Demand = { readonly needed: number; readonly limit: number }

/** The time within which all messages due in one minute should be sent. */
const MESSAGES_WITHIN_SECONDS = 3_600
/** The time within which all due casefiles should be woken: after it the tick queues them again. */
const WAKES_WITHIN_SECONDS = 300
/** Casefiles that one tick queues in its 50 seconds. docs/costs.md says how this and the next figure were measured. */
const TICK_CASEFILES = 50_000
/** Casefiles per part of reconcile: half of what it can compare in 15 minutes. */
const PART_CASEFILES = 90_000

/** Read units per second that reconcile may use without affecting other work of the night. */
const RECONCILE_READS_MAX = 15_000

/** What the busiest minute (09:00) and the nightly reconcile need of each limit. */
export function demandsOf(month: Month, { busiest }: Counts): Readonly<Record<string, Demand>> {
  const atNine = (ofMonth: number, share: number) => (ofMonth / WORKING_DAYS) * share
  const wakes = atNine(month.wakesByClock, busiest.wakes)
  const wakesASecond = wakes / WAKES_WITHIN_SECONDS
  const aWake = (ofMonth: number) => ofMonth / month.wakes
  const wakeMs =
    aWake(month.requests) * ASSUMED.requestMs + aWake(month.emails + month.texts) * ASSUMED.sendMs
  return {
    'parts of text messages a second': {
      needed: atNine(month.parts, busiest.texts) / MESSAGES_WITHIN_SECONDS,
      limit: 10,
    },
    'e-mails a second': { needed: atNine(month.emails, busiest.emails) / MESSAGES_WITHIN_SECONDS, limit: 14 },
    'casefiles a tick': { needed: wakes, limit: TICK_CASEFILES },
    'parts of reconcile': {
      needed: month.reconcile.casefiles / DAYS / PART_CASEFILES,
      limit: STAGES.prod.reconcileParts,
    },
    'wakes at once': { needed: (wakesASecond * wakeMs) / 1_000, limit: STAGES.prod.concurrencyMax.wake * 10 },
    'read units a second while reconcile runs': {
      needed: (month.reconcile.finding + month.reconcile.comparing) / DAYS / SPREAD_OVER.toSeconds(),
      limit: RECONCILE_READS_MAX,
    },
    'read units a second': { needed: wakesASecond * aWake(month.reads), limit: 40_000 },
    'write units a second': { needed: wakesASecond * aWake(month.writes), limit: 40_000 },
    'writes a second to the wake index': { needed: wakesASecond * 4, limit: WAKE_SHARDS * 1_000 },
  }
}
