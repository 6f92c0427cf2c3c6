import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  DAY_MS,
  type Instant,
  londonClock,
  londonTime,
  monthsAfter,
} from '../../shared/calendar/london.ts'
import { fold, openCasefile } from '../../shared/casefile/casefile.ts'
import { standingAt } from '../../shared/casefile/clearance.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { onCall } from '../../shared/casefile/rota.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { type Forgettable, inOrder, keepingOf } from '../../shared/duties/retention.ts'
import type { Planned } from '../../shared/planning/duty.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { everyCasefile } from '../../shared/store/store.ts'
import { caseloadOf } from '../simulation/caseload.ts'
import { contact, event, order, type Told } from '../story.ts'
import { played } from './played.ts'

type Contents = { readonly events: readonly DomainEvent[]; readonly entries: readonly Entry[] }

const RULES = rulesWith()
const MONTHS = RULES.settings.retentionMonths

function read(told: Told): DomainEvent {
  const reading = readEvent(JSON.stringify(told), Number.MAX_SAFE_INTEGER / 2)
  if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
  return reading.event
}

function planOf(id: CasefileId, { events, entries }: Contents, now: Instant): Planned[] {
  return around(plan(openCasefile(id, events, entries), RULES), now)
}

function keeping(id: CasefileId, contents: Contents, now: Instant) {
  const casefile = openCasefile(id, contents.events, contents.entries)
  return keepingOf(casefile, contents, planOf(id, contents, now), RULES, now)
}

/** What a casefile may yet tell: planned, not done, and not so old that it is stale. */
function stillToTell(id: CasefileId, contents: Contents, now: Instant): string[] {
  const { ledger } = openCasefile(id, contents.events, contents.entries)
  const memory = monthsAfter(now, -MONTHS)
  return planOf(id, contents, now)
    .filter(({ untold, noticeId, due }) => !untold && due > memory && !ledger.isDone(noticeId))
    .map(({ noticeId }) => noticeId)
    .sort()
}

/** What is left of a casefile wherever forgetting is broken off, from all of it to what is left in the end. */
function* left(contents: Contents, { events, entries, receipts }: Forgettable): Iterable<Contents> {
  let rest = contents
  yield rest
  for (const gone of [...events, ...entries, ...receipts]) {
    rest = {
      events: rest.events.filter((one) => one !== gone),
      entries: rest.entries.filter((one) => one !== gone),
    }
    yield rest
  }
}

/** Everything planned by `now`, told when it was due. */
function toldInTime(id: CasefileId, events: readonly DomainEvent[], now: Instant): Entry[] {
  const planned = planOf(id, { events, entries: [] }, now)
  return planned
    .filter(({ untold, due }) => !untold && due <= now)
    .map(({ noticeId, duty, step, occasion, role, due, because }) => ({
      ...{ noticeId, duty, step, occasion, role, due, because, at: due, to: 'C-1', misses: [], failed: [] },
      ...{ channel: 'email', address: 'c-1@example.com', language: 'en', messageId: noticeId, is: 'sent' },
    }))
}

const made = order({ sentencedOn: '2026-03-02', lengthMonths: 12 })
const endedOrder = event('2026-06-01T12:00', 'order.ended', {
  orderId: 'O-1',
  endedOn: '2026-06-01',
  reason: 'revoked',
})
const clearance = { clearanceId: 'CL-1', prisonId: 'MDI' }
const confirmed = event('2026-03-02T12:00', 'clearance.confirmed', {
  ...{ ...clearance, holder: 'C-1', organisationId: 'ORG-1', confirmedOn: '2026-03-02' },
})
const endedClearance = event('2026-06-01T12:00', 'clearance.ended', {
  ...{ ...clearance, on: '2026-06-01', reason: 'left' },
})
const planned = event('2026-03-02T12:00', 'release.planned', {
  ...{ releaseId: 'R-1', area: 'north', releaseOn: '2026-05-04', initials: 'AB', dutyOfficer: 'C-DUTY' },
})

describe('a matter that is over is forgotten whole, 24 months after the last of it', () => {
  const facts: [string, CasefileId, Told[], string | undefined][] = [
    ['an order: from the day on which it was ended', 'order:O-1', [made, endedOrder], '2028-06-01T23:59'],
    ['an order that was not: from the last that was owed', 'order:O-1', [made], '2029-03-15T09:00'],
    ['a clearance that was ended', 'clearance:CL-1', [confirmed, endedClearance], '2028-06-01T12:00'],
    ['a clearance that lapsed and was never ended: never', 'clearance:CL-1', [confirmed], undefined],
    ['a release: from the last that was owed', 'release:R-1', [planned], '2028-06-01T09:00'],
    [
      'a movement that nobody planned',
      'release:0',
      [
        event(
          '2026-03-02T12:00',
          'prisoner.released',
          { nomsNumber: 'A9000AA', reason: 'RELEASED', currentPrisonStatus: 'NOT_UNDER_PRISON_CARE' },
          { eventType: 'prison-offender-events.prisoner.released' },
        ),
      ],
      '2028-03-02T12:00',
    ],
  ]
  test.each(facts)('%s', (_, id, told, when) => {
    const events = told.map(read)
    const isOverAt = (now: Instant) => {
      const entries = toldInTime(id, events, now)
      return keeping(id, { events, entries }, now).isOver
    }
    const at = londonTime((when ?? '2050-01-01T00:00').slice(0, 10), (when ?? '2050-01-01T00:00').slice(11))
    expect(isOverAt(at)).toBe(when !== undefined)
    expect(isOverAt(at - 60_000)).toBe(false)
    if (when === undefined) return
    const now = at - 40 * DAY_MS
    const { next } = keeping(id, { events, entries: toldInTime(id, events, now) }, now)
    expect(londonClock(next)).toBe(when)
  })

  test('wherever that is broken off, what is left is over too, and so tells nothing', async () => {
    let seen = 0
    for (let seed = 1; seed <= 15; seed++) {
      const caseload = caseloadOf(seed)
      const store = await played(caseload, monthsAfter(caseload.until, 3))
      for await (const { id } of everyCasefile(store)) {
        const contents = await store.open(id)
        if (!contents) continue
        const now = keeping(id, contents, monthsAfter(caseload.until, 3)).next
        if (!keeping(id, contents, now).isOver) continue
        for (const rest of left(contents, inOrder(contents))) {
          expect(keeping(id, rest, now).isOver, `${id} of seed ${seed}`).toBe(true)
          seen++
        }
      }
      store.close()
    }
    expect(seen).toBeGreaterThan(300)
  })
})

/** The days of seven years. */
const day = fc.integer({ min: 0, max: 7 * 365 }).map((days) => addDays('2020-01-01', days))
const clock = fc.tuple(day, fc.integer({ min: 10, max: 23 })).map(([date, hour]) => `${date}T${hour}:00`)
const few = (letter: string) => fc.constantFrom('1', '2', '3').map((nth) => `${letter}-${nth}`)
const days = fc.constantFrom(1, 7, 30, 400, 1_500)

/** The latest of these days is less than 66 months after it: no worker's order is forgotten as one that has ended. */
const MAY_STILL_RUN = '2021-07-02'

const toContact = fc.oneof(
  fc.record({ at: clock, from: day, long: days }).map(({ at, from, long }) => {
    const absent = [{ from, to: addDays(from, long) }]
    return contact('C-1', { absent, mobile: '07700 900123' }, at)
  }),
  fc
    .record({
      at: clock,
      type: fc.constantFrom('contact.opted-out', 'contact.opted-in', 'contact.disowned'),
      channel: fc.constantFrom('email', 'sms'),
    })
    .map(({ at, type, channel }) => event(at, type, { contactId: 'C-1', channel })),
  fc
    .record({ at: clock.filter((at) => at > MAY_STILL_RUN), orderId: few('O') })
    .map(({ at, orderId }) => order({ orderId, caseManager: 'C-1', sentencedOn: at.slice(0, 10) }, at)),
)
const toPrison = fc.oneof(
  clock.map((at) => event(at, 'prison.updated', { prisonId: 'MDI', name: `HMP ${at}`, governor: 'C-1' })),
  fc
    .record({ at: clock, type: fc.constantFrom('partnership.agreed', 'partnership.ended') })
    .map(({ at, type }) => event(at, type, { prisonId: 'MDI', on: at.slice(0, 10) })),
  fc.record({ at: clock, clearanceId: few('CL') }).map(({ at, clearanceId }) =>
    event(at, 'clearance.confirmed', {
      ...{
        clearanceId,
        prisonId: 'MDI',
        holder: 'C-1',
        organisationId: 'ORG-1',
        confirmedOn: at.slice(0, 10),
      },
    }),
  ),
  fc
    .record({ at: clock, clearanceId: few('CL') })
    .map(({ at, clearanceId }) =>
      event(at, 'clearance.ended', { clearanceId, prisonId: 'MDI', on: at.slice(0, 10), reason: 'left' }),
    ),
)
const toRota = fc.oneof(
  fc.record({ at: clock, from: day, long: days, nth: few('C') }).map(({ at, from, long, nth }) =>
    event(at, 'rota.published', {
      area: 'north',
      owner: nth,
      shifts: [{ from: `${from}T00:00`, to: `${addDays(from, long)}T00:00`, contactId: nth }],
    }),
  ),
  fc.record({ at: clock, releaseId: few('R'), long: days }).map(({ at, releaseId, long }) =>
    event(at, 'release.planned', {
      ...{ releaseId, area: 'north', releaseOn: addDays(at.slice(0, 10), long), initials: 'AB' },
      dutyOfficer: 'C-2',
    }),
  ),
  fc
    .record({ at: clock, releaseId: few('R'), type: fc.constantFrom('release.cancelled', 'release.moved') })
    .map(({ at, releaseId, type }) =>
      event(at, type, { releaseId, area: 'north', ...(type.endsWith('moved') && { gateTime: '10:00' }) }),
    ),
)

describe('of what lasts goes what is old and says nothing any more', () => {
  const kinds: [CasefileId, fc.Arbitrary<Told>][] = [
    ['contact:C-1', toContact],
    ['prison:MDI', toPrison],
    ['rota:north', toRota],
  ]
  const some = (told: fc.Arbitrary<Told>) =>
    fc.tuple(fc.uniqueArray(told, { selector: ({ eventId }) => eventId, minLength: 5, maxLength: 25 }), clock)

  test.each(kinds)('%s: nothing is told anew, and nothing that lies ahead is lost', (id, told) => {
    let gone = 0
    fc.assert(
      fc.property(some(told), ([tolds, at]) => {
        const now = londonTime(at.slice(0, 10), at.slice(11))
        const events = tolds.map(read).filter((one) => one.at <= now)
        if (events.length === 0) return
        const whole = { events, entries: toldInTime(id, events, now) }
        const { expired } = keeping(id, whole, now)
        gone += expired.events.length + expired.entries.length
        const before = stillToTell(id, whole, now)
        for (const rest of left(whole, expired)) expect(stillToTell(id, rest, now)).toEqual(before)
      }),
      { numRuns: 200 },
    )
    expect(gone).toBeGreaterThan(200)
  })

  test.each(kinds)('%s: its neighbours see no difference from then on', (id, told) => {
    const seen = (events: readonly DomainEvent[], now: Instant) => {
      switch (kindOf(id)) {
        case 'contact': {
          const { details, optedOut, disowned } = fold('contact', events)
          return [details, optedOut, disowned]
        }
        case 'prison': {
          const { details, partnership, clearances } = fold('prison', events)
          const standing = Object.values(clearances.byId).map((one) => standingAt(one, now)?.eventId)
          const isValid = (eventId: string | undefined) =>
            events.some((one) => one.eventId === eventId && one.at > monthsAfter(now, -36))
          return [details, partnership?.eventId, standing.filter(isValid).sort()]
        }
        default: {
          const rota = fold('rota', events)
          const ahead = Array.from({ length: 30 }, (_, weeks) => onCall(rota, now + weeks * 7 * DAY_MS))
          return [rota.owner, ahead]
        }
      }
    }
    fc.assert(
      fc.property(some(told), ([tolds, at]) => {
        const now = londonTime(at.slice(0, 10), at.slice(11))
        const events = tolds.map(read).filter((one) => one.at <= now)
        if (events.length === 0) return
        const whole = { events, entries: [] }
        for (const rest of left(whole, keeping(id, whole, now).expired)) {
          expect(seen(rest.events, now)).toEqual(seen(events, now))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('what was told long ago goes with its text, once it is in no plan, and the receipts after it', () => {
    const id = 'contact:C-1'
    const events = [contact('C-1', {}, '2020-01-01T00:00'), order({}, '2023-01-01T00:00')].map(read)
    const list = (on: string): Entry => ({
      ...{ noticeId: `contact_C-1_ATR-01_day-list_${on}_worker`, duty: 'ATR-01', step: 'day-list' },
      ...{ occasion: on, due: londonTime(on, '07:30'), because: [], at: londonTime(on, '07:30'), to: 'C-1' },
      ...{ role: 'worker', channel: 'email', address: 'c-1@example.com', language: 'en', misses: [] },
      ...{ messageId: `contact_C-1_message_${on}`, failed: [], is: 'sent' },
    })
    const receipt = read(
      event('2023-02-01T07:31', 'notice.delivered', { noticeId: 'contact_C-1_message_2023-02-01' }),
    )
    const recent = read(
      event('2025-02-01T07:31', 'notice.delivered', { noticeId: 'contact_C-1_message_2025-02-01' }),
    )
    const contents = {
      events: [...events, receipt, recent],
      entries: [list('2023-02-01'), list('2025-02-01')],
    }
    const { expired, next } = keeping(id, contents, londonTime('2025-02-01', '08:00'))
    expect(expired.entries).toEqual([list('2023-02-01')])
    expect(expired.texts).toEqual(['contact_C-1_message_2023-02-01', list('2023-02-01').noticeId])
    expect(expired.receipts).toEqual([receipt])
    expect(expired.events).toEqual([])
    expect(londonClock(next)).toBe('2027-02-01T07:30')
  })

  test('an order names its worker as long as it may run, and 24 months more', () => {
    const id = 'contact:C-1'
    const events = [contact('C-1', {}, '2020-01-01T00:00'), order({}, '2020-01-02T00:00')].map(read)
    const goneAt = (on: string) =>
      keeping(id, { events, entries: [] }, londonTime(on, '00:00')).expired.events.map(({ type }) => type)
    const until = addMonths('2020-01-02', 42 + MONTHS)
    expect(goneAt(addDays(until, -1))).toEqual([])
    expect(goneAt(until)).toEqual(['order.made'])
  })

  test('it is looked at no more than once a month, and at least once in 24', () => {
    const id = 'contact:C-1'
    const events = [contact('C-1', {}, '2020-01-02T00:00')].map(read)
    const next = (on: string) =>
      londonClock(keeping(id, { events, entries: [] }, londonTime(on, '00:00')).next)
    expect(next('2021-12-20')).toBe('2022-01-20T00:00')
    expect(next('2021-06-01')).toBe('2022-01-02T00:00')
    expect(next('2023-06-01')).toBe('2025-06-01T00:00')
  })
})

test('an address remembers who was ever reached there, once each', () => {
  const at = (year: number, id: string) => contact(id, { email: 'shared@example.com' }, `${year}-01-01T00:00`)
  const events = [at(2020, 'C-1'), at(2021, 'C-2'), at(2022, 'C-1')].map(read)
  const [, id] = casefilesOf(events[0] as DomainEvent) as [CasefileId, CasefileId]
  const { expired } = keeping(id, { events, entries: [] }, londonTime('2026-01-01', '00:00'))
  expect(expired.events.map(({ at }) => londonClock(at))).toEqual(['2020-01-01T00:00'])
})
