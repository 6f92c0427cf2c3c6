import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bearsToken, receive } from '../../functions/receipts/receipts.ts'
import { noticeLine } from '../../infra/local/notice-line.ts'
import { openWorld } from '../../infra/local/world.ts'
import { londonTime, MINUTE_MS } from '../../shared/calendar/london.ts'
import { sumOf } from '../../shared/casefile/counts.ts'
import { openLedger } from '../../shared/casefile/open-ledger.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { appointment, contact, order, PEOPLE, short, type Told } from '../story.ts'
import { bounce, bySns, callback, complaint, delivery, sesEvent, textEvent } from './samples.ts'

/** Real intake and wake around one store, and a provider that takes everything and reports what the test says. */
function world() {
  const store = sqliteStore(':memory:')
  let now = 0
  const channel = {
    send: async () => ({ is: 'accepted' }) as const,
  }
  const { take, settle } = openWorld({
    store,
    channels: { email: channel, sms: channel },
    rules: () => rulesWith(),
    now: () => now,
  })
  return {
    async at(date: string, time: string) {
      now = londonTime(date, time)
      return (await settle()).map(noticeLine)
    },
    async tell(...events: Told[]) {
      for (const one of events) {
        const receipt = await take(JSON.stringify(one))
        if (receipt.is === 'refused') throw new Error(receipt.reason)
      }
    },
    async report(report: unknown) {
      const taken = await receive(JSON.stringify(report), { take })
      const concern = taken.is === 'accepted' ? taken.concern : undefined
      return { is: taken.is, ...(concern && { concern }), lines: (await settle()).map(noticeLine).map(short) }
    },
    async ledger() {
      const stored = await store.open('order:O-1')
      return openLedger(stored?.entries ?? [], stored?.events ?? [])
    },
    receiptsKept: async () => (await store.events('order:O-1', ['notice'])).length,
    async counted(duty: string) {
      const weeks = await store.counts('2026-03-02', '2026-03-09')
      return sumOf(...weeks.filter((line) => line.duty === duty).map(({ counts }) => counts))
    },
  }
}

type World = ReturnType<typeof world>

/** The person is reminded by e-mail of tomorrow's appointment. */
async function reminded(): Promise<World & { readonly messageId: string }> {
  const here = world()
  await here.at('2026-03-03', '10:00')
  await here.tell(...PEOPLE, order(), appointment('2026-03-09T14:00'))
  const lines = await here.at('2026-03-08', '14:00')
  return { ...here, messageId: lines.find((line) => line.step === 'day-before')?.messageId ?? '' }
}

/** The offender manager gets two notices as one message. */
async function toldTwoAtOnce(): Promise<
  World & { readonly messageId: string; readonly noticeIds: string[] }
> {
  const here = world()
  await here.at('2026-03-02', '08:00')
  await here.tell(...PEOPLE, order({ commenceBy: '2026-03-09' }, '2026-03-02T07:00'))
  const lines = (await here.at('2026-03-02', '09:00')).filter(
    (line) => line.to === 'C-OM' && line.outcome === 'sent',
  )
  return {
    ...here,
    messageId: lines[0]?.messageId ?? '',
    noticeIds: lines.map((line) => line.noticeId),
  }
}

const RING_THEM = '2026-03-08 14:00 ring-them case-manager C-CM'

describe('what those who run the service have to see to', () => {
  test('words that a provider refused, once', async () => {
    const { report, messageId } = await reminded()
    const rejected = { ...bounce('Transient').bounce, bounceSubType: 'ContentRejected' }
    const refused = sesEvent('Bounce', { bounce: rejected }, messageId)
    expect(await report(refused)).toMatchObject({ is: 'accepted', concern: 'words-refused' })
    expect(await report(refused)).not.toHaveProperty('concern')
  })

  test('a complaint from the mailbox of an office; of one reader’s it is a wish', async () => {
    const here = world()
    await here.at('2026-03-09', '09:00')
    await here.tell(
      ...PEOPLE,
      contact('C-OM', { absent: [{ from: '2026-03-09', to: '2026-03-13' }] }, '2026-01-02T00:00'),
      order(),
    )
    const lines = await here.at('2026-03-09', '09:30')
    const complaintOf = (to: string) => {
      const sent = lines.find((line) => line.to === to && line.outcome === 'sent')
      return here.report(sesEvent('Complaint', complaint('abuse'), sent?.messageId))
    }
    expect(await complaintOf('C-OFFICE')).toMatchObject({ concern: 'office-complains' })
    expect(await complaintOf('C-CM')).not.toHaveProperty('concern')
  })
})

describe('what comes back is an event like any other', () => {
  test.each<[string, (messageId: string) => unknown, readonly string[]]>([
    ['a bounce', (id) => sesEvent('Bounce', bounce(), id), [RING_THEM]],
    ['a number that does not answer', (id) => textEvent('TEXT_UNREACHABLE', {}, id), [RING_THEM]],
    ['a callback of failure', (id) => callback('permanent-failure', {}, id), [RING_THEM]],
    ['a delivery', (id) => sesEvent('Delivery', delivery(), id), []],
    ['a text delivered', (id) => textEvent('TEXT_DELIVERED', {}, id), []],
    ['a callback of delivery', (id) => callback('delivered', {}, id), []],
  ])('%s is taken in, and somebody rings if it failed', async (_what, reportOf, lines) => {
    const here = await reminded()
    expect(await here.report(bySns(reportOf(here.messageId)))).toEqual({ is: 'accepted', lines })
    expect((await here.ledger()).isDelivered(here.messageId)).toBe(lines.length === 0)
  })

  test('one that is of nobody’s message, or on its way still, leaves nothing behind', async () => {
    const here = await reminded()
    expect(await here.report(sesEvent('Send', {}, here.messageId))).toEqual({ is: 'ignored', lines: [] })
    expect(await here.report(sesEvent('Bounce', bounce(), ''))).toEqual({ is: 'ignored', lines: [] })
    expect(await here.receiptsKept()).toBe(0)
  })

  test('one that cannot be read is refused, and leaves nothing behind', async () => {
    const here = await reminded()
    expect((await here.report(sesEvent('Bounce', {}, here.messageId))).is).toBe('refused')
    expect((await here.report({ surprise: true })).is).toBe('refused')
    expect(await here.receiptsKept()).toBe(0)
  })

  test('nothing of an address is kept', async () => {
    const here = await reminded()
    for (const report of [
      sesEvent('Bounce', bounce(), here.messageId),
      callback('delivered', {}, here.messageId),
    ]) {
      const kept: string[] = []
      const take = async (event: OurEvent) => {
        kept.push(JSON.stringify(event))
        return { is: 'accepted', eventId: '' } as const
      }
      await receive(JSON.stringify(report), { take })
      expect(kept).toHaveLength(1)
      expect(kept.join()).not.toMatch(/example\.com|7700|550/)
    }
  })
})

describe('a report that comes twice, late or out of order changes nothing', () => {
  test('twice, and by another way: one event', async () => {
    const here = await reminded()
    const report = sesEvent('Bounce', bounce(), here.messageId)
    expect((await here.report(report)).is).toBe('accepted')
    expect(await here.report(bySns(report))).toEqual({ is: 'duplicate', lines: [] })
    expect(await here.receiptsKept()).toBe(1)
  })

  test('of a delivery at two times, as networks report it now and then: one event, and one that is counted', async () => {
    const here = await reminded()
    const at = Date.parse('2026-03-08T14:00:20Z')
    const report = (eventTimestamp: number) => textEvent('TEXT_DELIVERED', { eventTimestamp }, here.messageId)
    expect(await here.report(report(at))).toEqual({ is: 'accepted', lines: [] })
    expect(await here.report(report(at + MINUTE_MS))).toEqual({ is: 'duplicate', lines: [] })
    expect(await here.receiptsKept()).toBe(1)
    expect(await here.counted('ATR-01')).toMatchObject({ delivered: 1 })
  })

  test('whoever complains of a message has got it: it is not counted as one that did not arrive', async () => {
    const here = await reminded()
    await here.report(sesEvent('Complaint', complaint('abuse'), here.messageId))
    expect(await here.counted('ATR-01')).not.toHaveProperty('bounced')
  })

  test('a failure that comes after a delivery, whenever it happened, makes nobody ring', async () => {
    const here = await reminded()
    await here.report(sesEvent('Delivery', delivery(), here.messageId))
    for (const at of ['2026-03-08T13:59:00Z', '2026-03-08T14:00:30Z']) {
      const { lines } = await here.report(sesEvent('Bounce', bounce('Transient', at), here.messageId))
      expect(lines).toEqual([])
    }
    expect((await here.ledger()).failedAt(here.messageId)).toBeUndefined()
  })

  test.each([
    ['before it', '2026-03-08T14:04:00.000Z'],
    ['after it', '2026-03-08T14:06:00.000Z'],
  ])('of one message twice: a text that went in its place is not blamed, %s', async (_, time) => {
    const here = await reminded()
    await here.tell(contact('C-PERSON', { mobile: '07700 900001', addressIsSafe: true }, '2026-01-02T00:00'))
    await here.at('2026-03-08', '14:05')
    const first = await here.report(sesEvent('Bounce', bounce('Permanent'), here.messageId))
    expect(first.lines).toEqual(['2026-03-08 14:05 day-before person C-PERSON'])
    await here.at('2026-03-08', '14:10')
    const again = bounce('Permanent', time)
    expect((await here.report(sesEvent('Bounce', again, here.messageId))).lines).toEqual([])
    expect((await here.ledger()).failedAt(here.messageId)).toBeUndefined()
  })

  test('in any order, with any repeated, the ledger ends the same', async () => {
    const reports = (messageId: string) => [
      sesEvent('Send', {}, messageId),
      sesEvent('DeliveryDelay', {}, messageId),
      sesEvent('Bounce', bounce('Transient'), messageId),
      sesEvent('Delivery', delivery(), messageId),
      sesEvent('Bounce', bounce('Permanent', '2026-03-08T14:02:00Z'), messageId),
    ]
    const orders = fc.array(fc.nat({ max: 4 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), orders, async (all, again) => {
        const here = await reminded()
        const told = reports(here.messageId)
        for (const index of [...all, ...again]) await here.report(told[index])
        const ledger = await here.ledger()
        expect(ledger.isDelivered(here.messageId)).toBe(false)
        expect(ledger.failure(here.messageId)?.kind).toBe('permanent')
        expect(await here.receiptsKept()).toBe(3)
      }),
      { numRuns: 15 },
    )
  })

  test('a report of a casefile nobody opened tells nobody anything', async () => {
    const here = await reminded()
    const report = sesEvent('Bounce', bounce(), 'order_O-404_message_0123456789abcdef01234567')
    expect(await here.report(report)).toEqual({ is: 'accepted', lines: [] })
  })
})

describe('a message of several notices', () => {
  test('bears an id that routes, and each of them goes on to a stand-in when it bounces', async () => {
    const here = await toldTwoAtOnce()
    expect(here.messageId).toMatch(/^order_O-1_message_[0-9a-f]{24}$/)
    expect(here.noticeIds).toHaveLength(2)
    await here.at('2026-03-02', '09:05')
    await here.report(sesEvent('Bounce', bounce('Permanent', '2026-03-02T09:01:00Z'), here.messageId))
    const { entry } = await here.ledger()
    const again = here.noticeIds.map(entry)
    expect(again.map((one) => one?.is)).toEqual(['sent', 'sent'])
    for (const one of again) {
      expect(one).toMatchObject({ role: 'probation-office', failed: [expect.any(String)] })
      expect(one).not.toMatchObject({ messageId: here.messageId })
    }
  })

  test('marks them all as delivered', async () => {
    const here = await toldTwoAtOnce()
    await here.at('2026-03-02', '09:05')
    await here.report(sesEvent('Delivery', delivery('2026-03-02T09:02:00Z'), here.messageId))
    const delivered = await here.ledger()
    expect(here.noticeIds.map((id) => delivered.isDelivered(id))).toEqual([true, true])
    expect(here.noticeIds.map((id) => delivered.failedAt(id))).toEqual([undefined, undefined])
  })

  test('marks none but its own', async () => {
    const here = await toldTwoAtOnce()
    await here.report(sesEvent('Delivery', delivery('2026-03-02T09:02:00Z'), here.messageId))
    const ledger = await here.ledger()
    const others = ledger.entries.filter((entry) => !here.noticeIds.includes(entry.noticeId))
    expect(others.length).toBeGreaterThan(0)
    expect(others.filter((entry) => ledger.isDelivered(entry.noticeId))).toEqual([])
  })
})

describe('a complaint', () => {
  test('is an opting out by whoever got the message, of that channel alone', async () => {
    const here = await reminded()
    await here.tell(contact('C-PERSON', { mobile: '07700 900001' }, '2026-03-08T13:00'))
    await here.at('2026-03-08', '15:05')
    expect((await here.report(sesEvent('Complaint', complaint('abuse'), here.messageId))).is).toBe('accepted')
    const lines = await here.at('2026-03-09', '12:00')
    expect(lines.find((line) => line.step === 'same-day')).toMatchObject({
      channel: 'sms',
      address: '+447700900001',
    })
  })

  test('is a failure where nobody knows who got it', async () => {
    const here = await reminded()
    await here.at('2026-03-08', '15:05')
    await here.report(sesEvent('Complaint', complaint(), 'order_O-1_message_gone'))
    expect(await here.receiptsKept()).toBe(1)
  })
})

describe('a callback of GOV.UK Notify', () => {
  test.each([
    ['Bearer the-token', true],
    ['Bearer the-tokem', false],
    ['Bearer the-token-and-more', false],
    ['Bearer ', false],
    ['the-token', false],
    ['bearer the-token', false],
    ['', false],
    [undefined, false],
  ])('that bears %s is believed: %s', (authorization, believed) => {
    expect(bearsToken(authorization, 'the-token')).toBe(believed)
  })
})
