import { noticeLine } from '../../infra/local/notice-line.ts'
import { openWorld } from '../../infra/local/world.ts'
import { type Instant, londonTime } from '../../shared/calendar/london.ts'
import type { Channel, Message, SendResult } from '../../shared/channels/channel.ts'
import { rulesWith, type Settings } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Told } from '../story.ts'

/** A world whose clock the test moves and whose provider the test plays. */
export function world(
  provider: (message: Message, now: Instant) => SendResult = () => ({ is: 'accepted' }),
  find?: Channel['find'],
  settings: Partial<Settings> = {},
) {
  const store = sqliteStore(':memory:')
  const sent: Message[] = []
  let now = 0
  const channel = {
    async send(message: Message) {
      const answer = provider(message, now)
      if (answer.is === 'accepted' || answer.is === 'unknown') sent.push(message)
      return answer
    },
    ...(find && { find }),
  }
  const { take, settle, nextWake } = openWorld({
    store,
    channels: { email: channel, sms: channel, call: channel },
    rules: () => rulesWith(settings),
    now: () => now,
  })
  const settledAt = async (date: string, time: string) => {
    now = londonTime(date, time)
    return settle()
  }
  return {
    sent,
    store,
    settledAt,
    nextWake,
    async tell(...events: Told[]) {
      for (const one of events) {
        const receipt = await take(JSON.stringify(one))
        if (receipt.is === 'refused') throw new Error(receipt.reason)
      }
    },
    async at(date: string, time: string) {
      return (await settledAt(date, time)).map(noticeLine)
    },
    async later(ms: number) {
      now += ms
      return (await settle()).map(noticeLine)
    },
  }
}
