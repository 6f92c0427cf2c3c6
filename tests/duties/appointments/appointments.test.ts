import { describe, expect, test } from 'vitest'
import { APPOINTMENT_TEXTS } from '../../../shared/duties/appointments/texts.ts'
import { THREE_WAY_TEXTS } from '../../../shared/duties/three-way/texts.ts'
import { appointment, contact, event, order, PEOPLE, play, type Told, told } from '../../story.ts'
import { ROW_TEXTS } from '../../texts.ts'

/** What happens, in which events, and the lines that the schedule then asks for. */
type Example = readonly [what: string, events: readonly Told[], lines: readonly string[]]

/** Holds one duty to its examples, the order of 2 March having been made unless they say otherwise. */
function examples(duty: string, until: string, table: readonly Example[], given: readonly Told[] = made) {
  test.each(table)('%s', async (_, events, lines) => {
    const all = await told(duty, [...given, ...events], until)
    expect(all.filter((line) => duty !== 'ATR-01' || !line.includes('day-list'))).toEqual(lines)
  })
}

const made = [...PEOPLE, order()]
const about = { orderId: 'O-1', appointmentId: 'A-1' }
const later = (told: Told, receivedAt: string): Told => ({ ...told, receivedAt })
const vary = (more: Record<string, unknown>, at = '2026-03-02T09:30') =>
  event(at, 'order.varied', { orderId: 'O-1', ...more })
const moved = (startsAt: string, at: string, more = {}) =>
  event(at, 'appointment.rearranged', { ...about, startsAt, ...more })
const cancelled = (at: string, more = {}) => event(at, 'appointment.cancelled', { ...about, ...more })
const sheet = (at: string, attendance = 'attended', more = {}) =>
  event(at, 'contact-sheet.submitted', {
    ...about,
    attendance,
    nextAppointment: 'none-booked',
    progress: [],
    by: 'C-CM',
    ...more,
  })
const another = (startsAt: string, at: string, more = {}) =>
  appointment(startsAt, { appointmentId: 'A-2', ...more }, at)
const away = (contactId: string, day: string, more = {}) =>
  contact(contactId, { absent: [{ from: day, to: day, ...more }] }, '2026-02-01T00:00')
const notMessaged = contact('C-PERSON', { doNotMessage: true }, '2026-02-01T00:00')
/** The same line for both of an order's managers, as they come: by noticeId. */
const both = (line: string) => [`${line} case-manager C-CM`, `${line} offender-manager C-OM`]

describe('ATR-01: the person is reminded shortly before every appointment', () => {
  examples('ATR-01', '2026-03-31T00:00', [
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
      'an appointment at dawn: both are planned in quiet hours, each goes on the evening before its own',
      [appointment('2026-03-11T07:30')],
      ['2026-03-09 20:00 day-before person C-PERSON', '2026-03-10 20:00 same-day person C-PERSON'],
    ],
    [
      'learnt late, the reminder is given at once',
      [later(appointment('2026-03-09T14:00'), '2026-03-08T20:00')],
      ['2026-03-08 20:00 day-before person C-PERSON', '2026-03-09 12:00 same-day person C-PERSON'],
    ],
    [
      'learnt late at night, it waits for the morning',
      [later(appointment('2026-03-09T14:00'), '2026-03-08T22:00')],
      ['2026-03-09 08:00 day-before person C-PERSON', '2026-03-09 12:00 same-day person C-PERSON'],
    ],
    [
      'learnt at night, stale by the morning; the other is not',
      [appointment('2026-03-10T09:30', {}, '2026-03-09T22:00')],
      [
        '2026-03-09 22:00 day-before person C-PERSON skipped: quiet-hours-until-stale',
        '2026-03-10 08:00 same-day person C-PERSON',
      ],
    ],
    [
      'learnt at night, both stale by the morning: somebody rings',
      [appointment('2026-03-10T07:00', {}, '2026-03-09T23:00')],
      [
        '2026-03-09 23:00 day-before person C-PERSON skipped: quiet-hours-until-stale',
        '2026-03-09 23:00 ring-them case-manager C-CM',
        '2026-03-09 23:00 same-day person C-PERSON skipped: quiet-hours-until-stale',
      ],
    ],
    [
      'booked inside three hours, the reminder a day before is stale',
      [appointment('2026-03-09T14:00', {}, '2026-03-09T11:30')],
      [
        '2026-03-09 11:30 day-before person C-PERSON skipped: stale',
        '2026-03-09 12:00 same-day person C-PERSON',
      ],
    ],
    ['cancelled before', [appointment('2026-03-09T14:00'), cancelled('2026-03-08T10:00')], []],
    [
      'cancelled between the two',
      [appointment('2026-03-09T14:00'), cancelled('2026-03-09T10:00')],
      ['2026-03-08 14:00 day-before person C-PERSON'],
    ],
    [
      'moved to Friday: Wednesday’s reminder is withdrawn and Friday’s planned afresh',
      [appointment('2026-03-11T14:00'), moved('2026-03-13T14:00', '2026-03-09T10:00')],
      ['2026-03-12 14:00 day-before person C-PERSON', '2026-03-13 12:00 same-day person C-PERSON'],
    ],
    [
      'told of the move within 12 h before, no other is owed a day before',
      [appointment('2026-03-13T14:00'), moved('2026-03-11T14:00', '2026-03-10T03:00')],
      ['2026-03-11 12:00 same-day person C-PERSON'],
    ],
    [
      'told of the move earlier than that, it is',
      [appointment('2026-03-13T20:00'), moved('2026-03-11T20:00', '2026-03-09T20:30')],
      ['2026-03-10 20:00 day-before person C-PERSON', '2026-03-11 18:00 same-day person C-PERSON'],
    ],
    [
      'a move learnt when the reminder was due already: the move is all that is told',
      [
        appointment('2026-03-13T14:00'),
        later(moved('2026-03-11T14:00', '2026-03-08T09:00'), '2026-03-10T20:00'),
      ],
      ['2026-03-11 12:00 same-day person C-PERSON'],
    ],
    [
      'moved and moved back: the same start is reminded of once',
      [
        appointment('2026-03-11T14:00'),
        moved('2026-03-12T14:00', '2026-03-05T10:00'),
        moved('2026-03-11T14:00', '2026-03-06T10:00'),
      ],
      ['2026-03-10 14:00 day-before person C-PERSON', '2026-03-11 12:00 same-day person C-PERSON'],
    ],
    [
      'twenty-four hours are elapsed hours when the clocks go forward',
      [appointment('2026-03-29T14:00')],
      ['2026-03-28 13:00 day-before person C-PERSON', '2026-03-29 12:00 same-day person C-PERSON'],
    ],
  ])

  examples('ATR-01', '2026-11-30T00:00', [
    [
      'and when they go back',
      [vary({ lengthMonths: 12 }), appointment('2026-10-25T14:00')],
      ['2026-10-24 15:00 day-before person C-PERSON', '2026-10-25 12:00 same-day person C-PERSON'],
    ],
    [
      'on bank holidays too',
      [appointment('2026-04-06T10:30')],
      ['2026-04-05 10:30 day-before person C-PERSON', '2026-04-06 08:30 same-day person C-PERSON'],
    ],
    [
      'until 14 days after the end of the order',
      [appointment('2026-09-15T14:00'), another('2026-09-17T14:00', '2026-09-01T10:00')],
      ['2026-09-14 14:00 day-before person C-PERSON', '2026-09-15 12:00 same-day person C-PERSON'],
    ],
    [
      'the end of the order stops it',
      [
        appointment('2026-03-09T14:00'),
        event('2026-03-08T15:00', 'order.ended', {
          orderId: 'O-1',
          endedOn: '2026-03-08',
          reason: 'completed',
        }),
      ],
      ['2026-03-08 14:00 day-before person C-PERSON'],
    ],
    [
      'nothing is sent to or about somebody who died',
      [
        notMessaged,
        appointment('2026-03-09T14:00'),
        event('2026-03-05T10:00', 'order.ended', { orderId: 'O-1', endedOn: '2026-03-04', reason: 'died' }),
      ],
      [],
    ],
  ])

  examples(
    'ATR-01',
    '2028-03-31T00:00',
    [
      [
        'on a leap day',
        [appointment('2028-03-01T14:00', {}, '2028-02-02T10:00')],
        ['2028-02-29 14:00 day-before person C-PERSON', '2028-03-01 12:00 same-day person C-PERSON'],
      ],
    ],
    [...PEOPLE, order({ sentencedOn: '2028-02-01' }, '2028-02-01T09:00')],
  )

  test('what fell due before go-live is not given, and nobody rings about it', async () => {
    const lines = await told(
      'ATR-01',
      [...made, appointment('2026-03-09T14:00')],
      '2026-03-09T13:00',
      '2026-03-08T15:00Z',
    )
    expect(lines.filter((line) => !line.includes('day-list'))).toEqual([
      '2026-03-08 14:00 day-before person C-PERSON skipped: before-go-live',
      '2026-03-09 12:00 same-day person C-PERSON',
    ])
  })
})

describe('ATR-01: somebody rings a person who was not, or will not be, told', () => {
  examples('ATR-01', '2026-03-31T00:00', [
    [
      'not to be messaged: on the working day before',
      [notMessaged, appointment('2026-03-09T14:00')],
      [
        '2026-03-06 09:00 ring-them case-manager C-CM',
        '2026-03-08 14:00 day-before person C-PERSON skipped: do-not-message',
        '2026-03-09 12:00 same-day person C-PERSON skipped: do-not-message',
      ],
    ],
    [
      'learnt later than that: at once',
      [notMessaged, appointment('2026-03-09T14:00', {}, '2026-03-07T11:00')],
      [
        '2026-03-07 11:00 ring-them case-manager C-CM',
        '2026-03-08 14:00 day-before person C-PERSON skipped: do-not-message',
        '2026-03-09 12:00 same-day person C-PERSON skipped: do-not-message',
      ],
    ],
    [
      'opted out after that day: when it proves so',
      [
        appointment('2026-03-09T14:00'),
        event('2026-03-07T12:00', 'contact.opted-out', { contactId: 'C-PERSON', channel: 'all' }),
      ],
      [
        '2026-03-08 14:00 day-before person C-PERSON skipped: opted-out',
        '2026-03-08 14:00 ring-them case-manager C-CM',
        '2026-03-09 12:00 same-day person C-PERSON skipped: opted-out',
      ],
    ],
    [
      'nothing can arrive: at once, and for the next appointment on the working day before',
      [
        appointment('2026-03-09T14:00'),
        another('2026-03-16T14:00', '2026-03-03T10:00'),
        event('2026-03-08T14:05', 'notice.failed', {
          noticeId: 'order_O-1_ATR-01_day-before_A-1_202603091400_person',
          reason: 'permanent',
        }),
      ],
      [
        '2026-03-08 14:00 day-before person C-PERSON',
        '2026-03-08 14:05 ring-them case-manager C-CM',
        '2026-03-09 12:00 same-day person C-PERSON skipped: no-usable-address',
        '2026-03-13 09:00 ring-them case-manager C-CM',
        '2026-03-15 14:00 day-before person C-PERSON skipped: no-usable-address',
        '2026-03-16 12:00 same-day person C-PERSON skipped: no-usable-address',
      ],
    ],
    [
      'case manager away: the offender manager, not the cover',
      [
        notMessaged,
        contact('C-COVER'),
        away('C-CM', '2026-03-06', { coverContactId: 'C-COVER' }),
        appointment('2026-03-09T14:00'),
      ],
      [
        '2026-03-06 09:00 ring-them offender-manager C-OM',
        '2026-03-08 14:00 day-before person C-PERSON skipped: do-not-message',
        '2026-03-09 12:00 same-day person C-PERSON skipped: do-not-message',
      ],
    ],
    [
      'about a move, and about the new start on the working day before it',
      [notMessaged, appointment('2026-03-12T14:00'), moved('2026-03-10T14:00', '2026-03-05T10:00')],
      [
        '2026-03-05 10:00 ring-them case-manager C-CM',
        '2026-03-09 09:00 ring-them case-manager C-CM',
        '2026-03-09 14:00 day-before person C-PERSON skipped: do-not-message',
        '2026-03-10 12:00 same-day person C-PERSON skipped: do-not-message',
      ],
    ],
    [
      'about a move of the same day once',
      [notMessaged, appointment('2026-03-12T14:00'), moved('2026-03-10T14:00', '2026-03-09T10:00')],
      [
        '2026-03-09 10:00 ring-them case-manager C-CM',
        '2026-03-09 14:00 day-before person C-PERSON skipped: do-not-message',
        '2026-03-10 12:00 same-day person C-PERSON skipped: do-not-message',
      ],
    ],
    [
      'about a cancellation',
      [notMessaged, appointment('2026-03-09T14:00'), cancelled('2026-03-05T10:00')],
      ['2026-03-05 10:00 ring-them case-manager C-CM'],
    ],
    [
      'learnt when it had begun: too late to ring',
      [notMessaged, later(appointment('2026-03-09T14:00'), '2026-03-09T14:30')],
      [
        '2026-03-09 14:30 day-before person C-PERSON skipped: stale',
        '2026-03-09 14:30 ring-them case-manager C-CM skipped: stale',
        '2026-03-09 14:30 same-day person C-PERSON skipped: stale',
      ],
    ],
  ])
  examples('ATR-01', '2026-04-06T00:00', [
    [
      'the working day before Easter Tuesday is Maundy Thursday',
      [notMessaged, appointment('2026-04-07T10:00')],
      ['2026-04-02 09:00 ring-them case-manager C-CM'],
    ],
  ])
})

describe('ATR-08: everybody is told of a rearranged appointment', () => {
  const atTen = (...roles: string[]) => roles.map((role) => `2026-03-09 10:00 moved ${role}`)
  const booked = appointment('2026-03-11T14:00')
  examples('ATR-08', '2026-03-31T00:00', [
    [
      'at once',
      [booked, moved('2026-03-13T14:00', '2026-03-09T10:00')],
      atTen('case-manager C-CM', 'offender-manager C-OM', 'person C-PERSON'),
    ],
    [
      'whoever moved it need not be told; whoever it is with must',
      [
        contact('C-WORKER'),
        appointment('2026-03-11T14:00', { with: 'C-WORKER' }),
        moved('2026-03-13T14:00', '2026-03-09T10:00', { by: 'C-CM' }),
      ],
      atTen('offender-manager C-OM', 'person C-PERSON', 'worker C-WORKER'),
    ],
    [
      'offender manager away: the duty officer instead',
      [away('C-OM', '2026-03-09'), booked, moved('2026-03-13T14:00', '2026-03-09T10:00')],
      atTen('case-manager C-CM', 'duty-officer C-DUTY', 'person C-PERSON'),
    ],
    [
      'offender manager away and covered: the duty officer all the same',
      [
        contact('C-COVER'),
        away('C-OM', '2026-03-09', { coverContactId: 'C-COVER' }),
        booked,
        moved('2026-03-13T14:00', '2026-03-09T10:00'),
      ],
      atTen('case-manager C-CM', 'duty-officer C-DUTY', 'person C-PERSON'),
    ],
    [
      'at night the workers at once, the person in the morning',
      [booked, moved('2026-03-13T14:00', '2026-03-09T22:00')],
      [...both('2026-03-09 22:00 moved'), '2026-03-10 08:00 moved person C-PERSON'],
    ],
    [
      'in the small hours: the person that same morning',
      [booked, moved('2026-03-13T14:00', '2026-03-10T03:00')],
      [...both('2026-03-10 03:00 moved'), '2026-03-10 08:00 moved person C-PERSON'],
    ],
    [
      'booked a second time with another start',
      [booked, appointment('2026-03-13T14:00', {}, '2026-03-09T10:00')],
      atTen('case-manager C-CM', 'offender-manager C-OM', 'person C-PERSON'),
    ],
    [
      'booked a second time with the same start: nothing has moved',
      [booked, appointment('2026-03-11T14:00', {}, '2026-03-09T10:00')],
      [],
    ],
    [
      'learnt when the new start had passed: the workers all the same',
      [booked, later(moved('2026-03-13T14:00', '2026-03-09T10:00'), '2026-03-14T10:00')],
      [...both('2026-03-14 10:00 moved'), '2026-03-14 10:00 moved person C-PERSON skipped: stale'],
    ],
    [
      'moved and moved back is told each time',
      [booked, moved('2026-03-13T14:00', '2026-03-09T10:00'), moved('2026-03-11T14:00', '2026-03-10T09:00')],
      [
        ...atTen('case-manager C-CM', 'offender-manager C-OM', 'person C-PERSON'),
        ...both('2026-03-10 09:00 moved'),
        '2026-03-10 09:00 moved person C-PERSON',
      ],
    ],
    [
      'a move overtaken before we learn of it is not told as if it stood',
      [
        booked,
        later(moved('2026-03-13T14:00', '2026-03-09T09:00'), '2026-03-09T10:00'),
        moved('2026-03-16T14:00', '2026-03-09T10:00'),
      ],
      [
        ...atTen('case-manager C-CM', 'offender-manager C-OM', 'person C-PERSON').map(
          (line) => `${line} skipped: no-longer-true`,
        ),
        ...atTen('case-manager C-CM', 'offender-manager C-OM', 'person C-PERSON'),
      ],
    ],
  ])

  const texts = async (...events: Told[]) => {
    const lines = await play([...made, ...events], '2026-03-31T00:00')
    return lines.filter((line) => line.duty === 'ATR-08' && line.outcome === 'sent')
  }

  test('workers are told late, and it is marked late', async () => {
    const late = await texts(booked, later(moved('2026-03-13T14:00', '2026-03-11T09:00'), '2026-03-12T09:00'))
    expect(late.map((line) => line.subject)).toEqual([
      'Case O-1: an appointment has moved (late)',
      'Case O-1: an appointment has moved (late)',
      'Your appointment has moved',
    ])
    const onTheDay = await texts(booked, moved('2026-03-13T14:00', '2026-03-11T23:30'))
    expect(onTheDay[0]?.subject).toBe('Case O-1: an appointment has moved')
  })

  test('everybody reads whence it moved as they last knew it', async () => {
    const lines = await texts(
      booked,
      later(moved('2026-03-13T14:00', '2026-03-09T09:00'), '2026-03-09T10:00'),
      moved('2026-03-16T14:00', '2026-03-09T10:00'),
    )
    for (const { text } of lines) {
      expect(text).toContain('Wednesday 11 March at 2pm')
      expect(text).toContain('Monday 16 March at 2pm')
      expect(text).not.toContain('13 March')
    }
  })

  test('cancelled, and on again at the same time: it goes ahead', async () => {
    const lines = await texts(
      booked,
      cancelled('2026-03-09T10:00'),
      appointment('2026-03-11T14:00', {}, '2026-03-09T11:00'),
    )
    expect(lines.at(-1)?.text).toBe(
      'Your appointment on Wednesday 11 March at 2pm goes ahead. We look forward to seeing you.\n\nThe appointments office',
    )
  })
})

describe('CUS-13: everybody is told that an appointment is off, and another is booked', () => {
  const monday = appointment('2026-03-09T14:00')
  const atTen = [...both('2026-03-05 10:00 cancelled'), '2026-03-05 10:00 cancelled person C-PERSON']
  examples('CUS-13', '2026-03-31T00:00', [
    [
      'at once, and the next working day nothing is booked',
      [monday, cancelled('2026-03-05T10:00')],
      [...atTen, '2026-03-06 09:00 rebook case-manager C-CM'],
    ],
    [
      'whoever cancelled need not be told; whoever it is with must',
      [
        contact('C-WORKER'),
        appointment('2026-03-09T14:00', { with: 'C-WORKER' }),
        cancelled('2026-03-05T10:00', { by: 'C-OM' }),
      ],
      [
        '2026-03-05 10:00 cancelled case-manager C-CM',
        '2026-03-05 10:00 cancelled person C-PERSON',
        '2026-03-05 10:00 cancelled worker C-WORKER',
        '2026-03-06 09:00 rebook case-manager C-CM',
      ],
    ],
    [
      'another is booked before',
      [monday, cancelled('2026-03-05T10:00'), another('2026-03-12T14:00', '2026-03-05T15:00')],
      atTen,
    ],
    [
      'at night, over before the morning',
      [appointment('2026-03-06T07:30'), cancelled('2026-03-05T22:00')],
      [
        ...both('2026-03-05 22:00 cancelled'),
        '2026-03-05 22:00 cancelled person C-PERSON skipped: quiet-hours-until-stale',
        '2026-03-06 09:00 rebook case-manager C-CM',
      ],
    ],
    [
      'at night, in time in the morning',
      [monday, cancelled('2026-03-05T22:00')],
      [
        ...both('2026-03-05 22:00 cancelled'),
        '2026-03-06 08:00 cancelled person C-PERSON',
        '2026-03-06 09:00 rebook case-manager C-CM',
      ],
    ],
    [
      'learnt when the start had passed: stale; to book another never is',
      [monday, later(cancelled('2026-03-05T10:00'), '2026-03-09T15:00')],
      [
        '2026-03-09 15:00 cancelled case-manager C-CM skipped: stale',
        '2026-03-09 15:00 cancelled offender-manager C-OM skipped: stale',
        '2026-03-09 15:00 cancelled person C-PERSON skipped: stale',
        '2026-03-09 15:00 rebook case-manager C-CM',
      ],
    ],
    [
      'learnt on a Saturday: the prompt waits for Monday, and a booking on Sunday makes it idle',
      [
        monday,
        later(cancelled('2026-03-05T10:00'), '2026-03-07T10:00'),
        another('2026-03-12T14:00', '2026-03-08T10:00'),
      ],
      [
        ...both('2026-03-07 10:00 cancelled'),
        '2026-03-07 10:00 cancelled person C-PERSON',
        '2026-03-08 10:00 rebook case-manager C-CM skipped: no-longer-true',
      ],
    ],
    [
      'cancelled when it had begun: nobody need be told, another is to be booked',
      [monday, cancelled('2026-03-09T14:30')],
      ['2026-03-10 09:00 rebook case-manager C-CM'],
    ],
  ])
  examples('CUS-13 rebook', '2026-04-30T00:00', [
    [
      'one working day after Maundy Thursday is Easter Tuesday',
      [appointment('2026-04-02T14:00'), cancelled('2026-04-02T10:00')],
      ['2026-04-07 09:00 rebook case-manager C-CM'],
    ],
    [
      'case manager away without cover: the probation office',
      [away('C-CM', '2026-03-06'), monday, cancelled('2026-03-05T10:00')],
      ['2026-03-06 09:00 rebook probation-office C-OFFICE'],
    ],
  ])
})

describe('ATR-09: another appointment for somebody who came intoxicated or did not come', () => {
  const monday = appointment('2026-03-09T14:00')
  examples('ATR-09', '2026-04-30T00:00', [
    [
      'did not come: 17:00 on the next working day',
      [monday, sheet('2026-03-09T15:30', 'did-not-attend')],
      both('2026-03-10 17:00 rebook'),
    ],
    [
      'came intoxicated',
      [monday, sheet('2026-03-09T15:30', 'attended-intoxicated')],
      both('2026-03-10 17:00 rebook'),
    ],
    ['came', [monday, sheet('2026-03-09T15:30')], []],
    [
      'on Maundy Thursday: Easter Tuesday',
      [appointment('2026-04-02T14:00'), sheet('2026-04-02T15:30', 'did-not-attend')],
      both('2026-04-07 17:00 rebook'),
    ],
    [
      'another is booked',
      [monday, sheet('2026-03-09T15:30', 'did-not-attend'), another('2026-03-16T14:00', '2026-03-10T16:00')],
      [],
    ],
    [
      'the sheet was wrong',
      [monday, sheet('2026-03-09T15:30', 'did-not-attend'), sheet('2026-03-10T11:00', 'attended')],
      [],
    ],
    [
      'rearranged and missed again',
      [
        monday,
        sheet('2026-03-09T15:30', 'did-not-attend'),
        moved('2026-03-12T14:00', '2026-03-10T10:00'),
        sheet('2026-03-12T15:30', 'did-not-attend'),
      ],
      both('2026-03-13 17:00 rebook'),
    ],
    [
      'learnt after office hours: the next morning',
      [monday, later(sheet('2026-03-09T15:30', 'did-not-attend'), '2026-03-10T18:00')],
      both('2026-03-11 09:00 rebook'),
    ],
  ])
})

describe('ATR-03: first appointments are confirmed when the order is made', () => {
  examples(
    'ATR-03',
    '2026-04-30T00:00',
    [
      ['nothing booked: 17:00 on the next working day', [order()], both('2026-03-03 17:00 nothing-booked')],
      ['booked by then', [order(), appointment('2026-03-09T14:00', {}, '2026-03-03T16:00')], []],
      [
        'booked, and cancelled again',
        [order(), appointment('2026-03-09T14:00', {}, '2026-03-02T16:00'), cancelled('2026-03-03T09:00')],
        both('2026-03-03 17:00 nothing-booked'),
      ],
      [
        'sentenced on a Friday',
        [order({ sentencedOn: '2026-03-06' }, '2026-03-06T11:00')],
        both('2026-03-09 17:00 nothing-booked'),
      ],
      [
        'sentenced before Easter',
        [order({ sentencedOn: '2026-04-02' }, '2026-04-02T11:00')],
        both('2026-04-07 17:00 nothing-booked'),
      ],
      ['learnt late', [later(order(), '2026-03-05T10:00')], both('2026-03-05 10:00 nothing-booked')],
      [
        'learnt late in the evening',
        [later(order(), '2026-03-05T20:00')],
        both('2026-03-06 09:00 nothing-booked'),
      ],
      [
        'learnt late, when something had been booked',
        [later(order(), '2026-03-05T10:00'), appointment('2026-03-09T14:00', {}, '2026-03-04T10:00')],
        both('2026-03-05 10:00 nothing-booked').map((line) => `${line} skipped: no-longer-true`),
      ],
    ],
    PEOPLE,
  )
})

describe('ATR-04: treatment starts within the time told to the court', () => {
  const om = (days: string[]) => days.map((day) => `${day} 09:00 commence-by offender-manager C-OM`)
  const overdue = (days: string[]) => days.flatMap((day) => both(`${day} 09:00 overdue`))
  const by = (commenceBy: string) => vary({ commenceBy })
  examples('ATR-04', '2026-04-16T00:00', [
    [
      '14, 7 and 1 days before, none of them on a Sunday; 2 working days after, then weekly',
      [by('2026-03-30')],
      [
        ...om(['2026-03-16', '2026-03-23', '2026-03-27']),
        ...overdue(['2026-04-01', '2026-04-08', '2026-04-15']),
      ],
    ],
    [
      'over Easter: a day before is Maundy Thursday, two working days after a Thursday',
      [by('2026-04-07')],
      [...om(['2026-03-24', '2026-03-31', '2026-04-02']), ...overdue(['2026-04-09'])],
    ],
    [
      'booked within the time, not held: the prompts stop, and the overdue ones come',
      [by('2026-03-30'), appointment('2026-03-27T10:00', {}, '2026-03-20T10:00')],
      [...om(['2026-03-16']), ...overdue(['2026-04-01', '2026-04-08', '2026-04-15'])],
    ],
    [
      'held',
      [by('2026-03-30'), appointment('2026-03-27T10:00', {}, '2026-03-20T10:00'), sheet('2026-03-27T11:30')],
      om(['2026-03-16']),
    ],
    [
      'booked, but after the time',
      [by('2026-03-30'), appointment('2026-03-31T10:00', {}, '2026-03-10T10:00'), sheet('2026-03-31T11:30')],
      om(['2026-03-16', '2026-03-23', '2026-03-27']),
    ],
    [
      'supervision is not treatment',
      [by('2026-03-30'), appointment('2026-03-10T10:00', { kind: 'supervision' }), sheet('2026-03-10T11:30')],
      [
        ...om(['2026-03-16', '2026-03-23', '2026-03-27']),
        ...overdue(['2026-04-01', '2026-04-08', '2026-04-15']),
      ],
    ],
    [
      'the time was extended',
      [by('2026-03-30'), vary({ commenceBy: '2026-04-20' }, '2026-03-18T10:00')],
      om(['2026-03-16', '2026-04-02', '2026-04-13']),
    ],
    [
      'learnt late: of two that were due, the older is stale',
      [later(by('2026-03-30'), '2026-03-24T10:00')],
      [
        '2026-03-24 10:00 commence-by offender-manager C-OM skipped: stale',
        '2026-03-24 10:00 commence-by offender-manager C-OM',
        ...om(['2026-03-27']),
        ...overdue(['2026-04-01', '2026-04-08', '2026-04-15']),
      ],
    ],
  ])
  examples('ATR-04 overdue', '2026-05-12T00:00', [
    [
      'a week that falls on a bank holiday goes the day after, and shifts no other',
      [by('2026-04-23')],
      overdue(['2026-04-27', '2026-05-05', '2026-05-11']),
    ],
  ])
})

describe('ATR-07: the person is supported while they wait', () => {
  const om = (days: string[]) => days.map((day) => `${day} 09:00 waiting offender-manager C-OM`)
  examples('ATR-07', '2026-04-14T00:00', [
    ['every 14 days from sentence', [], om(['2026-03-16', '2026-03-30', '2026-04-13'])],
    [
      'not while an appointment of any kind is ahead',
      [appointment('2026-03-18T14:00', { kind: 'supervision' })],
      om(['2026-03-30', '2026-04-13']),
    ],
    [
      'until a treatment appointment was held',
      [appointment('2026-03-18T14:00'), sheet('2026-03-18T15:30')],
      [],
    ],
    [
      'one that was missed was not held',
      [appointment('2026-03-18T14:00'), sheet('2026-03-18T15:30', 'did-not-attend')],
      om(['2026-03-30', '2026-04-13']),
    ],
  ])
  examples(
    'ATR-07',
    '2026-05-20T00:00',
    [
      [
        'on a bank holiday: the next working day',
        [order({ sentencedOn: '2026-04-20' }, '2026-04-20T11:00')],
        om(['2026-05-05', '2026-05-18']),
      ],
      [
        'learnt late: at once, the older stale',
        [later(order({ sentencedOn: '2026-04-20' }, '2026-04-20T11:00'), '2026-05-19T10:00')],
        [
          '2026-05-19 10:00 waiting offender-manager C-OM skipped: stale',
          '2026-05-19 10:00 waiting offender-manager C-OM',
        ],
      ],
    ],
    PEOPLE,
  )
})

describe('ATR-10: fortnightly diary reviews in the preparation phase', () => {
  const cm = (days: string[]) => days.map((day) => `${day} 09:00 diary-review case-manager C-CM`)
  const reviews = vary({ preparationReviews: true })
  examples('ATR-10', '2026-04-14T00:00', [
    ['only where they are wanted', [], []],
    ['every 14 days from the start', [reviews], cm(['2026-03-16', '2026-03-30', '2026-04-13'])],
    [
      'not while one is booked ahead',
      [reviews, appointment('2026-03-17T14:00', { kind: 'review' })],
      cm(['2026-03-30', '2026-04-13']),
    ],
    [
      'treatment ahead is no review',
      [reviews, appointment('2026-03-17T14:00')],
      cm(['2026-03-16', '2026-03-30', '2026-04-13']),
    ],
    [
      'until the core programme started',
      [reviews, event('2026-03-20T10:00', 'core-programme.started', { orderId: 'O-1', on: '2026-03-20' })],
      cm(['2026-03-16']),
    ],
    [
      'from the start of the requirement, where it is another',
      [vary({ preparationReviews: true, requirementStartsOn: '2026-03-20' })],
      cm(['2026-04-07']),
    ],
  ])
})

describe('ATR-15: the requirement has no gap', () => {
  const gap = (day: string) => both(`${day} 09:00 gap`)
  const monday = appointment('2026-03-09T14:00')
  const held = sheet('2026-03-09T15:30')
  examples('ATR-15', '2026-04-06T00:00', [
    ['not before a treatment appointment was held', [monday], []],
    ['28 days ahead with nothing booked: at the next 09:00', [monday, held], gap('2026-03-10')],
    [
      'on a Friday: on Monday',
      [appointment('2026-03-13T14:00'), sheet('2026-03-13T15:30')],
      gap('2026-03-16'),
    ],
    ['booked for the 28th day', [monday, held, another('2026-04-06T16:00', '2026-03-09T15:00')], []],
    [
      'booked for the 29th',
      [monday, held, another('2026-04-07T10:00', '2026-03-09T15:00')],
      gap('2026-03-10'),
    ],
    [
      'booked for half an hour into the 29th',
      [monday, held, another('2026-04-07T00:30', '2026-03-09T15:00')],
      gap('2026-03-10'),
    ],
    ['booked before the prompt', [monday, held, another('2026-04-06T10:00', '2026-03-10T08:00')], []],
    [
      'once per gap; filled, another opens when that meeting ends',
      [monday, held, another('2026-03-12T14:00', '2026-03-11T10:00')],
      [...gap('2026-03-10'), ...gap('2026-03-13')],
    ],
    [
      'a cancellation opens one',
      [
        monday,
        another('2026-03-16T14:00', '2026-03-09T15:00', { kind: 'group' }),
        held,
        event('2026-03-11T10:00', 'appointment.cancelled', { orderId: 'O-1', appointmentId: 'A-2' }),
      ],
      gap('2026-03-12'),
    ],
    [
      'a sheet that is corrected opens no second',
      [
        monday,
        held,
        another('2026-03-12T14:00', '2026-03-09T15:00'),
        sheet('2026-03-12T17:30', 'did-not-attend', { appointmentId: 'A-2' }),
        sheet('2026-03-13T09:30', 'attended', { appointmentId: 'A-2' }),
      ],
      gap('2026-03-13'),
    ],
    [
      'the sheet that said it was held was wrong',
      [monday, held, sheet('2026-03-10T08:30', 'did-not-attend')],
      [],
    ],
    ['learnt late, after office hours', [monday, later(held, '2026-03-11T18:00')], gap('2026-03-12')],
  ])
  examples('ATR-15', '2026-04-30T00:00', [
    ['over Easter', [appointment('2026-04-02T14:00'), sheet('2026-04-02T15:30')], gap('2026-04-07')],
  ])
  examples('ATR-15', '2026-11-09T00:00', [
    [
      '28 days before the last of the requirement',
      [appointment('2026-08-04T14:00'), sheet('2026-08-04T15:30')],
      gap('2026-08-05'),
    ],
    ['fewer', [appointment('2026-08-05T14:00'), sheet('2026-08-05T15:30')], []],
    [
      'every four weeks at the same hour is no gap, the clocks going back between',
      [
        vary({ lengthMonths: 12 }),
        appointment('2026-10-12T14:00'),
        another('2026-11-09T14:00', '2026-10-12T14:00'),
        sheet('2026-10-12T15:30'),
      ],
      [],
    ],
  ])
})

describe('ATR-16: weeks without treatment are filled, for the first sixteen', () => {
  const om = (days: string[]) => days.map((day) => `${day} 09:00 empty-week offender-manager C-OM`)
  const medium = order({ seriousness: 'medium' })
  const SIXTEEN = [
    ...['2026-03-05', '2026-03-12', '2026-03-19', '2026-03-26', '2026-04-02', '2026-04-09', '2026-04-16'],
    ...['2026-04-23', '2026-04-30', '2026-05-07', '2026-05-14', '2026-05-21', '2026-05-28'],
    ...['2026-06-04', '2026-06-11', '2026-06-18'],
  ]
  examples(
    'ATR-16',
    '2026-07-31T00:00',
    [
      ['every Thursday of sixteen weeks', [medium], om(SIXTEEN)],
      ['not where seriousness is low', [order()], []],
      [
        'a week with an appointment of any kind, its Sunday included, is not empty',
        [
          medium,
          appointment('2026-03-15T14:00', { kind: 'supervision' }),
          another('2026-03-16T00:30', '2026-03-03T10:00'),
        ],
        om(SIXTEEN.slice(2)),
      ],
      [
        'a cancelled one does not fill it',
        [medium, appointment('2026-03-10T14:00'), cancelled('2026-03-04T10:00')],
        om(SIXTEEN),
      ],
      [
        'a cancellation learnt late: at once',
        [medium, appointment('2026-03-10T14:00'), later(cancelled('2026-03-04T10:00'), '2026-03-09T10:00')],
        ['2026-03-09 10:00 empty-week offender-manager C-OM', ...om(SIXTEEN.slice(1))],
      ],
      [
        'a cancellation learnt when the next Thursday had come: stale',
        [medium, appointment('2026-03-10T14:00'), later(cancelled('2026-03-04T10:00'), '2026-03-12T10:00')],
        [
          ...om(['2026-03-12']),
          '2026-03-12 10:00 empty-week offender-manager C-OM skipped: stale',
          ...om(SIXTEEN.slice(2)),
        ],
      ],
      [
        'an order of a Friday begins with the Thursday after',
        [order({ seriousness: 'high', sentencedOn: '2026-03-06' }, '2026-03-06T11:00')],
        om(SIXTEEN.slice(1)),
      ],
    ],
    PEOPLE,
  )

  test('a Thursday that is Christmas Day, or New Year’s Day, is a Wednesday', async () => {
    const people = PEOPLE.map((one) => ({ ...one, occurredAt: '2025-12-01T00:00' }))
    const events = [...people, order({ seriousness: 'high', sentencedOn: '2025-12-15' }, '2025-12-15T11:00')]
    const lines = await told('ATR-16', events, '2026-01-09T00:00', '2025-12-01T00:00')
    expect(lines).toEqual(om(['2025-12-18', '2025-12-24', '2025-12-31', '2026-01-08']))
  })
})

describe('ATR-18: reviews after the core programme, until the requirement ends', () => {
  const om = (days: string[]) => days.map((day) => `${day} 09:00 review offender-manager C-OM`)
  const completed = (on: string) => event(`${on}T16:00`, 'core-programme.completed', { orderId: 'O-1', on })
  const JUNE = ['2026-06-15', '2026-06-29', '2026-07-13', '2026-07-27', '2026-08-10', '2026-08-24']
  examples('ATR-18', '2026-09-30T00:00', [
    ['every 14 days until the requirement ends', [completed('2026-06-01')], om(JUNE)],
    [
      'or as often as was agreed',
      [vary({ reviewEveryDays: 42 }), completed('2026-06-01')],
      om(['2026-07-13', '2026-08-24']),
    ],
    [
      'not while anything is booked ahead',
      [completed('2026-06-01'), appointment('2026-07-01T14:00')],
      om(JUNE.slice(2)),
    ],
    [
      'until treatment ended',
      [
        completed('2026-06-01'),
        event('2026-07-01T10:00', 'treatment.ended', { orderId: 'O-1', on: '2026-07-01' }),
      ],
      om(JUNE.slice(0, 2)),
    ],
    [
      'a Saturday moves to Monday, but not beyond the end of the requirement',
      [vary({ requirementStartsOn: '2026-03-14', requirementMonths: 3 }), completed('2026-05-16')],
      om(['2026-06-01']),
    ],
    [
      'learnt late: the latest is given, the older are stale',
      [later(completed('2026-06-01'), '2026-07-14T10:00')],
      [
        '2026-07-14 10:00 review offender-manager C-OM skipped: stale',
        '2026-07-14 10:00 review offender-manager C-OM skipped: stale',
        '2026-07-14 10:00 review offender-manager C-OM',
        ...om(JUNE.slice(3)),
      ],
    ],
  ])
})

describe('what a person reads', () => {
  const NAMES_IT =
    /treat|alcohol|drink|offen[cd]|court|prison|probation|order|programme|meeting|trin|alcohol|yfed|tros|llys|carchar|prawf|gorchymyn|rhaglen/i
  const toPersons = ROW_TEXTS.filter(({ to }) => to === 'person')
  const written = toPersons.flatMap(({ template }) => Object.values(template))

  test('is what five rows say', () => {
    expect(toPersons.map(({ duty, step }) => `${duty} ${step}`)).toEqual([
      'ATR-01 day-before',
      'ATR-01 same-day',
      'ATR-08 moved',
      'CUS-13 cancelled',
      'CUS-13 cancelled',
    ])
  })

  test('names no treatment, offence, court, prison or probation, in either language', () => {
    for (const { subject, text } of written) expect(`${subject} ${text}`).not.toMatch(NAMES_IT)
  })

  test('keeps to the letters of a plain text message', () => {
    for (const { text } of written) expect(text).not.toMatch(/[^\x20-\x7eàäèéìòöùü]/)
  })

  test('has a place only where the address is safe', async () => {
    const reminder = async (addressIsSafe: boolean) => {
      const events = [
        ...made,
        contact('C-PERSON', { addressIsSafe, language: 'both' }, '2026-02-01T00:00'),
        appointment('2026-03-09T14:00', { place: '12 High Street' }),
      ]
      const lines = await play(events, '2026-03-08T15:00')
      return lines.find((line) => line.step === 'day-before')?.text
    }
    expect(await reminder(false)).toBe(
      'Your appointment is on Monday 9 March at 2pm. We look forward to seeing you.\n\nThe appointments office\n\n---\n\n' +
        'Eich apwyntiad: dydd Llun 9 Mawrth am 2pm. Edrychwn ymlaen at eich gweld.\n\nY swyddfa apwyntiadau',
    )
    expect(await reminder(true)).toContain('at 12 High Street')
  })
})

test('every text of these duties is written in Welsh too, and says as much', () => {
  const facts = (text: string) => [...new Set(text.match(/(?<=\{\{ |\{% if |\{% for one in )[\w.]+/g))].sort()
  for (const [name, { en, cy }] of Object.entries({ ...APPOINTMENT_TEXTS, ...THREE_WAY_TEXTS })) {
    expect(cy, name).toBeDefined()
    expect(facts(cy?.text ?? ''), name).toEqual(facts(en.text))
  }
})

describe('ATR-01: what the person writes back reaches a worker', () => {
  const wrote = (at: string, more = {}) =>
    event(at, 'reply.received', {
      orderId: 'O-1',
      contactId: 'C-PERSON',
      channel: 'sms',
      replyId: 'R-1',
      ...more,
    })
  const read = (at: string) => event(at, 'reply.read', { orderId: 'O-1', replyId: 'R-1', by: 'C-CM' })
  const AT_ONCE = '2026-03-05 10:00 replied case-manager C-CM'
  const URGENT = '2026-03-05 10:00 replied duty-officer C-DUTY'

  test.each<Example>([
    [
      'in office hours, read within two hours',
      [wrote('2026-03-05T10:00'), read('2026-03-05T11:00')],
      [AT_ONCE],
    ],
    [
      'unread: the duty officer after two working hours, the office after a working day',
      [wrote('2026-03-05T10:00')],
      [
        AT_ONCE,
        '2026-03-05 12:00 replied duty-officer C-DUTY',
        '2026-03-06 09:00 replied probation-office C-OFFICE',
      ],
    ],
    [
      'words that may mean harm: the duty officer too, at once',
      [wrote('2026-03-05T10:00', { crisis: true }), read('2026-03-05T10:30')],
      [AT_ONCE, URGENT],
    ],
    [
      'outside office hours: the duty officer too; working hours count from the next opening',
      [wrote('2026-03-06T16:00'), wrote('2026-03-07T11:00', { replyId: 'R-2' })],
      [
        '2026-03-06 16:00 replied case-manager C-CM',
        '2026-03-07 11:00 replied case-manager C-CM',
        '2026-03-07 11:00 replied duty-officer C-DUTY',
        '2026-03-09 09:00 replied probation-office C-OFFICE',
        '2026-03-09 09:00 replied probation-office C-OFFICE',
        '2026-03-09 10:00 replied duty-officer C-DUTY',
        '2026-03-09 11:00 replied duty-officer C-DUTY',
      ],
    ],
    [
      'case manager away: the offender manager',
      [away('C-CM', '2026-03-05'), wrote('2026-03-05T10:00'), read('2026-03-05T11:00')],
      ['2026-03-05 10:00 replied offender-manager C-OM'],
    ],
  ])('%s', async (_, events, lines) => {
    const all = await told('ATR-01 replied', [...made, ...events], '2026-03-20T00:00')
    expect(all).toEqual(lines)
  })
})

describe('terms that are varied between a due time and a late wake', () => {
  const learntLate = { ...order({ commenceBy: '2026-03-30' }), receivedAt: '2026-03-16T10:00' }
  const varied = (at: string, more: Record<string, unknown>) =>
    event(at, 'order.varied', { orderId: 'O-1', ...more })

  test.each<[string, Told[], string[]]>([
    [
      'what was due under the terms before is no longer true',
      [varied('2026-03-16T09:30', { commenceBy: '2026-05-11' })],
      ['2026-03-16 10:00 commence-by offender-manager C-OM skipped: no-longer-true'],
    ],
    ['what was not due yet was never owed', [varied('2026-03-16T08:59', { commenceBy: '2026-05-11' })], []],
    [
      'who works on the order moves nothing',
      [varied('2026-03-16T09:30', { offenderManager: 'C-DUTY' })],
      ['2026-03-16 10:00 commence-by offender-manager C-DUTY'],
    ],
  ])('%s', async (_, events, expected) => {
    expect(await told('ATR-04', [...PEOPLE, learntLate, ...events], '2026-03-17T00:00:00Z')).toEqual(expected)
  })
})

describe('a cancellation that is taken back between a due time and a late wake', () => {
  const about = { orderId: 'O-1', appointmentId: 'A-1' }
  const booking = event('2026-03-02T10:00', 'appointment.booked', {
    ...{ ...about, kind: 'treatment', startsAt: '2026-03-20T14:00', durationMinutes: 60 },
  })
  const off = { ...event('2026-03-09T10:00', 'appointment.cancelled', about), receivedAt: '2026-03-10T10:00' }
  const moved = (at: string, startsAt = '2026-03-23T14:00') =>
    event(at, 'appointment.rearranged', { ...about, startsAt })

  test.each<[string, Told[], string[]]>([
    [
      'what was due is no longer true, to everybody who was owed it',
      [moved('2026-03-10T09:06')],
      [
        '2026-03-10 10:00 cancelled case-manager C-CM skipped: no-longer-true',
        '2026-03-10 10:00 cancelled offender-manager C-OM skipped: no-longer-true',
        '2026-03-10 10:00 cancelled person C-PERSON skipped: no-longer-true',
        '2026-03-10 10:00 rebook case-manager C-CM skipped: no-longer-true',
      ],
    ],
    [
      'another was not due yet, and so never owed',
      [moved('2026-03-10T08:59')],
      [
        '2026-03-10 10:00 cancelled case-manager C-CM skipped: no-longer-true',
        '2026-03-10 10:00 cancelled offender-manager C-OM skipped: no-longer-true',
        '2026-03-10 10:00 cancelled person C-PERSON skipped: no-longer-true',
      ],
    ],
    [
      'nor is another owed where the new time is over by then',
      [moved('2026-03-09T11:00', '2026-03-09T15:00')],
      [
        '2026-03-10 10:00 cancelled case-manager C-CM skipped: no-longer-true',
        '2026-03-10 10:00 cancelled offender-manager C-OM skipped: no-longer-true',
        '2026-03-10 10:00 cancelled person C-PERSON skipped: no-longer-true',
      ],
    ],
  ])('%s', async (_, events, expected) => {
    const all = [...PEOPLE, order(), booking, off, ...events]
    expect(await told('CUS-13', all, '2026-03-11T00:00:00Z')).toEqual(expected)
  })
})
