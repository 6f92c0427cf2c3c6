import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { daysOwed, type SaysOfDays } from '../../shared/casefile/worker-days.ts'
import { appointment, event, order, type Told } from '../story.ts'

const NOW = londonTime('2026-03-03', '12:00')

function read(told: Told): DomainEvent {
  const reading = readEvent(JSON.stringify(told), Date.parse('2026-12-01T00:00:00Z'))
  if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
  return reading.event
}

const MADE = read(order())
const BOOKED = read(appointment('2026-03-09T14:00', { with: 'C-WORKER' }))
const MOVED = read(
  event('2026-03-04T10:00', 'appointment.rearranged', {
    ...{ orderId: 'O-1', appointmentId: 'A-1', startsAt: '2026-03-10T14:00' },
  }),
)
const TAKEN_OVER = read(
  event('2026-03-05T10:00', 'order.varied', { orderId: 'O-1', offenderManager: 'C-OM-2' }),
)
const ALL = [MADE, BOOKED, MOVED, TAKEN_OVER]
const EACH = ['C-CM', 'C-OM', 'C-OM-2', 'C-WORKER'].flatMap((worker) => [
  `contact:${worker} 2026-03-09`,
  `contact:${worker} 2026-03-10`,
])

const said = (events: readonly DomainEvent[], by?: DomainEvent, now = NOW) =>
  daysOwed(events, now, by as SaysOfDays).map(({ to, fact }) => `${to} ${fact.info.day}`)

function* orders<T>(of: readonly T[]): Iterable<T[]> {
  if (of.length === 0) yield []
  for (const [index, first] of of.entries())
    for (const rest of orders(of.toSpliced(index, 1))) yield [first, ...rest]
}

describe('the days of an order’s workers', () => {
  test('are those of every manager it ever had, and of whoever an appointment is with, wherever it moves', () => {
    expect(said(ALL).toSorted()).toEqual(EACH)
  })

  test('are all known once its last event has come, whatever the order in which they came', () => {
    for (const coming of orders(ALL)) {
      const known = coming.flatMap((event, index) => said(coming.slice(0, index + 1), event))
      expect([...new Set(known)].toSorted()).toEqual(EACH)
    }
  })

  test('are not those that are over', () => {
    const morning = londonTime('2026-03-10', '00:00')
    expect(said(ALL, undefined, morning - 1).toSorted()).toEqual(EACH)
    expect(said(ALL, undefined, morning).every((one) => one.endsWith('2026-03-10'))).toBe(true)
  })

  test('are one event a day, whoever says so', () => {
    const other = read(appointment('2026-03-09T16:00', { appointmentId: 'A-2' }))
    const facts = daysOwed([MADE, BOOKED, other], NOW).filter(({ to }) => to === 'contact:C-OM')
    expect(facts).toHaveLength(1)
    expect(daysOwed([MADE, other], NOW)[0]?.fact).toEqual(facts[0]?.fact)
  })
})
