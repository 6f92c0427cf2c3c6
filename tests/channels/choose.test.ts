import { describe, expect, test } from 'vitest'
import type { Channel } from '../../shared/channels/channel.ts'
import { ChannelChoices, chooseChannel, type Providers } from '../../shared/channels/choose.ts'

const provider = (): Channel => ({ send: async () => ({ is: 'accepted' }) })
const ses = provider()
const texts = provider()
const notify = provider()
const outbox = provider()
const providers: Providers = {
  ses: () => ses,
  'end-user-messaging': () => texts,
  notify: () => notify,
  outbox: () => outbox,
}
const choices = ChannelChoices.parse({
  rehearsal: { email: 'outbox', sms: 'outbox' },
  live: { email: 'ses', sms: 'end-user-messaging' },
  trial: { email: 'ses', sms: 'notify' },
})

describe('channels are chosen by stage', () => {
  test.each([
    ['rehearsal', outbox, outbox],
    ['live', ses, texts],
    ['trial', ses, notify],
  ])('on %s', (stage, email, sms) => {
    expect(chooseChannel(choices, stage, 'email', providers)).toBe(email)
    expect(chooseChannel(choices, stage, 'sms', providers)).toBe(sms)
  })

  test('a stage nobody chose for throws, and sends nowhere', () => {
    expect(() => chooseChannel(choices, 'preview', 'email', providers)).toThrow('the stage preview')
  })

  test('a provider that is chosen and not configured throws; one that is neither is not missed', () => {
    const { 'end-user-messaging': _, ...others } = providers
    expect(() => chooseChannel(choices, 'live', 'sms', others)).toThrow('end-user-messaging is chosen')
    expect(chooseChannel(choices, 'trial', 'sms', others)).toBe(notify)
  })

  test('a provider that sends no text messages is not taken for one that does', () => {
    expect(ChannelChoices.safeParse({ live: { email: 'ses', sms: 'ses' } }).success).toBe(false)
  })
})
