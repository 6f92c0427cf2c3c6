import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { STAGES } from '../../../infra/aws/stages.ts'
import {
  type Counts,
  costsOf,
  demandsOf,
  FIXED,
  type KindCounts,
  monthOf,
  PRICES,
} from '../../../infra/costs/costs.ts'
import counts from '../../../infra/costs/counts.json' with { type: 'json' }
import { EVERYBODY, withTables } from '../../../infra/costs/tables.ts'
import { KINDS } from '../../../shared/casefile/ids.ts'
import { WAKE_SHARDS } from '../../../shared/store/keys.ts'
import { writeOut } from '../emulated/cloud.ts'

const NOBODY = { orders: 0, releases: 0, clearances: 0, prisons: 0, areas: 0, workers: 0 }

/** Ten casefiles of every kind, each run for a month, in which one thing of everything happens. */
const ONE_OF_EACH: Counts = (() => {
  const requests = {
    takeIn: { requests: 10, reads: 0, writes: 30 },
    finish: { requests: 10, reads: 0, writes: 30 },
    open: { requests: 20, reads: 40, writes: 0 },
    events: { requests: 20, reads: 20, writes: 0 },
  }
  const reconcile = { requests: 30, reads: 50, writes: 0 }
  const kept = { items: 40, bytes: 10 * 2 ** 20, deleteUnits: 70 }
  const woken = { byEvent: 10, byClock: 10 }
  const each = { events: 10, emails: 10, texts: 10, parts: 20, woken, requests, reconcile, ...kept }
  const of = (): KindCounts => ({ casefiles: 10, months: 10, ...each })
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, of()])) as Record<string, KindCounts>
  return { kinds, busiest: { wakes: 0.5, emails: 0.5, texts: 0.5 } } as unknown as Counts
})()

test('the page says what its counts make', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/costs.md'), 'utf8')
  expect(withTables(page, counts)).toBe(page)
})

test('the fixed costs are of what the stack of prod has', () => {
  const [{ resources } = { resources: new Map() }] = writeOut([STAGES.prod])
  const kinds = [...resources.values()].map(({ Type }) => Type)
  const many = (type: string) => kinds.filter((one) => one === type).length
  expect({
    alarms: many('AWS::CloudWatch::Alarm'),
    keys: many('AWS::KMS::Key'),
    secrets: many('AWS::SecretsManager::Secret'),
    numbers: [STAGES.prod.textNumberArn, STAGES.prod.callNumberArn].length,
    workQueues: many('AWS::Lambda::EventSourceMapping'),
    routes: many('AWS::ApiGatewayV2::Route'),
  }).toEqual({ ...FIXED, metrics: undefined })
})

describe('a month', () => {
  test('of a hundred prisons is a hundred months of one prison', () => {
    const month = monthOf({ ...NOBODY, prisons: 100 }, ONE_OF_EACH)
    expect(month).toMatchObject({ casefiles: 100, events: 100, emails: 100, texts: 100, parts: 200 })
    expect(month).toMatchObject({ wakes: 200, wakesByClock: 100, requests: 600, reads: 600, writes: 600 })
    expect(month.gb).toBeCloseTo(100 / 1_024)
  })

  test('keeps orders and releases for two years after their end, and nothing else', () => {
    const orders = monthOf({ ...NOBODY, orders: 100 }, ONE_OF_EACH)
    const clearances = monthOf({ ...NOBODY, clearances: 100 }, ONE_OF_EACH)
    expect(orders.casefiles - clearances.casefiles).toBeCloseTo(24 * 100)
  })

  test('forgets as many orders as end, item by item', () => {
    const orders = monthOf({ ...NOBODY, orders: 100 }, ONE_OF_EACH)
    const clearances = monthOf({ ...NOBODY, clearances: 100 }, ONE_OF_EACH)
    expect(orders.requests - clearances.requests).toBeCloseTo(4 * 100)
    expect(orders.writes - clearances.writes).toBeCloseTo(7 * 100)
    expect(orders.wakes - clearances.wakes).toBeCloseTo(100)
  })

  test('has reconcile find every casefile in the index every night, and read it late', () => {
    const { reconcile } = monthOf({ ...NOBODY, prisons: 100 }, ONE_OF_EACH)
    const nights = reconcile.casefiles / 100
    expect(nights).toBeCloseTo(30.44)
    expect(reconcile.comparing).toBeCloseTo((nights * 100 * 5) / 2)
    const shards = 100 * 100 * (STAGES.prod.reconcileParts / WAKE_SHARDS)
    expect(reconcile.finding).toBeCloseTo((nights * shards) / 8_192)
  })

  test('of a thousand times as many people holds a thousand times as much', () => {
    const people = { orders: 100, releases: 50, clearances: 10, prisons: 2, areas: 1, workers: 3 }
    const more = { orders: 100e3, releases: 50e3, clearances: 10e3, prisons: 2e3, areas: 1e3, workers: 3e3 }
    const [small, large] = [monthOf(people, counts), monthOf(more, counts)]
    expect(large.parts / small.parts).toBeCloseTo(1_000)
    expect(large.writes / small.writes).toBeCloseTo(1_000)
    expect(large.pages.reads / small.pages.reads).toBeCloseTo(1_000)
    expect(large.reconcile.comparing / small.reconcile.comparing).toBeCloseTo(1_000)
  })
})

describe('costs', () => {
  const month = monthOf({ ...NOBODY, prisons: 1_000_000 }, ONE_OF_EACH)
  const costs = costsOf(month, PRICES)

  test.each([
    ['End User Messaging', 2_000_000 * 0.04 + 2 * 2],
    ['SES', 100],
    ['DynamoDB writes', 6 * 0.7423],
    ['DynamoDB reads', 6.35064 * 0.1487],
    ['SNS', 8 * 0.5],
    ['API Gateway', 1.16],
  ])('of a million prisons: %s asks $%d', (service, dollars) => {
    expect(costs[service]).toBeCloseTo(dollars)
  })

  test('of a million pages are a request, a third of a second and a casefile with all its texts each', () => {
    const month = monthOf({ ...NOBODY, workers: 1_000_000 / 63 }, ONE_OF_EACH)
    const each = 1.16 + 0.2 + 0.3 * 13.3334 + (5 + 256) * 0.1487
    expect(costsOf(month, PRICES)['pages of staff']).toBeCloseTo(each)
  })

  test('of nobody are the fixed ones', () => {
    const idle = costsOf(monthOf(NOBODY, ONE_OF_EACH), PRICES)
    const total = Object.values(idle).reduce((sum, one) => sum + one, 0)
    expect(total).toBeGreaterThan(30)
    expect(total).toBeLessThan(60)
  })
})

test('nine o’clock needs what falls in its minute, spread over the time there is', () => {
  const month = monthOf({ ...NOBODY, prisons: 21 * 3_600 }, ONE_OF_EACH)
  const demands = demandsOf(month, ONE_OF_EACH)
  expect(demands['e-mails a second']?.needed).toBeCloseTo(0.5)
  expect(demands['parts of text messages a second']?.needed).toBeCloseTo(1)
  expect(demands['casefiles a tick']?.needed).toBeCloseTo(1_800)
})

test('prod has as many parts of reconcile as England and Wales need', () => {
  const { 'parts of reconcile': parts } = demandsOf(monthOf(EVERYBODY, counts), counts)
  expect(parts?.needed).toBeLessThanOrEqual(STAGES.prod.reconcileParts)
})
