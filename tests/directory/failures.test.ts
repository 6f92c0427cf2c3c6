import { describe, expect, test } from 'vitest'
import type { NoticeLine } from '../../infra/local/notice-line.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, play, short, type Told } from '../story.ts'

/** Appointments of C-PERSON's order at two o'clock on these days; a reminder goes the day before at the same hour. */
const booked = (...days: string[]) =>
  days.map((day) => appointment(`${day}T14:00`, { appointmentId: `A-${day.slice(8)}` }))
const reminderOf = (day: string) =>
  `order_O-1_ATR-01_day-before_A-${day.slice(8)}_${day.replaceAll('-', '')}1400_person`
const failed = (at: string, day: string, reason?: string) =>
  event(at, 'notice.failed', { noticeId: reminderOf(day), reason }, { eventId: `failed/${day}/${at}` })
const delivered = (at: string, day: string) =>
  event(at, 'notice.delivered', { noticeId: reminderOf(day) }, { eventId: `delivered/${day}` })

/** What became of the reminders of the day before, by the day of the appointment's reminder. */
async function reminders(...events: Told[]): Promise<string[]> {
  const lines = await play([...PEOPLE, order(), ...events], '2026-04-30T00:00')
  return lines
    .filter((line) => line.step === 'day-before')
    .map((line) => `${line.at.slice(5, 16)} ${line.channel ?? '-'} ${line.reason ?? line.outcome}`)
}

/** Half a minute after something was sent. */
const afterwards = (at = '') => new Date(Date.parse(at) + 30_000).toISOString()

const DAYS = ['2026-03-10', '2026-03-12', '2026-03-14', '2026-03-16', '2026-03-25']
const BOTH = contact('C-PERSON', { mobile: '07700 900001' }, '2026-01-02T00:00')

describe('a permanent failure', () => {
  test('is the end of the address, for everybody who has it and in every casefile', async () => {
    const orders = [
      ...[
        ...PEOPLE,
        contact('C-OTHER'),
        contact('C-TWIN', { email: 'c-om@example.com', name: 'Name of C-OM' }),
      ],
      ...[order(), order({ orderId: 'O-2', person: 'C-OTHER' })],
      order({ orderId: 'O-3', person: 'C-OTHER', offenderManager: 'C-TWIN' }),
    ]
    const until = '2026-03-12T00:00'
    const sentTo = (lines: NoticeLine[]) =>
      lines.filter((line) => line.address === 'c-om@example.com' && line.outcome === 'sent')
    const [first] = sentTo(await play(orders, until))
    const { at = '', noticeId, casefile } = first ?? {}
    const bounced = event(afterwards(at), 'notice.failed', { noticeId, reason: 'permanent' })
    const after = sentTo(await play([...orders, bounced], until)).filter((line) => line.at > at)
    expect(
      sentTo(await play(orders, until)).filter((line) => line.at > at && line.casefile !== casefile).length,
    ).toBeGreaterThan(3)
    expect(after).toEqual([])
  })

  test('is undone by no nightly resend of the same, but by another address, or by somebody having asked', async () => {
    const bounced = [...booked(...DAYS), failed('2026-03-09T14:01', '2026-03-10', 'permanent')]
    expect(await reminders(...bounced, contact('C-PERSON', {}, '2026-03-10T02:00'))).toEqual([
      '03-09T14:00 email sent',
      ...['03-11', '03-13', '03-15', '03-24'].map((day) => `${day}T14:00 - no-usable-address`),
    ])
    const asked = contact('C-PERSON', { confirmedOn: '2026-03-12' }, '2026-03-12T10:00')
    expect((await reminders(...bounced, asked)).slice(1, 3)).toEqual([
      '03-11T14:00 - no-usable-address',
      '03-13T14:00 email sent',
    ])
    const askedBefore = contact('C-PERSON', { confirmedOn: '2026-03-01' }, '2026-03-12T10:00')
    expect((await reminders(...bounced, askedBefore))[2]).toBe('03-13T14:00 - no-usable-address')
    const another = contact('C-PERSON', { email: 'new@example.com' }, '2026-03-12T10:00')
    expect((await reminders(...bounced, another))[2]).toBe('03-13T14:00 email sent')
    const start = event('2026-03-12T10:00', 'contact.opted-in', {
      contactId: 'C-PERSON',
      channel: 'email',
      address: 'c-person@example.com',
    })
    expect((await reminders(...bounced, start))[2]).toBe('03-13T14:00 email sent')
  })

  test('after the delivery of an e-mail is a failure all the same: somebody rings', async () => {
    const events = [
      ...booked('2026-03-10'),
      delivered('2026-03-09T14:00:02', '2026-03-10'),
      failed('2026-03-09T14:03', '2026-03-10', 'permanent'),
    ]
    const lines = await play([...PEOPLE, order(), ...events], '2026-03-10T00:00')
    expect(lines.map(short)).toContain('2026-03-09 14:03 ring-them case-manager C-CM')
  })
})

describe('a passing failure', () => {
  test('sends that notice by the next channel, and the next notice tries the address again', async () => {
    expect(await reminders(BOTH, ...booked(...DAYS), failed('2026-03-09T14:01', '2026-03-10'))).toEqual([
      '03-09T14:00 email sent',
      '03-09T14:01 sms sent',
      ...['03-11', '03-13', '03-15', '03-24'].map((day) => `${day}T14:00 email sent`),
    ])
  })

  const thrice = [
    failed('2026-03-09T14:01', '2026-03-10', 'passing'),
    failed('2026-03-11T14:01', '2026-03-12', 'passing'),
    failed('2026-03-13T14:01', '2026-03-14', 'passing'),
  ]

  test('three within seven days: the address is left alone for seven days', async () => {
    expect(await reminders(...booked(...DAYS), ...thrice)).toEqual([
      ...['03-09', '03-11', '03-13'].map((day) => `${day}T14:00 email sent`),
      '03-15T14:00 - no-usable-address',
      '03-24T14:00 email sent',
    ])
  })

  test('three with a delivery among them leave the address as it was', async () => {
    const events = [...thrice.slice(0, 1), delivered('2026-03-11T14:01', '2026-03-12'), ...thrice.slice(2)]
    expect(await reminders(...booked(...DAYS), ...events)).not.toContain('03-15T14:00 - no-usable-address')
  })

  test('an answer of somebody out of office, after the delivery, is nothing', async () => {
    const events = [
      delivered('2026-03-09T14:00:02', '2026-03-10'),
      failed('2026-03-09T14:00:04', '2026-03-10', 'Transient/General'),
    ]
    expect(await reminders(BOTH, ...booked('2026-03-10'), ...events)).toEqual(['03-09T14:00 email sent'])
  })

  test('a text that was delivered has arrived, whatever is said later', async () => {
    const texted = contact('C-PERSON', { email: undefined, mobile: '07700 900001' }, '2026-01-02T00:00')
    const events = [
      delivered('2026-03-09T14:00:02', '2026-03-10'),
      failed('2026-03-09T14:05', '2026-03-10', 'permanent'),
    ]
    const lines = await play(
      [...PEOPLE, order(), texted, ...booked('2026-03-10'), ...events],
      '2026-03-10T00:00',
    )
    expect(lines.map((line) => line.step)).not.toContain('ring-them')
  })

  test('of whom a gate depends on stops no row of the gate', async () => {
    const lines = await play([...AROUND_A_RELEASE, ALWAYS_ON_CALL, release()], '2026-03-11T10:00')
    const toKey = lines.filter((line) => line.to === 'C-KEY' && line.outcome === 'sent').slice(0, 3)
    const three = toKey.map((line) =>
      event(
        afterwards(line.at),
        'notice.failed',
        { noticeId: line.noticeId, reason: 'passing' },
        { eventId: `f/${line.noticeId}` },
      ),
    )
    const after = await play([...AROUND_A_RELEASE, ALWAYS_ON_CALL, release(), ...three], '2026-03-11T10:00')
    expect(after.filter((line) => line.to === 'C-KEY' && line.outcome === 'sent').length).toBeGreaterThan(3)
  })
})

describe('words that a provider refused', () => {
  test('are said again to the same address once, and then by the next channel', async () => {
    const events = [...PEOPLE, order(), BOTH, ...booked('2026-03-10')]
    const first = failed('2026-03-09T14:01', '2026-03-10', 'message')
    const said = (await play([...events, first], '2026-03-10T00:00')).filter(
      (line) => line.step === 'day-before',
    )
    expect(said.map(({ channel, address }) => [channel, address])).toEqual([
      ['email', 'c-person@example.com'],
      ['email', 'c-person@example.com'],
    ])
    const again = failed('2026-03-09T14:02', '2026-03-10', 'message')
    const then = (await play([...events, first, again], '2026-03-10T00:00')).filter(
      (line) => line.step === 'day-before',
    )
    expect(then.map(({ channel }) => channel)).toEqual(['email', 'email', 'sms'])
  })

  test('are said again as what is asked and where to read it, and no more', async () => {
    const firstMeeting = async (...events: Told[]) => {
      const lines = await play([...PEOPLE, order(), ...events], '2026-03-02T12:00')
      return lines.filter((line) => line.duty === 'TWM-01')
    }
    const [whole] = await firstMeeting()
    const refused = { noticeId: whole?.noticeId, reason: 'message' }
    const said = await firstMeeting(event(afterwards(whole?.at), 'notice.failed', refused))
    const asked = whole?.text?.split('\n\n')[0]
    expect(said.map(({ text }) => text)).toEqual([
      expect.stringContaining(`${asked}\n\nCase O-1: https://`),
      expect.stringContaining(`${asked}\n\nhttps://`),
    ])
  })

  test('are never held against the address', async () => {
    const refused = DAYS.slice(0, 3).map((day, index) =>
      failed(`2026-03-${['09', '11', '13'][index]}T14:01`, day, 'message'),
    )
    expect((await reminders(...booked(...DAYS), ...refused)).at(-1)).toBe('03-24T14:00 email sent')
  })
})

describe('a complaint', () => {
  const complained = failed('2026-03-09T15:00', '2026-03-10', 'complaint')

  test('ends the address until START, and makes nobody tell the notice again', async () => {
    expect(await reminders(BOTH, ...booked('2026-03-10', '2026-03-12'), complained)).toEqual([
      '03-09T14:00 email sent',
      '03-11T14:00 sms sent',
    ])
    const asked = contact('C-PERSON', { confirmedOn: '2026-03-10' }, '2026-03-10T10:00')
    expect((await reminders(...booked('2026-03-10', '2026-03-12'), complained, asked))[1]).toBe(
      '03-11T14:00 - no-usable-address',
    )
  })

  test('by one reader of an office’s mailbox does not speak for the office', async () => {
    const lines = await play(
      [...PEOPLE, order(), contact('C-OM', { email: undefined }, '2026-01-02T00:00')],
      '2026-04-30T00:00',
    )
    const [toOffice] = lines.filter((line) => line.to === 'C-OFFICE')
    const then = await play(
      [
        ...[...PEOPLE, order(), contact('C-OM', { email: undefined }, '2026-01-02T00:00')],
        event(afterwards(toOffice?.at), 'notice.failed', {
          noticeId: toOffice?.noticeId,
          reason: 'complaint',
        }),
      ],
      '2026-04-30T00:00',
    )
    expect(then.filter((line) => line.to === 'C-OFFICE').length).toBe(
      lines.filter((line) => line.to === 'C-OFFICE').length,
    )
  })
})
