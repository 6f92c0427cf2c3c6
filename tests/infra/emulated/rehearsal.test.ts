import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STAGES } from '../../../infra/aws/stages.ts'
import type { DeadLetter } from '../../../infra/commands/dead-letter-queue.ts'
import { type Cloud, openCloud } from '../../../infra/emulated/cloud.ts'
import { type Comparison, compareWithReplay } from '../../../infra/emulated/compare.ts'
import { whyNoDynamoDb } from '../../../infra/emulated/dynamodb-local.ts'
import { play } from '../../../infra/emulated/play.ts'
import { type Arrival, readArrival } from '../../../infra/local/arrivals.ts'
import { sampleCaseload } from '../../../infra/local/sample/caseload.ts'
import { fold } from '../../../shared/casefile/casefile.ts'
import { addressKey, casefileId } from '../../../shared/casefile/ids.ts'

/** The first days of the sample caseload; `npm run rehearse` plays all of it. */
const until = Date.parse('2026-09-10T00:00:00Z')
const arrivals = sampleCaseload()
  .map((event, index) => readArrival(JSON.stringify(event), index + 1) as Arrival)
  .filter(({ at }) => at <= until)

/** Somebody of the sample, by their number. */
const MOBILE = '+447700900438'
const LINE = casefileId('address', addressKey(MOBILE))

/** Writing the stage out with its bundles takes most of it. */
const PATIENCE_MS = 240_000

const why = whyNoDynamoDb()
if (why) test.skip(`the deployed functions on emulators of AWS: ${why}`)
else {
  describe('the deployed functions on emulators of AWS', () => {
    let cloud: Cloud
    let comparison: Comparison
    let letters: readonly DeadLetter[]

    beforeAll(async () => {
      cloud = await openCloud({ stage: STAGES.test })
      await play(cloud, { arrivals, until })
      comparison = await compareWithReplay(cloud, { arrivals, until })
      letters = await cloud.deadLetters(until)
      await cloud.replyByText(MOBILE, 'STOP')
      await cloud.settle(until)
    }, PATIENCE_MS)
    afterAll(() => cloud.close(), PATIENCE_MS)

    test('give the same notices as a replay on SQLite', () => {
      expect(comparison.differences).toEqual([])
      expect(comparison.notices).toBeGreaterThan(50)
    })

    test('all have something to do, but the pages, which nobody opens here', () => {
      const idle = cloud.functions.filter(({ invocations }) => invocations === 0)
      expect(idle.map(({ name }) => name)).toEqual([expect.stringMatching(/^WebPages/)])
    })

    test('hear what people reply', async () => {
      const { isStopped } = fold('address', (await cloud.store.open(LINE))?.events ?? [])
      expect(isStopped).toBe(true)
    })

    test('leave nothing that could not be worked on', () => expect(letters).toEqual([]))

    test('differ from a replay of fewer events', async () => {
      const { differences } = await compareWithReplay(cloud, { arrivals: arrivals.slice(0, -20), until })
      expect(differences).not.toEqual([])
    })
  })
}
