import { describe, expect, test } from 'vitest'
import { type Instant, londonClock, londonTime, MINUTE_MS } from '../../shared/calendar/london.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import { openLedger } from '../../shared/casefile/open-ledger.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { keepingOf } from '../../shared/duties/retention.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { appointment, contact, event, order, type Told } from '../story.ts'

/**
 * What one casefile costs as it grows, in how often anything in it is looked at: twice as much in it is looked at
 * little more than twice as often.
 */

const START = londonTime('2026-03-04', '00:00')
const minute = (minutes: number) => londonClock(START + minutes * MINUTE_MS)
const HOUR = 60
const DAY = 24 * HOUR

function read(told: Told, nth: number): DomainEvent {
  const reading = readEvent(JSON.stringify(told), londonTime('2035-01-01', '00:00'))
  if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
  return { ...reading.event, eventId: `event-${nth}` }
}

/** The same things, and how often they were looked at. */
function watched<Thing extends object>(things: readonly Thing[]) {
  let looks = 0
  const seen = things.map(
    (thing) =>
      new Proxy(thing, {
        get(target, field) {
          looks++
          return Reflect.get(target, field)
        },
      }),
  )
  return { seen, looks: () => looks }
}

/** How often the events of a casefile are looked at to fold it, plan it and find what of it is to be forgotten. */
function looksAt(kind: 'order' | 'contact', key: string, told: readonly Told[], now: Instant): number {
  const { seen, looks } = watched(told.map(read))
  const rules = rulesWith({ goLive: 0 })
  const casefile = openCasefile(casefileId(kind, key), seen, [])
  keepingOf(casefile, { events: seen, entries: [] }, around(plan(casefile, rules, now), now), rules, now)
  return looks()
}

/**
 * How often events and entries of an order are looked at, and the order is asked for as it was at a moment, to plan it
 * once more when all that was due has been settled.
 */
function looksAtLivedIn(told: readonly Told[], now: Instant): number {
  const rules = rulesWith({ goLive: 0 })
  const events = watched(told.map(read))
  const first = openCasefile('order:O-1', events.seen, [])
  const settled = around(plan(first, rules, now), now).map(
    ({ noticeId, duty, step, occasion, due, because, role }): Entry => ({
      ...{ noticeId, duty, step, occasion, due, because, role, at: due, is: 'skipped' },
      ...{ reason: 'before-go-live', to: undefined, misses: [] },
    }),
  )
  const entries = watched(settled)
  const before = events.looks()
  const casefile = openCasefile('order:O-1', events.seen, entries.seen)
  let moments = 0
  const asked: typeof casefile = {
    ...casefile,
    asOf(instant, ask) {
      moments++
      return casefile.asOf(instant, ask)
    },
  }
  const again = around(plan(asked, rules, now), now)
  keepingOf(asked, { events: events.seen, entries: entries.seen }, again, rules, now)
  return events.looks() - before + entries.looks() + moments
}

const times = <Thing>(count: number, one: (nth: number) => Thing): Thing[] =>
  Array.from({ length: count }, (_, nth) => one(nth))

const GROWING: readonly [what: string, count: number, looks: (count: number) => number][] = [
  [
    'an answer pressed again and again',
    8_000,
    (count) =>
      looksAt(
        'order',
        'O-1',
        [
          order(),
          appointment(minute(10 * DAY), { kind: 'three-way' }),
          ...times(count, (nth) =>
            event(minute(nth), nth % 2 ? 'appointment.confirmed' : 'appointment.declined', {
              orderId: 'O-1',
              appointmentId: 'A-1',
              by: 'C-OM',
            }),
          ),
        ],
        START + 6 * DAY * MINUTE_MS,
      ),
  ],
  [
    'receipts',
    20_000,
    (count) =>
      looksAt(
        'order',
        'O-1',
        [
          order(),
          ...times(count, (nth) =>
            event(minute(nth), 'notice.delivered', { noticeId: `order_O-1_told_${nth}` }),
          ),
        ],
        START + 20 * DAY * MINUTE_MS,
      ),
  ],
  [
    'appointments booked a week before, moved, held, written up and read of, one a day',
    5_000,
    (count) =>
      looksAt(
        'order',
        'O-1',
        [order({ lengthMonths: 36 }), ...times(count / 5, aDay).flat()],
        START + (count / 5) * DAY * MINUTE_MS,
      ),
  ],
  [
    'what an order of years holds, with its ledger: booked, moved, answered, held, written up, read of and received',
    5_000,
    (count) =>
      looksAtLivedIn(
        [order({ lengthMonths: 36 }), ...times(count / 10, aDayWithReceipts).flat()],
        START + (count / 10) * DAY * MINUTE_MS,
      ),
  ],
  [
    'appointments booked on their day, so that nothing lies ahead for most of it',
    5_000,
    (count) =>
      looksAtLivedIn(
        [order({ lengthMonths: 36 }), ...times(count / 5, (nth) => aDay(nth, 0)).flat()],
        START + (count / 5) * DAY * MINUTE_MS,
      ),
  ],
  [
    'one appointment moved a day on, again and again',
    5_000,
    (count) =>
      looksAtLivedIn(
        [order({ lengthMonths: 36 }), appointment(minute(10 * DAY)), ...times(count, movedADayOn)],
        START + 9 * DAY * MINUTE_MS,
      ),
  ],
  [
    'flags of risk, an hour apart, each asked about twice more before the next day is over',
    4_000,
    (count) =>
      looksAt(
        'order',
        'O-1',
        [
          order({ lengthMonths: 36 }),
          ...times(count, (nth) => event(minute(nth * HOUR), 'risk.changed', { orderId: 'O-1', by: 'C-CM' })),
        ],
        START + count * HOUR * MINUTE_MS,
      ),
  ],
  [
    'the same particulars, sent again every hour, two years ago',
    5_000,
    (count) =>
      looksAt(
        'contact',
        'C-1',
        times(count, (nth) => contact('C-1', {}, minute(nth * HOUR))),
        londonTime('2034-01-01', '00:00'),
      ),
  ],
  [
    'orders that name a worker, three years ago',
    5_000,
    (count) =>
      looksAt(
        'contact',
        'C-OM',
        times(count, (nth) => order({ orderId: `O-${nth}` }, minute(nth * HOUR))),
        londonTime('2034-01-01', '00:00'),
      ),
  ],
  [
    'notices that went, looked up one after another by their step',
    20_000,
    (count) => {
      const { seen, looks } = watched(times(count, sent))
      const ledger = openLedger(seen, [])
      for (const nth of seen.keys()) ledger.of('FAX-01', 'prompt', `A-${nth}`)
      return looks()
    },
  ],
]

const ABOUT = { orderId: 'O-1', appointmentId: 'A-1' }

function movedADayOn(nth: number): Told {
  return event(minute(nth), 'appointment.rearranged', { ...ABOUT, startsAt: minute((11 + nth) * DAY) })
}

function heldAndMovedOn(nth: number): Told[] {
  const at = (hour: number) => minute(nth * DAY + hour * HOUR)
  const sheet = { attendance: 'did-not-attend', nextAppointment: 'none-booked', progress: [], by: 'C-CM' }
  return [
    event(at(12), 'contact-sheet.submitted', { ...ABOUT, ...sheet }),
    event(at(13), 'appointment.rearranged', { ...ABOUT, startsAt: at(DAY / HOUR + 10) }),
  ]
}

function aDayWithReceipts(nth: number): Told[] {
  const at = (minutes: number) => minute(nth * DAY + 15 * HOUR + minutes)
  const received = ['ATR-01_day-before', 'ATR-01_same-day', 'ATR-08_moved', 'FAX-01_update'].map(
    (step, one) => event(at(one + 1), 'notice.delivered', { noticeId: `order_O-1_${step}_A-${nth}` }),
  )
  const by = { orderId: 'O-1', appointmentId: `A-${nth}`, by: 'C-OM' }
  return [
    ...aDay(nth),
    event(at(0), nth % 2 ? 'appointment.confirmed' : 'appointment.declined', by),
    ...received,
  ]
}

function aDay(nth: number, booked = -7): Told[] {
  const about = { orderId: 'O-1', appointmentId: `A-${nth}` }
  const at = (hour: number, day = nth) => minute(day * DAY + hour * HOUR)
  const sheet = { attendance: 'attended', nextAppointment: 'none-booked', progress: [], by: 'C-CM' }
  return [
    appointment(at(10), about, at(0, nth + booked)),
    event(at(1, nth + Math.min(booked + 6, 0)), 'appointment.rearranged', { ...about, startsAt: at(11) }),
    event(at(13), 'contact-sheet.submitted', { ...about, ...sheet }),
    event(at(14), 'contact-sheet.read', { ...about, by: 'C-OM' }),
    event(at(15), 'risk.changed', { orderId: 'O-1', by: 'C-CM' }),
  ]
}

function sent(nth: number): Entry {
  const noticeId = `order_O-1_FAX-01_prompt_A-${nth}_case-manager`
  return {
    ...{ is: 'sent', noticeId, duty: 'FAX-01', step: 'prompt', occasion: `A-${nth}`, messageId: noticeId },
    ...{ due: START, at: START, because: [], misses: [], failed: [] },
    ...{ to: 'C-CM', role: 'case-manager', channel: 'email', address: 'cm@example.com', language: 'en' },
  }
}

describe('twice as much in a casefile is looked at little more than twice as often', () => {
  test.each(GROWING)('%s, %i', (_, count, looks) => {
    expect(looks(count) / looks(count / 2)).toBeLessThan(2.3)
  })
})

test('one appointment held, written up and moved on a day later, hundreds of times, costs the square of that and no more', () => {
  const looks = (count: number) =>
    looksAtLivedIn(
      [order({ lengthMonths: 36 }), appointment(minute(10 * HOUR)), ...times(count, heldAndMovedOn).flat()],
      START + count * DAY * MINUTE_MS,
    )
  expect(looks(200) / looks(100)).toBeLessThan(4)
})
