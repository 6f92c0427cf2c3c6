import { describe, expect, test } from 'vitest'
import { PROGRESS_TEXTS } from '../../../shared/duties/progress/texts.ts'
import { appointment, contact, event, order, PEOPLE, play, type Told, told } from '../../story.ts'
import { ROW_TEXTS } from '../../texts.ts'

const made = [...PEOPLE, order()]
const away = (from: string, to: string) => contact('C-OM', { absent: [{ from, to }] }, '2026-02-01T00:00')

/** A contact sheet about the appointment of most stories. */
const sheet = (at: string, more: Record<string, unknown> = {}, wire: Partial<Told> = {}) =>
  event(
    at,
    'contact-sheet.submitted',
    {
      orderId: 'O-1',
      appointmentId: 'A-1',
      attendance: 'attended',
      nextAppointment: 'none-booked',
      progress: [],
      by: 'C-CM',
      ...more,
    },
    wire,
  )
const read = (at: string, by = 'C-OM') =>
  event(at, 'contact-sheet.read', { orderId: 'O-1', appointmentId: 'A-1', by })
const moved = (startsAt: string, at: string, wire: Partial<Told> = {}) =>
  event(at, 'appointment.rearranged', { orderId: 'O-1', appointmentId: 'A-1', startsAt }, wire)
const cancelled = (at: string, wire: Partial<Told> = {}) =>
  event(at, 'appointment.cancelled', { orderId: 'O-1', appointmentId: 'A-1' }, wire)
const ended = (at: string, reason = 'completed') =>
  event(at, 'order.ended', { orderId: 'O-1', endedOn: at.slice(0, 10), reason })
/** A fact of the order that says no more than who recorded it. */
const fact = (type: string, at: string, wire: Partial<Told> = {}) =>
  event(at, type, { orderId: 'O-1', by: 'C-CM' }, wire)

const aYear = event('2026-03-02T10:00', 'order.varied', { orderId: 'O-1', lengthMonths: 12 })

type Example = [name: string, events: Told[], lines: string[]]

const examplesOf = (duty: string, examples: Example[], until = '2026-06-01T00:00') =>
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await told(duty, [...made, ...events], until)).toEqual(expected)
  })

describe('FAX-01: an update is asked for after every appointment', () => {
  const examples: Example[] = [
    [
      'at its end, at 16:30, 20 and 24 hours after the end',
      [appointment('2026-03-10T14:00')],
      [
        '2026-03-10 15:00 prompt case-manager C-CM',
        '2026-03-10 16:30 evening case-manager C-CM',
        '2026-03-11 11:00 overdue case-manager C-CM',
        '2026-03-11 15:00 missing offender-manager C-OM',
        '2026-03-11 15:00 missing provider-manager C-PROVIDER',
      ],
    ],
    [
      'an end at 16:30 or later has no evening',
      [appointment('2026-03-10T15:30')],
      [
        '2026-03-10 16:30 prompt case-manager C-CM',
        '2026-03-11 12:30 overdue case-manager C-CM',
        '2026-03-11 16:30 missing offender-manager C-OM',
        '2026-03-11 16:30 missing provider-manager C-PROVIDER',
      ],
    ],
    [
      'a weekend, Good Friday and Easter Monday move nothing',
      [appointment('2026-04-03T14:00')],
      [
        '2026-04-03 15:00 prompt case-manager C-CM',
        '2026-04-03 16:30 evening case-manager C-CM',
        '2026-04-04 11:00 overdue case-manager C-CM',
        '2026-04-04 15:00 missing offender-manager C-OM',
        '2026-04-04 15:00 missing provider-manager C-PROVIDER',
      ],
    ],
    [
      'hours are elapsed hours when the clocks go forward',
      [appointment('2026-03-28T14:00')],
      [
        '2026-03-28 15:00 prompt case-manager C-CM',
        '2026-03-28 16:30 evening case-manager C-CM',
        '2026-03-29 12:00 overdue case-manager C-CM',
        '2026-03-29 16:00 missing offender-manager C-OM',
        '2026-03-29 16:00 missing provider-manager C-PROVIDER',
      ],
    ],
    [
      'and when they go back',
      [aYear, appointment('2026-10-24T14:00')],
      [
        '2026-10-24 15:00 prompt case-manager C-CM',
        '2026-10-24 16:30 evening case-manager C-CM',
        '2026-10-25 10:00 overdue case-manager C-CM',
        '2026-10-25 14:00 missing offender-manager C-OM',
        '2026-10-25 14:00 missing provider-manager C-PROVIDER',
      ],
    ],
    [
      'a supervision appointment is nobody’s fax',
      [appointment('2026-03-10T14:00', { kind: 'supervision' }), sheet('2026-03-10T15:10')],
      [],
    ],
    [
      'the first sheet stops what is still ahead',
      [appointment('2026-03-10T14:00'), sheet('2026-03-10T16:29')],
      ['2026-03-10 15:00 prompt case-manager C-CM'],
    ],
    [
      'a sheet before the end leaves nothing to ask for',
      [appointment('2026-03-10T14:00'), sheet('2026-03-10T14:50')],
      [],
    ],
    [
      'a sheet learnt late stops what is still ahead when it is learnt',
      [appointment('2026-03-10T14:00'), sheet('2026-03-10T15:30', {}, { receivedAt: '2026-03-11T11:30' })],
      [
        '2026-03-10 15:00 prompt case-manager C-CM',
        '2026-03-10 16:30 evening case-manager C-CM',
        '2026-03-11 11:00 overdue case-manager C-CM',
      ],
    ],
    [
      'cancelled before its start, it is not asked about',
      [appointment('2026-03-10T14:00'), cancelled('2026-03-10T13:59')],
      [],
    ],
    [
      'a cancellation recorded at its start or later is asked about',
      [appointment('2026-03-10T14:00'), cancelled('2026-03-10T14:00'), sheet('2026-03-10T15:01')],
      ['2026-03-10 15:00 prompt case-manager C-CM'],
    ],
    [
      'cancelled in time but learnt late, what was given was given',
      [appointment('2026-03-10T14:00'), cancelled('2026-03-10T13:00', { receivedAt: '2026-03-10T15:30' })],
      ['2026-03-10 15:00 prompt case-manager C-CM'],
    ],
    [
      'moved before its start, only the new time is asked about',
      [
        appointment('2026-03-10T14:00'),
        moved('2026-03-12T10:00', '2026-03-10T13:00'),
        sheet('2026-03-12T11:30'),
      ],
      ['2026-03-12 11:00 prompt case-manager C-CM'],
    ],
    [
      'moved after its start, each time needs a sheet of its own',
      [
        appointment('2026-03-10T14:00'),
        moved('2026-03-12T10:00', '2026-03-10T14:20'),
        sheet('2026-03-10T15:30', { attendance: 'did-not-attend' }),
      ],
      [
        '2026-03-10 15:00 prompt case-manager C-CM',
        '2026-03-12 11:00 prompt case-manager C-CM',
        '2026-03-12 16:30 evening case-manager C-CM',
        '2026-03-13 07:00 overdue case-manager C-CM',
        '2026-03-13 11:00 missing offender-manager C-OM',
        '2026-03-13 11:00 missing provider-manager C-PROVIDER',
      ],
    ],
    [
      'moved after its start and back again is asked about once',
      [
        appointment('2026-03-10T14:00'),
        moved('2026-03-10T18:00', '2026-03-10T14:10'),
        moved('2026-03-10T14:00', '2026-03-10T14:20'),
        sheet('2026-03-10T15:10'),
      ],
      ['2026-03-10 15:00 prompt case-manager C-CM'],
    ],
    [
      'booked late, only the last step already due is not stale',
      [
        event(
          '2026-03-09T10:00',
          'appointment.booked',
          {
            orderId: 'O-1',
            appointmentId: 'A-1',
            kind: 'group',
            startsAt: '2026-03-10T14:00',
            durationMinutes: 60,
          },
          { receivedAt: '2026-03-11T12:00' },
        ),
      ],
      [
        '2026-03-11 12:00 evening case-manager C-CM skipped: stale',
        '2026-03-11 12:00 overdue case-manager C-CM',
        '2026-03-11 12:00 prompt case-manager C-CM skipped: stale',
        '2026-03-11 15:00 missing offender-manager C-OM',
        '2026-03-11 15:00 missing provider-manager C-PROVIDER',
      ],
    ],
    [
      'an offender manager away that day: the duty officer, not both',
      [away('2026-03-11', '2026-03-11'), appointment('2026-03-10T14:00')],
      [
        '2026-03-10 15:00 prompt case-manager C-CM',
        '2026-03-10 16:30 evening case-manager C-CM',
        '2026-03-11 11:00 overdue case-manager C-CM',
        '2026-03-11 15:00 missing duty-officer C-DUTY',
        '2026-03-11 15:00 missing provider-manager C-PROVIDER',
      ],
    ],
    [
      'the end of the order stops nothing about an appointment already past, and everything about one ahead',
      [
        appointment('2026-03-10T14:00'),
        appointment('2026-03-12T14:00', { appointmentId: 'A-2' }),
        ended('2026-03-11T09:00'),
      ],
      [
        '2026-03-10 15:00 prompt case-manager C-CM',
        '2026-03-10 16:30 evening case-manager C-CM',
        '2026-03-11 11:00 overdue case-manager C-CM',
        '2026-03-11 15:00 missing offender-manager C-OM',
        '2026-03-11 15:00 missing provider-manager C-PROVIDER',
      ],
    ],
    [
      'a death stops everything',
      [appointment('2026-03-10T14:00'), ended('2026-03-10T17:00', 'died')],
      ['2026-03-10 15:00 prompt case-manager C-CM', '2026-03-10 16:30 evening case-manager C-CM'],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    const lines = await told('FAX-01', [...made, ...events], '2026-11-01T00:00')
    expect(lines.filter((line) => !/ (update|unread) /.test(line))).toEqual(expected)
  })
})

describe('FAX-01: the update goes at once, and is chased until it is read', () => {
  examplesOf('FAX-01 update', [
    [
      'to the offender manager, at any hour of any day',
      [appointment('2026-03-14T18:00'), sheet('2026-03-14T23:30')],
      ['2026-03-14 23:30 update offender-manager C-OM'],
    ],
    [
      'when we learn it',
      [appointment('2026-03-10T14:00'), sheet('2026-03-10T15:10', {}, { receivedAt: '2026-03-12T03:00' })],
      ['2026-03-12 03:00 update offender-manager C-OM'],
    ],
    [
      'to the duty officer on a day the offender manager is away',
      [away('2026-03-10', '2026-03-10'), appointment('2026-03-10T14:00'), sheet('2026-03-10T15:10')],
      ['2026-03-10 15:10 update duty-officer C-DUTY'],
    ],
    [
      'the day is that of the telling, not of the sheet',
      [
        away('2026-03-10', '2026-03-10'),
        appointment('2026-03-10T14:00'),
        sheet('2026-03-10T15:10', {}, { receivedAt: '2026-03-11T08:00' }),
      ],
      ['2026-03-11 08:00 update offender-manager C-OM'],
    ],
    [
      'an offender manager without an address: the duty officer',
      [
        contact('C-OM', { email: 'none' }, '2026-02-01T00:00'),
        appointment('2026-03-10T14:00'),
        sheet('2026-03-10T15:10'),
      ],
      ['2026-03-10 15:10 update duty-officer C-DUTY'],
    ],
    [
      'a second sheet is a new update',
      [appointment('2026-03-10T14:00'), sheet('2026-03-10T15:10'), sheet('2026-03-10T15:40')],
      ['2026-03-10 15:10 update offender-manager C-OM', '2026-03-10 15:40 update offender-manager C-OM'],
    ],
    [
      'after the order was ended, if the appointment was past',
      [appointment('2026-03-10T14:00'), ended('2026-03-11T09:00'), sheet('2026-03-11T10:00')],
      ['2026-03-11 10:00 update offender-manager C-OM'],
    ],
  ])

  examplesOf('FAX-01 unread', [
    [
      '1 working day after to whoever was told, 2 after to the probation office',
      [appointment('2026-03-10T14:00'), sheet('2026-03-10T15:10')],
      ['2026-03-11 09:00 unread offender-manager C-OM', '2026-03-12 09:00 unread probation-office C-OFFICE'],
    ],
    [
      'over Easter the working days are Tuesday and Wednesday',
      [appointment('2026-04-02T14:00'), sheet('2026-04-02T15:10')],
      ['2026-04-07 09:00 unread offender-manager C-OM', '2026-04-08 09:00 unread probation-office C-OFFICE'],
    ],
    [
      'counted from when it was given, not from when it was written',
      [appointment('2026-03-10T14:00'), sheet('2026-03-10T15:10', {}, { receivedAt: '2026-03-13T11:00' })],
      ['2026-03-16 09:00 unread offender-manager C-OM', '2026-03-17 09:00 unread probation-office C-OFFICE'],
    ],
    [
      'the duty officer who was told is the one who is chased',
      [away('2026-03-10', '2026-03-10'), appointment('2026-03-10T14:00'), sheet('2026-03-10T15:10')],
      ['2026-03-11 09:00 unread duty-officer C-DUTY', '2026-03-12 09:00 unread probation-office C-OFFICE'],
    ],
    [
      'told in vain, the duty officer is told, and chased',
      [
        appointment('2026-03-10T14:00'),
        sheet('2026-03-10T15:10'),
        event('2026-03-10T15:12', 'notice.failed', {
          noticeId: `order_O-1_FAX-01_update_A-1_${Date.parse('2026-03-10T15:10Z').toString(36)}_offender-manager`,
        }),
      ],
      ['2026-03-11 09:00 unread duty-officer C-DUTY', '2026-03-12 09:00 unread probation-office C-OFFICE'],
    ],
    [
      'read at once',
      [appointment('2026-03-10T14:00'), sheet('2026-03-10T15:10'), read('2026-03-10T16:00')],
      [],
    ],
    [
      'read between the two',
      [appointment('2026-03-10T14:00'), sheet('2026-03-10T15:10'), read('2026-03-11T10:00')],
      ['2026-03-11 09:00 unread offender-manager C-OM'],
    ],
    [
      'an earlier reading is not of the correction, which alone is chased',
      [
        appointment('2026-03-10T14:00'),
        sheet('2026-03-10T15:10'),
        read('2026-03-10T15:20'),
        sheet('2026-03-10T15:40'),
      ],
      ['2026-03-11 09:00 unread offender-manager C-OM', '2026-03-12 09:00 unread probation-office C-OFFICE'],
    ],
  ])

  test.each<[string, Told[], string[]]>([
    [
      'a first sheet is not a correction',
      [sheet('2026-03-10T15:10')],
      ['Case O-1: update for Tuesday 10 March'],
    ],
    [
      'a second about the same time is',
      [sheet('2026-03-10T15:10'), sheet('2026-03-10T15:40')],
      ['Case O-1: update for Tuesday 10 March', 'Case O-1: update for Tuesday 10 March (corrected)'],
    ],
    [
      'a second about the time it was moved to is not',
      [sheet('2026-03-10T14:30'), moved('2026-03-12T10:00', '2026-03-10T14:31'), sheet('2026-03-12T11:00')],
      ['Case O-1: update for Tuesday 10 March', 'Case O-1: update for Thursday 12 March'],
    ],
  ])('%s', async (_, events, subjects) => {
    const lines = await play([...made, appointment('2026-03-10T14:00'), ...events], '2026-03-13T00:00')
    expect(lines.filter(({ step }) => step === 'update').map(({ subject }) => subject)).toEqual(subjects)
  })

  test.each<[string, string, Told[]]>([
    ['none booked', 'Next appointment: none booked', [sheet('2026-03-10T15:10')]],
    [
      'the time it stands at',
      'Next appointment: Tuesday 17 March at 9:30am',
      [
        appointment('2026-03-17T09:30', { appointmentId: 'A-2' }),
        sheet('2026-03-10T15:10', { nextAppointment: 'A-2' }),
      ],
    ],
    [
      'one we have not heard of',
      'Next appointment: booked, see the case',
      [sheet('2026-03-10T15:10', { nextAppointment: 'A-2' })],
    ],
  ])('the next appointment: %s', async (_, said, events) => {
    const lines = await play([...made, appointment('2026-03-10T14:00'), ...events], '2026-03-11T00:00')
    const text = lines.find(({ step }) => step === 'update')?.text
    expect(text).toContain(said)
    expect(text).toContain('Attendance: attended')
    expect(text).toContain('https://throughcare.example.org/notices/order/O-1/')
  })

  test('progress itself stays behind sign-in', async () => {
    const progress = [{ objective: 'keep a diary', note: 'some slips' }]
    const lines = await play(
      [
        ...made,
        appointment('2026-03-10T14:00'),
        sheet('2026-03-10T15:10', { progress, supportNeed: 'debt' }),
      ],
      '2026-04-01T00:00',
    )
    expect(lines.map(({ text }) => text).join()).not.toMatch(/diary|slips|debt/)
  })
})

describe('FAX-02: an offender manager who is back learns what went to the duty officer', () => {
  const tuesday = [appointment('2026-03-10T14:00'), sheet('2026-03-10T15:10')]
  examplesOf('FAX-02', [
    [
      'at 09:00 of the first day back',
      [away('2026-03-09', '2026-03-11'), ...tuesday],
      ['2026-03-12 09:00 return offender-manager C-OM'],
    ],
    ['an absence in which nothing came is no notice', [away('2026-03-11', '2026-03-12'), ...tuesday], []],
    [
      'back on a Saturday: the next working day',
      [away('2026-03-09', '2026-03-13'), ...tuesday],
      ['2026-03-16 09:00 return offender-manager C-OM'],
    ],
    [
      'back on Good Friday: after Easter Monday',
      [away('2026-03-30', '2026-04-02'), appointment('2026-04-01T14:00'), sheet('2026-04-01T15:10')],
      ['2026-04-07 09:00 return offender-manager C-OM'],
    ],
    [
      'one absence upon another: the first day back from both, once',
      [
        contact(
          'C-OM',
          {
            absent: [
              { from: '2026-03-09', to: '2026-03-13' },
              { from: '2026-03-16', to: '2026-03-17' },
            ],
          },
          '2026-02-01T00:00',
        ),
        ...tuesday,
      ],
      ['2026-03-18 09:00 return offender-manager C-OM'],
    ],
    [
      'back earlier than was said',
      [
        away('2026-03-09', '2026-03-20'),
        ...tuesday,
        contact('C-OM', { absent: [{ from: '2026-03-09', to: '2026-03-11' }] }, '2026-03-11T17:00'),
      ],
      ['2026-03-12 09:00 return offender-manager C-OM'],
    ],
    [
      'a move made by somebody else went to the duty officer too',
      [
        away('2026-03-09', '2026-03-11'),
        appointment('2026-03-20T14:00'),
        moved('2026-03-21T14:00', '2026-03-10T11:00'),
      ],
      ['2026-03-12 09:00 return offender-manager C-OM'],
    ],
    [
      'so did a flag',
      [away('2026-03-09', '2026-03-11'), fact('disclosure.flagged', '2026-03-10T11:00')],
      ['2026-03-12 09:00 return offender-manager C-OM'],
    ],
    [
      'so did a withdrawal',
      [away('2026-03-09', '2026-03-11'), fact('withdrawal.proposed', '2026-03-10T11:00')],
      ['2026-03-12 09:00 return offender-manager C-OM'],
    ],
    [
      'and so did word that an update was missing',
      [away('2026-03-11', '2026-03-11'), appointment('2026-03-10T14:00')],
      ['2026-03-12 09:00 return offender-manager C-OM'],
    ],
    [
      'what went before the case was theirs is not theirs to read',
      [
        away('2026-03-09', '2026-03-11'),
        contact('C-OTHER'),
        event('2026-03-03T09:00', 'order.varied', { orderId: 'O-1', offenderManager: 'C-OTHER' }),
        ...tuesday,
        event('2026-03-11T09:00', 'order.varied', { orderId: 'O-1', offenderManager: 'C-OM' }),
      ],
      [],
    ],
    [
      'after a death nothing is said',
      [away('2026-03-09', '2026-03-11'), ...tuesday, ended('2026-03-11T10:00', 'died')],
      [],
    ],
    [
      'not to a case manager',
      [
        contact('C-CM', { absent: [{ from: '2026-03-09', to: '2026-03-11' }] }, '2026-02-01T00:00'),
        ...tuesday,
      ],
      [],
    ],
  ])

  test('it says which cases and when, and nothing else', async () => {
    const lines = await play([...made, away('2026-03-09', '2026-03-11'), ...tuesday], '2026-03-13T00:00')
    const given = lines.find(({ duty }) => duty === 'FAX-02')
    expect(given?.subject).toBe('Case O-1: while you were away')
    expect(given?.text).toContain('* case O-1, Tuesday 10 March at 3:10pm\n\nRead them:')
  })
})

describe('FAX-05: something important is flagged, never told', () => {
  examplesOf(
    'FAX-05',
    [
      [
        'at once; unseen after two hours to the duty officer; next working day to the probation office',
        [fact('disclosure.flagged', '2026-03-10T10:00')],
        [
          '2026-03-10 10:00 flagged offender-manager C-OM',
          '2026-03-10 12:00 unseen duty-officer C-DUTY',
          '2026-03-11 09:00 unseen probation-office C-OFFICE',
        ],
      ],
      [
        'at any hour of any day, but to the office on Tuesday after Easter',
        [fact('disclosure.flagged', '2026-04-03T23:30')],
        [
          '2026-04-03 23:30 flagged offender-manager C-OM',
          '2026-04-04 01:30 unseen duty-officer C-DUTY',
          '2026-04-07 09:00 unseen probation-office C-OFFICE',
        ],
      ],
      [
        'two hours are elapsed hours when the clocks go forward',
        [fact('disclosure.flagged', '2026-03-29T00:30')],
        [
          '2026-03-29 00:30 flagged offender-manager C-OM',
          '2026-03-29 03:30 unseen duty-officer C-DUTY',
          '2026-03-30 09:00 unseen probation-office C-OFFICE',
        ],
      ],
      [
        'and when they go back',
        [aYear, fact('disclosure.flagged', '2026-10-25T00:30')],
        [
          '2026-10-25 00:30 flagged offender-manager C-OM',
          '2026-10-25 01:30 unseen duty-officer C-DUTY',
          '2026-10-26 09:00 unseen probation-office C-OFFICE',
        ],
      ],
      [
        'acknowledged within two hours',
        [fact('disclosure.flagged', '2026-03-10T10:00'), fact('disclosure.acknowledged', '2026-03-10T11:59')],
        ['2026-03-10 10:00 flagged offender-manager C-OM'],
      ],
      [
        'acknowledged after two',
        [fact('disclosure.flagged', '2026-03-10T10:00'), fact('disclosure.acknowledged', '2026-03-10T12:30')],
        ['2026-03-10 10:00 flagged offender-manager C-OM', '2026-03-10 12:00 unseen duty-officer C-DUTY'],
      ],
      [
        'acknowledged before we heard of it: it was true, and is not any more',
        [
          fact('disclosure.flagged', '2026-03-10T10:00', { receivedAt: '2026-03-10T11:00' }),
          fact('disclosure.acknowledged', '2026-03-10T10:30'),
        ],
        ['2026-03-10 11:00 flagged offender-manager C-OM skipped: no-longer-true'],
      ],
      [
        'an acknowledgement of one flag is not of the next',
        [
          fact('disclosure.flagged', '2026-03-10T10:00'),
          fact('disclosure.acknowledged', '2026-03-10T10:30'),
          fact('disclosure.flagged', '2026-03-10T11:00'),
        ],
        [
          '2026-03-10 10:00 flagged offender-manager C-OM',
          '2026-03-10 11:00 flagged offender-manager C-OM',
          '2026-03-10 13:00 unseen duty-officer C-DUTY',
          '2026-03-11 09:00 unseen probation-office C-OFFICE',
        ],
      ],
      [
        'learnt three hours late, it is still told to the offender manager, and unseen',
        [fact('disclosure.flagged', '2026-03-10T10:00', { receivedAt: '2026-03-10T13:00' })],
        [
          '2026-03-10 13:00 flagged offender-manager C-OM',
          '2026-03-10 13:00 unseen duty-officer C-DUTY',
          '2026-03-11 09:00 unseen probation-office C-OFFICE',
        ],
      ],
      [
        'the offender manager away: the duty officer, from the first',
        [away('2026-03-10', '2026-03-10'), fact('disclosure.flagged', '2026-03-10T10:00')],
        [
          '2026-03-10 10:00 flagged duty-officer C-DUTY',
          '2026-03-10 12:00 unseen duty-officer C-DUTY',
          '2026-03-11 09:00 unseen probation-office C-OFFICE',
        ],
      ],
      [
        'the end of the order stops it',
        [fact('disclosure.flagged', '2026-03-10T10:00'), ended('2026-03-10T11:00')],
        ['2026-03-10 10:00 flagged offender-manager C-OM'],
      ],
    ],
    '2026-11-01T00:00',
  )

  test.each<[string, Told[], string]>([
    [
      'the number of whoever flagged it',
      [contact('C-CM', { phone: '01632 960001' }, '2026-02-01T00:00')],
      '01632 960001',
    ],
    [
      'never their mobile, but the way in',
      [contact('C-CM', { mobile: '07700 900001' }, '2026-02-01T00:00')],
      'https://throughcare.example.org/notices/order/O-1/',
    ],
    ['the way in, without either', [], 'https://throughcare.example.org/notices/order/O-1/'],
  ])('it carries %s', async (_, people, number) => {
    const lines = await play(
      [...made, ...people, fact('disclosure.flagged', '2026-03-10T10:00')],
      '2026-03-12T00:00',
    )
    const texts = lines.filter(({ duty }) => duty === 'FAX-05').map(({ text }) => text)
    expect(texts).toHaveLength(3)
    for (const text of texts) expect(text).toContain(number)
  })
})

describe('FAX-07: nothing is withdrawn before it was discussed', () => {
  examplesOf(
    'FAX-07',
    [
      [
        'at once, and at 17:00 the next day',
        [fact('withdrawal.proposed', '2026-03-10T10:00')],
        [
          '2026-03-10 10:00 proposed offender-manager C-OM',
          '2026-03-11 17:00 undiscussed offender-manager C-OM',
        ],
      ],
      [
        'the next day is the next day, Christmas or not',
        [aYear, fact('withdrawal.proposed', '2026-12-24T22:00')],
        [
          '2026-12-24 22:00 proposed offender-manager C-OM',
          '2026-12-25 17:00 undiscussed offender-manager C-OM',
        ],
      ],
      [
        'discussed before then',
        [fact('withdrawal.proposed', '2026-03-10T10:00'), fact('withdrawal.discussed', '2026-03-11T16:59')],
        ['2026-03-10 10:00 proposed offender-manager C-OM'],
      ],
      [
        'an earlier discussion was of something else',
        [fact('withdrawal.discussed', '2026-03-09T10:00'), fact('withdrawal.proposed', '2026-03-10T10:00')],
        [
          '2026-03-10 10:00 proposed offender-manager C-OM',
          '2026-03-11 17:00 undiscussed offender-manager C-OM',
        ],
      ],
      [
        'proposed twice, told twice; one discussion answers both',
        [
          fact('withdrawal.proposed', '2026-03-10T10:00'),
          fact('withdrawal.proposed', '2026-03-10T11:00'),
          fact('withdrawal.discussed', '2026-03-10T12:00'),
        ],
        [
          '2026-03-10 10:00 proposed offender-manager C-OM',
          '2026-03-10 11:00 proposed offender-manager C-OM',
        ],
      ],
      [
        'learnt when the second step was already due',
        [fact('withdrawal.proposed', '2026-03-10T10:00', { receivedAt: '2026-03-12T20:00' })],
        [
          '2026-03-12 20:00 proposed offender-manager C-OM skipped: stale',
          '2026-03-12 20:00 undiscussed offender-manager C-OM',
        ],
      ],
      [
        'the offender manager away on one of the days: the duty officer on that day',
        [away('2026-03-11', '2026-03-11'), fact('withdrawal.proposed', '2026-03-10T10:00')],
        [
          '2026-03-10 10:00 proposed offender-manager C-OM',
          '2026-03-11 17:00 undiscussed duty-officer C-DUTY',
        ],
      ],
    ],
    '2027-01-31T00:00',
  )
})

describe('FAX-08: those who work with the person learn of a breach, and of its outcome', () => {
  examplesOf('FAX-08', [
    [
      'at once, each to the case manager and the provider',
      [fact('breach.decided', '2026-03-14T22:00'), fact('breach.concluded', '2026-04-20T12:00')],
      [
        '2026-03-14 22:00 decided case-manager C-CM',
        '2026-03-14 22:00 decided provider-manager C-PROVIDER',
        '2026-04-20 12:00 concluded case-manager C-CM',
        '2026-04-20 12:00 concluded provider-manager C-PROVIDER',
      ],
    ],
    [
      'when we learn it, however late',
      [fact('breach.decided', '2026-03-10T10:00', { receivedAt: '2026-03-20T10:00' })],
      ['2026-03-20 10:00 decided case-manager C-CM', '2026-03-20 10:00 decided provider-manager C-PROVIDER'],
    ],
    [
      'after the order was ended',
      [ended('2026-04-20T11:00', 'breached'), fact('breach.concluded', '2026-04-20T12:00')],
      [
        '2026-04-20 12:00 concluded case-manager C-CM',
        '2026-04-20 12:00 concluded provider-manager C-PROVIDER',
      ],
    ],
    [
      'not after a death',
      [ended('2026-04-20T11:00', 'died'), fact('breach.concluded', '2026-04-20T12:00')],
      [],
    ],
    [
      'somebody who is both learns it once',
      [
        event('2026-03-03T09:00', 'order.varied', { orderId: 'O-1', provider: 'C-CM' }),
        fact('breach.decided', '2026-03-10T10:00'),
      ],
      [
        '2026-03-10 10:00 decided case-manager C-CM',
        '2026-03-10 10:00 decided provider-manager C-CM skipped: told-already',
      ],
    ],
    [
      'a case manager away: their cover; a provider without an address: the probation office',
      [
        contact('C-COVER'),
        contact(
          'C-CM',
          { absent: [{ from: '2026-03-10', to: '2026-03-10', coverContactId: 'C-COVER' }] },
          '2026-02-01T00:00',
        ),
        contact('C-PROVIDER', { email: 'none' }, '2026-02-01T00:00'),
        fact('breach.decided', '2026-03-10T10:00'),
      ],
      ['2026-03-10 10:00 decided case-manager C-COVER', '2026-03-10 10:00 decided probation-office C-OFFICE'],
    ],
  ])
})

describe('FAX-12: information for the court’s review is asked for in working days', () => {
  const listed = (hearingOn: string, at: string, wire: Partial<Told> = {}) =>
    event(at, 'court-review.listed', { orderId: 'O-1', hearingOn }, wire)
  const sent = (at: string) => event(at, 'document.sent', { orderId: 'O-1', document: 'review-information' })
  examplesOf(
    'FAX-12',
    [
      [
        '10, 5 and 3 before, at 3 the offender manager too',
        [listed('2026-05-20', '2026-03-10T10:00')],
        [
          '2026-05-06 09:00 review-information case-manager C-CM',
          '2026-05-13 09:00 review-information case-manager C-CM',
          '2026-05-15 09:00 review-information case-manager C-CM',
          '2026-05-15 09:00 review-information offender-manager C-OM',
        ],
      ],
      [
        'Good Friday and Easter Monday do not count',
        [listed('2026-04-08', '2026-03-10T10:00')],
        [
          '2026-03-23 09:00 review-information case-manager C-CM',
          '2026-03-30 09:00 review-information case-manager C-CM',
          '2026-04-01 09:00 review-information case-manager C-CM',
          '2026-04-01 09:00 review-information offender-manager C-OM',
        ],
      ],
      [
        'sent between two steps',
        [listed('2026-05-20', '2026-03-10T10:00'), sent('2026-05-13T08:59')],
        ['2026-05-06 09:00 review-information case-manager C-CM'],
      ],
      [
        'listed inside ten days, what is late is given in office hours',
        [listed('2026-05-20', '2026-05-11T18:00')],
        [
          '2026-05-12 09:00 review-information case-manager C-CM',
          '2026-05-13 09:00 review-information case-manager C-CM',
          '2026-05-15 09:00 review-information case-manager C-CM',
          '2026-05-15 09:00 review-information offender-manager C-OM',
        ],
      ],
      [
        'listed for another day, only that day counts',
        [listed('2026-05-20', '2026-03-10T10:00'), listed('2026-06-17', '2026-05-07T10:00')],
        [
          '2026-05-06 09:00 review-information case-manager C-CM',
          '2026-06-03 09:00 review-information case-manager C-CM',
          '2026-06-10 09:00 review-information case-manager C-CM',
          '2026-06-12 09:00 review-information case-manager C-CM',
          '2026-06-12 09:00 review-information offender-manager C-OM',
        ],
      ],
      [
        'listed again for the same day, it is asked for once',
        [
          listed('2026-05-20', '2026-03-10T10:00'),
          sent('2026-05-07T10:00'),
          listed('2026-05-20', '2026-05-08T10:00'),
        ],
        ['2026-05-06 09:00 review-information case-manager C-CM'],
      ],
      [
        'what was sent for one review does not do for the next',
        [
          listed('2026-05-20', '2026-03-10T10:00'),
          sent('2026-05-01T10:00'),
          listed('2026-07-22', '2026-05-20T12:00'),
          sent('2026-07-09T10:00'),
        ],
        ['2026-07-08 09:00 review-information case-manager C-CM'],
      ],
      [
        'learnt after ten and five working days before, only the last that was due is given',
        [listed('2026-05-20', '2026-03-10T10:00', { receivedAt: '2026-05-14T10:00' })],
        [
          '2026-05-14 10:00 review-information case-manager C-CM skipped: stale',
          '2026-05-14 10:00 review-information case-manager C-CM',
          '2026-05-15 09:00 review-information case-manager C-CM',
          '2026-05-15 09:00 review-information offender-manager C-OM',
        ],
      ],
    ],
    '2026-08-01T00:00',
  )
})

describe('ATR-20: a plan is agreed when more support is needed', () => {
  const inNeed = (at: string, wire: Partial<Told> = {}) => sheet(at, { supportNeed: true }, wire)
  const booked = appointment('2026-03-10T14:00')
  const agreed = (at: string) => fact('support-plan.agreed', at)
  examplesOf('ATR-20', [
    [
      'at once, and 5 working days later',
      [booked, inNeed('2026-03-10T15:10')],
      ['2026-03-10 15:10 need offender-manager C-OM', '2026-03-17 09:00 no-plan offender-manager C-OM'],
    ],
    [
      'Easter does not count',
      [appointment('2026-04-02T14:00'), inNeed('2026-04-02T15:10')],
      ['2026-04-02 15:10 need offender-manager C-OM', '2026-04-13 09:00 no-plan offender-manager C-OM'],
    ],
    ['a sheet without a need', [booked, sheet('2026-03-10T15:10', { supportNeed: false })], []],
    [
      'agreed in time',
      [booked, inNeed('2026-03-10T15:10'), agreed('2026-03-16T12:00')],
      ['2026-03-10 15:10 need offender-manager C-OM'],
    ],
    [
      'an earlier plan was for something else',
      [booked, agreed('2026-03-09T12:00'), inNeed('2026-03-10T15:10')],
      ['2026-03-10 15:10 need offender-manager C-OM', '2026-03-17 09:00 no-plan offender-manager C-OM'],
    ],
    [
      'a corrected sheet takes the place of the first',
      [booked, inNeed('2026-03-10T15:10'), inNeed('2026-03-11T10:00')],
      [
        '2026-03-10 15:10 need offender-manager C-OM',
        '2026-03-11 10:00 need offender-manager C-OM',
        '2026-03-18 09:00 no-plan offender-manager C-OM',
      ],
    ],
    [
      'corrected to say there is no need',
      [booked, inNeed('2026-03-10T15:10'), sheet('2026-03-11T10:00')],
      ['2026-03-10 15:10 need offender-manager C-OM'],
    ],
    [
      'at night and on a Saturday; the second waits for office hours when it is learnt late',
      [appointment('2026-03-14T18:00'), inNeed('2026-03-14T22:00', { receivedAt: '2026-03-22T22:00' })],
      [
        '2026-03-22 22:00 need offender-manager C-OM skipped: stale',
        '2026-03-23 09:00 no-plan offender-manager C-OM',
      ],
    ],
    [
      'the offender manager away: the duty officer, each on the day',
      [away('2026-03-17', '2026-03-17'), booked, inNeed('2026-03-10T15:10')],
      ['2026-03-10 15:10 need offender-manager C-OM', '2026-03-17 09:00 no-plan duty-officer C-DUTY'],
    ],
  ])
})

describe('what section 3 says', () => {
  test.each(Object.entries(PROGRESS_TEXTS))(
    '%s: in both languages, and never what it is about',
    (_, { en, cy }) => {
      expect(cy).toBeDefined()
      const said = [en.subject, en.text, cy?.subject, cy?.text].join(' ')
      expect(said).not.toMatch(/alcohol|drink|treatment|intoxicat|audit|yfed|meddw|triniaeth/i)
      for (const subject of [en.subject, cy?.subject]) expect(subject).toMatch(/{{ (orderId|cases) }}/)
    },
  )

  test('somebody who reads both languages gets both', async () => {
    const both = ['C-OM', 'C-CM', 'C-DUTY', 'C-OFFICE'].map((id) =>
      contact(id, { language: 'both' }, '2026-02-01T00:00'),
    )
    const events = [
      contact(
        'C-OM',
        { language: 'both', absent: [{ from: '2026-03-10', to: '2026-03-10' }] },
        '2026-02-02T00:00',
      ),
      appointment('2026-03-10T14:00'),
      sheet('2026-03-11T15:10', { supportNeed: true, ringMe: true }),
      appointment('2026-03-10T16:00', { appointmentId: 'A-2' }),
      sheet('2026-03-10T17:10', { appointmentId: 'A-2', nextAppointment: 'A-1' }),
      sheet('2026-03-10T17:20', { appointmentId: 'A-2', nextAppointment: 'A-9' }),
      ...[
        'disclosure.flagged',
        'risk.changed',
        'withdrawal.proposed',
        'breach.decided',
        'breach.concluded',
      ].map((type) => fact(type, '2026-03-10T10:00')),
      event('2026-03-10T10:00', 'court-review.listed', { orderId: 'O-1', hearingOn: '2026-03-31' }),
    ]
    const lines = await play([...made, ...both, ...events], '2026-04-01T00:00')
    const texts = ROW_TEXTS.filter(({ duty }) => /^FAX-|^ATR-20$/.test(duty)).map(
      ({ duty, step }) => `${duty} ${step}`,
    )
    const given = lines.filter(({ duty, step }) => texts.includes(`${duty} ${step}`) && step !== 'missing')
    expect(new Set(given.map(({ duty, step }) => `${duty} ${step}`))).toEqual(
      new Set(texts.filter((text) => text !== 'FAX-01 missing')),
    )
    for (const { to, subject, text } of given.filter(({ to }) => to !== 'C-PROVIDER')) {
      expect([to, subject]).toEqual([to, expect.stringMatching(/Case O-1.* \/ Achos O-1/)])
      expect(text).toMatch(/dydd |\/notices\//)
    }
  })
})
