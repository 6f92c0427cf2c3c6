import { describe, expect, test } from 'vitest'
import { appointment, contact, event, order, PEOPLE, play, type Told, told } from '../../story.ts'

const made = [...PEOPLE, order()]
const monday = appointment('2026-03-09T14:00')
const another = (startsAt: string, more = {}, at = '2026-03-03T10:00') =>
  appointment(startsAt, { appointmentId: 'A-2', ...more }, at)
const about = { orderId: 'O-1', appointmentId: 'A-1' }
/** The lists of both managers, in the order of their casefiles. */
const both = (at: string) => [`${at} day-list worker C-CM`, `${at} day-list worker C-OM`]

describe('ATR-01: a worker starts the day with all their appointments', () => {
  const examples: [what: string, events: Told[], lines: string[]][] = [
    ['at 07:30', [monday], both('2026-03-09 07:30')],
    ['nothing on a day without any', [], []],
    ['several in one list', [monday, another('2026-03-09T16:00')], both('2026-03-09 07:30')],
    [
      'whoever it is with has one too',
      [contact('C-WORKER'), appointment('2026-03-09T14:00', { with: 'C-WORKER' })],
      [...both('2026-03-09 07:30'), '2026-03-09 07:30 day-list worker C-WORKER'],
    ],
    ['on a Sunday', [appointment('2026-03-15T14:00')], both('2026-03-15 07:30')],
    ['on Good Friday', [appointment('2026-04-03T14:00')], both('2026-04-03 07:30')],
    ['on the day the clocks go forward', [appointment('2026-03-29T14:00')], both('2026-03-29 07:30')],
    ['cancelled', [monday, event('2026-03-08T10:00', 'appointment.cancelled', about)], []],
    [
      'moved',
      [
        monday,
        event('2026-03-08T10:00', 'appointment.rearranged', { ...about, startsAt: '2026-03-10T14:00' }),
      ],
      both('2026-03-10 07:30'),
    ],
    ['set when the day had begun', [appointment('2026-03-09T14:00', {}, '2026-03-09T09:00')], []],
    [
      'set before, learnt when the day had begun: at once',
      [{ ...appointment('2026-03-09T14:00'), receivedAt: '2026-03-09T09:00' }],
      both('2026-03-09 09:00'),
    ],
    [
      'away: the cover, or the probation office',
      [
        contact('C-COVER'),
        contact(
          'C-OM',
          { absent: [{ from: '2026-03-09', to: '2026-03-13', coverContactId: 'C-COVER' }] },
          '2026-02-01T00:00',
        ),
        contact('C-CM', { absent: [{ from: '2026-03-09', to: '2026-03-13' }] }, '2026-02-01T00:00'),
        monday,
      ],
      ['2026-03-09 07:30 day-list probation-office C-OFFICE', '2026-03-09 07:30 day-list worker C-COVER'],
    ],
    [
      'another offender manager by then',
      [
        contact('C-OM-2'),
        event('2026-03-05T10:00', 'order.varied', { orderId: 'O-1', offenderManager: 'C-OM-2' }),
        monday,
      ],
      ['2026-03-09 07:30 day-list worker C-CM', '2026-03-09 07:30 day-list worker C-OM-2'],
    ],
    [
      'the order has ended',
      [
        monday,
        event('2026-03-06T10:00', 'order.ended', {
          orderId: 'O-1',
          endedOn: '2026-03-06',
          reason: 'revoked',
        }),
      ],
      [],
    ],
  ]
  test.each(examples)('%s', async (_, events, lines) => {
    expect(await told('ATR-01 day-list', [...made, ...events], '2026-04-30T00:00')).toEqual(lines)
  })

  test('on the day the clocks go back, and until 14 days after the end of the order', async () => {
    const events = [
      ...PEOPLE,
      order({ lengthMonths: 8 }),
      appointment('2026-10-25T14:00'),
      another('2026-11-16T14:00'),
    ]
    expect(await told('ATR-01 day-list', events, '2026-11-30T00:00')).toEqual(both('2026-10-25 07:30'))
  })

  const list = async (...events: Told[]) => {
    const lines = await play([...made, ...events], '2026-03-09T12:00')
    return lines.find((line) => line.step === 'day-list' && line.to === 'C-OM')?.text?.split('\n')
  }

  test('it names whose day it is, when, whom and where, and a three-way meeting for what it is', async () => {
    expect(
      await list(
        appointment('2026-03-09T14:00', { place: '12 High Street' }),
        another('2026-03-09T10:30', { kind: 'three-way' }),
      ),
    ).toEqual([
      'Appointments of Name of C-OM on Monday 9 March:',
      '',
      '* 10:30am, case O-1, Name of C-PERSON, three-way meeting',
      '* 2pm, case O-1, Name of C-PERSON, 12 High Street',
      '',
      'More: https://throughcare.example.org/notices/contact/C-OM/8oygg',
      '',
      'Throughcare',
    ])
  })

  test('a limited-access case stays a number', async () => {
    const limited = event('2026-03-03T09:00', 'order.varied', { orderId: 'O-1', limitedAccess: true })
    expect(await list(limited, monday)).toContain('* 2pm, case O-1')
  })
})

test.each([
  [
    'every order of the day is in Wales',
    [],
    'Apwyntiadau: dydd Llun 9 Mawrth / Appointments on Monday 9 March',
  ],
  [
    'one of them is not',
    [order({ orderId: 'O-2' }), appointment('2026-03-09T16:00', { orderId: 'O-2', appointmentId: 'A-2' })],
    'Appointments on Monday 9 March / Apwyntiadau: dydd Llun 9 Mawrth',
  ],
] as const)('a worker who reads both languages, where %s', async (_, more, subject) => {
  const reader = contact('C-CM', { language: 'both' }, '2026-01-02T00:00')
  const lines = await play(
    [...PEOPLE, reader, order({ wales: true }), monday, ...more],
    '2026-03-10T00:00:00Z',
  )
  expect(
    lines.filter(({ step, to }) => step === 'day-list' && to === 'C-CM').map((line) => line.subject),
  ).toEqual([subject])
})
