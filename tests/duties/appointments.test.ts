import { describe, expect, test } from 'vitest'
import { appointment, contact, event, order, PEOPLE, type Told, told } from '../story.ts'

const made = [...PEOPLE, order()]
const moved = (startsAt: string, at: string) =>
  event(at, 'appointment.rearranged', { orderId: 'O-1', appointmentId: 'A-1', startsAt })

describe('ATR-01: the person is reminded shortly before every appointment', () => {
  const examples: [string, Told[], string[]][] = [
    [
      'a day and two hours before',
      [appointment('2026-03-09T14:00')],
      ['2026-03-08 14:00 day-before person C-PERSON', '2026-03-09 12:00 same-day person C-PERSON'],
    ],
    [
      'a reminder planned in quiet hours goes at 20:00 before them',
      [appointment('2026-03-09T09:30')],
      ['2026-03-08 09:30 day-before person C-PERSON', '2026-03-08 20:00 same-day person C-PERSON'],
    ],
    [
      'an appointment moved to Friday withdraws Wednesday’s reminder; told of the move within 12 h, no other is owed',
      [appointment('2026-03-11T14:00'), moved('2026-03-13T14:00', '2026-03-09T10:00')],
      ['2026-03-12 14:00 day-before person C-PERSON', '2026-03-13 12:00 same-day person C-PERSON'],
    ],
    [
      'twenty-four hours are elapsed hours when the clocks go forward',
      [appointment('2026-03-29T14:00')],
      ['2026-03-28 13:00 day-before person C-PERSON', '2026-03-29 12:00 same-day person C-PERSON'],
    ],
    [
      'booked inside three hours, the reminder a day before is stale',
      [appointment('2026-03-09T14:00', {}, '2026-03-09T11:30')],
      [
        '2026-03-09 11:30 day-before person C-PERSON skipped: stale',
        '2026-03-09 12:00 same-day person C-PERSON',
      ],
    ],
    [
      'a person who is not to be messaged is rung instead',
      [contact('C-PERSON', { doNotMessage: true }, '2026-02-01T00:00'), appointment('2026-03-09T14:00')],
      [
        '2026-03-06 09:00 ring-them case-manager C-CM',
        '2026-03-08 14:00 day-before person C-PERSON skipped: do-not-message',
        '2026-03-09 12:00 same-day person C-PERSON skipped: do-not-message',
      ],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    const lines = await told('ATR-01', [...made, ...events], '2026-03-31T00:00')
    expect(lines.filter((line) => !line.includes('day-list'))).toEqual(expected)
  })
})
