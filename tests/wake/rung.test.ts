import { describe, expect, test } from 'vitest'
import type { NoticeLine } from '../../infra/local/notice-line.ts'
import { addressKey, casefileId, releaseKey } from '../../shared/casefile/ids.ts'
import { openLedger } from '../../shared/casefile/open-ledger.ts'
import type { Message, SendResult } from '../../shared/channels/channel.ts'
import { AROUND_A_RELEASE, change, release, rota } from '../duties/releases/release-story.ts'
import { event } from '../story.ts'
import { world } from './world.ts'

/** Nobody has accepted, and it is the hour at which somebody comes out: whoever can still do something is rung. */

const DUTY_MOBILE = '+447700900005'
const CALLED = 'This is an urgent message for Name of C-DUTY: please read your text messages.'

/** Nobody accepts; the duty officer has e-mail and a mobile. The lines of 09:00, when somebody comes out. */
async function uncovered(
  settings: Parameters<typeof world>[2],
  duty: Record<string, unknown> = {},
  provider?: (message: Message) => SendResult,
) {
  const one = world(provider, undefined, settings)
  await one.at('2026-02-02', '10:00')
  await one.tell(
    ...AROUND_A_RELEASE,
    rota([['2026-03-01T00:00', '2026-03-02T00:00', 'C-DAY']]),
    change('C-DUTY', { mobile: '07700 900005', phone: '01632 960001', ...duty }),
    release(),
  )
  await one.at('2026-03-11', '08:01')
  return { ...one, lines: nobody(await one.at('2026-03-11', '09:00')) }
}

const nobody = (lines: readonly NoticeLine[]) =>
  lines.filter(({ step, to }) => step === 'nobody' && to === 'C-DUTY')
const ways = (lines: readonly NoticeLine[]) =>
  lines.map(({ to, channel, outcome }) => `${to} ${channel} ${outcome}`).sort()

describe('at the gate time, with nobody to meet them', () => {
  test('the duty officer is written to by text and by e-mail, and rung at the same number to read it', async () => {
    const { lines, sent } = await uncovered({ rings: true })
    expect(ways(lines)).toEqual(['C-DUTY call sent', 'C-DUTY email sent', 'C-DUTY sms sent'])
    const calls = sent.filter(({ channel }) => channel === 'call')
    expect(calls.map(({ address, text }) => [address, text])).toEqual([[DUTY_MOBILE, `${CALLED} ${CALLED}`]])
  })

  test('a call says nothing that whoever picks up, or plays it back, may not hear', async () => {
    const { sent } = await uncovered({ rings: true })
    const [call] = sent.filter(({ channel }) => channel === 'call')
    expect(`${call?.subject}${call?.text}${call?.html}`.replaceAll(CALLED, '')).toBe(' ')
  })

  test('in Welsh to whoever reads Welsh', async () => {
    const { sent } = await uncovered({ rings: true }, { language: 'cy' })
    const [call] = sent.filter(({ channel }) => channel === 'call')
    expect(call?.text).toContain('Neges frys i Name of C-DUTY: darllenwch eich negeseuon testun.')
  })

  test('an hour before nobody is rung, and nobody at all where the stage has no number that calls', async () => {
    const { sent } = await uncovered({ rings: true })
    expect(sent.filter(({ channel }) => channel === 'call')).toHaveLength(1)
    const silent = await uncovered({})
    expect(ways(silent.lines)).toEqual(['C-DUTY email sent', 'C-DUTY sms sent'])
  })

  test('nobody is rung about a text that they were not sent', async () => {
    const { lines } = await uncovered({ rings: true }, { mobile: undefined })
    expect(ways(lines)).toEqual(['C-DUTY email sent'])
  })
})

describe('what becomes of a call', () => {
  const failedAt = (at: string, line: NoticeLine | undefined, reason: string) =>
    event(at, 'notice.failed', { noticeId: line?.messageId, reason })
  const by = (lines: readonly NoticeLine[], channel: string) => lines.find((line) => line.channel === channel)

  test('one that was made stands for nothing: where text and e-mail fail, the notice has failed', async () => {
    const { lines, tell, at, store } = await uncovered({ rings: true })
    await tell(
      failedAt('2026-03-11T09:01', by(lines, 'sms'), 'permanent'),
      failedAt('2026-03-11T09:01:30', by(lines, 'email'), 'permanent'),
    )
    await at('2026-03-11', '09:02')
    const id = casefileId('release', releaseKey('A9001AA'))
    const { entries = [], events = [] } = (await store.open(id)) ?? {}
    const ledger = openLedger(entries, events)
    const noticeId = lines[0]?.noticeId ?? ''
    expect(ledger.lastSending(noticeId)).toHaveLength(3)
    expect(ledger.failure(noticeId)?.kind).toBe('permanent')
    expect(ledger.isDelivered(noticeId)).toBe(false)
  })

  test('one to a number whose text was refused for what it says leaves the shortest text to go there', async () => {
    const { lines, tell, at } = await uncovered({ rings: true }, { email: undefined })
    expect(ways(lines)).toEqual(['C-DUTY call sent', 'C-DUTY sms sent'])
    await tell(failedAt('2026-03-11T09:01', by(lines, 'sms'), 'TEXT_SPAM'))
    const again = by(nobody(await at('2026-03-11', '09:02')), 'sms')
    expect(again).toMatchObject({ channel: 'sms', outcome: 'sent' })
  })

  test('one that nobody picks up leaves the number as it was, and the notice given', async () => {
    const { lines, tell, at, store } = await uncovered({ rings: true })
    for (const minute of ['01', '02', '03', '04']) {
      await tell(failedAt(`2026-03-11T09:${minute}`, by(lines, 'call'), 'VOICE_NO_ANSWER'))
    }
    expect((await at('2026-03-11', '09:05')).filter(({ step }) => step === 'nobody')).toEqual([])
    const known = await store.events(casefileId('address', addressKey(DUTY_MOBILE)), ['address'])
    expect(known).toEqual([])
  })

  test('one that the provider will not make leaves the text and the e-mail standing', async () => {
    const refuses = ({ channel }: Message): SendResult =>
      channel === 'call' ? { is: 'rejected', reason: 'permanent' } : { is: 'accepted' }
    const { lines, at } = await uncovered({ rings: true }, {}, refuses)
    expect(ways(lines)).toEqual(['C-DUTY call failed', 'C-DUTY email sent', 'C-DUTY sms sent'])
    expect((await at('2026-03-11', '09:05')).filter(({ step }) => step === 'nobody')).toEqual([])
  })
})
