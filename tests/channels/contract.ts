import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import type { Channel, Message, SendResult } from '../../shared/channels/channel.ts'
import type { Mood, Provider } from './provider.ts'

/** A channel with the provider it speaks to. */
export type Subject = { readonly channel: Channel; readonly provider: Provider; readonly message: Message }

export const NOW = londonTime('2026-03-09', '12:00')
/** How long the channels of these tests wait for an answer. */
export const PATIENCE_MS = 250

const TEXT = 'Dydd Mawrth 10 Mawrth am 2pm — tŷ.'

/** A message as wake would send it. */
export function messageTo(channel: Message['channel'], address: string): Message {
  return {
    subject: 'Eich apwyntiad / Your appointment',
    text: TEXT,
    html: `<p>${TEXT}</p>`,
    messageId: 'order_O-1_message_0123456789abcdef01234567',
    channel,
    address,
  }
}

const RESULTS: readonly (readonly [Mood, SendResult['is']])[] = [
  ['accepts', 'accepted'],
  ['throttles', 'throttled'],
  ['is unavailable', 'throttled'],
  ['rejects', 'rejected'],
  ['fails', 'unknown'],
  ['fails in garbage', 'unknown'],
  ['answers garbage', 'unknown'],
  ['answers an empty object', 'unknown'],
  ['speaks no HTTP', 'unknown'],
  ['takes it and says nothing', 'unknown'],
  ['takes it and drops the connection', 'unknown'],
  ['takes it and drops the connection half way through its answer', 'unknown'],
]

/** What every channel owes to wake, whoever its provider is. */
export function keepsTheContract(name: string, open: () => Promise<Subject>) {
  const withSubject = async (work: (subject: Subject) => Promise<void>) => {
    const subject = await open()
    try {
      await work(subject)
    } finally {
      await subject.provider.close()
    }
  }

  describe(`${name} keeps the contract of a channel`, () => {
    test.each(RESULTS)('a provider that %s: %s, asked once, and nothing of an address in it', (mood, is) =>
      withSubject(async ({ channel, provider, message }) => {
        provider.mood = mood
        const answer = await channel.send(message, NOW)
        expect(answer).toMatchObject({ is })
        expect(provider.asked).toHaveLength(1)
        expect(JSON.stringify(answer)).not.toContain(message.address)
        if (answer.is === 'throttled') expect(answer.retryAfterMs).toBeGreaterThan(0)
      }),
    )

    test('nobody listens: throttled, since nothing was written', () =>
      withSubject(async ({ channel, provider, message }) => {
        await provider.close()
        expect(await channel.send(message, NOW)).toMatchObject({ is: 'throttled' })
      }))

    test('a provider that does not know us: it throws, and says nothing of the address', () =>
      withSubject(async ({ channel, provider, message }) => {
        provider.mood = 'knows nobody of our name'
        const error: unknown = await channel.send(message, NOW).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(Error)
        expect(`${error}`).not.toContain(message.address)
        expect(Object.keys(error as Error)).toEqual([])
      }))

    test('the provider gets the whole message, with our reference, in every letter', () =>
      withSubject(async ({ channel, provider, message }) => {
        await channel.send(message, NOW)
        const [asked] = provider.asked
        for (const part of [message.address, message.text, message.messageId])
          expect(asked?.body).toContain(part)
      }))

    test('a second send is a second message: whether there is one is for the ledger to say', () =>
      withSubject(async ({ channel, provider, message }) => {
        await channel.send(message, NOW)
        await channel.send(message, NOW)
        expect(provider.asked).toHaveLength(2)
      }))
  })
}
