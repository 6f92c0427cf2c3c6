import { describe, expect, test } from 'vitest'
import type { Channel } from '../../shared/channels/channel.ts'
import { type Carriers, ChannelChoices, chooseChannel } from '../../shared/channels/choose.ts'

const carrier = (): Channel => ({ send: async () => ({ is: 'accepted' }) })
const ses = carrier()
const texts = carrier()
const notify = carrier()
const outbox = carrier()
const carriers: Carriers = {
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
    expect(chooseChannel(choices, where, 'email', carriers)).toBe(email)
    expect(chooseChannel(choices, where, 'sms', carriers)).toBe(sms)
  })

  test('a stage nobody chose for throws, and sends nowhere', () => {
    expect(() => chooseChannel(choices, { stage: 'preview' }, 'email', carriers)).toThrow('the stage preview')
  })

  test('a carrier that is chosen and not configured throws; one that is neither is not missed', () => {
    const { ses: _, ...others } = carriers
    const chooseEmail = (area: string) => chooseChannel(choices, { stage: 'live', area }, 'email', others)
    expect(() => chooseEmail('essex')).toThrow('ses is chosen')
    expect(chooseEmail('wales')).toBe(notify)
  })

  test('a carrier that does not carry text messages is not taken for one that does', () => {
    const wrong = { live: { everywhere: { email: 'ses', sms: 'ses' } } }
    expect(ChannelChoices.safeParse(wrong).success).toBe(false)
  })
})
