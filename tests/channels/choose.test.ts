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
  rehearsal: { everywhere: { email: 'outbox', sms: 'outbox' } },
  live: {
    everywhere: { email: 'ses', sms: 'end-user-messaging' },
    areas: { wales: { email: 'notify', sms: 'notify' }, kent: { sms: 'notify' } },
  },
})

describe('channels are chosen by stage and area', () => {
  test.each([
    ['rehearsal', undefined, outbox, outbox],
    ['rehearsal', 'wales', outbox, outbox],
    ['live', undefined, ses, texts],
    ['live', 'essex', ses, texts],
    ['live', 'wales', notify, notify],
    ['live', 'kent', ses, notify],
  ])('on %s, in %s', (stage, area, email, sms) => {
    const where = area === undefined ? { stage } : { stage, area }
    expect(chooseChannel(choices, where, 'email', providers)).toBe(email)
    expect(chooseChannel(choices, where, 'sms', providers)).toBe(sms)
  })

  test('a stage nobody chose for throws, and sends nowhere', () => {
    expect(() => chooseChannel(choices, { stage: 'preview' }, 'email', providers)).toThrow(
      'the stage preview',
    )
  })

  test('a provider that is chosen and not configured throws; one that is neither is not missed', () => {
    const { ses: _, ...others } = providers
    const chooseEmail = (area: string) => chooseChannel(choices, { stage: 'live', area }, 'email', others)
    expect(() => chooseEmail('essex')).toThrow('ses is chosen')
    expect(chooseEmail('wales')).toBe(notify)
  })

  test('a provider that does not carry text messages is not taken for one that does', () => {
    const wrong = { live: { everywhere: { email: 'ses', sms: 'ses' } } }
    expect(ChannelChoices.safeParse(wrong).success).toBe(false)
  })
})
