import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { appointment, event, order, PEOPLE } from '../../story.ts'
import { startMailServer } from './mail-server.ts'
import { eventually, post, startThroughcare } from './throughcare.ts'

/** So slow that whoever is killed meanwhile has heard nothing. */
const SAID_AFTER_MS = 60_000
const REACHED = ['--address', 'https://throughcare.example.org']
/** Nobody waits for a lease of a quarter of an hour, nor for five minutes. */
const WHOLE_AFTER_MS = 5_000

test('after kill -9 what was on its way is sent again within seconds, on the real clock', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'throughcare-'))
  const slow = await startMailServer({}, SAID_AFTER_MS)
  const quick = await startMailServer()
  const first = await startThroughcare(['--data', folder, ...REACHED], { SMTP_URL: slow.url })
  onTestFinished(async () => {
    await first.kill()
    slow.hangUp()
    await Promise.all([slow.close(), quick.close()])
    await rm(folder, { recursive: true })
  })
  const now = new Date()
  const inAWeek = new Date(now.getTime() + 7 * 24 * 60 * 60_000)
  const told = [
    ...PEOPLE,
    // Known before the order: in office hours somebody would be asked at once to book it, and then no longer.
    appointment(inAWeek.toISOString(), { kind: 'three-way', stage: 'first' }, now.toISOString()),
    order({ sentencedOn: now.toISOString().slice(0, 10) }, now.toISOString()),
    event(new Date(now.getTime() + 1).toISOString(), 'appointment.cancelled', {
      ...{ orderId: 'O-1', appointmentId: 'A-1' },
    }),
  ]
  expect((await post(first, told.map((one) => JSON.stringify(one)).join('\n'))).status).toBe(200)
  const onTheirWay = await eventually(() => (slow.mails.length > 0 ? slow.mails : undefined))
  await first.kill()

  const second = await startThroughcare(['--data', folder, ...REACHED], { SMTP_URL: quick.url })
  const started = performance.now()
  onTestFinished(async () => void (await second.stop()))
  const again = await eventually(() =>
    onTheirWay.every(({ messageId }) => quick.mails.some((mail) => mail.messageId === messageId))
      ? performance.now() - started
      : undefined,
  )
  expect(again).toBeLessThan(WHOLE_AFTER_MS)
})
