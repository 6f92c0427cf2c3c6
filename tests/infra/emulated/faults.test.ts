import { beforeAll, describe, expect, test } from 'vitest'
import { STAGES } from '../../../infra/aws/stages.ts'
import type { DeadLetter } from '../../../infra/commands/dead-letter-queue.ts'
import { openCloud } from '../../../infra/emulated/cloud.ts'
import { type Comparison, compareWith, type Expected, expectedOf } from '../../../infra/emulated/compare.ts'
import { whyNoDynamoDb } from '../../../infra/emulated/dynamodb-local.ts'
import { type Fault, type FaultName, faultFrom } from '../../../infra/emulated/faults.ts'
import { costOf, worstMoments } from '../../../infra/emulated/lateness.ts'
import { type Measured, measuredIn, within } from '../../../infra/emulated/metrics.ts'
import { play } from '../../../infra/emulated/play.ts'
import { type Arrival, readArrival } from '../../../infra/local/arrivals.ts'
import { MINUTE_MS } from '../../../shared/calendar/london.ts'
import { LEASE_MS } from '../../../shared/casefile/ledger.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../../duties/releases/release-story.ts'
import { appointment, order, PEOPLE, type Told } from '../../story.ts'

/** A reminder a week, and a release: `npm run rehearse -- --faults` plays the whole sample caseload. */
const until = Date.parse('2026-03-20T00:00:00Z')
const STORY: readonly Told[] = [
  ...PEOPLE,
  ...AROUND_A_RELEASE,
  ALWAYS_ON_CALL,
  order(),
  appointment('2026-03-03T14:00'),
  appointment('2026-03-10T14:00', { appointmentId: 'A-2' }),
  appointment('2026-03-17T14:00', { appointmentId: 'A-3' }),
  release(),
]
const arrivals = STORY.map((one, line) => readArrival(JSON.stringify(one), line + 1) as Arrival)

/** Writing the stage out with its bundles takes most of it. */
const PATIENCE_MS = 600_000
const AFTER_MS = 15 * MINUTE_MS

const why = whyNoDynamoDb()
if (why) test.skip(`faults on emulators of AWS: ${why}`)
else {
  describe('a fault', () => {
    let expected: Expected
    let comparison: Comparison
    let letters: readonly DeadLetter[]
    let measured: readonly Measured[]
    let faults: Record<FaultName, Fault>

    beforeAll(async () => {
      const cloud = await openCloud({ stage: STAGES.test })
      expected = await expectedOf(cloud, { arrivals, until })
      const [first = 0, second = 0, third = 0, fourth = 0] = worstMoments([...expected.notices.values()], 4)
      faults = {
        settings: faultFrom('settings', first),
        store: faultFrom('store', second),
        providers: faultFrom('providers', third),
        answers: faultFrom('answers', fourth),
      }
      await play(cloud, { arrivals, until, faults: Object.values(faults) })
      comparison = await compareWith(expected, cloud)
      letters = await cloud.deadLetters(until)
      measured = measuredIn(await cloud.close())
    }, PATIENCE_MS)

    const costs = (name: FaultName) => costOf(faults[name], comparison.ours, expected.notices)
    const longest = (name: FaultName) => Math.max(...costs(name).map(({ longestMs }) => longestMs))
    const notTold = (name: FaultName) => costs(name).flatMap((cost) => cost.notTold)
    const seen = (metric: string, { from, until }: Fault) => within(measured, metric, from, until + AFTER_MS)

    test('of the parameters makes nobody late: what was last readable applies', () => {
      expect(notTold('settings')).toEqual([])
      expect(longest('settings')).toBeLessThan(2 * MINUTE_MS)
    })

    test('of the table, which refuses everything for ten minutes, costs no more than five minutes besides', () => {
      expect(notTold('store')).toEqual([])
      expect(longest('store')).toBeGreaterThanOrEqual(10 * MINUTE_MS)
      expect(longest('store')).toBeLessThan(15 * MINUTE_MS)
    })

    test('of every provider for an hour costs no more than three minutes besides', () => {
      expect(notTold('providers')).toEqual([])
      expect(longest('providers')).toBeGreaterThanOrEqual(60 * MINUTE_MS)
      expect(longest('providers')).toBeLessThan(63 * MINUTE_MS)
    })

    test('of every answer for ten minutes makes nobody late: what was taken is known by its receipt', () => {
      expect(costs('answers').length).toBeGreaterThan(0)
      expect(notTold('answers')).toEqual([])
      expect(longest('answers')).toBeLessThan(2 * MINUTE_MS)
      const sentIn = (from: number, until: number) => within(measured, 'NoticesSent', from, until).sum
      const { from, until } = faults.answers
      expect(sentIn(from, until)).toBe(0)
      expect(sentIn(until, until + LEASE_MS)).toBeGreaterThan(0)
    })

    test('tells nobody twice, and leaves no event or wake among the dead letters: only ticks, whose work the next one does', () => {
      expect(comparison.differences.filter((one) => one.startsWith('message twice'))).toEqual([])
      expect(letters.filter(({ about }) => about !== 'none')).toEqual([])
    })

    test('is seen by those on call: in the metrics that the deployed functions write', () => {
      expect(seen('SettingsWrong', faults.settings).sum).toBeGreaterThan(0)
      expect(seen('ReleaseLateness', faults.settings).p99).toBeLessThan(120)
      expect(seen('ReleaseLateness', faults.store).p99).toBeGreaterThanOrEqual(10 * 60)
      expect(seen('ReleaseLateness', faults.providers).p99).toBeGreaterThanOrEqual(60 * 60)
    })
  })
}
