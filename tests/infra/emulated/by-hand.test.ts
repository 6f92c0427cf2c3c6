import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removalOf, remove } from '../../../functions/forget/removal.ts'
import { STAGES } from '../../../infra/aws/stages.ts'
import { listDeadLetters, redrive } from '../../../infra/commands/dead-letter-queue.ts'
import { type Cloud, openCloud } from '../../../infra/emulated/cloud.ts'
import { whyNoDynamoDb } from '../../../infra/emulated/dynamodb-local.ts'
import { play } from '../../../infra/emulated/play.ts'
import { type Arrival, readArrival } from '../../../infra/local/arrivals.ts'
import { type Instant, londonClock, londonTime } from '../../../shared/calendar/london.ts'
import { unpack } from '../../../shared/store/body.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, type Told } from '../../story.ts'

/**
 * What the runbook has somebody do by hand, done on the deployed functions over emulators of AWS: one story, with
 * one thing after another happening to it. ATR-01 reminds the person at two o'clock the day before an appointment at
 * two, and at noon of the day.
 */

const RUNBOOK = readFileSync(join(import.meta.dirname, '../../../docs/runbook.md'), 'utf8')
const STORY: readonly Told[] = [
  ...PEOPLE,
  ...AROUND_A_RELEASE,
  ALWAYS_ON_CALL,
  contact('C-PERSON', { email: 'pat.removed@example.com' }, '2026-01-02T00:00'),
  order(),
  appointment('2026-03-09T14:00'),
  appointment('2026-03-16T14:00', { appointmentId: 'A-2' }),
  appointment('2026-03-23T14:00', { appointmentId: 'A-3' }),
  appointment('2026-03-30T14:00', { appointmentId: 'A-4' }),
  release(),
]
/** Writing the stage out with its bundles takes most of it. */
const PATIENCE_MS = 240_000

const at = (written: string) => londonTime(written.slice(0, 10), written.slice(11))
const arrivalsOf = (told: readonly Told[]) =>
  told.map((one, line) => readArrival(JSON.stringify(one), line + 1) as Arrival)

const why = whyNoDynamoDb()
if (why) test.skip(`what is done by hand: ${why}`)
else {
  describe('by hand', { timeout: PATIENCE_MS }, () => {
    let cloud: Cloud
    let clock: Instant = 0

    beforeAll(async () => {
      cloud = await openCloud({ stage: STAGES.test })
    }, PATIENCE_MS)
    afterAll(() => cloud.close())

    /** Goes on until then, with what comes in until then. Gives the reminders that the person got. */
    async function until(written: string, told: readonly Told[] = []): Promise<string[]> {
      const before = cloud.taken.length
      clock = at(written)
      await play(cloud, { arrivals: arrivalsOf(told), until: clock })
      return cloud.taken
        .slice(before)
        .filter(({ messageId }) => messageId?.includes('_ATR-01_') && messageId.endsWith('_person'))
        .map((taken) => `${londonClock(taken.at).slice(0, 16)} ${taken.messageId?.split('_')[3]}`)
    }

    test('a duty is paused alone, and told when it is taken up again', async () => {
      await until('2026-03-08T12:00', STORY)
      cloud.setParameter('duty-modes', '{"ATR-01":"paused"}')
      const before = cloud.taken.length
      expect(await until('2026-03-08T15:30')).toEqual([])
      cloud.setParameter('duty-modes', '{}')
      await cloud.runScheduled('cron', clock)
      expect(await until('2026-03-08T15:31')).toEqual(['2026-03-08T15:30 day-before'])
      expect(cloud.taken.length).toBeGreaterThan(before)
      expect(RUNBOOK).toContain('--name /throughcare/STAGE/duty-modes')
    })

    test('a typo in what is paused stops nothing: the version before it applies', async () => {
      cloud.setParameter('duty-modes', '{"ATR-01":"paused"')
      const before = cloud.taken.length
      await until('2026-03-08T16:00')
      expect(await cloud.deadLetters(clock)).toEqual([])
      expect(cloud.taken.length).toBeGreaterThanOrEqual(before)
      cloud.setParameter('duty-modes', '{}')
    })

    test('everything is paused: events are taken in, nobody is told, and then what is still worth saying is said', async () => {
      await until('2026-03-09T11:00')
      cloud.hold('Wake')
      const before = cloud.taken.length
      const moved = event('2026-03-09T11:30', 'appointment.rearranged', {
        orderId: 'O-1',
        appointmentId: 'A-4',
        startsAt: '2026-03-31T14:00',
      })
      expect(await until('2026-03-09T12:20', [moved])).toEqual([])
      expect(cloud.taken).toHaveLength(before)
      const { events = [] } = (await cloud.store.open('order:O-1')) ?? {}
      expect(events.map(({ eventId }) => eventId)).toContain(moved.eventId)
      cloud.hold()
      expect(await until('2026-03-09T12:30')).toEqual([expect.stringMatching(/ same-day$/)])
    })

    test('a dead letter is read by its ids, put right and redriven, and redriving twice is harmless', async () => {
      const [from, to] = ['IntakeEventsDeadLetterQueue', 'IntakeEventsQueue'].map((name) =>
        cloud.queueUrl(name),
      )
      if (!from || !to) throw new Error('no queue')
      const good = event('2026-03-10T09:00', 'appointment.cancelled', {
        orderId: 'O-1',
        appointmentId: 'A-4',
      })
      await until('2026-03-10T10:00', [{ ...good, additionalInformation: { orderId: 'O-1' } }])
      const [letter, ...others] = await listDeadLetters(cloud.sqs, from, clock)
      expect(others).toEqual([])
      expect(letter?.reason).toContain('appointmentId')
      const mended = { from, to, id: letter?.messageId, body: JSON.stringify(good) }
      expect(await redrive(cloud.sqs, mended)).toBe(1)
      expect(await redrive(cloud.sqs, mended)).toBe(0)
      await until('2026-03-10T10:05')
      const { events = [] } = (await cloud.store.open('order:O-1')) ?? {}
      expect(events.map(({ eventId }) => eventId)).toContain(good.eventId)
    })

    test('a key that is rotated holds for the links it signed, until it is rotated again', async () => {
      const texts = cloud.taken.map(({ text }) => text).join('\n')
      const [, link = ''] = new RegExp(`${cloud.stage.address}(/a/\\S+)`).exec(texts) ?? []
      expect((await cloud.open(link)).statusCode).toBe(200)
      cloud.rotate('LinkKeySecret', 'a new key')
      expect((await cloud.open(link)).statusCode).toBe(200)
      cloud.rotate('LinkKeySecret', 'and another')
      expect((await cloud.open(link)).statusCode).toBe(403)
    })

    test('the table is restored to a minute under another name: what came in since is sent again, and what was told since is told once more', async () => {
      await until('2026-03-15T12:00')
      const minute = await itemsOf(cloud)
      const since = event('2026-03-15T18:00', 'appointment.rearranged', {
        orderId: 'O-1',
        appointmentId: 'A-3',
        startsAt: '2026-03-24T14:00',
      })
      const told = await until('2026-03-16T12:30', [since])
      expect(told).toEqual(['2026-03-15T14:00 day-before', '2026-03-16T12:00 same-day'])
      await cloud.useTable('casefiles-restored')
      for (const Item of minute) await cloud.database.send(new PutCommand({ TableName: cloud.table, Item }))
      expect(RUNBOOK).toContain('`restoredTable`')
      await cloud.send(JSON.stringify(since))
      await cloud.runScheduled('cron', clock)
      expect(await until('2026-03-16T12:31')).toEqual([expect.stringMatching(/ same-day$/)])
      const { events = [] } = (await cloud.store.open('order:O-1')) ?? {}
      expect(events.map(({ eventId }) => eventId)).toContain(since.eventId)
      expect(await cloud.deadLetters(clock)).toEqual([])
    })

    test('one person’s data is removed: nothing of it is left in the table', async () => {
      expect(await readable(cloud)).toContain('pat.removed@example.com')
      for (const id of ['order:O-1', 'contact:C-PERSON'] as const) {
        for (const part of await removalOf(id, cloud.store)) await remove(part, cloud.store)
      }
      const left = await readable(cloud)
      expect(left).not.toContain('pat.removed@example.com')
      expect(left).not.toContain('Name of C-PERSON')
      expect(left).toContain('C-OM')
    })
  })
}

/** All that is in the table, with its bodies as they can be read. */
async function readable(cloud: Cloud) {
  const items = await itemsOf(cloud)
  return JSON.stringify(items.map(({ body, ...item }) => [item, body && unpack(body as Uint8Array)]))
}

async function itemsOf({ database, table }: Cloud) {
  const items: Record<string, unknown>[] = []
  for await (const { Items = [] } of paginateScan({ client: database }, { TableName: table }))
    items.push(...Items)
  return items
}
