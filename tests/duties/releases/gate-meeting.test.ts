import { describe, expect, test } from 'vitest'
import { londonTime } from '../../../shared/calendar/london.ts'
import { releaseKey } from '../../../shared/casefile/ids.ts'
import { event, play, type Told, told } from '../../story.ts'
import { ROW_TEXTS } from '../../texts.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  accepts,
  arrives,
  cancelled,
  change,
  closed,
  declines,
  followedUp,
  heard,
  leaves,
  meeting,
  moved,
  possible,
  release,
  rota,
} from './release-story.ts'

const UNTIL = '2026-12-31T00:00'
const around = [...AROUND_A_RELEASE, ALWAYS_ON_CALL]

const linesOf = (what: string, events: readonly Told[], from?: string) => told(what, events, UNTIL, from)

type Examples = [string, Told[], string[]][]
const sponsor = (consented = true) => ({ contactId: 'C-SPONSOR', kind: 'sponsor', consented })
const family = { contactId: 'C-FAMILY', kind: 'family', consented: true }

/** The notice that asks the nth candidate of the release as first planned. */
const ask = (nth: number) => {
  const version = londonTime('2026-02-02', '10:00').toString(36)
  return `release_${releaseKey('A9001AA')}_GATE-01_accept_R-1_${version}_${nth}_meeter`
}

test('the path of one gate meeting nobody accepts, from plan to outcome', async () => {
  expect(await linesOf('GATE-01', [...around, release()])).toEqual([
    '2026-03-04 09:00 plan key-worker C-KEY',
    '2026-03-10 12:00 accept key-worker C-KEY',
    '2026-03-10 12:30 accept on-call C-DAY',
    '2026-03-10 13:00 accept duty-officer C-DUTY',
    '2026-03-10 17:00 uncovered duty-officer C-DUTY',
    '2026-03-10 17:00 uncovered rota-owner C-OWNER',
    '2026-03-11 08:00 nobody duty-officer C-DUTY',
    '2026-03-11 08:00 nobody rota-owner C-OWNER',
    '2026-03-11 09:00 nobody duty-officer C-DUTY',
    '2026-03-11 09:00 nobody rota-owner C-OWNER',
    '2026-03-11 10:00 outcome duty-officer C-DUTY',
    '2026-03-11 11:00 outcome duty-officer C-DUTY',
    ...['12', '14', '16', '18', '20'].flatMap((hour) => [
      `2026-03-11 ${hour}:00 unknown duty-officer C-DUTY`,
      `2026-03-11 ${hour}:00 unknown rota-owner C-OWNER`,
    ]),
  ])
})

test('the path of one gate meeting that goes well', async () => {
  const story = [
    ...around,
    release(),
    accepts('2026-03-10T12:10', 'C-KEY'),
    meeting('2026-03-11T09:20', 'met'),
  ]
  expect(await linesOf('GATE-01', story)).toEqual([
    '2026-03-04 09:00 plan key-worker C-KEY',
    '2026-03-10 12:00 accept key-worker C-KEY',
    '2026-03-10 12:10 confirmed key-worker C-KEY',
    '2026-03-11 07:00 alert key-worker C-KEY',
  ])
})

describe('GATE-01 plan: the key worker plans ahead who will be there', () => {
  const examples: Examples = [
    [
      'seven days before, also on a Sunday',
      [release({ releaseOn: '2026-03-15' })],
      ['2026-03-08 09:00 plan key-worker C-KEY'],
    ],
    [
      'in winter time for a release in summer time',
      [release({ releaseOn: '2026-03-31' })],
      ['2026-03-24 09:00 plan key-worker C-KEY'],
    ],
    [
      'on Christmas Day',
      [release({ releaseOn: '2027-01-01' }, '2026-12-01T10:00')],
      ['2026-12-25 09:00 plan key-worker C-KEY'],
    ],
    [
      'there is no key worker',
      [release({ keyWorker: undefined })],
      ['2026-03-04 09:00 plan duty-officer C-DUTY'],
    ],
    [
      'the key worker is away that day: their cover',
      [
        change('C-KEY', { absent: [{ from: '2026-03-04', to: '2026-03-04', coverContactId: 'C-NIGHT' }] }),
        release(),
      ],
      ['2026-03-04 09:00 plan key-worker C-NIGHT'],
    ],
    [
      'the key worker has no address: the duty officer',
      [change('C-KEY', { email: undefined }), release()],
      ['2026-03-04 09:00 plan duty-officer C-DUTY'],
    ],
    ['accepted before', [release(), accepts('2026-03-03T10:00', 'C-DAY')], []],
    [
      'planned six days before: at once',
      [release({}, '2026-03-05T10:00')],
      ['2026-03-05 10:00 plan key-worker C-KEY'],
    ],
    [
      'planned six days before, at night: nobody off shift is woken',
      [release({}, '2026-03-05T23:00')],
      ['2026-03-06 05:00 plan key-worker C-KEY'],
    ],
    [
      'planned when asking has begun: stale',
      [release({}, '2026-03-10T14:00')],
      ['2026-03-10 14:00 plan key-worker C-KEY skipped: stale'],
    ],
    ['cancelled before', [release(), cancelled('2026-03-03T10:00')], []],
    [
      'moved on: planned for the new day as well',
      [release(), moved('2026-03-06T10:00', { releaseOn: '2026-03-20' })],
      ['2026-03-04 09:00 plan key-worker C-KEY', '2026-03-13 09:00 plan key-worker C-KEY'],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-01 plan', [...around, ...events])).toEqual(expected)
  })
})

describe('GATE-01 accept: one candidate after the other is asked', () => {
  const examples: Examples = [
    [
      'key worker, those named, whoever is on call at the gate time in rota order, duty officer',
      [
        rota([
          ['2026-03-01T00:00', '2026-03-20T00:00', 'C-NIGHT'],
          ['2026-03-01T00:00', '2026-03-20T00:00', 'C-DAY'],
        ]),
        release({ meeters: [sponsor(), family] }),
      ],
      [
        '2026-03-10 12:00 accept key-worker C-KEY',
        '2026-03-10 12:30 accept meeter C-SPONSOR',
        '2026-03-10 13:00 accept meeter C-FAMILY',
        '2026-03-10 13:30 accept on-call C-NIGHT',
        '2026-03-10 14:00 accept on-call C-DAY',
        '2026-03-10 14:30 accept duty-officer C-DUTY',
      ],
    ],
    [
      'each once: the key worker is on call and the duty officer too',
      [
        rota([
          ['2026-03-01T00:00', '2026-03-20T00:00', 'C-KEY'],
          ['2026-03-01T00:00', '2026-03-20T00:00', 'C-DUTY'],
        ]),
        release(),
      ],
      ['2026-03-10 12:00 accept key-worker C-KEY', '2026-03-10 12:30 accept duty-officer C-DUTY'],
    ],
    [
      'on call when the gate opens, not when they are asked',
      [
        rota([
          ['2026-03-10T08:00', '2026-03-10T20:00', 'C-DAY'],
          ['2026-03-10T20:00', '2026-03-11T10:00', 'C-NIGHT'],
        ]),
        release({ keyWorker: undefined }),
      ],
      ['2026-03-10 12:00 accept on-call C-NIGHT', '2026-03-10 12:30 accept duty-officer C-DUTY'],
    ],
    [
      'a sponsor who did not agree is not asked',
      [ALWAYS_ON_CALL, release({ keyWorker: undefined, meeters: [sponsor(false)] })],
      ['2026-03-10 12:00 accept on-call C-DAY', '2026-03-10 12:30 accept duty-officer C-DUTY'],
    ],
    [
      'no relative where a partner’s violence is a risk; a sponsor still',
      [release({ keyWorker: undefined, partnerViolenceRisk: true, meeters: [family, sponsor()] })],
      ['2026-03-10 12:00 accept meeter C-SPONSOR', '2026-03-10 12:30 accept duty-officer C-DUTY'],
    ],
    [
      'whoever has no address, opted out or is away on the day is passed over at once',
      [
        change('C-KEY', { email: undefined }),
        event('2026-01-02T00:00', 'contact.opted-out', { contactId: 'C-SPONSOR', channel: 'all' }),
        change('C-DAY', { absent: [{ from: '2026-03-11', to: '2026-03-11' }] }),
        ALWAYS_ON_CALL,
        release({ meeters: [sponsor()] }),
      ],
      ['2026-03-10 12:00 accept duty-officer C-DUTY'],
    ],
    [
      'away when asked but back on the day: asked',
      [change('C-KEY', { absent: [{ from: '2026-03-10', to: '2026-03-10' }] }), release()],
      ['2026-03-10 12:00 accept key-worker C-KEY', '2026-03-10 12:30 accept duty-officer C-DUTY'],
    ],
    [
      'the list never ends with nobody: the duty officer is away and nobody covers',
      [
        change('C-DUTY', { absent: [{ from: '2026-03-11', to: '2026-03-11' }] }),
        release({ keyWorker: undefined }),
      ],
      ['2026-03-10 12:00 accept duty-officer C-DUTY'],
    ],
    [
      'the duty officer is away and covered',
      [
        change('C-DUTY', { absent: [{ from: '2026-03-11', to: '2026-03-11', coverContactId: 'C-NIGHT' }] }),
        release({ keyWorker: undefined }),
      ],
      ['2026-03-10 12:00 accept duty-officer C-NIGHT'],
    ],
    [
      'a decline asks the next at once; one who declined in advance is not asked',
      [
        ALWAYS_ON_CALL,
        release({ meeters: [sponsor()] }),
        declines('2026-03-05T10:00', 'C-KEY'),
        declines('2026-03-10T12:10', 'C-SPONSOR'),
      ],
      [
        '2026-03-10 12:00 accept meeter C-SPONSOR',
        '2026-03-10 12:10 accept on-call C-DAY',
        '2026-03-10 12:40 accept duty-officer C-DUTY',
      ],
    ],
    [
      'a decline that reaches us late',
      [ALWAYS_ON_CALL, release(), heard('2026-03-10T12:20', declines('2026-03-10T12:10', 'C-KEY'))],
      [
        '2026-03-10 12:00 accept key-worker C-KEY',
        '2026-03-10 12:20 accept on-call C-DAY',
        '2026-03-10 12:50 accept duty-officer C-DUTY',
      ],
    ],
    [
      'accepted before we could ask anybody, and declined before we knew: somebody is asked at once',
      [
        ...[ALWAYS_ON_CALL, heard('2026-03-10T13:00', release())],
        heard('2026-03-10T13:00', accepts('2026-03-10T12:10', 'C-KEY')),
        heard('2026-03-10T13:10', declines('2026-03-10T12:50', 'C-KEY')),
      ],
      [
        '2026-03-10 13:00 accept meeter C-KEY skipped: no-longer-true',
        '2026-03-10 13:10 accept on-call C-DAY',
        '2026-03-10 13:40 accept duty-officer C-DUTY',
      ],
    ],
    [
      'a message that bounces asks the next at once',
      [ALWAYS_ON_CALL, release(), event('2026-03-10T12:07', 'notice.failed', { noticeId: ask(1) })],
      [
        '2026-03-10 12:00 accept key-worker C-KEY',
        '2026-03-10 12:07 accept on-call C-DAY',
        '2026-03-10 12:37 accept duty-officer C-DUTY',
      ],
    ],
    [
      'everybody declines; half-hourly looks find whoever joins the rota',
      [
        ALWAYS_ON_CALL,
        release(),
        declines('2026-03-10T12:10', 'C-KEY'),
        declines('2026-03-10T12:20', 'C-DAY'),
        declines('2026-03-10T12:25', 'C-DUTY'),
        rota([['2026-03-10T00:00', '2026-03-20T00:00', 'C-NIGHT']], '2026-03-10T14:40'),
      ],
      [
        '2026-03-10 12:00 accept key-worker C-KEY',
        '2026-03-10 12:10 accept on-call C-DAY',
        '2026-03-10 12:20 accept duty-officer C-DUTY',
        '2026-03-10 14:55 accept on-call C-NIGHT',
      ],
    ],
    [
      'nobody can be reached; a look finds the duty officer’s new address',
      [
        change('C-DUTY', { email: undefined }),
        change('C-DUTY', {}, '2026-03-10T12:40'),
        release({ keyWorker: undefined }),
      ],
      ['2026-03-10 13:00 accept duty-officer C-DUTY'],
    ],
    [
      'accepted after the second ask',
      [ALWAYS_ON_CALL, release(), accepts('2026-03-10T12:45', 'C-KEY')],
      ['2026-03-10 12:00 accept key-worker C-KEY', '2026-03-10 12:30 accept on-call C-DAY'],
    ],
    ['accepted before anybody is asked', [release(), accepts('2026-03-05T10:00', 'C-KEY')], []],
    [
      'an acceptance by a relative who is blocked does not count',
      [release({ partnerViolenceRisk: true, meeters: [family] }), accepts('2026-03-05T10:00', 'C-FAMILY')],
      ['2026-03-10 12:00 accept key-worker C-KEY', '2026-03-10 12:30 accept duty-officer C-DUTY'],
    ],
    [
      'accepted, then declined: the ladder goes on at once',
      [
        ALWAYS_ON_CALL,
        release(),
        accepts('2026-03-10T12:10', 'C-KEY'),
        declines('2026-03-10T15:00', 'C-KEY'),
      ],
      [
        '2026-03-10 12:00 accept key-worker C-KEY',
        '2026-03-10 15:00 accept on-call C-DAY',
        '2026-03-10 15:30 accept duty-officer C-DUTY',
      ],
    ],
    [
      'whoever accepted is found away when they are alerted: the ladder goes on at once',
      [
        ALWAYS_ON_CALL,
        release(),
        accepts('2026-03-10T12:10', 'C-KEY'),
        change('C-KEY', { absent: [{ from: '2026-03-11', to: '2026-03-13' }] }, '2026-03-10T20:00'),
      ],
      [
        '2026-03-10 12:00 accept key-worker C-KEY',
        '2026-03-11 07:00 accept on-call C-DAY',
        '2026-03-11 07:30 accept duty-officer C-DUTY',
      ],
    ],
    [
      'planned later than noon the day before: at once; at night within twelve hours of the gate',
      [release({}, '2026-03-10T22:30')],
      ['2026-03-10 22:30 accept key-worker C-KEY', '2026-03-10 23:00 accept duty-officer C-DUTY'],
    ],
    [
      'nobody off shift is asked at night more than twelve hours before the gate opens',
      [release({ gateTime: '11:00' }, '2026-03-10T22:15')],
      ['2026-03-10 23:00 accept key-worker C-KEY', '2026-03-10 23:30 accept duty-officer C-DUTY'],
    ],
    [
      'nor before 05:00 when the gate opens late in the day',
      [release({ gateTime: '18:00' }, '2026-03-10T22:15')],
      ['2026-03-11 05:00 accept key-worker C-KEY', '2026-03-11 05:30 accept duty-officer C-DUTY'],
    ],
    [
      'whoever is on shift is asked at night',
      [
        rota([['2026-03-10T20:00', '2026-03-11T20:00', 'C-NIGHT']]),
        release({ gateTime: '18:00', keyWorker: undefined }, '2026-03-10T22:15'),
      ],
      ['2026-03-10 22:15 accept on-call C-NIGHT', '2026-03-11 05:00 accept duty-officer C-DUTY'],
    ],
    [
      'the gate time is unknown: until 07:00; somebody who could not be asked by then is in the ledger',
      [
        change('C-DUTY', { email: undefined }),
        change('C-DUTY', {}, '2026-03-11T07:10'),
        release({ gateTime: undefined, keyWorker: undefined }),
      ],
      ['2026-03-11 07:00 accept meeter C-DUTY skipped: stale'],
    ],
    [
      'from court without a time, known that morning: at once, until the day is over',
      [ALWAYS_ON_CALL, release({ place: 'court', gateTime: undefined }, '2026-03-11T11:30')],
      [
        '2026-03-11 11:30 accept key-worker C-KEY',
        '2026-03-11 12:00 accept on-call C-DAY',
        '2026-03-11 12:30 accept duty-officer C-DUTY',
      ],
    ],
    [
      'from court without a time, days ahead: at once, a sponsor at a decent hour',
      [
        release(
          { place: 'court', gateTime: undefined, keyWorker: undefined, meeters: [sponsor()] },
          '2026-03-08T21:30',
        ),
      ],
      ['2026-03-09 08:00 accept meeter C-SPONSOR', '2026-03-09 08:30 accept duty-officer C-DUTY'],
    ],
    [
      'from court at a known time: from noon the day before',
      [release({ place: 'court', gateTime: '16:00' })],
      ['2026-03-10 12:00 accept key-worker C-KEY', '2026-03-10 12:30 accept duty-officer C-DUTY'],
    ],
    [
      'planned after the gate has opened: nobody can be there any more',
      [release({}, '2026-03-11T09:30')],
      [],
    ],
    [
      'in the night the clocks go forward',
      [release({ releaseOn: '2026-03-29' })],
      ['2026-03-28 12:00 accept key-worker C-KEY', '2026-03-28 12:30 accept duty-officer C-DUTY'],
    ],
    [
      'half an hour in the hour that the clocks repeat',
      [release({ releaseOn: '2026-10-25' }, '2026-10-25T01:45+01:00')],
      ['2026-10-25 01:45 accept key-worker C-KEY', '2026-10-25 01:15 accept duty-officer C-DUTY'],
    ],
    ['cancelled before', [release(), cancelled('2026-03-10T11:00')], []],
    [
      'cancelled after the first ask',
      [release(), cancelled('2026-03-10T12:10')],
      ['2026-03-10 12:00 accept key-worker C-KEY'],
    ],
    ['closed: the person declines all help', [release(), closed('2026-03-09T10:00', 'declined')], []],
    [
      'moved after two were asked: the ladder starts afresh, acceptances with it',
      [
        release(),
        accepts('2026-03-10T12:40', 'C-DUTY'),
        moved('2026-03-10T15:00', { releaseOn: '2026-03-13', gateTime: '10:00' }),
      ],
      [
        '2026-03-10 12:00 accept key-worker C-KEY',
        '2026-03-10 12:30 accept duty-officer C-DUTY',
        '2026-03-12 12:00 accept key-worker C-KEY',
        '2026-03-12 12:30 accept duty-officer C-DUTY',
      ],
    ],
    [
      'moved, and moved back: afresh each time',
      [
        release(),
        moved('2026-03-10T12:05', { releaseOn: '2026-03-13' }),
        moved('2026-03-10T12:10', { releaseOn: '2026-03-11' }),
      ],
      [
        '2026-03-10 12:00 accept key-worker C-KEY',
        '2026-03-10 12:10 accept key-worker C-KEY',
        '2026-03-10 12:40 accept duty-officer C-DUTY',
      ],
    ],
    [
      'planned again unchanged: nobody is asked twice',
      [release(), release({}, '2026-03-10T12:10')],
      ['2026-03-10 12:00 accept key-worker C-KEY', '2026-03-10 12:30 accept duty-officer C-DUTY'],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-01 accept', [...AROUND_A_RELEASE, ...events])).toEqual(expected)
  })

  test('what fell due before going live is passed, and whoever was not asked is asked after it', async () => {
    expect(await linesOf('GATE-01 accept', [...around, release()], '2026-03-10T12:15Z')).toEqual([
      '2026-03-10 12:00 accept meeter C-KEY skipped: before-go-live',
      '2026-03-10 12:30 accept key-worker C-KEY',
      '2026-03-10 13:00 accept on-call C-DAY',
      '2026-03-10 13:30 accept duty-officer C-DUTY',
    ])
  })
})

describe('GATE-01 confirmed and alert: whoever accepted is told where and when, and when to set out', () => {
  const examples: Examples = [
    [
      'two hours before, and the time it takes to get there',
      [release({ travelMinutes: 45 }), accepts('2026-03-10T12:10', 'C-KEY')],
      ['2026-03-10 12:10 confirmed key-worker C-KEY', '2026-03-11 06:15 alert key-worker C-KEY'],
    ],
    [
      'the gate time is unknown: at 20:00 the day before',
      [release({ gateTime: undefined, travelMinutes: 45 }), accepts('2026-03-10T12:10', 'C-KEY')],
      ['2026-03-10 12:10 confirmed key-worker C-KEY', '2026-03-10 20:00 alert key-worker C-KEY'],
    ],
    [
      'accepted at the last moment: both at once',
      [release(), accepts('2026-03-11T08:10', 'C-KEY')],
      ['2026-03-11 08:10 alert key-worker C-KEY', '2026-03-11 08:10 confirmed key-worker C-KEY'],
    ],
    [
      'eight elapsed hours before, when the clocks go forward',
      [release({ releaseOn: '2026-03-29', travelMinutes: 360 }), accepts('2026-03-28T12:10', 'C-KEY')],
      ['2026-03-28 12:10 confirmed key-worker C-KEY', '2026-03-29 00:00 alert key-worker C-KEY'],
    ],
    [
      'nine elapsed hours before, when they go back',
      [release({ releaseOn: '2026-10-25', travelMinutes: 420 }), accepts('2026-10-24T12:10', 'C-KEY')],
      ['2026-10-24 12:10 confirmed key-worker C-KEY', '2026-10-25 01:00 alert key-worker C-KEY'],
    ],
    [
      'a sponsor is told; the duty officer learns that somebody was',
      [release({ meeters: [sponsor()] }), accepts('2026-03-10T12:40', 'C-SPONSOR')],
      [
        '2026-03-10 12:40 confirmed meeter C-SPONSOR',
        '2026-03-11 07:00 alert duty-officer C-DUTY',
        '2026-03-11 07:00 alert meeter C-SPONSOR',
      ],
    ],
    [
      'a sponsor who accepts at night days before is thanked in the morning',
      [release({ meeters: [sponsor()] }), accepts('2026-03-06T22:00', 'C-SPONSOR')],
      [
        '2026-03-07 08:00 confirmed meeter C-SPONSOR',
        '2026-03-11 07:00 alert duty-officer C-DUTY',
        '2026-03-11 07:00 alert meeter C-SPONSOR',
      ],
    ],
    [
      'the first standing acceptance counts, and the second when the first falls',
      [
        release({ meeters: [sponsor()] }),
        accepts('2026-03-10T12:10', 'C-KEY'),
        accepts('2026-03-10T12:50', 'C-DAY'),
        declines('2026-03-10T15:00', 'C-KEY'),
      ],
      [
        '2026-03-10 12:10 confirmed key-worker C-KEY',
        '2026-03-10 15:00 confirmed on-call C-DAY',
        '2026-03-11 07:00 alert on-call C-DAY',
      ],
    ],
    [
      'whoever accepted has no address when they are to be alerted; the next one is',
      [
        release(),
        accepts('2026-03-10T12:10', 'C-KEY'),
        change('C-KEY', { email: undefined }, '2026-03-10T20:00'),
        accepts('2026-03-11T07:20', 'C-DAY'),
      ],
      [
        '2026-03-10 12:10 confirmed key-worker C-KEY',
        '2026-03-11 07:00 alert meeter C-KEY skipped: no-usable-address',
        '2026-03-11 07:20 alert on-call C-DAY',
        '2026-03-11 07:20 confirmed on-call C-DAY',
      ],
    ],
    [
      'cancelled before they set out',
      [release(), accepts('2026-03-10T12:10', 'C-KEY'), cancelled('2026-03-11T06:00')],
      ['2026-03-10 12:10 confirmed key-worker C-KEY'],
    ],
    [
      'an acceptance that reaches us after the meeting was closed is stale news',
      [
        release(),
        heard('2026-03-11T10:00', accepts('2026-03-11T08:50', 'C-KEY')),
        meeting('2026-03-11T09:20', 'met'),
      ],
      [
        '2026-03-11 10:00 alert meeter C-KEY skipped: stale',
        '2026-03-11 10:00 confirmed meeter C-KEY skipped: stale',
      ],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    const lines = await linesOf('GATE-01', [...around, ...events])
    expect(lines.filter((line) => / (confirmed|alert) /.test(line))).toEqual(expected)
  })
})

describe('GATE-01 uncovered and nobody: a meeting that nobody has taken is known to those who can help', () => {
  const examples: Examples = [
    ['accepted by 17:00', [release(), accepts('2026-03-10T17:00', 'C-KEY')], []],
    [
      'accepted after 17:00',
      [release(), accepts('2026-03-10T17:10', 'C-KEY')],
      ['2026-03-10 17:00 uncovered duty-officer C-DUTY', '2026-03-10 17:00 uncovered rota-owner C-OWNER'],
    ],
    [
      'declined in the night',
      [release(), accepts('2026-03-10T12:10', 'C-KEY'), declines('2026-03-11T02:00', 'C-KEY')],
      [
        '2026-03-11 08:00 nobody duty-officer C-DUTY',
        '2026-03-11 08:00 nobody rota-owner C-OWNER',
        '2026-03-11 09:00 nobody duty-officer C-DUTY',
        '2026-03-11 09:00 nobody rota-owner C-OWNER',
      ],
    ],
    [
      'found away in the morning: what was covered at 17:00 is not told after the fact',
      [
        release(),
        accepts('2026-03-10T12:10', 'C-KEY'),
        change('C-KEY', { absent: [{ from: '2026-03-11', to: '2026-03-13' }] }, '2026-03-10T20:00'),
        accepts('2026-03-11T08:30', 'C-DAY'),
      ],
      ['2026-03-11 08:00 nobody duty-officer C-DUTY', '2026-03-11 08:00 nobody rota-owner C-OWNER'],
    ],
    [
      'accepted between an hour before and the gate time',
      [
        release(),
        accepts('2026-03-10T12:10', 'C-KEY'),
        declines('2026-03-11T02:00', 'C-KEY'),
        accepts('2026-03-11T08:30', 'C-DAY'),
      ],
      ['2026-03-11 08:00 nobody duty-officer C-DUTY', '2026-03-11 08:00 nobody rota-owner C-OWNER'],
    ],
    [
      'planned at 22:30 the day before: at once what is not stale',
      [release({}, '2026-03-10T22:30'), accepts('2026-03-10T23:10', 'C-DUTY')],
      ['2026-03-10 22:30 uncovered duty-officer C-DUTY', '2026-03-10 22:30 uncovered rota-owner C-OWNER'],
    ],
    [
      'planned half an hour before the gate opens',
      [release({}, '2026-03-11T08:30'), accepts('2026-03-11T08:50', 'C-DUTY')],
      [
        '2026-03-11 08:30 nobody duty-officer C-DUTY',
        '2026-03-11 08:30 nobody rota-owner C-OWNER',
        '2026-03-11 08:30 uncovered duty-officer C-DUTY skipped: stale',
        '2026-03-11 08:30 uncovered rota-owner C-OWNER skipped: stale',
      ],
    ],
    [
      'the rota owner cannot be reached: the duty officer, once',
      [change('C-OWNER', { email: undefined }), release(), accepts('2026-03-10T17:10', 'C-KEY')],
      [
        '2026-03-10 17:00 uncovered duty-officer C-DUTY',
        '2026-03-10 17:00 uncovered rota-owner C-DUTY skipped: told-already',
      ],
    ],
    [
      'the gate time is unknown: an hour before 07:00, and then',
      [
        release({ gateTime: undefined }),
        accepts('2026-03-10T16:00', 'C-KEY'),
        declines('2026-03-10T23:00', 'C-KEY'),
      ],
      [
        '2026-03-11 06:00 nobody duty-officer C-DUTY',
        '2026-03-11 06:00 nobody rota-owner C-OWNER',
        '2026-03-11 07:00 nobody duty-officer C-DUTY',
        '2026-03-11 07:00 nobody rota-owner C-OWNER',
      ],
    ],
    ['stood down before', [release(), meeting('2026-03-10T15:00', 'stood-down')], []],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    const lines = await linesOf('GATE-01', [...around, ...events])
    expect(lines.filter((line) => / (uncovered|nobody) /.test(line))).toEqual(expected)
  })
})

describe('GATE-01 outcome: somebody says how it went', () => {
  const accepted = accepts('2026-03-10T12:10', 'C-KEY')
  const examples: Examples = [
    [
      'whoever accepted, then the duty officer',
      [release(), accepted],
      ['2026-03-11 10:00 outcome key-worker C-KEY', '2026-03-11 11:00 outcome duty-officer C-DUTY'],
    ],
    ['closed within the hour', [release(), accepted, meeting('2026-03-11T09:50', 'met')], []],
    [
      'closed within the second hour',
      [release(), accepted, meeting('2026-03-11T10:30', 'met')],
      ['2026-03-11 10:00 outcome key-worker C-KEY'],
    ],
    [
      'a sponsor is asked nothing',
      [release({ meeters: [sponsor()] }), accepts('2026-03-10T12:40', 'C-SPONSOR')],
      ['2026-03-11 10:00 outcome duty-officer C-DUTY', '2026-03-11 11:00 outcome duty-officer C-DUTY'],
    ],
    [
      'the gate time is unknown: at ten and at noon',
      [release({ gateTime: undefined }), accepted],
      ['2026-03-11 10:00 outcome key-worker C-KEY', '2026-03-11 12:00 outcome duty-officer C-DUTY'],
    ],
    [
      'the gate time is unknown, out before seven: an hour after that',
      [release({ gateTime: undefined }), accepted, leaves('2026-03-11T06:20')],
      ['2026-03-11 07:20 outcome key-worker C-KEY', '2026-03-11 08:20 outcome duty-officer C-DUTY'],
    ],
    [
      'the gate time is unknown, out at nine: at ten and at noon all the same',
      [release({ gateTime: undefined }), accepted, leaves('2026-03-11T09:00')],
      ['2026-03-11 10:00 outcome key-worker C-KEY', '2026-03-11 12:00 outcome duty-officer C-DUTY'],
    ],
    [
      'whoever accepted cannot be reached any more: the duty officer instead',
      [release(), accepted, change('C-KEY', { email: undefined }, '2026-03-11T09:30')],
      ['2026-03-11 10:00 outcome duty-officer C-DUTY', '2026-03-11 11:00 outcome duty-officer C-DUTY'],
    ],
    ['cancelled', [release(), accepted, cancelled('2026-03-11T08:00')], []],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-01 outcome', [...around, ...events])).toEqual(expected)
  })
})

describe('GATE-01 unknown: nobody has said how it went', () => {
  const both = (...times: string[]) =>
    times.flatMap((at) => [`${at} unknown duty-officer C-DUTY`, `${at} unknown rota-owner C-OWNER`])
  const examples: Examples = [
    [
      'three hours after the gate opens, then every two until eight in the evening',
      [release({ gateTime: '13:30' })],
      both('2026-03-11 16:30', '2026-03-11 18:30'),
    ],
    [
      'said at three: no more',
      [release(), meeting('2026-03-11T15:00', 'met')],
      both('2026-03-11 12:00', '2026-03-11 14:00'),
    ],
    [
      'that nobody knows is an answer',
      [release(), meeting('2026-03-11T12:30', 'not-known', 'C-DUTY')],
      both('2026-03-11 12:00'),
    ],
    [
      'out two days early: counted from then',
      [release(), leaves('2026-03-09T14:10')],
      both('2026-03-09 17:10', '2026-03-09 19:10'),
    ],
    ['late in the evening', [release({ gateTime: '18:00' })], []],
    ['cancelled', [release(), cancelled('2026-03-11T10:00')], []],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-01 unknown', [...around, ...events])).toEqual(expected)
  })
})

describe('GATE-01 not-met: somebody looks for a person who was not met', () => {
  const both = (at: string) => [`${at} not-met duty-officer C-DUTY`, `${at} not-met key-worker C-KEY`]
  const examples: Examples = [
    ['met', [meeting('2026-03-11T09:20', 'met')], []],
    ['stood down', [meeting('2026-03-11T08:20', 'stood-down')], []],
    ['not seen', [meeting('2026-03-11T10:20', 'person-not-seen')], both('2026-03-11 10:20')],
    [
      'nobody was there for them',
      [meeting('2026-03-11T10:20', 'meeter-not-there')],
      both('2026-03-11 10:20'),
    ],
    ['not released', [meeting('2026-03-11T10:20', 'not-released')], both('2026-03-11 10:20')],
    ['nobody can say', [meeting('2026-03-11T10:20', 'not-known')], both('2026-03-11 10:20')],
    [
      'heard after the release was closed: they are looked for all the same',
      [heard('2026-03-11T12:00', meeting('2026-03-11T10:20', 'person-not-seen')), closed('2026-03-11T11:30')],
      both('2026-03-11 12:00'),
    ],
    [
      'said a month late: to nobody at three in the morning',
      [heard('2026-04-12T03:00', meeting('2026-03-11T10:20', 'person-not-seen'))],
      both('2026-04-12 03:00').map((line) => `${line} skipped: stale`),
    ],
    [
      'said late, also at night',
      [heard('2026-03-11T23:00', meeting('2026-03-11T10:20', 'person-not-seen'))],
      both('2026-03-11 23:00'),
    ],
    [
      'somebody has been in touch by then',
      [
        heard('2026-03-11T12:00', meeting('2026-03-11T10:20', 'person-not-seen')),
        followedUp('2026-03-11T11:00'),
      ],
      [
        '2026-03-11 12:00 not-met duty-officer C-DUTY skipped: no-longer-true',
        '2026-03-11 12:00 not-met key-worker C-KEY skipped: no-longer-true',
      ],
    ],
    [
      'in touch before it was said',
      [followedUp('2026-03-11T10:00'), meeting('2026-03-11T10:20', 'person-not-seen')],
      [],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    const story = [...around, release(), accepts('2026-03-10T12:10', 'C-KEY'), ...events]
    expect(await linesOf('GATE-01 not-met', story)).toEqual(expected)
  })
})

describe('GATE-02 covered: those who were asked learn that somebody else is going', () => {
  const examples: Examples = [
    [
      'everyone else asked who has not declined',
      [
        release({ meeters: [sponsor()] }),
        declines('2026-03-10T12:10', 'C-KEY'),
        accepts('2026-03-10T12:50', 'C-DAY'),
      ],
      ['2026-03-10 12:50 covered meeter C-SPONSOR'],
    ],
    ['nobody else was asked', [release(), accepts('2026-03-10T12:10', 'C-KEY')], []],
    [
      'those who were told that nobody had accepted, also one who had said no',
      [release(), declines('2026-03-10T13:10', 'C-DUTY'), accepts('2026-03-10T17:20', 'C-DAY')],
      [
        '2026-03-10 17:20 covered duty-officer C-DUTY',
        '2026-03-10 17:20 covered key-worker C-KEY',
        '2026-03-10 17:20 covered rota-owner C-OWNER',
      ],
    ],
    [
      'an acceptance that reaches us late',
      [release(), heard('2026-03-10T12:45', accepts('2026-03-10T12:10', 'C-KEY'))],
      ['2026-03-10 12:45 covered on-call C-DAY'],
    ],
    [
      'somebody who was planned with but not asked is told too',
      [release(), accepts('2026-03-09T10:00', 'C-DAY')],
      ['2026-03-09 10:00 covered key-worker C-KEY'],
    ],
    [
      'away that day, they still hear it',
      [
        release(),
        change('C-KEY', { absent: [{ from: '2026-03-10', to: '2026-03-10' }] }, '2026-03-10T12:05'),
        accepts('2026-03-10T12:40', 'C-DAY'),
      ],
      ['2026-03-10 12:40 covered key-worker C-KEY'],
    ],
    [
      'covered anew when the first acceptance falls',
      [
        release(),
        accepts('2026-03-10T12:40', 'C-DAY'),
        declines('2026-03-10T15:00', 'C-DAY'),
        accepts('2026-03-10T15:10', 'C-DUTY'),
      ],
      ['2026-03-10 12:40 covered key-worker C-KEY', '2026-03-10 15:10 covered key-worker C-KEY'],
    ],
    [
      'at night a sponsor waits for the morning, unless it is that day or the next',
      [
        release({ place: 'court', gateTime: undefined, meeters: [sponsor()] }, '2026-03-07T12:00'),
        accepts('2026-03-07T22:00', 'C-DAY'),
      ],
      [
        '2026-03-07 22:00 covered duty-officer C-DUTY',
        '2026-03-07 22:00 covered key-worker C-KEY',
        '2026-03-08 08:00 covered meeter C-SPONSOR',
      ],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-02 covered', [...around, ...events])).toEqual(expected)
  })
})

describe('GATE-02 stand-down: nobody goes for nothing', () => {
  const asked = [
    release({ meeters: [sponsor()] }),
    declines('2026-03-10T12:10', 'C-KEY'),
    accepts('2026-03-10T12:40', 'C-SPONSOR'),
  ]
  const examples: Examples = [
    [
      'cancelled: everybody who was asked, whatever they said',
      [...asked, cancelled('2026-03-10T18:20')],
      ['2026-03-10 18:20 stand-down key-worker C-KEY', '2026-03-10 18:20 stand-down meeter C-SPONSOR'],
    ],
    [
      'cancelled after the alert: the duty officer too',
      [...asked, cancelled('2026-03-11T08:00')],
      [
        '2026-03-11 08:00 stand-down duty-officer C-DUTY',
        '2026-03-11 08:00 stand-down key-worker C-KEY',
        '2026-03-11 08:00 stand-down meeter C-SPONSOR',
      ],
    ],
    [
      'not released: not to who said so',
      [...asked, meeting('2026-03-11T09:50', 'not-released', 'C-DUTY')],
      ['2026-03-11 09:50 stand-down key-worker C-KEY', '2026-03-11 09:50 stand-down meeter C-SPONSOR'],
    ],
    [
      'stood down',
      [...asked, meeting('2026-03-10T15:00', 'stood-down', 'C-KEY')],
      ['2026-03-10 15:00 stand-down meeter C-SPONSOR'],
    ],
    ['met', [...asked, meeting('2026-03-11T09:20', 'met')], []],
    [
      'cancelled when the meeting is long over',
      [...asked, meeting('2026-03-11T09:20', 'met'), cancelled('2026-03-12T10:00')],
      [],
    ],
    [
      'closed before the gate meeting: nobody goes for nothing',
      [...asked, closed('2026-03-10T18:00', 'declined')],
      ['2026-03-10 18:00 stand-down key-worker C-KEY', '2026-03-10 18:00 stand-down meeter C-SPONSOR'],
    ],
    [
      'closed because of a death: the duty officer hears too, and is asked to ring the prison',
      [...asked, closed('2026-03-10T18:00', 'died')],
      [
        '2026-03-10 18:00 stand-down duty-officer C-DUTY',
        '2026-03-10 18:00 stand-down key-worker C-KEY',
        '2026-03-10 18:00 stand-down meeter C-SPONSOR',
      ],
    ],
    ['closed when it is over', [...asked, leaves('2026-03-11T09:00'), closed('2026-03-11T09:30')], []],
    ['closed weeks later, though nobody said how it went', [...asked, closed('2026-04-08T10:00')], []],
    ['nobody was asked yet', [release(), cancelled('2026-03-01T10:00')], []],
    [
      'at night, tomorrow’s sponsor at once',
      [...asked, cancelled('2026-03-10T23:30')],
      ['2026-03-10 23:30 stand-down key-worker C-KEY', '2026-03-10 23:30 stand-down meeter C-SPONSOR'],
    ],
    [
      'those asked about an earlier day as well',
      [...asked, moved('2026-03-10T15:00', { releaseOn: '2026-03-20' }), cancelled('2026-03-10T16:00')],
      ['2026-03-10 16:00 stand-down key-worker C-KEY', '2026-03-10 16:00 stand-down meeter C-SPONSOR'],
    ],
    [
      'planned again and cancelled again: once for each',
      [
        release(),
        cancelled('2026-03-05T10:00'),
        release({}, '2026-03-06T10:00'),
        cancelled('2026-03-07T10:00'),
      ],
      ['2026-03-05 10:00 stand-down key-worker C-KEY', '2026-03-07 10:00 stand-down key-worker C-KEY'],
    ],
    [
      'whoever was on call has left the rota',
      [
        release({ keyWorker: undefined }),
        rota([['2026-03-10T13:15', '2026-03-20T00:00', 'C-NIGHT']], '2026-03-10T13:15'),
        cancelled('2026-03-10T13:20'),
      ],
      ['2026-03-10 13:20 stand-down duty-officer C-DUTY', '2026-03-10 13:20 stand-down on-call C-DAY'],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-02 stand-down', [...around, ...events])).toEqual(expected)
  })
})

describe('GATE-08 out-now: somebody is out before anybody is there', () => {
  const accepted = accepts('2026-03-10T12:10', 'C-KEY')
  const everyone = (at: string) => [
    `${at} out-now duty-officer C-DUTY`,
    `${at} out-now key-worker C-KEY`,
    `${at} out-now on-call C-DAY`,
  ]
  const examples: Examples = [
    ['out when the gate opens', [release(), accepted, leaves('2026-03-11T09:00')], []],
    ['out late that day', [release(), accepted, leaves('2026-03-11T16:00')], []],
    [
      'out an hour early',
      [release(), accepted, leaves('2026-03-11T08:00')],
      ['2026-03-11 08:00 out-now key-worker C-KEY'],
    ],
    [
      'out a day early',
      [release(), accepts('2026-03-05T10:00', 'C-KEY'), leaves('2026-03-10T11:20')],
      ['2026-03-10 11:20 out-now key-worker C-KEY'],
    ],
    [
      'out a day late',
      [release(), accepted, leaves('2026-03-12T09:30')],
      ['2026-03-12 09:30 out-now key-worker C-KEY'],
    ],
    [
      'nobody accepted: everyone together',
      [release(), leaves('2026-03-11T09:10')],
      everyone('2026-03-11 09:10'),
    ],
    [
      'nobody accepted: everyone on call now, not at the gate time',
      [
        rota(
          [
            ['2026-03-10T20:00', '2026-03-11T08:30', 'C-NIGHT'],
            ['2026-03-10T20:00', '2026-03-11T20:00', 'C-OWNER'],
            ['2026-03-11T08:30', '2026-03-11T20:00', 'C-DAY'],
          ],
          '2026-03-01T00:00',
        ),
        release(),
        leaves('2026-03-11T07:40'),
      ],
      [
        '2026-03-11 07:40 out-now duty-officer C-DUTY',
        '2026-03-11 07:40 out-now key-worker C-KEY',
        '2026-03-11 07:40 out-now on-call C-NIGHT',
        '2026-03-11 07:40 out-now on-call C-OWNER',
      ],
    ],
    [
      'whoever accepted is out of reach: everyone together, at once',
      [
        release(),
        accepted,
        change('C-KEY', { email: undefined }, '2026-03-10T20:00'),
        leaves('2026-03-11T05:30'),
      ],
      [
        '2026-03-11 05:30 out-now duty-officer C-DUTY skipped: told-already',
        '2026-03-11 05:30 out-now duty-officer C-DUTY',
        '2026-03-11 05:30 out-now meeter C-KEY skipped: no-usable-address',
        '2026-03-11 05:30 out-now on-call C-DAY',
      ],
    ],
    [
      'whoever accepted declines when they hear it: everyone else',
      [release(), accepted, leaves('2026-03-11T06:00'), declines('2026-03-11T06:10', 'C-KEY')],
      [
        '2026-03-11 06:00 out-now key-worker C-KEY',
        '2026-03-11 06:10 out-now duty-officer C-DUTY',
        '2026-03-11 06:10 out-now key-worker C-KEY skipped: told-already',
        '2026-03-11 06:10 out-now on-call C-DAY',
      ],
    ],
    [
      'said at once and again three quarters of an hour later: one fact',
      [
        release(),
        leaves('2026-03-11T08:30'),
        heard('2026-03-11T09:15', leaves('2026-03-11T08:30', {}, 'prison-offender-events')),
        leaves('2026-03-11T08:32'),
      ],
      everyone('2026-03-11 08:30'),
    ],
    [
      'the later word has the earlier time: still one fact',
      [
        release(),
        leaves('2026-03-11T08:32'),
        heard('2026-03-11T09:15', leaves('2026-03-11T08:30', {}, 'prison-offender-events')),
      ],
      everyone('2026-03-11 08:32'),
    ],
    [
      'heard late, when somebody has accepted since: that one',
      [
        release(),
        heard('2026-03-11T09:05', leaves('2026-03-11T08:20')),
        accepts('2026-03-11T08:40', 'C-DAY'),
      ],
      ['2026-03-11 09:05 out-now on-call C-DAY'],
    ],
    [
      'somebody accepts after everyone was told: they are confirmed, not told again',
      [release(), leaves('2026-03-11T08:20'), accepts('2026-03-11T08:40', 'C-DAY')],
      everyone('2026-03-11 08:20'),
    ],
    [
      'closed before we heard',
      [release(), meeting('2026-03-11T09:20', 'met'), heard('2026-03-11T09:45', leaves('2026-03-11T09:30'))],
      [],
    ],
    [
      'from court without a plan, on a hearing day: everyone together',
      [possible(), leaves('2026-03-11T15:20')],
      everyone('2026-03-11 15:20'),
    ],
    [
      'from court, home before it was planned that day',
      [leaves('2026-03-11T11:00'), release({ place: 'court', gateTime: undefined }, '2026-03-11T11:30')],
      everyone('2026-03-11 11:30'),
    ],
    ['cancelled', [release(), cancelled('2026-03-10T10:00'), leaves('2026-03-11T08:00')], []],
    [
      'in the hour that the clocks repeat',
      [release({ releaseOn: '2026-10-25' }), leaves('2026-10-25T01:30Z')],
      everyone('2026-10-25 01:30'),
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-08', [...around, ...events])).toEqual(expected)
  })

  test('nobody is on call: said in the ledger', async () => {
    const story = [...AROUND_A_RELEASE, release(), leaves('2026-03-11T08:30')]
    expect(await linesOf('GATE-08', story)).toEqual([
      '2026-03-11 08:30 out-now duty-officer C-DUTY',
      '2026-03-11 08:30 out-now key-worker C-KEY',
      '2026-03-11 08:30 out-now on-call skipped: nobody-on-call',
    ])
  })

  test('everyone who was told learns when somebody goes', async () => {
    const story = [...around, release(), leaves('2026-03-10T11:00'), accepts('2026-03-10T11:10', 'C-DAY')]
    expect(await linesOf('GATE-02', story)).toEqual([
      '2026-03-10 11:10 covered duty-officer C-DUTY',
      '2026-03-10 11:10 covered key-worker C-KEY',
    ])
  })
})

describe('GATE-29 moved: a gate meeting moves with the release', () => {
  const asked = [
    release({ meeters: [sponsor()] }),
    declines('2026-03-10T12:10', 'C-KEY'),
    accepts('2026-03-10T12:40', 'C-SPONSOR'),
  ]
  const both = (at: string) => [`${at} moved key-worker C-KEY`, `${at} moved meeter C-SPONSOR`]
  const examples: Examples = [
    [
      'to another day',
      [...asked, moved('2026-03-10T15:00', { releaseOn: '2026-03-13' })],
      both('2026-03-10 15:00'),
    ],
    [
      'to another time',
      [...asked, moved('2026-03-10T15:00', { gateTime: '10:30' })],
      both('2026-03-10 15:00'),
    ],
    [
      'to another place',
      [...asked, moved('2026-03-10T15:00', { meetAt: 'the car park' })],
      both('2026-03-10 15:00'),
    ],
    ['nothing changes', [...asked, moved('2026-03-10T15:00', { releaseOn: '2026-03-11' })], []],
    ['a transfer before release', [...asked, arrives('2026-03-10T15:30')], both('2026-03-10 15:30')],
    [
      'a transfer told twice, then written down by hand: once',
      [
        ...asked,
        arrives('2026-03-10T15:30'),
        arrives('2026-03-10T15:31'),
        moved('2026-03-10T16:00', { prisonId: 'QDN' }),
      ],
      both('2026-03-10 15:30'),
    ],
    ['a transfer back to the same prison', [...asked, arrives('2026-03-10T15:30', 'TRANSFERRED', 'QAL')], []],
    ...[
      'RETURN_FROM_COURT',
      'TEMPORARY_ABSENCE_RETURN',
      'ADMISSION',
      'NEW_ADMISSION',
      'READMISSION',
      'READMISSION_SWITCH_BOOKING',
    ].flatMap(
      (reason): Examples => [
        [
          `${reason} at another prison`,
          [...asked, arrives('2026-03-10T15:30', reason)],
          both('2026-03-10 15:30'),
        ],
        [`${reason} at the same prison`, [...asked, arrives('2026-03-10T15:30', reason, 'QAL')], []],
      ],
    ),
    [
      'received by the other service too: once',
      [
        ...asked,
        arrives('2026-03-10T15:30'),
        arrives('2026-03-10T15:30', 'TRANSFERRED', 'QDN', 'prisoner-offender-search'),
      ],
      both('2026-03-10 15:30'),
    ],
    [
      'records merged: nothing happened to the person',
      [...asked, arrives('2026-03-10T15:30', 'POST_MERGE_ADMISSION')],
      [],
    ],
    [
      'a transfer of somebody who is let out by a court',
      [release({ place: 'court' }), arrives('2026-03-10T15:30')],
      [],
    ],
    [
      'a transfer after release',
      [...asked, leaves('2026-03-11T09:00'), meeting('2026-03-11T09:20', 'met'), arrives('2026-03-14T15:30')],
      [],
    ],
    [
      'moved, and moved back: told each time',
      [
        ...asked,
        moved('2026-03-10T15:00', { releaseOn: '2026-03-13' }),
        moved('2026-03-10T16:00', { releaseOn: '2026-03-11' }),
      ],
      [...both('2026-03-10 15:00'), ...both('2026-03-10 16:00')],
    ],
    [
      'planned anew for another day counts as moved',
      [...asked, release({ releaseOn: '2026-03-13', meeters: [sponsor()] }, '2026-03-10T15:00')],
      both('2026-03-10 15:00'),
    ],
    [
      'to another area, whose rota knows nobody of those asked',
      [
        release({ keyWorker: undefined }),
        moved('2026-03-10T12:10', { area: 'COAST', fromArea: 'NORTH', prisonId: 'QDN' }),
      ],
      ['2026-03-10 12:10 moved duty-officer C-DUTY', '2026-03-10 12:10 moved on-call C-DAY'],
    ],
    [
      'tomorrow’s sponsor hears of it at night',
      [...asked, moved('2026-03-10T23:00', { releaseOn: '2026-03-20' })],
      both('2026-03-10 23:00'),
    ],
    [
      'we learn of it after somebody else was asked about the old day',
      [release(), heard('2026-03-10T12:45', moved('2026-03-10T12:10', { releaseOn: '2026-03-13' }))],
      ['2026-03-10 12:45 moved key-worker C-KEY', '2026-03-10 12:45 moved on-call C-DAY'],
    ],
    ['nobody was asked yet', [release(), moved('2026-02-20T10:00', { releaseOn: '2026-03-13' })], []],
    [
      'a relative who must not know the new day',
      [
        release({ keyWorker: undefined, meeters: [family] }),
        release({ keyWorker: undefined, meeters: [family], partnerViolenceRisk: true }, '2026-03-10T12:20'),
        moved('2026-03-10T12:25', { releaseOn: '2026-03-13' }),
      ],
      ['2026-03-10 12:25 moved duty-officer C-DUTY'],
    ],
    [
      'cancelled',
      [...asked, cancelled('2026-03-10T14:00'), moved('2026-03-10T15:00', { releaseOn: '2026-03-13' })],
      [],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-29', [...around, ...events])).toEqual(expected)
  })
})

describe('what is said about a gate meeting', () => {
  const story = [
    ...around,
    release({ meeters: [sponsor()], meetAt: 'the car park' }),
    declines('2026-03-10T12:10', 'C-KEY'),
    accepts('2026-03-10T12:40', 'C-SPONSOR'),
  ]

  test('place, time, initials and a number to call back', async () => {
    const lines = await play(story, UNTIL)
    const confirmed = lines.find(({ step }) => step === 'confirmed')
    const [where, otherwise, call] = confirmed?.text?.split('\n\n') ?? []
    expect(where).toBe(
      'Thank you. You are meeting JW: Wednesday 11 March at 9am, HMP Alderley, the car park.',
    )
    expect(otherwise).toMatch(/^If you cannot go after all, say so: http/)
    expect(call).toBe('To speak to us ring 01632 960001.')
  })

  test('a prison that nobody has described is called by its code', async () => {
    const lines = await play([...story, release({ prisonId: 'QZZ' }, '2026-02-03T10:00')], UNTIL)
    const plan = lines.find(({ step }) => step === 'accept')
    expect(plan?.text).toContain('QZZ')
  })

  test('a sponsor is named on no message but their own', async () => {
    const ends = [meeting('2026-03-11T10:20', 'meeter-not-there', 'C-DUTY')]
    const lines = await play([...story, ...ends], UNTIL)
    const toOthers = lines.filter(({ to }) => to !== 'C-SPONSOR')
    expect(toOthers.length).toBeGreaterThan(10)
    for (const { subject, text } of toOthers) expect(`${subject} ${text}`).not.toMatch(/SPONSOR|sponsor/)
  })

  test('no reason is given for standing down', async () => {
    const standDowns = await Promise.all(
      [cancelled('2026-03-11T08:00'), meeting('2026-03-11T08:00', 'not-released', 'C-OWNER')].map(
        async (off) => {
          const lines = await play([...story, off], UNTIL)
          return lines.filter(({ step }) => step === 'stand-down').map(({ to, text }) => [to, text])
        },
      ),
    )
    expect(standDowns[0]).toHaveLength(3)
    expect(standDowns[1]).toEqual(standDowns[0])
  })

  test('nothing of health, offence or treatment, in either language', () => {
    const telling =
      /health|offen[cd]|treat|drug|alcohol|prescri|doctor|relapse|iechyd|trosedd|triniaeth|cyffur|presgripsiwn|meddyg/i
    const gateTexts = ROW_TEXTS.filter(({ duty }) => /^GATE-(01|02|08|29)$/.test(duty))
    expect(gateTexts.length).toBeGreaterThan(10)
    for (const { name, template } of gateTexts) {
      for (const written of [template.en, template.cy])
        expect(`${written?.subject} ${written?.text}`, name).not.toMatch(telling)
    }
  })

  test('each goes alone', async () => {
    const lines = await play([...around, release(), accepts('2026-03-11T08:10', 'C-KEY')], UNTIL)
    const atOnce = lines.filter(({ at, to }) => at === '2026-03-11T08:10:00Z' && to === 'C-KEY')
    expect(atOnce.map(({ duty, step }) => `${duty} ${step}`)).toEqual(['GATE-01 alert', 'GATE-01 confirmed'])
    expect(new Set(atOnce.map(({ messageId }) => messageId)).size).toBe(2)
  })
})
