import { describe, expect, test } from 'vitest'
import { wake } from '../../functions/wake/wake.ts'
import { type Instant, londonTime, MINUTE_MS } from '../../shared/calendar/london.ts'
import { LEASE_MS } from '../../shared/casefile/ledger.ts'
import type { Message, SendResult } from '../../shared/channels/channel.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import type { Store } from '../../shared/store/store.ts'
import { appointment, contact, event, order, PEOPLE, short } from '../story.ts'
import { world } from './world.ts'

const made = [...PEOPLE, order()]
const sheet = event('2026-03-09T15:30', 'contact-sheet.submitted', {
  orderId: 'O-1',
  appointmentId: 'A-1',
  attendance: 'attended',
  nextAppointment: 'none-booked',
  progress: [],
  by: 'C-CM',
})

describe('what a casefile owes is given once', () => {
  test('notices to one worker in one wake are one message; each keeps its own line and the whole text', async () => {
    const { tell, at, sent } = world()
    await at('2026-03-02', '08:00')
    await tell(...PEOPLE, order({ commenceBy: '2026-03-09' }, '2026-03-02T07:00'))
    const lines = (await at('2026-03-02', '09:00')).filter(
      (line) => line.to === 'C-OM' && line.outcome === 'sent',
    )
    expect(lines.map((line) => line.duty).sort()).toEqual(['ATR-04', 'TWM-01'])
    expect(new Set(lines.map((line) => line.messageId)).size).toBe(1)
    expect(new Set(lines.map((line) => line.text)).size).toBe(1)
    expect(sent.filter((message) => message.address === 'c-om@example.com')).toHaveLength(1)
    expect(lines[0]?.text).toContain('three-way')
    expect(lines[0]?.text).toContain('9 March 2026')
  })

  test('waking twice gives nothing more', async () => {
    const { tell, at, sent } = world()
    await at('2026-03-09', '16:00')
    await tell(...made, appointment('2026-03-09T14:00'), sheet)
    await at('2026-03-09', '16:00')
    const once = sent.length
    await tell(sheet, ...made)
    expect(await at('2026-03-09', '16:00')).toEqual([])
    expect(sent).toHaveLength(once)
  })

  test('a contact in two roles gets a step once, and the ledger says so', async () => {
    const { tell, at } = world()
    await at('2026-03-20', '12:00')
    await tell(...PEOPLE, order({ caseManager: 'C-OM', sentencedOn: '2026-03-19' }, '2026-03-19T12:00'))
    const lines = (await at('2026-03-20', '17:00')).filter((line) => line.duty === 'ATR-03')
    expect(lines.map(short).sort()).toEqual([
      '2026-03-20 17:00 nothing-booked case-manager C-OM skipped: told-already',
      '2026-03-20 17:00 nothing-booked offender-manager C-OM',
    ])
  })
})

describe('a provider’s answer decides what comes next', () => {
  const update = (lines: { step: string; outcome: string }[]) =>
    lines.filter((line) => line.step === 'update').map((line) => line.outcome)

  const toldOfSheet = async (provider: (message: Message, now: Instant) => SendResult) => {
    const one = world(provider)
    await one.at('2026-03-09', '15:30')
    await one.tell(...made, appointment('2026-03-09T14:00'), sheet)
    return one
  }

  test('throttled: the claim is given back and the notice goes when it may', async () => {
    let busy = true
    const { at, later, sent, nextWake } = await toldOfSheet(() =>
      busy ? { is: 'throttled', retryAfterMs: MINUTE_MS } : { is: 'accepted' },
    )
    expect(update(await at('2026-03-09', '15:30'))).toEqual([])
    expect(await nextWake()).toBeLessThanOrEqual(londonTime('2026-03-09', '15:33'))
    busy = false
    expect(update(await later(3 * MINUTE_MS))).toEqual(['sent'])
    expect(sent.filter((message) => message.text.includes('Attendance:'))).toHaveLength(1)
  })

  test('rejected: it has failed, and the address counts as none from then on', async () => {
    const { at, tell } = await toldOfSheet((message) =>
      message.address === 'c-om@example.com' ? { is: 'rejected', reason: 'permanent' } : { is: 'accepted' },
    )
    const lines = await at('2026-03-09', '15:30')
    expect(lines.filter((line) => line.outcome === 'failed').map((line) => line.reason)).toEqual([
      'permanent',
    ])
    await tell(event('2026-03-09T16:00', 'contact-sheet.submitted', { ...sheet.additionalInformation }))
    const again = (await at('2026-03-09', '16:00')).filter((line) => line.step === 'update')
    expect(again.map(short)).toEqual(['2026-03-09 16:00 update duty-officer C-DUTY'])
  })

  test('unknown: the lease runs out and it is sent again, so it is told at least once', async () => {
    let answers = 0
    const { at, later } = await toldOfSheet((message) =>
      message.text.includes('Attendance:') && answers++ === 0
        ? { is: 'unknown', reason: 'no-answer' }
        : { is: 'accepted' },
    )
    expect(update(await at('2026-03-09', '15:30'))).toEqual([])
    expect(update(await later(LEASE_MS - 1))).toEqual([])
    expect(update(await later(1))).toEqual(['sent'])
  })
})

describe('a provider that can be asked by our reference', () => {
  /** The first update is taken and its answer lost; the provider then says `finding` of it. */
  async function lost(
    finding: 'accepted' | 'absent' | 'unknown',
    meanwhile: (store: Store) => Promise<void> = async () => {},
  ) {
    let updates = 0
    let whileAsked = async () => {}
    const one = world(
      (message) =>
        message.text.includes('Attendance:') && updates++ === 0
          ? { is: 'unknown', reason: 'no-answer' }
          : { is: 'accepted' },
      async () => {
        await whileAsked()
        return finding
      },
    )
    whileAsked = () => meanwhile(one.store)
    await one.at('2026-03-09', '15:30')
    await one.tell(...made, appointment('2026-03-09T14:00'), sheet)
    await one.at('2026-03-09', '15:30')
    const lines = await one.later(LEASE_MS)
    const sent = one.sent.filter((message) => message.text.includes('Attendance:')).length
    const told = lines.filter((line) => line.step === 'update').map((line) => line.outcome)
    return { sent, told, store: one.store }
  }

  test('is asked before anything is sent again: what it took is sent, once', async () => {
    expect(await lost('accepted')).toMatchObject({ sent: 1, told: ['sent'] })
  })

  test('never had it: it is sent again', async () => {
    expect(await lost('absent')).toMatchObject({ sent: 2, told: ['sent'] })
  })

  test('cannot say: nothing is sent until it can', async () => {
    expect(await lost('unknown')).toMatchObject({ sent: 1, told: [] })
  })

  test('is so slow that another tells it by the next way meanwhile: what that one recorded stands', async () => {
    const { told, store } = await lost('accepted', async (store) => {
      for (const entry of (await store.open('order:O-1'))?.entries ?? []) {
        if (entry.is !== 'claimed') continue
        const { leaseUntil: _, ...addressed } = entry
        await store.record('order:O-1', [{ ...addressed, is: 'sent', channel: 'sms' }])
      }
    })
    expect(told).toEqual([])
    const entries = (await store.open('order:O-1'))?.entries ?? []
    expect(entries.find(({ step }) => step === 'update')).toMatchObject({ is: 'sent', channel: 'sms' })
  })
})

describe('a turn that fails', () => {
  const now = londonTime('2026-03-08', '14:00')
  const channel = { send: async () => ({ is: 'accepted' }) as const }

  /** Wakes an order that owes a reminder after `change`, and gives its wake before and after. */
  async function wakeThen(change: (store: Store) => Partial<Store>) {
    const { tell, at, store } = world()
    await at('2026-03-03', '10:00')
    await tell(...made, appointment('2026-03-09T14:00'))
    await at('2026-03-03', '10:00')
    const wakeOf = async () => (await store.open('order:O-1'))?.head.wake
    const before = await wakeOf()
    const failing = { ...store, ...change(store) }
    const ports = { store: failing, channels: { email: channel, sms: channel }, rules: rulesWith() }
    await expect(wake('order:O-1', { ...ports, linkKey: 'key', now: () => now })).rejects.toThrow()
    return { before, after: await wakeOf() }
  }

  test.each(['claim', 'events'])('because the store does (%s) is as due as before', async (method) => {
    const down = async () => {
      throw new Error('throttled')
    }
    const { before, after } = await wakeThen(() => ({ [method]: down }))
    expect(before).toBeLessThanOrEqual(now)
    expect(after).toBe(before)
  })

  test('because its plan throws is put back for a quarter of an hour, since nothing mends that sooner', async () => {
    const { after } = await wakeThen((store) => ({
      async open(id) {
        const stored = await store.open(id)
        return stored && { ...stored, events: [null as never] }
      },
    }))
    expect(after).toBe(now + 15 * MINUTE_MS)
  })
})

describe('from when a notice could have been told', () => {
  const sinceOf = async ({ store }: ReturnType<typeof world>, step: string) =>
    (await store.open('order:O-1'))?.entries.flatMap((entry) =>
      entry.is === 'sent' && entry.step === step ? [[entry.since, entry.at]] : [],
    )

  test('is when it was due, however often its provider gave it back', async () => {
    const busyUntil = londonTime('2026-03-08', '15:00')
    const one = world((_, now) =>
      now < busyUntil ? { is: 'throttled', retryAfterMs: 10 * MINUTE_MS } : { is: 'accepted' },
    )
    await one.at('2026-03-03', '10:00')
    await one.tell(...made, appointment('2026-03-09T14:00'))
    await one.at('2026-03-08', '14:00')
    for (let minutes = 0; minutes < 90; minutes += 5) await one.later(5 * MINUTE_MS)
    const [[since = 0, at = 0] = []] = (await sinceOf(one, 'day-before')) ?? []
    expect(since).toBe(londonTime('2026-03-08', '14:00'))
    expect(at).toBeGreaterThanOrEqual(busyUntil)
  })

  test('is in the morning, for what somebody was to be told in the night', async () => {
    const one = world()
    await one.at('2026-03-03', '10:00')
    await one.tell(...made, appointment('2026-03-09T14:00'))
    await one.at('2026-03-07', '23:00')
    await one.tell(
      event('2026-03-07T23:00', 'appointment.cancelled', { appointmentId: 'A-1', orderId: 'O-1' }),
    )
    await one.at('2026-03-07', '23:00')
    const morning = londonTime('2026-03-08', '08:00')
    await one.at('2026-03-08', '08:00')
    const entries = (await one.store.open('order:O-1'))?.entries ?? []
    const then = entries.filter((entry) => entry.is === 'sent' && entry.at === morning)
    expect(then.map((entry) => entry.is === 'sent' && entry.since)).toEqual(then.map(() => morning))
    expect(then.length).toBeGreaterThan(0)
  })
})

describe('clocks that differ', () => {
  test('a day list given by a clock that was fast leaves the next morning’s ahead for one that is slow', async () => {
    const { tell, at, nextWake } = world()
    await at('2026-03-03', '10:00')
    await tell(
      ...made,
      appointment('2026-03-04T14:00'),
      appointment('2026-03-05T14:00', { appointmentId: 'A-2' }),
    )
    const given = await at('2026-03-04', '07:30')
    expect(given.filter((line) => line.step === 'day-list').length).toBeGreaterThan(0)
    await at('2026-03-04', '07:29')
    await tell(contact('C-OM', {}, '2026-01-03T00:00'), contact('C-CM', {}, '2026-01-03T00:00'))
    await at('2026-03-04', '07:29')
    expect(await nextWake()).toBeDefined()
    const next = await at('2026-03-05', '07:30')
    expect(next.filter((line) => line.step === 'day-list')).toHaveLength(
      given.filter((line) => line.step === 'day-list').length,
    )
  })
})

describe('a message that did not arrive', () => {
  test('is the person’s last: a worker is asked to ring, at once', async () => {
    const { tell, at } = world()
    await at('2026-03-03', '10:00')
    await tell(...made, appointment('2026-03-09T14:00'))
    const [reminder] = (await at('2026-03-08', '14:00')).filter((line) => line.step === 'day-before')
    await tell(
      event('2026-03-08T14:05', 'notice.failed', { noticeId: reminder?.noticeId, reason: 'bounced' }),
    )
    const lines = await at('2026-03-08', '14:05')
    expect(lines.map(short)).toContain('2026-03-08 14:05 ring-them case-manager C-CM')
  })

  test('ever, at an address that does not exist: the next is told by the other channel', async () => {
    const { tell, at } = world()
    await at('2026-03-03', '10:00')
    await tell(
      ...made,
      contact('C-PERSON', { mobile: '07700 900001' }, '2026-01-02T00:00'),
      appointment('2026-03-09T14:00'),
    )
    const [reminder] = (await at('2026-03-08', '14:00')).filter((line) => line.step === 'day-before')
    expect(reminder?.channel).toBe('email')
    await tell(
      event('2026-03-08T14:05', 'notice.failed', { noticeId: reminder?.noticeId, reason: 'permanent' }),
    )
    await at('2026-03-08', '14:05')
    const [second] = (await at('2026-03-09', '12:00')).filter((line) => line.step === 'same-day')
    expect(second).toMatchObject({ channel: 'sms', address: '+447700900001', outcome: 'sent' })
  })
})
