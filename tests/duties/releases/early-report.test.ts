import { describe, expect, test } from 'vitest'
import { play, type Told, told } from '../../story.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  accepts,
  arrives,
  declines,
  heard,
  leaves,
  mayBeOut,
  meeting,
  possible,
  release,
  reported,
} from './release-story.ts'

const UNTIL = '2026-12-31T00:00'
const around = [...AROUND_A_RELEASE, ALWAYS_ON_CALL]
const SPONSOR = { meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }] }
const accepted = accepts('2026-03-10T12:10', 'C-KEY')
/** The fuller report, which comes three quarters of an hour after the early one. */
const fuller = (at: string, more = {}) => heard('2026-03-11T08:56', leaves(at, { prisonId: 'QAL', ...more }))
const everyone = (at: string) => [
  `${at} out-now duty-officer C-DUTY`,
  `${at} out-now key-worker C-KEY`,
  `${at} out-now on-call C-DAY`,
]
const staff = (at: string) => [`${at} perhaps-out duty-officer C-DUTY`, `${at} perhaps-out key-worker C-KEY`]

describe('GATE-08: the early report cannot tell how somebody left', () => {
  const examples: [string, Told[], string[]][] = [
    [
      'of the planned day, before the gate opens: whoever accepted is sent; the fuller one says nothing twice',
      [release(), accepted, mayBeOut('2026-03-11T08:10'), fuller('2026-03-11T08:10')],
      ['2026-03-11 08:10 out-now key-worker C-KEY'],
    ],
    [
      'nobody accepted: everyone together, once',
      [release(), mayBeOut('2026-03-11T08:10'), fuller('2026-03-11T08:12')],
      everyone('2026-03-11 08:10'),
    ],
    [
      'when the gate has opened, and somebody is there: an hour later the duty officer rings the prison',
      [release(), accepted, mayBeOut('2026-03-11T09:05')],
      ['2026-03-11 10:05 perhaps-out duty-officer C-DUTY'],
    ],
    [
      'and the fuller one comes',
      [
        release(),
        accepted,
        mayBeOut('2026-03-11T09:05'),
        heard('2026-03-11T09:50', leaves('2026-03-11T09:05')),
      ],
      [],
    ],
    [
      'no fuller one for an hour: the duty officer rings the prison',
      [release(), accepted, mayBeOut('2026-03-11T08:10')],
      ['2026-03-11 08:10 out-now key-worker C-KEY', '2026-03-11 09:10 perhaps-out duty-officer C-DUTY'],
    ],
    [
      'somebody has rung the prison, and they are not out',
      [release(), accepted, mayBeOut('2026-03-11T08:10'), reported('2026-03-11T08:40', false)],
      ['2026-03-11 08:10 out-now key-worker C-KEY'],
    ],
    [
      'the records were merged: ring the prison, the plan stands',
      [
        ...[release(), accepted, mayBeOut('2026-03-11T08:10')],
        heard('2026-03-11T08:55', leaves('2026-03-11T08:10', { nomisMovementReasonCode: 'MRG' })),
      ],
      ['2026-03-11 08:10 out-now key-worker C-KEY', ...staff('2026-03-11 08:55')],
    ],
    [
      'of another day: the prison is rung at once, and nobody is sent anywhere',
      [release(), accepts('2026-03-05T10:00', 'C-KEY'), mayBeOut('2026-03-09T14:10')],
      staff('2026-03-09 14:10'),
    ],
    [
      'of another day, and then the fuller one: whoever accepted is sent',
      [
        ...[release(), accepts('2026-03-05T10:00', 'C-KEY'), mayBeOut('2026-03-09T14:10')],
        heard('2026-03-09T14:56', leaves('2026-03-09T14:10')),
      ],
      [...staff('2026-03-09 14:10'), '2026-03-09 14:56 out-now key-worker C-KEY'],
    ],
    [
      'of another day, and the prison says on the telephone that they are out: whoever accepted is sent',
      [
        ...[release(), accepts('2026-03-05T10:00', 'C-KEY'), mayBeOut('2026-03-09T14:10')],
        reported('2026-03-09T14:20', true),
        heard('2026-03-09T14:56', leaves('2026-03-09T14:10')),
      ],
      [...staff('2026-03-09 14:10'), '2026-03-09 14:20 out-now key-worker C-KEY'],
    ],
    [
      'of a hearing day without a plan',
      [possible(), mayBeOut('2026-03-11T15:20')],
      staff('2026-03-11 15:20'),
    ],
    [
      'said twice on one day: once',
      [
        release(),
        accepted,
        mayBeOut('2026-03-11T08:10'),
        mayBeOut('2026-03-11T08:30'),
        fuller('2026-03-11T08:10'),
      ],
      ['2026-03-11 08:10 out-now key-worker C-KEY'],
    ],
    [
      'of one prison, and the fuller one of another: whoever was sent hears of the other',
      [release(), accepted, mayBeOut('2026-03-11T08:10'), fuller('2026-03-11T08:10', { prisonId: 'QDN' })],
      ['2026-03-11 08:10 out-now key-worker C-KEY', '2026-03-11 08:56 out-now key-worker C-KEY'],
    ],
    [
      'whoever is sent cannot go: everyone together',
      [
        release(),
        accepted,
        mayBeOut('2026-03-11T08:10'),
        declines('2026-03-11T08:15', 'C-KEY'),
        fuller('2026-03-11T08:10'),
      ],
      [
        '2026-03-11 08:10 out-now key-worker C-KEY',
        '2026-03-11 08:15 out-now duty-officer C-DUTY',
        '2026-03-11 08:15 out-now key-worker C-KEY skipped: told-already',
        '2026-03-11 08:15 out-now on-call C-DAY',
      ],
    ],
    [
      'the meeting is closed: nothing',
      [
        release(),
        accepted,
        meeting('2026-03-11T09:20', 'met'),
        heard('2026-03-11T09:30', mayBeOut('2026-03-11T09:25')),
      ],
      [],
    ],
    [
      'a month late: nobody is sent anywhere at three in the morning',
      [release(), accepted, heard('2026-04-11T03:00', mayBeOut('2026-03-11T08:10'))],
      [
        '2026-04-11 03:00 out-now meeter C-KEY skipped: stale',
        '2026-04-11 03:00 perhaps-out duty-officer C-DUTY skipped: stale',
      ],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await told('GATE-08', [...around, ...events], UNTIL)).toEqual(expected)
  })

  test('the ladder goes on until the fuller report', async () => {
    const story = [...around, release(), mayBeOut('2026-03-10T12:10')]
    const asked = await told('GATE-01 accept', story, UNTIL)
    expect(asked.map((line) => line.slice(0, 16))).toEqual([
      '2026-03-10 12:00',
      '2026-03-10 12:30',
      '2026-03-10 13:00',
    ])
    const until = await told(
      'GATE-01 accept',
      [...story, heard('2026-03-10T12:50', leaves('2026-03-10T12:10'))],
      UNTIL,
    )
    expect(until).toEqual(asked.slice(0, 2))
  })
})

describe('what is said of an early report', () => {
  const words = async (events: readonly Told[], step: string) => {
    const lines = await play([...around, ...events], UNTIL)
    return lines.find((line) => line.step === step && line.outcome === 'sent')?.text?.split('\n\n')[0]
  }

  test('a worker hears that they may be out, and where to ring', async () => {
    const events = [release(), accepted, mayBeOut('2026-03-11T08:10')]
    expect(await words(events, 'out-now')).toBe(
      'JW may be out: HMP Alderley. Please go, and ring the prison.',
    )
  })

  test('a sponsor is asked to set out, and to ring nobody', async () => {
    const events = [release(SPONSOR), accepts('2026-03-10T12:40', 'C-SPONSOR'), mayBeOut('2026-03-11T08:10')]
    expect(await words(events, 'out-now')).toBe('Please set out now to meet JW: HMP Alderley.')
  })

  test('who accepts after it hears the same, never that they are out', async () => {
    const late = accepts('2026-03-11T08:20', 'C-SPONSOR')
    expect(await words([release(SPONSOR), mayBeOut('2026-03-11T08:10'), late], 'confirmed')).toBe(
      'Thank you. Please set out now to meet JW: HMP Alderley.',
    )
    const worker = accepts('2026-03-11T08:20', 'C-KEY')
    expect(await words([release(SPONSOR), mayBeOut('2026-03-11T08:10'), worker], 'confirmed')).toBe(
      'Thank you. JW may be out: HMP Alderley. Please go, and ring the prison.',
    )
  })

  test('the plan stands', async () => {
    expect(await words([release(), mayBeOut('2026-03-09T14:10')], 'perhaps-out')).toBe(
      'JW may be out, but nobody can be sure. Please ring the prison. The plan stands: Wednesday 11 March at 9am, HMP Alderley.',
    )
  })

  test('made nothing of before anybody could be asked to ring the prison: said of both who were to', async () => {
    const report = heard('2026-03-09T14:30', mayBeOut('2026-03-09T14:10'))
    const events = [release(), reported('2026-03-09T14:20', false), report]
    expect(await told('GATE-08', [...around, ...events], UNTIL)).toEqual([
      '2026-03-09 14:30 perhaps-out duty-officer C-DUTY skipped: no-longer-true',
      '2026-03-09 14:30 perhaps-out key-worker C-KEY skipped: no-longer-true',
    ])
  })

  test('received at another prison that day after all: those who were sent are told', async () => {
    const events = [release(), accepted, mayBeOut('2026-03-11T08:10'), arrives('2026-03-11T08:40')]
    expect(await told('GATE-29', [...around, ...events], UNTIL)).toEqual([
      '2026-03-11 08:40 moved key-worker C-KEY',
    ])
  })
})
