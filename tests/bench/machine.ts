import { setTimeout } from 'node:timers/promises'
import { startMachine } from '../../infra/local/machine.ts'
import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { Message, SendResult } from '../../shared/channels/channel.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { perSecond, rateAtOnce } from './measure.ts'

/** So many senders hand in events, or jobs, at once. */
export const SENDERS = 32
/** Long beside a look at the index, short beside anything that is measured. */
const LOOK_MS = 10

/** A message as it was taken by its provider. */
export type Sent = { readonly at: Instant; readonly messageId: string }

/**
 * One machine on a file, as it starts after a crash too, whose clock stands or runs as `now` says. `deliver` is what the
 * provider does until it has taken a message.
 */
export async function openMachine(
  file: string,
  now: () => Instant,
  deliver: (messageId: string) => Promise<void> = async () => {},
) {
  const sent: Sent[] = []
  const send = async ({ messageId }: Message): Promise<SendResult> => {
    await deliver(messageId)
    sent.push({ at: now(), messageId })
    return { is: 'accepted' }
  }
  const store = sqliteStore(file)
  await store.endLeases(now())
  const rules = rulesWith()
  const machine = await startMachine({
    // The audit that begins with a machine reads everything there is; it is no part of the loop.
    store: { ...store, casefiles: async () => [] },
    channels: { email: { send }, sms: { send } },
    rules: () => rules,
    now,
    minuteMs: MINUTE_MS,
    linkKey: 'bench',
    given() {},
    failed(what, error) {
      throw new Error(`${what} failed`, { cause: error })
    },
    reconciled() {},
  })
  const idle = async () => {
    while ((await store.due({ until: now() }, 1)).length > 0) await setTimeout(LOOK_MS)
  }
  const take = async (told: object) => {
    const { is } = await machine.take(JSON.stringify(told))
    if (is !== 'accepted') throw new Error(`an event of the benchmark was ${is}`)
  }
  return {
    sent,
    store,
    idle,
    take,
    /** Takes in what there is of each of many, several at once, and waits until nothing is due. Gives how many a second. */
    async takeAll(count: number, eventsOf: (number: number) => readonly object[]) {
      const begun = performance.now()
      await rateAtOnce(count, SENDERS, async (number) => {
        for (const told of eventsOf(number)) await take(told)
      })
      await idle()
      return perSecond(count, begun)
    },
    async close() {
      await machine.stop()
      store.close()
    },
  }
}
