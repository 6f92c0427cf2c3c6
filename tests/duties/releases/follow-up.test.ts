import { describe, expect, test } from 'vitest'
import { play, type Told, told } from '../../story.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  arrives,
  cancelled,
  change,
  closed,
  followedUp,
  heard,
  inRelease,
  leaves,
  meeting,
  possible,
  release,
} from './release-story.ts'

const UNTIL = '2027-06-30T00:00'
const around = [...AROUND_A_RELEASE, ALWAYS_ON_CALL]
const linesOf = (what: string, events: readonly Told[]) => told(what, [...around, ...events], UNTIL)
const key = (...days: string[]) => days.map((day) => `${day} 09:00 follow-up key-worker C-KEY`)
const onCall = (day: string) => `${day} 09:00 follow-up on-call C-DAY`

type Examples = [string, Told[], string[]][]

describe('GATE-16 follow-up: somebody stays in touch in the weeks after release', () => {
  const all = [
    ...key('2026-03-12', '2026-03-13'),
    onCall('2026-03-14'),
    ...key('2026-03-16', '2026-03-18'),
    onCall('2026-03-21'),
    ...key('2026-03-25', '2026-04-01', '2026-04-08'),
  ]
  const examples: Examples = [
    ['days 1, 2, 3, 5, 7, 10, 14, 21, 28; on call at the weekend', [release()], all],
    ['the prison’s word agrees with the plan', [release(), leaves('2026-03-11T09:05')], all],
    [
      'out a day early: counted from that day, a Tuesday',
      [release(), leaves('2026-03-10T11:20'), closed('2026-03-15T12:00')],
      [...key('2026-03-11', '2026-03-12', '2026-03-13'), onCall('2026-03-15')],
    ],
    [
      'heard a day late that they were out a day early: counted from that day, of which the first is past',
      [release(), heard('2026-03-12T10:00', leaves('2026-03-10T11:20')), closed('2026-03-16T12:00')],
      [
        ...key('2026-03-12'),
        '2026-03-12 10:00 follow-up key-worker C-KEY skipped: stale',
        '2026-03-12 10:00 follow-up key-worker C-KEY',
        ...key('2026-03-13'),
        onCall('2026-03-15'),
      ],
    ],
    [
      'out a day late: counted from that day, though somebody was asked the day after the planned one',
      [release(), leaves('2026-03-12T11:20'), closed('2026-03-16T12:00')],
      [...key('2026-03-12', '2026-03-13'), onCall('2026-03-14'), onCall('2026-03-15')],
    ],
    [
      'recorded that day, before and after nine',
      [release(), followedUp('2026-03-12T08:30'), followedUp('2026-03-13T11:00'), closed('2026-03-14T12:00')],
      [...key('2026-03-13'), onCall('2026-03-14')],
    ],
    [
      'over Easter whoever is on call',
      [release({ releaseOn: '2026-04-02' }), closed('2026-04-08T00:00')],
      [onCall('2026-04-03'), onCall('2026-04-04'), onCall('2026-04-05'), ...key('2026-04-07')],
    ],
    [
      'on Christmas Day as well',
      [release({ releaseOn: '2026-12-24' }), closed('2026-12-26T00:00')],
      [onCall('2026-12-25')],
    ],
    [
      'at nine by the clock, when they go forward and when they go back',
      [
        release({ releaseOn: '2026-03-27' }),
        closed('2026-03-30T12:00'),
        inRelease('R-2', release({ releaseOn: '2026-10-23' })),
        inRelease('R-2', closed('2026-10-26T12:00')),
      ],
      [
        onCall('2026-03-28'),
        onCall('2026-03-29'),
        ...key('2026-03-30'),
        onCall('2026-10-24'),
        onCall('2026-10-25'),
        ...key('2026-10-26'),
      ],
    ],
    [
      'the key worker is away: their cover, on a working day and at the weekend',
      [
        change('C-KEY', { absent: [{ from: '2026-03-12', to: '2026-03-14', coverContactId: 'C-NIGHT' }] }),
        release(),
        closed('2026-03-15T00:00'),
      ],
      ['2026-03-12', '2026-03-13', '2026-03-14'].map((day) => `${day} 09:00 follow-up key-worker C-NIGHT`),
    ],
    [
      'away and not covered: whoever is on call',
      [
        change('C-KEY', { absent: [{ from: '2026-03-12', to: '2026-03-12' }] }),
        release(),
        closed('2026-03-13T00:00'),
      ],
      [onCall('2026-03-12')],
    ],
    [
      'no address: the duty officer',
      [change('C-KEY', { email: undefined }), release(), closed('2026-03-13T00:00')],
      ['2026-03-12 09:00 follow-up duty-officer C-DUTY'],
    ],
    [
      'no key worker: the duty officer, at the weekend whoever is on call',
      [release({ keyWorker: undefined }), closed('2026-03-15T00:00')],
      [
        '2026-03-12 09:00 follow-up duty-officer C-DUTY',
        '2026-03-13 09:00 follow-up duty-officer C-DUTY',
        onCall('2026-03-14'),
      ],
    ],
    [
      'stood down, but released',
      [release(), meeting('2026-03-11T07:30', 'stood-down'), closed('2026-03-13T00:00')],
      key('2026-03-12'),
    ],
    ['not released', [release(), meeting('2026-03-11T09:30', 'not-released')], []],
    ['cancelled', [release(), cancelled('2026-03-11T08:00')], []],
    [
      'settled, declined or died: closed',
      [release(), closed('2026-03-13T12:00', 'died')],
      key('2026-03-12', '2026-03-13'),
    ],
    [
      'back in prison',
      [release(), leaves('2026-03-11T09:00'), arrives('2026-03-13T18:00', 'ADMISSION')],
      key('2026-03-12', '2026-03-13'),
    ],
    [
      'back in prison, though nobody said they had left',
      [release(), arrives('2026-03-13T18:00', 'ADMISSION')],
      key('2026-03-12', '2026-03-13'),
    ],
    [
      'admitted before release, transferred or back from court: not back in prison',
      [
        release(),
        arrives('2026-02-20T18:00', 'ADMISSION'),
        arrives('2026-03-12T18:00', 'RETURN_FROM_COURT'),
        arrives('2026-03-12T19:00', 'TEMPORARY_ABSENCE_RETURN'),
        closed('2026-03-13T12:00'),
      ],
      key('2026-03-12', '2026-03-13'),
    ],
    ['only possible', [possible()], []],
    [
      'only possible, and home',
      [possible(), leaves('2026-03-11T15:00'), closed('2026-03-13T00:00')],
      key('2026-03-12'),
    ],
    [
      'the evening of a day on which nothing ran: late, every day',
      [heard('2026-03-14T18:00', release()), closed('2026-03-15T00:00')],
      [
        '2026-03-14 18:00 follow-up key-worker C-KEY skipped: stale',
        '2026-03-14 18:00 follow-up key-worker C-KEY skipped: stale',
        '2026-03-14 18:00 follow-up on-call C-DAY',
      ].map((line) => line.replace('key-worker C-KEY skipped', 'key-worker C-DAY skipped')),
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-16 follow-up', events)).toEqual(expected)
  })

  test('who is asked, what to do, and a number to ring: a reference, and no name', async () => {
    const lines = await play([...around, release()], UNTIL)
    const texts = new Set(
      lines.filter(({ step }) => step === 'follow-up').map(({ subject, text }) => `${subject} | ${text}`),
    )
    for (const text of texts) {
      expect(text).toMatch(/^Please get in touch on \w+day \d+ \w+ about R-1 \| Please get in touch on /)
      expect(text).toContain('For their number ring 01632 960001')
      expect(text).not.toContain('JW')
    }
  })
})

describe('GATE-16 missed: a day without contact is taken further', () => {
  const missed = (...days: string[]) => days.map((day) => `${day} 16:00 missed duty-officer C-DUTY`)
  const examples: Examples = [
    [
      'days 1, 2, 3, 5 and 7',
      [release()],
      missed('2026-03-12', '2026-03-13', '2026-03-14', '2026-03-16', '2026-03-18'),
    ],
    [
      'recorded in time; recorded for the wrong day; recorded too late',
      [
        release(),
        followedUp('2026-03-12T15:59'),
        followedUp('2026-03-13T15:00', '2026-03-12'),
        followedUp('2026-03-14T16:30'),
        closed('2026-03-15T00:00'),
      ],
      missed('2026-03-13', '2026-03-14'),
    ],
    [
      'the record reaches us late: told already',
      [release(), heard('2026-03-12T17:00', followedUp('2026-03-12T11:00')), closed('2026-03-13T00:00')],
      missed('2026-03-12'),
    ],
    ['back in prison', [release(), arrives('2026-03-12T12:00', 'ADMISSION')], []],
    ['not released', [release(), meeting('2026-03-11T09:30', 'not-released')], []],
    [
      'the duty officer is away and nobody covers: told all the same',
      [
        change('C-DUTY', { absent: [{ from: '2026-03-12', to: '2026-03-12' }] }),
        release(),
        closed('2026-03-13T00:00'),
      ],
      missed('2026-03-12'),
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-16 missed', events)).toEqual(expected)
  })
})
