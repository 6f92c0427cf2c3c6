import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { type Arrival, readArrival } from '../../infra/local/arrivals.ts'
import { replay } from '../../infra/local/replay.ts'
import { addDays, londonTime } from '../../shared/calendar/london.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import { type DomainEvent, EVENTS, type EventType } from '../../shared/casefile/events.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { keepingOf } from '../../shared/duties/retention.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { appointment, contact, order, play, told } from '../story.ts'

/** Ids that a careless map would find something under, and dates at which careless calendars end. */
const IDS = ['constructor', 'toString', 'hasOwnProperty', 'O-1']
const DATES = ['1900-01-01', '2024-02-29', '2026-03-29', '2026-10-25', '2199-12-31']
const VALUES: readonly unknown[] = [
  ...[
    ...IDS,
    ...DATES,
    'none-booked',
    'MDI',
    'AB',
    'A9000AA',
    'A9001AA',
    'RELEASED',
    'ADMISSION',
    'DEC',
    '00:00',
    '23:59',
    'email',
    'both',
    'completed',
    'died',
  ],
  ...DATES.flatMap((date) => [`${date}T00:00`, `${date}T01:30`, `${date}T23:59:59.999999999Z`]),
  ...[1, 4, 40, 120, 1_440, true, false, '07700 900123', 'jo@example.com'],
  ...['order_constructor_ATR-01_day-before_A-1_1_person', '0123456789abcdef01234567'],
  ...[[], [{ from: '2026-03-29', to: '1900-01-01' }], [{ objective: 'o', note: 'n' }]],
  [{ from: '2199-12-31T00:00', to: '1900-01-01T00:00', contactId: 'constructor' }],
  [{ from: '1900-01-01T00:00', to: '2199-12-31T00:00', contactId: 'toString' }],
  [{ contactId: 'constructor', kind: 'family', consented: true }],
  ['complex', 'challenging'],
]

/** What one field may hold: every value that its schema takes, and every option that it names. */
function valuesOf(schema: z.ZodType): unknown[] {
  const options =
    'options' in schema ? (schema.options as unknown[]).filter((one) => typeof one === 'string') : []
  const inner = 'unwrap' in schema ? valuesOf((schema as z.ZodOptional<z.ZodType>).unwrap()) : []
  const taken = VALUES.filter((value) => schema.safeParse(value).success)
  return [...(schema.safeParse(undefined).success ? [undefined] : []), ...options, ...inner, ...taken]
}

const someEvent = fc.constantFrom(...(Object.keys(EVENTS) as EventType[])).chain((type) => {
  const fields = Object.entries(EVENTS[type].shape).map(
    ([name, schema]) => [name, fc.constantFrom(...valuesOf(schema as z.ZodType))] as const,
  )
  return fc.record({
    type: fc.constant(type),
    info: fc.record(Object.fromEntries(fields)),
    occurredAt: fc.constantFrom('2026-01-01T00:00:00Z', '2026-03-29T00:59:59Z', '2026-10-25T01:00:00Z'),
  })
})
const someEvents = fc.array(someEvent, { minLength: 1, maxLength: 25 })

const personReference = { identifiers: [{ type: 'NOMS', value: 'A9000AA' }] }
const NOW = londonTime('2026-11-01', '12:00')
const rules = rulesWith()

function casefilesWith(some: readonly { type: EventType; info: object; occurredAt: string }[]) {
  const casefiles = new Map<CasefileId, DomainEvent[]>()
  for (const [index, { type, info, occurredAt }] of some.entries()) {
    const eventType = /^prison/.test(type) ? type : `throughcare.${type}`
    const wire = { eventType, eventId: `${index}`, occurredAt, personReference, additionalInformation: info }
    const reading = readEvent(JSON.stringify(wire), NOW)
    if (reading.is !== 'event') continue
    for (const id of casefilesOf(reading.event)) {
      casefiles.set(id, [...(casefiles.get(id) ?? []), reading.event])
    }
  }
  return casefiles
}

function planAndKeep(id: CasefileId, events: readonly DomainEvent[]) {
  const casefile = openCasefile(id, events, [])
  const notices = around(plan(casefile, rules), NOW)
  return keepingOf(casefile, { events, entries: [] }, notices, rules, NOW)
}

describe('plan is total', () => {
  test('no id and no date that is taken in wedges a casefile', () => {
    fc.assert(
      fc.property(someEvents, (some) => {
        for (const [id, events] of casefilesWith(some)) planAndKeep(id, events)
      }),
      { numRuns: 150 },
    )
  })

  test('an event kept from before such dates were refused is set aside, with a reason, until a later one comes', () => {
    const made = (eventId: string, sentencedOn: string): DomainEvent => {
      const wire = { ...order({ sentencedOn: '2026-03-02' }), eventId }
      const reading = readEvent(JSON.stringify(wire), NOW)
      if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
      return { ...reading.event, info: { ...reading.event.info, sentencedOn } } as DomainEvent
    }
    const poisoned = openCasefile('order:O-1', [made('a', '9999-12-31')], [])
    expect(poisoned.setAside).toEqual([{ eventId: 'a', reason: 'a date outside of 1900 to 2199' }])
    expect(around(plan(poisoned, rules), NOW)).toEqual([])
    const healed = openCasefile('order:O-1', [made('a', '9999-12-31'), made('b', '2026-03-02')], [])
    expect(healed.state).toMatchObject({ terms: { sentencedOn: '2026-03-02' } })
  })

  test('an appointment called constructor is reminded of like any other, and so is its neighbour', async () => {
    const people = ['C-PERSON', 'C-OM', 'C-CM', 'C-OFFICE', 'C-PROVIDER'].map((id) => contact(id))
    const story = [
      ...people,
      order(),
      order({ orderId: 'constructor' }),
      appointment('2026-03-09T14:00'),
      appointment('2026-03-12T14:00', { appointmentId: 'constructor' }),
    ]
    expect(await told('ATR-01 day-before', story, '2026-04-01T00:00:00Z')).toEqual([
      '2026-03-08 14:00 day-before person C-PERSON',
      '2026-03-11 14:00 day-before person C-PERSON',
    ])
    const lines = await play(story, '2026-04-01T00:00:00Z')
    expect(lines.some(({ casefile }) => casefile === 'order:constructor')).toBe(true)
  })
})

test('a replay goes on beside a casefile whose plan throws, and says which', async () => {
  const store = sqliteStore(':memory:')
  const reading = readEvent(JSON.stringify(order({ orderId: 'O-2' })), NOW)
  if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
  const info = { ...reading.event.info, sentencedOn: 'some day' }
  await store.takeIn('order:O-2', { ...reading.event, info } as DomainEvent, reading.event.at)
  const failed: string[] = []
  const lines: string[] = []
  const story = [contact('C-PERSON'), order(), appointment('2026-03-09T14:00')]
  const arrivals = story.map((told, index) => readArrival(JSON.stringify(told), index + 1) as Arrival)
  const until = londonTime('2026-03-09', '14:00')
  await replay({ arrivals, until, store, failed: (id) => failed.push(id) }, (given) =>
    lines.push(...given.map(({ step }) => step)),
  )
  expect(new Set(failed)).toEqual(new Set(['order:O-2']))
  expect(lines).toContain('day-before')
})

describe('a casefile may grow', () => {
  const threadCpuMs = (work: () => void) => {
    const before = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1_000
  }
  const many = (count: number, of: (index: number) => object) =>
    Array.from({ length: count }, (_, index) => {
      const reading = readEvent(JSON.stringify(of(index)), NOW)
      if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
      return reading.event
    })
  const day = (index: number) => addDays('2026-03-03', index % 180)
  const bookings = (of: number) =>
    many(5_000, (index) => ({
      ...appointment(`${day(index)}T14:00`, { appointmentId: `A-${index % of}` }),
      eventId: `${index}`,
    }))

  test.each([
    ['five thousand appointments', () => bookings(5_000)],
    ['one appointment, rearranged five thousand times', () => bookings(1)],
  ])('%s fold in less than 50 ms', (_, events) => {
    const known = events()
    const cpuMs = Array.from({ length: 5 }, () => threadCpuMs(() => openCasefile('order:O-1', known, [])))
    expect(Math.min(...cpuMs)).toBeLessThan(50)
  })
})
