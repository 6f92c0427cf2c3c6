import { describe, expect, test } from 'vitest'
import { event, play, type Told, told } from '../../story.ts'
import {
  AROUND_A_RELEASE,
  cancelled,
  change,
  heard,
  inRelease,
  moved,
  release,
  rota,
} from './release-story.ts'

const UNTIL = '2026-12-31T00:00'
const linesOf = (events: readonly Told[]) => told('ROTA-01', [...AROUND_A_RELEASE, ...events], UNTIL)
const owner = (at: string) => `${at} gap rota-owner C-OWNER`

/** On call all March but for the morning of the eleventh. */
const holed = rota([
  ['2026-03-01T00:00', '2026-03-11T08:00', 'C-DAY'],
  ['2026-03-11T10:00', '2026-12-31T00:00', 'C-DAY'],
])
const whole = (at: string) => rota([['2026-03-01T00:00', '2026-12-31T00:00', 'C-DAY']], at)

describe('ROTA-01: a gap in the rota is seen before it matters', () => {
  const examples: [string, Told[], string[]][] = [
    ['somebody is on call when the gate opens', [whole('2026-01-02T00:00'), release()], []],
    ['nobody is', [holed, release()], [owner('2026-03-10 09:00')]],
    [
      'a shift that ends as the gate opens is over',
      [rota([['2026-03-01T00:00', '2026-03-11T09:00', 'C-DAY']]), release()],
      [owner('2026-03-10 09:00')],
    ],
    [
      'a shift that begins as the gate opens has begun',
      [rota([['2026-03-11T09:00', '2026-03-12T09:00', 'C-DAY']]), release()],
      [],
    ],
    [
      'somebody on call said STOP',
      [
        whole('2026-01-02T00:00'),
        change('C-DAY', { mobile: '07700 900006' }),
        event('2026-02-01T10:00', 'contact.opted-out', {
          ...{ contactId: 'C-DAY', channel: 'sms', address: '+447700900006' },
        }),
        release(),
      ],
      [owner('2026-03-10 09:00')],
    ],
    [
      'a Monday: on the Friday',
      [
        holed,
        release({ releaseOn: '2026-03-16' }),
        rota([['2026-03-12T00:00', '2026-03-14T00:00', 'C-DAY']], '2026-01-02T00:00'),
      ],
      [owner('2026-03-13 09:00')],
    ],
    [
      'after Easter: on the Thursday',
      [rota([['2026-03-01T00:00', '2026-03-05T00:00', 'C-DAY']]), release({ releaseOn: '2026-04-07' })],
      [owner('2026-04-02 09:00')],
    ],
    [
      'after Christmas',
      [rota([['2026-03-01T00:00', '2026-03-05T00:00', 'C-DAY']]), release({ releaseOn: '2026-12-26' })],
      [owner('2026-12-24 09:00')],
    ],
    [
      'the Sunday the clocks go forward',
      [rota([['2026-03-01T00:00', '2026-03-29T07:59Z', 'C-DAY']]), release({ releaseOn: '2026-03-29' })],
      [owner('2026-03-27 09:00')],
    ],
    [
      'the gate time is unknown: 07:00 counts',
      [rota([['2026-03-11T08:00', '2026-03-12T08:00', 'C-DAY']]), release({ gateTime: undefined })],
      [owner('2026-03-10 09:00')],
    ],
    [
      'somebody on call has no usable address',
      [
        change('C-NIGHT', { email: undefined }),
        rota([
          ['2026-03-01T00:00', '2026-03-20T00:00', 'C-DAY'],
          ['2026-03-01T00:00', '2026-03-20T00:00', 'C-NIGHT'],
        ]),
        release(),
      ],
      [owner('2026-03-10 09:00')],
    ],
    [
      'somebody on call opted out',
      [
        event('2026-01-02T00:00', 'contact.opted-out', { contactId: 'C-DAY', channel: 'all' }),
        whole('2026-01-02T00:00'),
        release(),
      ],
      [owner('2026-03-10 09:00')],
    ],
    [
      'neither the duty officer nor the rota owner has a number to give out',
      [whole('2026-01-02T00:00'), change('C-DUTY', {}), release()],
      [owner('2026-03-10 09:00')],
    ],
    [
      'the rota owner has one, and the duty officer has none',
      [
        whole('2026-01-02T00:00'),
        change('C-DUTY', {}),
        change('C-OWNER', { phone: '01632 960002' }),
        release(),
      ],
      [],
    ],
    ['filled before the prompt', [holed, release(), whole('2026-03-10T08:00')], []],
    ['filled after it', [holed, release(), whole('2026-03-10T10:00')], [owner('2026-03-10 09:00')]],
    [
      'a gap that opens after the prompt is not owed',
      [
        whole('2026-01-02T00:00'),
        release(),
        rota([['2026-03-10T12:00', '2026-03-10T13:00', 'C-DAY']], '2026-03-10T11:00'),
      ],
      [],
    ],
    [
      'several releases before one morning: one',
      [holed, release(), inRelease('R-2', release({ gateTime: '08:30' }))],
      [owner('2026-03-10 09:00')],
    ],
    [
      'Saturday, Sunday and Monday: one, on the Friday',
      [
        rota([['2026-03-01T00:00', '2026-03-02T00:00', 'C-DAY']]),
        release({ releaseOn: '2026-03-14' }),
        inRelease('R-2', release({ releaseOn: '2026-03-15' })),
        inRelease('R-3', release({ releaseOn: '2026-03-16' })),
      ],
      [owner('2026-03-13 09:00')],
    ],
    [
      'planned at noon the day before: at once',
      [holed, release({}, '2026-03-10T12:00')],
      [owner('2026-03-10 12:00')],
    ],
    [
      'planned on Saturday for Sunday: the office opens too late',
      [
        rota([['2026-03-01T00:00', '2026-03-02T00:00', 'C-DAY']]),
        release({ releaseOn: '2026-03-15' }, '2026-03-14T12:00'),
      ],
      ['2026-03-16 09:00 gap rota-owner C-OWNER skipped: stale'],
    ],
    ['cancelled', [holed, release(), cancelled('2026-03-09T12:00')], []],
    [
      'moved to a day that is covered',
      [holed, release(), moved('2026-03-09T12:00', { releaseOn: '2026-03-13' })],
      [],
    ],
    [
      'moved into the gap',
      [holed, release({ releaseOn: '2026-03-13' }), moved('2026-03-09T12:00', { releaseOn: '2026-03-11' })],
      [owner('2026-03-10 09:00')],
    ],
    [
      'moved to another area, whose rota has a gap',
      [
        whole('2026-01-02T00:00'),
        release(),
        moved('2026-03-09T12:00', { area: 'COAST', fromArea: 'NORTH', releaseOn: '2026-03-12' }),
      ],
      ['2026-03-11 09:00 gap rota-owner skipped: no-usable-address'],
    ],
    ['heard late', [holed, heard('2026-03-10T16:00', release())], [owner('2026-03-10 16:00')]],
    [
      'the owner is away: their cover',
      [
        change('C-OWNER', { absent: [{ from: '2026-03-10', to: '2026-03-10', coverContactId: 'C-NIGHT' }] }),
        holed,
        release(),
      ],
      ['2026-03-10 09:00 gap rota-owner C-NIGHT'],
    ],
    [
      'the owner cannot be reached: the duty officer',
      [change('C-OWNER', { email: undefined }), holed, release()],
      ['2026-03-10 09:00 gap duty-officer C-DUTY'],
    ],
    ['there is no rota at all: the duty officer', [release()], ['2026-03-10 09:00 gap duty-officer C-DUTY']],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf(events)).toEqual(expected)
  })

  test('the events that planned and moved the release are why', async () => {
    const story = [
      holed,
      release({ releaseOn: '2026-03-13' }),
      moved('2026-03-09T12:00', { releaseOn: '2026-03-11' }),
    ]
    const lines = await play([...AROUND_A_RELEASE, ...story], UNTIL)
    const line = lines.find(({ duty }) => duty === 'ROTA-01')
    expect(line?.because).toEqual([
      'release.planned/R-1/2026-02-02T10:00',
      'release.moved/R-1/2026-03-09T12:00',
    ])
  })

  test('it says when, which and why', async () => {
    const story = [
      holed,
      release(),
      inRelease('R-2', release({ gateTime: undefined, releaseOn: '2026-03-11' })),
    ]
    const [line] = (
      await play([...AROUND_A_RELEASE, ...story, change('C-DAY', { email: undefined })], UNTIL)
    ).filter(({ duty }) => duty === 'ROTA-01')
    expect(line?.text).toContain(`* Wednesday 11 March at 9am, release R-1: nobody is on call
* Wednesday 11 March, time not known, release R-2: Name of C-DAY is on call and cannot be reached
`)
  })
})
