import { describe, expect, test } from 'vitest'
import { type Told, told } from '../../story.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  accepts,
  arrives,
  cancelled,
  closed,
  inRelease,
  leaves,
  meeting,
  release,
} from './release-story.ts'

const around = [...AROUND_A_RELEASE, ALWAYS_ON_CALL]
const UNTIL = '2026-12-31T00:00'

describe('what the prison calls a release is one only when somebody goes home', () => {
  const examples: [string, Record<string, unknown>, 'home' | 'nothing' | 'closed'][] = [
    ['home', {}, 'home'],
    ['home on licence', { nomisMovementReasonCode: 'PP' }, 'home'],
    ['the reason code is not given', { nomisMovementReasonCode: undefined }, 'home'],
    ['still under the care of a prison', { currentPrisonStatus: 'UNDER_PRISON_CARE' }, 'nothing'],
    ['the status is not given', { currentPrisonStatus: undefined }, 'nothing'],
    ['to court', { reason: 'SENT_TO_COURT' }, 'nothing'],
    ['to another prison', { reason: 'TRANSFERRED' }, 'nothing'],
    ['to hospital', { reason: 'RELEASED_TO_HOSPITAL' }, 'nothing'],
    ['for a day', { reason: 'TEMPORARY_ABSENCE_RELEASE' }, 'nothing'],
    ['for a reason unknown', { reason: 'UNKNOWN' }, 'nothing'],
    ['dead', { nomisMovementReasonCode: 'DEC' }, 'closed'],
    ['deported, no sentence', { nomisMovementReasonCode: 'DE' }, 'closed'],
    ['deported on licence', { nomisMovementReasonCode: 'DL' }, 'closed'],
    ['removed early', { nomisMovementReasonCode: 'ETR' }, 'closed'],
  ]
  test.each(examples)('%s', async (_, info, expected) => {
    const story = [...around, release(), leaves('2026-03-10T10:00', info)]
    expect(await told('GATE-08', story, UNTIL)).toHaveLength(expected === 'home' ? 3 : 0)
    expect(await told('GATE-01 accept', story, UNTIL)).toHaveLength(expected === 'closed' ? 0 : 3)
    expect(await told('GATE-02', story, UNTIL)).toEqual([])
  })
})

describe('one person, several releases: going home belongs to the nearest day that is not over', () => {
  const first = release({ releaseOn: '2026-03-11' })
  const second = (at: string, more = {}) =>
    inRelease('R-2', release({ releaseOn: '2026-05-13', ...more }, at))
  /** The first days of contact after each release. */
  const days = async (events: readonly Told[]) => {
    const lines = await told('GATE-16 follow-up', [...around, ...events], UNTIL)
    return lines.map((line) => line.slice(0, 10))
  }
  const soonOver = [closed('2026-03-14T00:00'), inRelease('R-2', closed('2026-05-16T00:00'))]

  test('each his own', async () => {
    const story = [first, leaves('2026-03-10T10:00'), second('2026-04-01T10:00'), leaves('2026-05-12T10:00')]
    expect(await days([...story, ...soonOver])).toEqual([
      '2026-03-11',
      '2026-03-12',
      '2026-03-13',
      '2026-05-13',
      '2026-05-14',
      '2026-05-15',
    ])
  })

  test('both are planned and the later one comes first', async () => {
    const story = [
      first,
      second('2026-02-03T10:00'),
      cancelled('2026-03-05T10:00'),
      leaves('2026-04-20T10:00'),
    ]
    expect(await days([...story, inRelease('R-2', closed('2026-04-23T00:00'))])).toEqual([
      '2026-04-21',
      '2026-04-22',
    ])
  })

  test('said again after the meeting was closed: still the same release', async () => {
    const story = [
      first,
      second('2026-02-03T10:00'),
      leaves('2026-03-11T09:00'),
      meeting('2026-03-11T09:20', 'met'),
    ]
    const again = [leaves('2026-03-11T09:45', {}, 'prison-offender-events')]
    expect(await days([...story, ...again, ...soonOver])).toEqual([
      '2026-03-12',
      '2026-03-13',
      '2026-05-14',
      '2026-05-15',
    ])
  })

  test('not released on the day, and out the next under another plan', async () => {
    const story = [
      first,
      meeting('2026-03-11T09:30', 'not-released'),
      inRelease('R-2', release({ releaseOn: '2026-03-13' }, '2026-03-11T10:00')),
      leaves('2026-03-12T10:00'),
      inRelease('R-2', closed('2026-03-14T00:00')),
    ]
    expect(await days(story)).toEqual(['2026-03-13'])
  })

  test('back in prison and released again, under the same plan said anew', async () => {
    const story = [
      first,
      leaves('2026-03-11T09:00'),
      arrives('2026-03-12T18:00', 'ADMISSION'),
      release({ releaseOn: '2026-05-13' }, '2026-04-01T10:00'),
      leaves('2026-05-12T10:00'),
      closed('2026-05-14T00:00'),
    ]
    expect(await days(story)).toEqual(['2026-03-12', '2026-05-13'])
  })

  test('home long before anything was planned is not that release', async () => {
    const story = [leaves('2026-01-20T10:00'), first, closed('2026-03-13T00:00')]
    expect(await days(story)).toEqual(['2026-03-12'])
  })

  test('said again the next day, before anything was planned: the release of the day they went', async () => {
    const story = [
      leaves('2026-02-10T10:00'),
      leaves('2026-02-11T10:00', {}, 'prison-offender-events'),
      release({ releaseOn: '2026-02-10' }, '2026-02-11T12:00'),
    ]
    expect(await told('GATE-08', [...around, ...story], UNTIL)).toEqual([
      '2026-02-11 12:00 out-now duty-officer C-DUTY',
      '2026-02-11 12:00 out-now key-worker C-KEY',
      '2026-02-11 12:00 out-now on-call C-DAY',
    ])
  })

  test('a death ends them all', async () => {
    const story = [
      first,
      second('2026-02-03T10:00'),
      leaves('2026-03-05T10:00', { nomisMovementReasonCode: 'DEC' }),
    ]
    expect(await days(story)).toEqual([])
    expect(await told('GATE-01', [...around, ...story, accepts('2026-03-06T10:00', 'C-KEY')], UNTIL)).toEqual(
      ['2026-03-04 09:00 plan key-worker C-KEY'],
    )
  })
})
