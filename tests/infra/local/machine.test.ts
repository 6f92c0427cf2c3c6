import { expect, onTestFinished, test } from 'vitest'
import { startMachine } from '../../../infra/local/machine.ts'
import { MINUTE_MS } from '../../../shared/calendar/london.ts'
import type { Channel, SendResult } from '../../../shared/channels/channel.ts'
import { rulesWith } from '../../../shared/planning/rules.ts'
import { sqliteStore } from '../../../shared/store/sqlite.ts'
import { contact, event, order, type Told } from '../../story.ts'

/** The service of one machine as it stops, and starts again on what it left. */

const AT = '2026-03-09T14:00'
const NOW = Date.parse('2026-03-09T14:00:00Z')
const flagged = (orderId: string) => event(AT, 'disclosure.flagged', { orderId, by: 'C-CM' })

test('what a request still takes in after a stop is told by the next start, and once', async () => {
  const store = openStore()
  const first = await machineOn(store)
  await take(first.machine, [contact('C-OM'), order()])
  await first.machine.stop()
  await take(first.machine, [flagged('O-1')])
  await first.machine.stop()

  const second = await machineOn(store)
  await expect.poll(second.flagsSent).toHaveLength(1)
  await second.machine.stop()
  expect(first.flagsSent()).toEqual([])
})

test('a stop waits for what is on its way, and begins nothing else while it does', async () => {
  const store = openStore()
  const onItsWay = Promise.withResolvers<SendResult>()
  const first = await machineOn(store, () => onItsWay.promise)
  await take(first.machine, [contact('C-OM'), order(), order({ orderId: 'O-2' }), flagged('O-1')])
  await expect.poll(first.flagsSent).toHaveLength(1)
  let hasStopped = false
  const stopping = first.machine.stop().then(() => {
    hasStopped = true
  })
  await take(first.machine, [flagged('O-2')])
  expect(hasStopped).toBe(false)
  onItsWay.resolve({ is: 'accepted' })
  await stopping

  const second = await machineOn(store)
  await expect.poll(second.flagsSent).toEqual([expect.stringContaining('O-2')])
  await second.machine.stop()
  expect(first.flagsSent()).toEqual([expect.stringContaining('O-1')])
})

function openStore() {
  const store = sqliteStore(':memory:')
  onTestFinished(() => store.close())
  return store
}

/** A machine whose provider says of each flag that somebody raised what `send` does, and takes all else at once. */
async function machineOn(
  store: ReturnType<typeof openStore>,
  send: () => Promise<SendResult> = async () => ({ is: 'accepted' }),
) {
  const flags: string[] = []
  const channel: Channel = {
    async send({ messageId }) {
      if (!messageId.includes('FAX-05')) return { is: 'accepted' }
      flags.push(messageId)
      return send()
    },
  }
  const machine = await startMachine({
    ...{ store, channels: { email: channel, sms: channel }, rules: () => rulesWith(), linkKey: 'key' },
    ...{ now: () => NOW, minuteMs: MINUTE_MS, given: () => {}, reconciled: () => {} },
    failed: (what, error) => {
      throw new Error(`${what} failed`, { cause: error })
    },
  })
  return { machine, flagsSent: () => flags }
}

async function take(machine: Awaited<ReturnType<typeof startMachine>>, told: readonly Told[]): Promise<void> {
  for (const one of told) expect(await machine.take(JSON.stringify(one))).toMatchObject({ is: 'accepted' })
}
