import { describe, expect, test } from 'vitest'
import type { NoticeLine } from '../../infra/local/notice-line.ts'
import { londonTime, MINUTE_MS } from '../../shared/calendar/london.ts'
import { LEASE_MS } from '../../shared/casefile/ledger.ts'
import type { Message, SendResult } from '../../shared/channels/channel.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  accepts,
  cancelled,
  change,
  release,
} from '../duties/releases/release-story.ts'
import { event } from '../story.ts'
import { world } from './world.ts'

const KEY_MOBILE = '+447700900001'
const BOTH = change('C-KEY', { mobile: '07700 900001' })
const asked = [...AROUND_A_RELEASE, ALWAYS_ON_CALL, BOTH, release()]

/** A world in which the key worker, who has e-mail and a mobile, is asked to be at the gate at 12:00 on 10 March. */
async function askedAtNoon(provider?: (message: Message) => SendResult, ...more: Parameters<typeof tell>) {
  const one = world(provider)
  const { tell: take, at } = one
  await at('2026-02-02', '10:00')
  await take(...asked, ...more)
  await at('2026-03-10', '11:59')
  return { ...one, lines: asking(await at('2026-03-10', '12:00')) }
}
declare function tell(...events: Parameters<ReturnType<typeof world>['tell']>): void

const asking = (lines: readonly NoticeLine[]) => lines.filter(({ step }) => step === 'accept')
const ways = (lines: readonly NoticeLine[]) =>
  lines.map(({ to, channel, outcome, reason = '' }) => `${to} ${channel} ${outcome} ${reason}`.trim()).sort()
const failed = (at: string, { messageId }: { messageId?: string }, reason = 'permanent') =>
  event(at, 'notice.failed', { noticeId: messageId, reason })

describe('what is urgent goes by text and by e-mail', () => {
  test('to a worker who has both: one notice, two messages, each with its text', async () => {
    const { lines } = await askedAtNoon()
    expect(ways(lines)).toEqual(['C-KEY email sent', 'C-KEY sms sent'])
    expect(new Set(lines.map(({ noticeId }) => noticeId)).size).toBe(1)
    expect(new Set(lines.map(({ messageId }) => messageId)).size).toBe(2)
    expect(lines[1]?.text?.length).toBeLessThan(lines[0]?.text?.length ?? 0)
  })

  test('whatever they prefer, and by the one they have where they have one', async () => {
    const preferring = await askedAtNoon(
      undefined,
      change('C-KEY', { mobile: '07700 900001', prefers: 'sms' }, '2026-01-03T00:00'),
    )
    expect(ways(preferring.lines)).toEqual(['C-KEY email sent', 'C-KEY sms sent'])
    const having = await askedAtNoon(
      undefined,
      change('C-KEY', { email: undefined, mobile: '07700 900001' }, '2026-01-03T00:00'),
    )
    expect(ways(having.lines)).toEqual(['C-KEY sms sent'])
  })

  test('never to a sponsor, who hears by the channel they agreed to', async () => {
    const { lines } = await askedAtNoon(
      undefined,
      change('C-SPONSOR', { mobile: '07700 900002', prefers: 'sms' }),
      release(
        { keyWorker: undefined, meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }] },
        '2026-02-02T11:00',
      ),
    )
    expect(ways(lines)).toEqual(['C-SPONSOR sms sent'])
  })
})

describe('each channel stands for itself', () => {
  test('one comes back: the notice has arrived by the other, and nobody else is asked before half an hour', async () => {
    const { tell, later, lines } = await askedAtNoon()
    await tell(failed('2026-03-10T12:01', lines[0] ?? {}))
    expect(asking(await later(2 * MINUTE_MS))).toEqual([])
    expect(ways(asking(await later(28 * MINUTE_MS)))).toEqual(['C-DAY email sent'])
  })

  test('both come back: it has failed, and the next is asked at once', async () => {
    const { tell, later, lines } = await askedAtNoon()
    await tell(failed('2026-03-10T12:01', lines[0] ?? {}), failed('2026-03-10T12:02', lines[1] ?? {}))
    expect(ways(asking(await later(3 * MINUTE_MS)))).toEqual(['C-DAY email sent'])
  })

  test('a receipt of the notice that names its channel speaks of that one', async () => {
    const { tell, later, lines } = await askedAtNoon()
    const { noticeId } = lines[0] ?? {}
    const of = (at: string, channel: string) =>
      event(at, 'notice.failed', { noticeId, channel, reason: 'permanent' })
    await tell(of('2026-03-10T12:01', 'sms'))
    expect(asking(await later(2 * MINUTE_MS))).toEqual([])
    await tell(of('2026-03-10T12:02', 'email'))
    expect(ways(asking(await later(MINUTE_MS)))).toEqual(['C-DAY email sent'])
  })

  test('one is throttled: it goes when it may, once, though the other has gone and the next is being asked', async () => {
    let isBusy = true
    const { later, sent, lines } = await askedAtNoon(({ channel }) =>
      isBusy && channel === 'sms' ? { is: 'throttled', retryAfterMs: 40 * MINUTE_MS } : { is: 'accepted' },
    )
    expect(ways(lines)).toEqual(['C-KEY email sent'])
    isBusy = false
    expect(ways(asking(await later(30 * MINUTE_MS)))).toEqual(['C-DAY email sent'])
    expect(ways(asking(await later(12 * MINUTE_MS)))).toEqual(['C-KEY sms sent'])
    expect(sent.filter(({ address }) => address === KEY_MOBILE)).toHaveLength(1)
  })

  test('nobody can say whether one went: that one alone is sent again', async () => {
    let texts = 0
    const { later, sent, lines } = await askedAtNoon(({ channel }) =>
      channel === 'sms' && texts++ === 0 ? { is: 'unknown', reason: 'no-answer' } : { is: 'accepted' },
    )
    expect(ways(lines)).toEqual(['C-KEY email sent'])
    const before = sent.length
    expect(ways(asking(await later(LEASE_MS)))).toEqual(['C-KEY sms sent'])
    expect(sent.slice(before).map(({ address }) => address)).toEqual([KEY_MOBILE])
  })

  test('nobody could say whether one went, and both come back: it has failed, and the next is asked at once', async () => {
    const { tell, later, sent, lines } = await askedAtNoon(({ channel }) =>
      channel === 'sms' ? { is: 'unknown', reason: 'no-answer' } : { is: 'accepted' },
    )
    await tell(failed('2026-03-10T12:01', sent.find(({ channel }) => channel === 'sms') ?? {}))
    expect(ways(asking(await later(LEASE_MS)))).toEqual(['C-KEY sms sent'])
    await tell(failed('2026-03-10T12:16', lines[0] ?? {}))
    expect(ways(asking(await later(2 * MINUTE_MS)))).toEqual(['C-DAY email sent'])
  })

  test('one was given back, and the release is off: that one is not sent, and says why', async () => {
    const { tell, at, later, sent } = await askedAtNoon(({ channel }) =>
      channel === 'sms' ? { is: 'throttled', retryAfterMs: 10 * MINUTE_MS } : { is: 'accepted' },
    )
    await tell(cancelled('2026-03-10T12:05'))
    await at('2026-03-10', '12:05')
    expect(ways(asking(await later(30 * MINUTE_MS)))).toEqual(['C-KEY sms failed no-longer-true'])
    expect(sent.filter(({ channel }) => channel === 'sms')).toEqual([])
  })

  test('nothing is left by either: it passes to who stands in, by both', async () => {
    const gone: string[] = []
    const { tell, at } = await askedAtNoon(
      ({ address }) =>
        gone.includes(address) ? { is: 'rejected', reason: 'permanent' } : { is: 'accepted' },
      change('C-DUTY', { mobile: '07700 900003' }),
      change('C-OWNER', { mobile: '07700 900004' }),
    )
    await tell(accepts('2026-03-10T12:10', 'C-KEY'))
    const declined = {
      ...accepts('2026-03-10T12:20', 'C-KEY'),
      eventType: 'throughcare.gate-meeting.declined',
    }
    await tell(declined)
    await at('2026-03-10', '23:00')
    gone.push('+447700900003', 'c-duty@example.com')
    const lines = (await at('2026-03-11', '08:00')).filter(({ step }) => step === 'nobody')
    expect(ways(lines)).toEqual([
      'C-DUTY email failed permanent',
      'C-DUTY sms failed permanent',
      'C-OWNER email sent',
      'C-OWNER sms sent',
    ])
    expect(londonTime('2026-03-11', '08:00')).toBe(Date.parse(lines[0]?.at ?? ''))
  })
})
