import { describe, expect, test } from 'vitest'
import { contact, play, type Told, told } from '../../story.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  arrives,
  cancelled,
  change,
  checked,
  closed,
  heard,
  leaves,
  mayBeOut,
  meeting,
  moved,
  notNeeded,
  possible,
  release,
  rota,
} from './release-story.ts'

const UNTIL = '2028-12-31T00:00'
const around = [...AROUND_A_RELEASE, ALWAYS_ON_CALL]
const linesOf = (what: string, events: readonly Told[]) => told(what, [...around, ...events], UNTIL)

type Examples = [string, Told[], string[]][]
const key = (step: string, ...times: string[]) => times.map((at) => `${at} ${step} key-worker C-KEY`)
const both = (step: string, at: string) => [
  `${at} ${step} duty-officer C-DUTY`,
  `${at} ${step} key-worker C-KEY`,
]

describe('GATE-11: the prescription is ready on the day of release', () => {
  const prescribed = (more: Record<string, unknown> = {}, at?: string) =>
    release({ prescribed: true, ...more }, at)
  const early = key('prescription', '2026-02-25 09:00', '2026-03-04 09:00', '2026-03-06 09:00')
  const examples: Examples = [
    [
      '14, 7 and 3 days before, the third on the Friday before a Sunday, and the working day before',
      [prescribed()],
      [...early, ...both('prescription', '2026-03-10 09:00')],
    ],
    ['nothing is prescribed', [release({ prescribed: false })], []],
    [
      'unknown: asked at each until it is known',
      [release({ prescribed: undefined })],
      [...early, ...both('prescription', '2026-03-10 09:00')],
    ],
    [
      'unknown, then known not to be prescribed',
      [release({ prescribed: undefined }), release({}, '2026-03-05T10:00')],
      early.slice(0, 2),
    ],
    ['they are out a week before', [prescribed(), leaves('2026-03-05T10:00')], early.slice(0, 2)],
    [
      'a transfer asks again at once, also after it was done, and then as before',
      [prescribed(), ...checked('2026-03-01T10:00', 'prescription'), arrives('2026-03-05T10:00')],
      [
        ...key('prescription', '2026-02-25 09:00', '2026-03-05 10:00', '2026-03-06 09:00'),
        ...both('prescription', '2026-03-10 09:00'),
      ],
    ],
    [
      'a transfer after the last of them',
      [prescribed(), ...checked('2026-03-01T10:00', 'prescription'), arrives('2026-03-10T15:00')],
      [...key('prescription', '2026-02-25 09:00'), ...both('prescription', '2026-03-10 15:00')],
    ],
    [
      'what is not needed is not needed at another prison either',
      [prescribed(), notNeeded('2026-03-01T10:00', 'prescription'), arrives('2026-03-05T10:00')],
      key('prescription', '2026-02-25 09:00'),
    ],
    [
      'heard of when the day is over: to nobody',
      [heard('2026-03-14T10:00', prescribed({}, '2026-03-09T10:00'))],
      [
        '2026-03-14 10:00 prescription duty-officer C-DUTY skipped: stale',
        '2026-03-14 10:00 prescription key-worker C-KEY skipped: stale',
        '2026-03-14 10:00 prescription key-worker C-KEY skipped: stale',
        '2026-03-14 10:00 prescription key-worker C-KEY skipped: stale',
        '2026-03-14 10:00 prescription key-worker C-KEY skipped: stale',
      ],
    ],
    [
      'unknown, then known to be prescribed',
      [release({ prescribed: undefined }), prescribed({}, '2026-03-01T10:00')],
      [...early, ...both('prescription', '2026-03-10 09:00')],
    ],
    [
      'known before fourteen days to go not to be prescribed',
      [release({ prescribed: undefined }), release({}, '2026-02-20T10:00')],
      [],
    ],
    [
      'ready between two prompts',
      [prescribed(), ...checked('2026-03-05T10:00', 'prescription')],
      early.slice(0, 2),
    ],
    [
      'ready at the very moment',
      [prescribed(), ...checked('2026-03-04T09:00', 'prescription')],
      early.slice(0, 1),
    ],
    [
      'another check is done',
      [prescribed(), ...checked('2026-03-05T10:00', 'money')],
      [...early, ...both('prescription', '2026-03-10 09:00')],
    ],
    [
      'before a Monday three days and one working day are one Friday',
      [prescribed({ releaseOn: '2026-03-16' })],
      [
        ...key('prescription', '2026-03-02 09:00', '2026-03-09 09:00'),
        ...both('prescription', '2026-03-13 09:00'),
      ],
    ],
    [
      'on Easter Monday: the last working day is Thursday',
      [prescribed({ releaseOn: '2026-04-06' })],
      [
        ...key('prescription', '2026-03-23 09:00', '2026-03-30 09:00'),
        ...both('prescription', '2026-04-02 09:00'),
      ],
    ],
    [
      'after Christmas',
      [prescribed({ releaseOn: '2026-12-29' })],
      [
        ...key('prescription', '2026-12-15 09:00', '2026-12-22 09:00'),
        ...both('prescription', '2026-12-24 09:00'),
      ],
    ],
    [
      'fourteen days after a leap day',
      [prescribed({ releaseOn: '2028-03-14' }), ...checked('2028-03-01T10:00', 'prescription')],
      key('prescription', '2028-02-29 09:00'),
    ],
    [
      'planned ten days before: what is stale is passed, what is not waits for the morning',
      [prescribed({}, '2026-03-01T20:00'), ...checked('2026-03-03T10:00', 'prescription')],
      key('prescription', '2026-03-02 09:00'),
    ],
    [
      'planned five days before',
      [prescribed({}, '2026-03-05T12:00'), ...checked('2026-03-05T14:00', 'prescription')],
      [
        '2026-03-05 12:00 prescription key-worker C-KEY skipped: stale',
        ...key('prescription', '2026-03-05 12:00'),
      ],
    ],
    [
      'the word that it is ready reaches us late',
      [prescribed(), heard('2026-03-07T10:00', checked('2026-03-05T10:00', 'prescription')[0] as Told)],
      early,
    ],
    [
      'moved by a week: asked again about the new day',
      [prescribed(), moved('2026-03-05T10:00', { releaseOn: '2026-03-18' })],
      [
        ...early.slice(0, 2),
        ...key('prescription', '2026-03-05 10:00', '2026-03-11 09:00', '2026-03-13 09:00'),
        ...both('prescription', '2026-03-17 09:00'),
      ],
    ],
    [
      'the key worker is away: cover; without cover the duty officer',
      [
        change('C-KEY', {
          absent: [
            { from: '2026-02-25', to: '2026-02-25', coverContactId: 'C-NIGHT' },
            { from: '2026-03-04', to: '2026-03-04' },
          ],
        }),
        prescribed(),
        ...checked('2026-03-05T10:00', 'prescription'),
      ],
      [
        '2026-02-25 09:00 prescription key-worker C-NIGHT',
        '2026-03-04 09:00 prescription duty-officer C-DUTY',
      ],
    ],
    [
      'there is no key worker: the duty officer, once',
      [prescribed({ keyWorker: undefined }), ...checked('2026-02-26T10:00', 'prescription')],
      ['2026-02-25 09:00 prescription duty-officer C-DUTY'],
    ],
    ['cancelled', [prescribed(), cancelled('2026-03-05T10:00')], early.slice(0, 2)],
    ['closed', [prescribed(), closed('2026-03-05T10:00', 'transferred')], early.slice(0, 2)],
    ['only possible', [possible()], []],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-11', events)).toEqual(expected)
  })
})

describe('GATE-13: the take-home kit is in their hands when they leave', () => {
  const kit = (...times: string[]) => key('take-home-kit', ...times)
  const examples: Examples = [
    [
      '14 and 3 days before, the third on the Friday, and the last working day before',
      [release()],
      kit('2026-02-25 09:00', '2026-03-06 09:00', '2026-03-10 09:00'),
    ],
    [
      'before a Monday three days and the last working day are one Friday',
      [release({ releaseOn: '2026-03-16' })],
      kit('2026-03-02 09:00', '2026-03-13 09:00'),
    ],
    ['ready', [release(), ...checked('2026-03-01T10:00', 'take-home-kit')], kit('2026-02-25 09:00')],
    ['not needed', [release(), notNeeded('2026-02-10T10:00', 'take-home-kit')], []],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-13', events)).toEqual(expected)
  })
})

describe('GATE-12: what an unplanned release leaves open is known at once', () => {
  const ready = checked('2026-02-20T10:00', 'gp-records', 'accommodation', 'money', 'take-home-kit')
  const examples: Examples = [
    [
      'two days early: at once, and two hours after',
      [release(), leaves('2026-03-09T14:10')],
      [...both('unplanned', '2026-03-09 14:10'), ...both('unplanned', '2026-03-09 16:10')],
    ],
    ['the day before', [release(), leaves('2026-03-10T07:00')], []],
    [
      'from court without a plan',
      [possible(), leaves('2026-03-11T15:20'), ...checked('2026-03-11T16:00', 'prescription', 'gp-records')],
      [...both('unplanned', '2026-03-11 15:20'), ...both('unplanned', '2026-03-11 17:20')],
    ],
    [
      'planned only when they were out',
      [leaves('2026-03-11T11:00'), release({ place: 'court', gateTime: undefined }, '2026-03-11T11:30')],
      [...both('unplanned', '2026-03-11 11:30'), ...both('unplanned', '2026-03-11 13:00')],
    ],
    ['everything is done', [release(), ...ready, leaves('2026-03-09T14:10')], []],
    [
      'everything is done within two hours',
      [
        ...[release(), ...ready.slice(1), leaves('2026-03-09T14:10')],
        ...checked('2026-03-09T15:00', 'gp-records'),
      ],
      both('unplanned', '2026-03-09 14:10'),
    ],
    ['only the early report has come', [release(), mayBeOut('2026-03-09T14:10')], []],
    [
      'heard a month later',
      [release(), heard('2026-04-09T03:00', leaves('2026-03-09T14:10'))],
      [...both('unplanned', '2026-04-09 03:00'), ...both('unplanned', '2026-04-09 03:00')].map(
        (line) => `${line} skipped: stale`,
      ),
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect((await linesOf('GATE-12', events)).toSorted()).toEqual(expected.toSorted())
  })

  test('it says what is not done yet, and whom to ring', async () => {
    const story = [release({ prescribed: true }), ...ready.slice(1), leaves('2026-03-09T14:10')]
    const line = (await play([...around, ...story], UNTIL)).find(({ duty }) => duty === 'GATE-12')
    expect(line?.text).toContain(
      `The person of release R-1 has been out since Monday 9 March at 2:10pm, before anything was ready. Not done yet:

* prescription for the day of release
* records to the doctor

Whom to ring: the prison, HMP Alderley; the duty officer, 01632 960001.`,
    )
  })
})

test('a text message names no check, and says how many are open', async () => {
  const byText = change('C-KEY', { email: undefined, mobile: '07700 900001' })
  const story = [...around, byText, release({ releaseOn: '2026-03-13', prescribed: true })]
  const lines = (await play(story, UNTIL)).filter(
    ({ duty, to }) => /GATE-(1[0-5]|2)/.test(duty) && to === 'C-KEY',
  )
  const said = new Map(lines.map(({ duty, text }) => [duty, text?.replace(/https:\S+/, 'LINK')]))
  expect([...said.keys()].toSorted()).toEqual([
    'GATE-10',
    'GATE-11',
    'GATE-13',
    'GATE-14',
    'GATE-15',
    'GATE-25',
    'GATE-26',
  ])
  for (const text of said.values())
    expect(text).not.toMatch(/prescription|kit|doctor|identity|accommodation|money/)
  const ready = checked('2026-03-01T10:00', 'gp-records', 'money', 'take-home-kit')
  const alone = [...around, byText, release({ releaseOn: '2026-03-13' }), ...ready]
  const weekend = (await play(alone, UNTIL)).find(({ duty, to }) => duty === 'GATE-10' && to === 'C-KEY')
  expect(weekend?.text).toMatch(/^Release R-1, Friday 13 March: 2 checks open: https:\S+\nThroughcare$/)
})

describe('GATE-14: the doctor outside has the records first, and sees the person at once', () => {
  const sent = checked('2026-03-01T10:00', 'gp-records')
  const examples: Examples = [
    [
      '5 and 2 working days before, and the day after',
      [release()],
      key('gp-records', '2026-03-04 09:00', '2026-03-09 09:00', '2026-03-12 09:00'),
    ],
    [
      'out a day late: asked after that day too',
      [release(), leaves('2026-03-12T11:20')],
      key('gp-records', '2026-03-04 09:00', '2026-03-09 09:00', '2026-03-12 09:00', '2026-03-13 09:00'),
    ],
    [
      'a Friday: the day after is the next working day',
      [release({ releaseOn: '2026-03-13' })],
      key('gp-records', '2026-03-06 09:00', '2026-03-11 09:00', '2026-03-16 09:00'),
    ],
    [
      'the Thursday before Good Friday',
      [release({ releaseOn: '2026-04-02' })],
      key('gp-records', '2026-03-26 09:00', '2026-03-31 09:00', '2026-04-07 09:00'),
    ],
    [
      'the records are sent: only the doctor is asked after',
      [release(), ...sent],
      key('gp-records', '2026-03-12 09:00'),
    ],
    ['a doctor was seen that day', [release(), ...sent, ...checked('2026-03-11T15:00', 'doctor-seen')], []],
    [
      'out two days early: the day after that',
      [release(), ...sent, leaves('2026-03-09T11:00')],
      key('gp-records', '2026-03-10 09:00'),
    ],
    ['not released', [release(), ...sent, meeting('2026-03-11T09:30', 'not-released')], []],
    [
      'at another prison before what was due could be given: it is said of the one, and asked of the other',
      [heard('2026-03-09T09:05', release({}, '2026-03-08T10:00')), arrives('2026-03-09T09:02', 'ADMISSION')],
      [
        '2026-03-09 09:05 gp-records key-worker C-KEY skipped: no-longer-true',
        '2026-03-09 09:05 gp-records key-worker C-KEY skipped: no-longer-true',
        ...key('gp-records', '2026-03-09 09:05', '2026-03-12 09:00'),
      ],
    ],
    [
      'moved to another day before what was due could be given',
      [
        heard('2026-03-09T09:05', release({}, '2026-03-08T10:00')),
        moved('2026-03-09T09:02', { releaseOn: '2026-03-18' }),
      ],
      [
        '2026-03-09 09:05 gp-records key-worker C-KEY skipped: no-longer-true',
        '2026-03-09 09:05 gp-records key-worker C-KEY skipped: no-longer-true',
        ...key('gp-records', '2026-03-11 09:00', '2026-03-16 09:00', '2026-03-19 09:00'),
      ],
    ],
    [
      'moved to another day and back before it could be asked: it is asked in the morning',
      [
        release({}, '2026-03-10T18:00'),
        moved('2026-03-10T18:05', { releaseOn: '2026-03-20' }),
        moved('2026-03-10T18:10', { releaseOn: '2026-03-11' }),
        ...checked('2026-03-11T12:00', 'gp-records', 'doctor-seen'),
      ],
      [
        '2026-03-10 18:00 gp-records key-worker C-KEY skipped: stale',
        '2026-03-10 18:05 gp-records key-worker C-KEY skipped: no-longer-true',
        ...key('gp-records', '2026-03-11 09:00'),
      ],
    ],
    [
      'called off and planned again for the same day before it could be asked',
      [
        release({}, '2026-03-10T18:00'),
        cancelled('2026-03-10T18:05'),
        release({}, '2026-03-10T18:10'),
        ...checked('2026-03-11T12:00', 'gp-records', 'doctor-seen'),
      ],
      [
        '2026-03-10 18:00 gp-records key-worker C-KEY skipped: stale',
        '2026-03-10 18:05 gp-records key-worker C-KEY skipped: no-longer-true',
        ...key('gp-records', '2026-03-11 09:00'),
      ],
    ],
    [
      'called off and planned again, where nobody can be reached any more: the last word is that nobody was',
      [
        release({}, '2026-03-10T18:00'),
        cancelled('2026-03-10T18:05'),
        ...['C-KEY', 'C-DUTY'].map((id) => contact(id, { email: undefined }, '2026-03-10T18:06')),
        release({}, '2026-03-10T18:10'),
        ...checked('2026-03-11T12:00', 'gp-records', 'doctor-seen'),
      ],
      [
        '2026-03-10 18:00 gp-records key-worker C-KEY skipped: stale',
        '2026-03-10 18:05 gp-records key-worker C-KEY skipped: no-longer-true',
        '2026-03-11 09:00 gp-records key-worker C-KEY skipped: no-usable-address',
      ],
    ],
    [
      'moved to another day and back, of which both become known at once',
      [
        release({}, '2026-03-10T18:00'),
        heard('2026-03-10T18:10', moved('2026-03-10T18:05', { releaseOn: '2026-03-20' })),
        moved('2026-03-10T18:10', { releaseOn: '2026-03-11' }),
        ...checked('2026-03-11T12:00', 'gp-records', 'doctor-seen'),
      ],
      [
        '2026-03-10 18:00 gp-records key-worker C-KEY skipped: stale',
        ...key('gp-records', '2026-03-11 09:00'),
      ],
    ],
    [
      'planned the day before at six in the evening: the later prompt, in the morning',
      [release({}, '2026-03-10T18:00'), ...checked('2026-03-11T12:00', 'gp-records', 'doctor-seen')],
      [
        '2026-03-10 18:00 gp-records key-worker C-KEY skipped: stale',
        ...key('gp-records', '2026-03-11 09:00'),
      ],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-14', events)).toEqual(expected)
  })
})

describe('GATE-15: nobody leaves without proof of who they are', () => {
  const examples: Examples = [
    ['14 and 7 days before', [release()], key('identity', '2026-02-25 09:00', '2026-03-04 09:00')],
    [
      'at the same hour before and after the clocks go forward',
      [release({ releaseOn: '2026-04-08' })],
      key('identity', '2026-03-25 09:00', '2026-04-01 09:00'),
    ],
    [
      'seven days before is Good Friday',
      [release({ releaseOn: '2026-04-10' })],
      key('identity', '2026-03-27 09:00', '2026-04-02 09:00'),
    ],
    ['done', [release(), ...checked('2026-02-20T10:00', 'identity')], []],
    [
      'done between',
      [release(), ...checked('2026-02-26T10:00', 'identity')],
      key('identity', '2026-02-25 09:00'),
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-15', events)).toEqual(expected)
  })
})

describe.each([
  ['GATE-25', 'accommodation'],
  ['GATE-26', 'money'],
])('%s: %s is there before release', (duty, check) => {
  const examples: Examples = [
    [
      '28, 14 and 7 days before; the duty officer too at 7',
      [release()],
      [...key(check, '2026-02-11 09:00', '2026-02-25 09:00'), ...both(check, '2026-03-04 09:00')],
    ],
    [
      'a Sunday: on the Friday before',
      [release({ releaseOn: '2026-03-15' })],
      [...key(check, '2026-02-13 09:00', '2026-02-27 09:00'), ...both(check, '2026-03-06 09:00')],
    ],
    ['done', [release(), ...checked('2026-02-11T08:00', check)], []],
    [
      'planned within the last week',
      [release({}, '2026-03-09T10:00'), ...checked('2026-03-09T11:00', check)],
      [
        ...both(check, '2026-03-09 10:00').slice(0, 1),
        `2026-03-09 10:00 ${check} key-worker C-KEY skipped: stale`,
        `2026-03-09 10:00 ${check} key-worker C-KEY skipped: stale`,
        `2026-03-09 10:00 ${check} key-worker C-KEY`,
      ],
    ],
    [
      'the key worker has no address: the duty officer, once on the last',
      [change('C-KEY', { email: undefined }), release()],
      [
        `2026-02-11 09:00 ${check} duty-officer C-DUTY`,
        `2026-02-25 09:00 ${check} duty-officer C-DUTY`,
        `2026-03-04 09:00 ${check} duty-officer C-DUTY skipped: told-already`,
        `2026-03-04 09:00 ${check} duty-officer C-DUTY`,
      ],
    ],
    [
      'called off and planned again, and the key worker has no address: the duty officer, and once',
      [
        change('C-KEY', { email: undefined }),
        ...[release({}, '2026-03-09T18:00'), cancelled('2026-03-09T18:05'), release({}, '2026-03-09T18:10')],
      ],
      [
        ...['18:00', '18:00'].map((at) => `2026-03-09 ${at} ${check} key-worker C-KEY skipped: stale`),
        `2026-03-09 18:05 ${check} key-worker C-KEY skipped: no-longer-true`,
        `2026-03-09 18:05 ${check} duty-officer C-DUTY skipped: no-longer-true`,
        `2026-03-10 09:00 ${check} duty-officer C-DUTY skipped: told-already`,
        `2026-03-10 09:00 ${check} duty-officer C-DUTY`,
      ],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    const lines = await linesOf(duty, events)
    expect(lines.toSorted()).toEqual(expected.toSorted())
  })
})

describe('GATE-10: a release into a weekend is ready before it', () => {
  const all = checked('2026-02-20T10:00', 'gp-records', 'identity', 'accommodation', 'money', 'take-home-kit')
  const examples: Examples = [
    ['a Wednesday', [release()], []],
    ['a Friday', [release({ releaseOn: '2026-03-13' })], both('weekend', '2026-03-12 09:00')],
    ['a Saturday', [release({ releaseOn: '2026-03-14' })], both('weekend', '2026-03-13 09:00')],
    ['a Sunday', [release({ releaseOn: '2026-03-15' })], both('weekend', '2026-03-13 09:00')],
    ['a Monday', [release({ releaseOn: '2026-03-16' })], []],
    [
      'the Thursday before Good Friday',
      [release({ releaseOn: '2026-04-02' })],
      both('weekend', '2026-04-01 09:00'),
    ],
    ['Good Friday', [release({ releaseOn: '2026-04-03' })], both('weekend', '2026-04-02 09:00')],
    ['Easter Monday', [release({ releaseOn: '2026-04-06' })], both('weekend', '2026-04-02 09:00')],
    ['Christmas Eve', [release({ releaseOn: '2026-12-24' })], both('weekend', '2026-12-23 09:00')],
    [
      'the Sunday the clocks go back',
      [release({ releaseOn: '2026-10-25' })],
      both('weekend', '2026-10-23 09:00'),
    ],
    ['everything is done; nothing is prescribed', [release({ releaseOn: '2026-03-13' }), ...all], []],
    [
      'everything is done, but nobody knows whether anything is prescribed',
      [release({ releaseOn: '2026-03-13', prescribed: undefined }), ...all],
      both('weekend', '2026-03-12 09:00'),
    ],
    [
      'planned at noon of the day before: at once',
      [release({ releaseOn: '2026-03-13' }, '2026-03-12T12:00')],
      both('weekend', '2026-03-12 12:00'),
    ],
    [
      'planned in the evening of the day before: in the morning',
      [release({ releaseOn: '2026-03-13' }, '2026-03-12T18:00')],
      both('weekend', '2026-03-13 09:00'),
    ],
    ['cancelled', [release({ releaseOn: '2026-03-13' }), cancelled('2026-03-10T12:00')], []],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-10', events)).toEqual(expected)
  })

  test('it says what is still open and who covers which day', async () => {
    const story = [
      ...AROUND_A_RELEASE,
      rota([
        ['2026-04-03T08:00', '2026-04-04T20:00', 'C-DAY'],
        ['2026-04-03T08:00', '2026-04-03T20:00', 'C-NIGHT'],
      ]),
      release({ releaseOn: '2026-04-02' }),
      ...checked('2026-02-20T10:00', 'gp-records', 'money'),
    ]
    const line = (await play(story, UNTIL)).find(({ duty }) => duty === 'GATE-10')
    expect(line?.text).toContain(`Not done yet:

* proof of identity
* accommodation
* take-home kit

On call:

* Friday 3 April: Name of C-DAY, Name of C-NIGHT
* Saturday 4 April: Name of C-DAY
* Sunday 5 April: nobody
* Monday 6 April: nobody
`)
  })
})

describe('GATE-09: a hearing may end in a release that nobody planned', () => {
  const all = (at: string) => [
    `${at} hearing duty-officer C-DUTY`,
    `${at} hearing key-worker C-KEY`,
    `${at} hearing on-call C-DAY`,
  ]
  const standDown = (at: string) => all(at).map((line) => line.replace(' hearing ', ' stand-down '))
  const examples: Examples = [
    ['noon the day before', [possible()], all('2026-03-10 12:00')],
    ['a Monday: the Sunday before', [possible({ hearingOn: '2026-03-09' })], all('2026-03-08 12:00')],
    ['the Tuesday after Easter', [possible({ hearingOn: '2026-04-07' })], all('2026-04-06 12:00')],
    ['the day the clocks go forward', [possible({ hearingOn: '2026-03-30' })], all('2026-03-29 12:00')],
    ['heard of in the evening before: at once', [possible({}, '2026-03-10T20:30')], all('2026-03-10 20:30')],
    [
      'adjourned',
      [possible(), possible({ hearingOn: '2026-03-18' }, '2026-03-11T12:00')],
      [...all('2026-03-10 12:00'), ...standDown('2026-03-11 12:00'), ...all('2026-03-17 12:00')],
    ],
    [
      'moved away and back to the same day: told not to be ready, and then again to be',
      [
        possible(),
        possible({ hearingOn: '2026-03-18' }, '2026-03-10T14:00'),
        possible({}, '2026-03-10T15:30'),
      ],
      [...all('2026-03-10 12:00'), ...standDown('2026-03-10 14:00'), ...all('2026-03-10 15:30')],
    ],
    [
      'called off, and possible again on the same day',
      [possible(), cancelled('2026-03-10T14:00'), possible({}, '2026-03-10T15:30')],
      [...all('2026-03-10 12:00'), ...standDown('2026-03-10 14:00'), ...all('2026-03-10 15:30')],
    ],
    [
      'listed again at another court on the same day: told once',
      [possible(), possible({ court: 'Ravensby Magistrates' }, '2026-03-10T14:00')],
      all('2026-03-10 12:00'),
    ],
    [
      'moved to another day before the warning that was due could be given',
      [heard('2026-03-10T12:20', possible()), possible({ hearingOn: '2026-03-18' }, '2026-03-10T12:10')],
      [
        ...all('2026-03-10 12:20').map((line) => `${line} skipped: no-longer-true`),
        ...all('2026-03-17 12:00'),
      ],
    ],
    ['the result is known: to be released', [possible(), release({}, '2026-03-09T10:00')], []],
    ['the result is known: kept', [possible(), cancelled('2026-03-09T10:00')], []],
    [
      'called off after the warning: those who were warned hear it',
      [possible(), cancelled('2026-03-10T16:00')],
      [...all('2026-03-10 12:00'), ...standDown('2026-03-10 16:00')],
    ],
    [
      'closed on the day',
      [possible(), closed('2026-03-11T15:00', 'declined')],
      [...all('2026-03-10 12:00'), ...standDown('2026-03-11 15:00')],
    ],
    [
      'closed when the day of the hearing is over',
      [possible(), closed('2026-03-12T09:00')],
      all('2026-03-10 12:00'),
    ],
    [
      'released on the day, and closed: whoever came to the court is not sent away',
      [possible(), leaves('2026-03-11T15:20'), closed('2026-03-11T16:00')],
      all('2026-03-10 12:00'),
    ],
    [
      'of a death key worker and duty officer hear otherwise, the one on call in the same words as ever',
      [possible(), leaves('2026-03-10T18:00', { nomisMovementReasonCode: 'DEC' })],
      [...all('2026-03-10 12:00'), '2026-03-10 18:00 stand-down on-call C-DAY'],
    ],
    [
      'the result reaches us before the warning',
      [heard('2026-03-11T16:00', possible()), release({ place: 'court' }, '2026-03-11T15:00')],
      [
        '2026-03-11 16:00 hearing duty-officer C-DUTY skipped: no-longer-true',
        '2026-03-11 16:00 hearing key-worker C-KEY skipped: no-longer-true',
        '2026-03-11 16:00 hearing on-call C-DAY skipped: no-longer-true',
      ],
    ],
    [
      'on call when courts sit, not at noon the day before',
      [
        rota(
          [
            ['2026-03-10T08:00', '2026-03-11T08:00', 'C-NIGHT'],
            ['2026-03-11T08:00', '2026-03-11T20:00', 'C-OWNER'],
          ],
          '2026-03-01T00:00',
        ),
        possible(),
      ],
      [...all('2026-03-10 12:00').slice(0, 2), '2026-03-10 12:00 hearing on-call C-OWNER'],
    ],
    [
      'nobody is on call',
      [
        rota([['2026-03-20T08:00', '2026-03-21T08:00', 'C-NIGHT']], '2026-01-02T00:00'),
        rota([['2026-01-01T00:00', '2026-01-02T00:00', 'C-DAY']], '2026-01-03T00:00'),
        possible(),
      ],
      [...all('2026-03-10 12:00').slice(0, 2), '2026-03-10 12:00 hearing on-call skipped: nobody-on-call'],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected) => {
    expect(await linesOf('GATE-09', events)).toEqual(expected)
  })

  test('adjourned, it says to which day; called off, no reason', async () => {
    const adjourned = possible({ hearingOn: '2026-03-18' }, '2026-03-11T12:00')
    const textAfter = async (next: Told) => {
      const lines = await play([...around, possible(), next], UNTIL)
      return lines.find(({ duty, step }) => duty === 'GATE-09' && step === 'stand-down')?.text
    }
    expect(
      await textAfter(adjourned),
    ).toBe(`JW: you do not need to be ready on Wednesday 11 March any more, Ravensby Crown Court. The hearing is now on Wednesday 18 March: we tell you again the day before.

To speak to us ring 01632 960001.

Throughcare`)
    expect(await textAfter(cancelled('2026-03-10T16:00'))).not.toContain('The hearing')
  })

  test('it says court, not prison', async () => {
    const line = (await play([...around, possible()], UNTIL)).find(({ duty }) => duty === 'GATE-09')
    expect(
      line?.text,
    ).toBe(`JW is in court on Wednesday 11 March, Ravensby Crown Court, and may be released there and then: from court, not from prison. Please be ready.

To speak to us ring 01632 960001.

Throughcare`)
  })
})
