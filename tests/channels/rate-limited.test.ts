import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '../../shared/calendar/london.ts'
import type { Channel, SendResult } from '../../shared/channels/channel.ts'
import { DEFAULT_LIMITS, type Limits, rateLimited } from '../../shared/channels/rate-limited.ts'

const NOON = 1_772_000_000_000

/** A rate-limited channel over a provider that answers as it is told. */
function channel(limits: Partial<Limits> = {}) {
  const provider = { answer: { is: 'accepted' } as SendResult | Error, sends: 0 }
  const plain: Channel = {
    async send() {
      provider.sends++
      if (provider.answer instanceof Error) throw provider.answer
      return provider.answer
    },
  }
  const { send } = rateLimited(plain, { ...DEFAULT_LIMITS, ...limits })
  const give = (at: number, about: { address?: string; casefile?: string } = {}) => {
    const { address = 'a@example.com', casefile = 'order_O-1' } = about
    const text = { subject: '', text: '', html: '' }
    return send({ ...text, messageId: `${casefile}_x`, channel: 'email', address }, at)
  }
  return { provider, give }
}

const several = async <T>(count: number, one: (nth: number) => Promise<T>) => {
  const all: T[] = []
  for (let nth = 0; nth < count; nth++) all.push(await one(nth))
  return all
}
const accepted = (answers: SendResult[]) => answers.filter((answer) => answer.is === 'accepted').length

describe('a rate-limited channel', () => {
  test('sends no more in a second than it may, and says when to come again', async () => {
    const { give } = channel({ perSecond: 3 })
    const answers = await several(5, () => give(NOON))
    expect(accepted(answers)).toBe(3)
    expect(answers.at(-1)).toEqual({ is: 'throttled', retryAfterMs: 334 })
    expect(accepted(await several(5, () => give(NOON + 1_000)))).toBe(3)
  })

  test('keeps a rate for releases, whatever else is waiting', async () => {
    const { give } = channel({ perSecond: 1, perSecondForReleases: 2 })
    await several(10, () => give(NOON))
    expect(accepted(await several(3, () => give(NOON, { casefile: 'release_R-1' })))).toBe(2)
  })

  test('does not flood one address, and holds nobody else up', async () => {
    const { give } = channel({ perHourToOne: 2 })
    await several(2, () => give(NOON))
    expect(await give(NOON + 1_000)).toEqual({ is: 'throttled', retryAfterMs: HOUR_MS - 1_000 })
    expect(await give(NOON + 1_000, { address: 'b@example.com' })).toEqual({ is: 'accepted' })
    expect(await give(NOON + HOUR_MS)).toEqual({ is: 'accepted' })
  })

  test.each<[string, SendResult | Error]>([
    ['throttles', { is: 'throttled', retryAfterMs: 5 }],
    ['does not say', { is: 'unknown', reason: 'no-answer' }],
    ['breaks', new Error('broken')],
  ])('leaves a provider alone that %s again and again, then tries it with one message', async (_, answer) => {
    const { give, provider } = channel({ failuresMax: 3, restMs: 60_000 })
    provider.answer = answer
    await several(3, (nth) => give(NOON + nth).catch(() => undefined))
    expect(provider.sends).toBe(3)
    expect(await give(NOON + 10)).toEqual({ is: 'throttled', retryAfterMs: 59_992 })
    expect(provider.sends).toBe(3)
    await give(NOON + 60_002).catch(() => undefined)
    await give(NOON + 60_003)
    expect(provider.sends).toBe(4)
    provider.answer = { is: 'accepted' }
    expect(await give(NOON + 120_002)).toEqual({ is: 'accepted' })
    expect(await give(NOON + 120_003)).toEqual({ is: 'accepted' })
  })

  test('takes a rejected message for what it is: the provider works', async () => {
    const { give, provider } = channel({ failuresMax: 2 })
    provider.answer = { is: 'rejected', reason: 'permanent' }
    await several(5, () => give(NOON))
    expect(provider.sends).toBe(5)
  })
})
