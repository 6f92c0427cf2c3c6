import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDynamoDb, whyNoDynamoDb } from '../../../infra/emulated/dynamodb-local.ts'
import { openKept } from '../../../infra/emulated/providers.ts'
import { type Arrival, readArrival } from '../../../infra/local/arrivals.ts'
import { replay } from '../../../infra/local/replay.ts'
import { createTable, dynamoStore } from '../../../shared/store/dynamodb.ts'
import { event, order, PEOPLE } from '../../story.ts'

/** What is asked on the command line of a stage on AWS: its table, and the parameters that its plans go by. */

const BIN = join(import.meta.dirname, '../../../bin/throughcare.js')
const AT = new Date().toISOString()
const STORY = [
  ...PEOPLE,
  order({ sentencedOn: AT.slice(0, 10) }, AT),
  event(AT, 'disclosure.flagged', { orderId: 'O-1', by: 'C-CM' }),
]

const why = whyNoDynamoDb()
if (why) test.skip(`commands on a table: ${why}`)
else {
  describe('commands on a table', () => {
    let environment: NodeJS.ProcessEnv
    const stops: (() => unknown)[] = []
    const parameters = new Map([
      ['/throughcare/test/duty-modes', ['{}']],
      ['/throughcare/test/bank-holidays', ['[]']],
    ])
    beforeAll(async () => {
      const { client, endpoint, stop } = await startDynamoDb()
      const kept = await openKept({ secrets: new Map(), parameters })
      stops.push(stop, kept.close)
      const table = 'casefiles'
      await createTable({ client, table })
      const arrivals = STORY.map((told, nth) => readArrival(JSON.stringify(told), nth + 1)) as Arrival[]
      const from = Date.parse('2026-01-01T00:00:00Z')
      await replay({ arrivals, from, until: Date.now(), store: dynamoStore({ client, table }) }, () => {})
      environment = {
        ...process.env,
        AWS_REGION: 'eu-west-2',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_DYNAMODB: endpoint,
        AWS_ENDPOINT_URL_SSM: kept.endpoint,
      }
    })
    afterAll(() => Promise.all(stops.map((stop) => stop())))

    const call = (words: string) =>
      promisify(execFile)(process.execPath, [BIN, ...words.split(' ')], { env: environment }).then(
        ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
        ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
      )

    type Planned = { noticeId: string; duty: string; outcome: string; reason?: string }
    const plan = async (): Promise<Planned[]> => {
      const { stdout } = await call('plan --casefile order:O-1 --table casefiles --stage test --json')
      return stdout
        .trim()
        .split('\n')
        .map((line: string) => JSON.parse(line))
    }

    test('why says of a notice there what it says of one in a folder', async () => {
      const given = (await plan()).find(({ duty, outcome }) => duty === 'FAX-05' && outcome === 'sent')
      const { stdout } = await call(`why --notice ${given?.noticeId} --table casefiles --stage test`)
      expect(stdout).toMatch(/^because +disclosure\.flagged/m)
      expect(stdout).toMatch(/^decision .*sent$/m)
    })

    test('a plan goes by the duty modes of the stage', async () => {
      const [ahead] = (await plan()).filter(({ outcome }) => outcome === 'planned')
      parameters.set('/throughcare/test/duty-modes', [`{"${ahead?.duty}":"shadow"}`])
      const [held] = (await plan()).filter(({ noticeId }) => noticeId === ahead?.noticeId)
      parameters.set('/throughcare/test/duty-modes', ['{}'])
      expect(held).toMatchObject({ outcome: 'not told', reason: 'shadow' })
    })

    test('export writes out its events as the contract has them', async () => {
      const { stdout } = await call('export --casefile order:O-1 --table casefiles --stage test')
      const types = stdout.match(/"eventType":"[^"]+"/g)
      expect(types).toContain('"eventType":"throughcare.disclosure.flagged"')
    })

    test('reconcile accounts there for everything that was due, and changes nothing', async () => {
      const once = await call('reconcile --table casefiles --stage test --json')
      const { casefiles, due, sent, skipped, failed, open } = JSON.parse(once.stdout)
      const passedOver = Object.values<number>(skipped).reduce((sum, count) => sum + count, 0)
      expect(casefiles).toBeGreaterThan(1)
      expect(sent).toBeGreaterThan(0)
      expect(due).toBe(sent + failed + passedOver + open)
      expect(await call('reconcile --table casefiles --stage test --json')).toMatchObject({
        stdout: once.stdout,
      })
    })

    test('a stage that there is not, and a table without its stage, get a sentence', async () => {
      expect(await call('plan --casefile order:O-1 --table casefiles --stage nowhere')).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/^AWS: /),
      })
      expect(await call('plan --casefile order:O-1 --table casefiles')).toMatchObject({
        status: 2,
        stderr: '--stage is missing; --help describes it\n',
      })
      expect(await call('plan --casefile order:O-1')).toMatchObject({
        status: 2,
        stderr: 'expected one of --data and --table; --help describes them\n',
      })
    })
  })
}
