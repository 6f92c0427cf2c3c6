import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { event, play, short, type Told } from '../../story.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  accepts,
  arrives,
  cancelled,
  change,
  closed,
  declines,
  leaves,
  moved,
  release,
} from './release-story.ts'

/** What the prisons' services really send, as they publish it. */
const storyOf = (name: string): Told[] =>
  readFileSync(new URL(`stories/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

const toldAtTheGate = async (name: string) =>
  (await play(storyOf(name), '2026-06-12T00:00'))
    .filter(({ duty }) => /^GATE-(01|02|08|12|29)$/.test(duty))
    .map((line) => short(line))

const PLANNED = '2026-06-03 09:00 plan key-worker C-KEY'
const ACCEPTED = [
  PLANNED,
  '2026-06-09 12:00 accept key-worker C-KEY',
  '2026-06-09 12:30 accept on-call C-DAY',
  '2026-06-09 13:00 confirmed key-worker C-KEY',
  '2026-06-09 13:00 covered on-call C-DAY',
]
const outcomeAt = (first: string, second: string) => [
  `2026-06-10 ${first} outcome key-worker C-KEY`,
  `2026-06-10 ${second} outcome duty-officer C-DUTY`,
]
const both = (step: string, ...times: string[]) =>
  times.flatMap((at) => [`${at} ${step} duty-officer C-DUTY`, `${at} ${step} rota-owner C-OWNER`])
const UNKNOWN = both('unknown', ...['12', '14', '16', '18', '20'].map((hour) => `2026-06-10 ${hour}:00`))
const ALERTED = [...ACCEPTED, '2026-06-10 07:00 alert key-worker C-KEY']
const staff = (step: string, at: string) => [
  `${at} ${step} duty-officer C-DUTY`,
  `${at} ${step} key-worker C-KEY`,
]

test.each<[string, string[]]>([
  [
    'early-report-as-published',
    [...ALERTED, '2026-06-10 08:10 out-now key-worker C-KEY', ...outcomeAt('10:00', '11:00'), ...UNKNOWN],
  ],
  [
    'released-home-from-another-prison',
    [...ALERTED, '2026-06-10 08:10 out-now key-worker C-KEY', ...outcomeAt('10:00', '11:00'), ...UNKNOWN],
  ],
  ['records-merged', [...ALERTED, ...outcomeAt('10:00', '11:00'), ...UNKNOWN]],
  [
    'home-two-days-early',
    [
      PLANNED,
      ...[...staff('out-now', '2026-06-08 14:56'), '2026-06-08 14:56 out-now on-call C-DAY'],
      ...staff('unplanned', '2026-06-08 14:56'),
      '2026-06-08 15:00 confirmed key-worker C-KEY',
      ...['2026-06-08 15:00 covered duty-officer C-DUTY', '2026-06-08 15:00 covered on-call C-DAY'],
      '2026-06-08 15:10 outcome key-worker C-KEY',
      '2026-06-08 16:10 outcome duty-officer C-DUTY',
      ...staff('unplanned', '2026-06-08 16:10'),
      ...both('unknown', '2026-06-08 17:10', '2026-06-08 19:10'),
    ],
  ],
  [
    'died-the-evening-before',
    [
      PLANNED,
      '2026-06-09 12:00 accept key-worker C-KEY',
      '2026-06-09 12:30 accept meeter C-SPONSOR',
      '2026-06-09 13:00 confirmed meeter C-SPONSOR',
      '2026-06-09 13:00 covered key-worker C-KEY',
      ...[...staff('stand-down', '2026-06-09 18:46'), '2026-06-09 18:46 stand-down meeter C-SPONSOR'],
    ],
  ],
  ['released-to-a-hospital', [PLANNED, ...staff('stand-down', '2026-06-08 14:56')]],
  [
    'returned-from-court-to-another-prison',
    [
      ...ACCEPTED,
      '2026-06-09 18:16 plan key-worker C-KEY skipped: stale',
      '2026-06-09 18:16 accept key-worker C-KEY',
      ...both('uncovered', '2026-06-09 18:16'),
      ...['2026-06-09 18:16 moved key-worker C-KEY', '2026-06-09 18:16 moved on-call C-DAY'],
      '2026-06-09 18:46 accept on-call C-DAY',
      '2026-06-09 19:16 accept duty-officer C-DUTY',
      ...both('nobody', '2026-06-10 08:00', '2026-06-10 09:00'),
      ...[...staff('out-now', '2026-06-10 09:51'), '2026-06-10 09:51 out-now on-call C-DAY'],
      ...['2026-06-10 10:00 outcome duty-officer C-DUTY', '2026-06-10 11:00 outcome duty-officer C-DUTY'],
      ...UNKNOWN,
    ],
  ],
])('%s', async (name, expected) => {
  expect((await toldAtTheGate(name)).toSorted()).toEqual(expected.toSorted())
})

test('late-out-now: a month later nobody hears anything', async () => {
  const lines = await play(storyOf('late-out-now'), '2026-03-01T00:00')
  const late = lines.filter(({ at }) => at >= '2026-02-06')
  expect(late.map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual(late.map(() => 'skipped: stale'))
  expect(late.length).toBeGreaterThan(0)
})

describe('a fact that a gate message printed, and that changes after it was told', () => {
  const asked = [...AROUND_A_RELEASE, ALWAYS_ON_CALL, release(), accepts('2026-03-10T12:40', 'C-KEY')]
  const at = '2026-03-10T15:00'
  const FACTS: { fact: string; change: Told[]; row: string; to?: string; words: string }[] = [
    {
      fact: 'the day',
      change: [moved(at, { releaseOn: '2026-03-13' })],
      row: 'GATE-29 moved',
      words: 'It is now Friday 13 March at 9am',
    },
    {
      fact: 'the hour',
      change: [moved(at, { gateTime: '10:30' })],
      row: 'GATE-29 moved',
      words: 'It is now Wednesday 11 March at 10:30am',
    },
    { fact: 'the prison', change: [moved(at, { prisonId: 'QZZ' })], row: 'GATE-29 moved', words: 'QZZ' },
    { fact: 'the prison they are in', change: [arrives(at)], row: 'GATE-29 moved', words: 'QDN' },
    {
      fact: 'where to meet',
      change: [moved(at, { meetAt: 'the car park' })],
      row: 'GATE-29 moved',
      words: 'HMP Alderley, the car park',
    },
    {
      fact: 'court, not prison',
      change: [moved(at, { place: 'court' })],
      row: 'GATE-29 moved',
      words: 'from court',
    },
    {
      fact: 'that somebody comes',
      change: [declines(at, 'C-KEY')],
      row: 'GATE-01 uncovered',
      to: 'C-DUTY',
      words: 'Nobody has accepted',
    },
    {
      fact: 'that somebody else comes',
      change: [declines(at, 'C-KEY'), accepts('2026-03-10T15:10', 'C-DUTY')],
      row: 'GATE-02 covered',
      to: 'C-DAY',
      words: 'somebody else is going on Wednesday 11 March',
    },
    {
      fact: 'that it is planned',
      change: [cancelled(at)],
      row: 'GATE-02 stand-down',
      words: 'Please do not go',
    },
    {
      fact: 'that it is open',
      change: [closed(at, 'declined')],
      row: 'GATE-02 stand-down',
      words: 'Please do not go',
    },
    {
      fact: 'that they come out later',
      change: [leaves(at)],
      row: 'GATE-08 out-now',
      words: 'JW is out now: HMP Alderley',
    },
    {
      fact: 'the gate they come out of',
      change: [leaves('2026-03-11T09:05', { prisonId: 'QZZ' })],
      row: 'GATE-08 out-now',
      words: 'JW is out now: QZZ',
    },
    {
      fact: 'the initials, which the next message has right',
      change: [release({ initials: 'JB' }, at)],
      row: 'GATE-01 alert',
      words: 'JB',
    },
    {
      fact: 'the number to call, which the next message has right',
      change: [change('C-DUTY', { phone: '01632 960002' }, at)],
      row: 'GATE-01 alert',
      words: '01632 960002',
    },
    {
      fact: 'the name of the prison, which the next message has right',
      change: [event(at, 'prison.updated', { prisonId: 'QAL', name: 'HMP Alder', governor: 'C-GOV' })],
      row: 'GATE-01 alert',
      words: 'HMP Alder.',
    },
  ]
  test.each(FACTS)('$fact', async ({ change, row, to = 'C-KEY', words }) => {
    const lines = await play([...asked, ...change], '2026-03-20T00:00')
    const heard = lines.filter((line) => `${line.duty} ${line.step}` === row && line.to === to)
    expect(heard.map(({ text }) => text).join()).toContain(words)
  })
})
