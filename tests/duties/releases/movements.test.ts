import { describe, expect, test } from 'vitest'
import { WENT_BY_CODE } from '../../../shared/casefile/movements.ts'
import { event, play, type Told, told } from '../../story.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  accepts,
  arrives,
  cancelled,
  closed,
  heard,
  inRelease,
  leaves,
  mayBeOut,
  meeting,
  moved,
  release,
} from './release-story.ts'

const around = [...AROUND_A_RELEASE, ALWAYS_ON_CALL]
const UNTIL = '2026-12-31T00:00'

/** A release on 11 March at 09:00, which a sponsor may be asked to, and what a prison then says of the person. */
const SITUATIONS = {
  'nobody accepted': { accepted: false, at: '2026-03-11T08:05' },
  'a sponsor accepted': { accepted: true, at: '2026-03-11T08:05' },
  'two days early': { accepted: false, at: '2026-03-09T14:10' },
  'a day late': { accepted: true, at: '2026-03-12T10:00' },
  'on time, at another prison': { accepted: true, at: '2026-03-11T09:05', prisonId: 'QDN' },
} as const
type Situation = keyof typeof SITUATIONS

const EVERYONE = ['duty-officer C-DUTY', 'key-worker C-KEY', 'on-call C-DAY']
const STAFF = ['duty-officer C-DUTY', 'key-worker C-KEY']
const SPONSOR = 'meeter C-SPONSOR'

describe('who hears at once of what a prison says, by what its movement code means', () => {
  const nothing = { hear: 'nothing' as const, by: {} }
  const outNow = {
    hear: 'out-now' as const,
    by: {
      'nobody accepted': EVERYONE,
      'a sponsor accepted': [SPONSOR],
      'two days early': EVERYONE,
      'a day late': [SPONSOR],
      'on time, at another prison': [SPONSOR],
    },
  }
  const standDown = {
    hear: 'stand-down' as const,
    by: {
      // By then everybody on the list was asked.
      'nobody accepted': [...STAFF, SPONSOR, 'on-call C-DAY'],
      'a sponsor accepted': [...STAFF, SPONSOR],
      // Nobody but the key worker was asked yet; the duty officer hears all the same.
      'two days early': STAFF,
      'a day late': [...STAFF, SPONSOR],
      'on time, at another prison': [...STAFF, SPONSOR],
    },
  }
  const MATRIX: [string, Record<string, unknown>, typeof nothing | typeof outNow | typeof standDown][] = [
    ['home', {}, outNow],
    ['home on licence', { nomisMovementReasonCode: 'PP' }, outNow],
    ['home, the code is not given', { nomisMovementReasonCode: undefined }, outNow],
    ['home, the status is not given', { currentPrisonStatus: undefined }, outNow],
    ['still under the care of a prison', { currentPrisonStatus: 'UNDER_PRISON_CARE' }, nothing],
    ['to court', { reason: 'SENT_TO_COURT' }, nothing],
    ['to another prison', { reason: 'TRANSFERRED' }, nothing],
    ['for a day', { reason: 'TEMPORARY_ABSENCE_RELEASE' }, nothing],
    ['for a reason unknown', { reason: 'UNKNOWN' }, nothing],
    ['records merged', { nomisMovementReasonCode: 'MRG' }, nothing],
    ['dead', { nomisMovementReasonCode: 'DEC' }, standDown],
    ['dead, with a blank behind the code', { nomisMovementReasonCode: 'dec ' }, standDown],
    ['deported, no sentence', { nomisMovementReasonCode: 'DE' }, standDown],
    ['deported', { nomisMovementReasonCode: 'DD' }, standDown],
    ['deported on licence', { nomisMovementReasonCode: 'DL' }, standDown],
    ['detained for removal', { nomisMovementReasonCode: 'DEIRC' }, standDown],
    ['early removal', { nomisMovementReasonCode: 'ETR' }, standDown],
    ['early removal to detention', { nomisMovementReasonCode: 'ECSLIRC' }, standDown],
    ['to hospital, by code', { nomisMovementReasonCode: 'HO' }, standDown],
    ['to hospital, by the code of a quota', { nomisMovementReasonCode: 'HQ' }, standDown],
    ['to a psychiatric hospital', { nomisMovementReasonCode: 'HP' }, standDown],
    ['to hospital, by reason', { reason: 'RELEASED_TO_HOSPITAL' }, standDown],
    ['at large', { nomisMovementReasonCode: 'UAL' }, standDown],
    ['at large, by the code for escape', { nomisMovementReasonCode: 'UAL_ECL' }, standDown],
    ['escaped', { nomisMovementReasonCode: 'ESCP' }, standDown],
  ]
  test('every code that means something other than home stands in it', () => {
    const codes = MATRIX.map(([, { nomisMovementReasonCode }]) => nomisMovementReasonCode)
    expect([...WENT_BY_CODE.keys()].filter((code) => !codes.includes(code))).toEqual([])
  })

  const cells = MATRIX.flatMap(([what, info, { hear, by }]) =>
    (Object.keys(SITUATIONS) as Situation[]).map((situation) => ({
      ...{ what, info, situation, hear },
      who: (by as Partial<Record<Situation, string[]>>)[situation] ?? [],
    })),
  )

  test.each(cells)('$what, $situation: $hear', async ({ info, situation, hear, who }) => {
    const { accepted, at, ...where } = SITUATIONS[situation]
    const meeters = [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }]
    const story = [
      ...[...around, release({ meeters }), leaves(at, { prisonId: 'QAL', ...where, ...info })],
      ...(accepted ? [accepts('2026-03-09T10:00', 'C-SPONSOR')] : []),
    ]
    const lines = [...(await told('GATE-08', story, UNTIL)), ...(await told('GATE-02', story, UNTIL))]
    const heard = lines.filter((line) => !line.includes(' covered '))
    expect(heard.toSorted()).toEqual(who.map((one) => `${at.replace('T', ' ')} ${hear} ${one}`).toSorted())
  })
})

test.each<[Situation, string, string[]]>([
  ['nobody accepted', 'out-now', EVERYONE],
  ['a sponsor accepted', 'out-now', [SPONSOR]],
  ['two days early', 'perhaps-out', STAFF],
  ['a day late', 'perhaps-out', STAFF],
  ['on time, at another prison', 'out-now', [SPONSOR]],
])('the early report, %s: %s', async (situation, step, who) => {
  const { accepted, at, ...where } = SITUATIONS[situation]
  const meeters = [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }]
  const taken = accepted ? [accepts('2026-03-09T10:00', 'C-SPONSOR')] : []
  const lines = await told('GATE-08', [...around, release({ meeters }), ...taken, mayBeOut(at, where)], UNTIL)
  const moment = at.replace('T', ' ')
  const atOnce = lines.filter((line) => line.startsWith(moment))
  expect(atOnce.toSorted()).toEqual(who.map((one) => `${moment} ${step} ${one}`).toSorted())
})

describe('what comes of a stand-down that a prison says', () => {
  const died = leaves('2026-03-10T18:00', { nomisMovementReasonCode: 'DEC' })

  test('of a death a relative hears nothing, and nobody is asked or told anything more', async () => {
    const meeters = [{ contactId: 'C-FAMILY', kind: 'family', consented: true }]
    const story = [...around, release({ meeters }), accepts('2026-03-10T13:00', 'C-FAMILY'), died]
    expect(await told('GATE-02 stand-down', story, UNTIL)).toEqual([
      '2026-03-10 18:00 stand-down duty-officer C-DUTY',
      '2026-03-10 18:00 stand-down key-worker C-KEY',
    ])
    const after = (await play(story, UNTIL)).filter(({ at }) => at > '2026-03-10T18:00:00Z')
    expect(after).toEqual([])
  })

  test('staff are asked to ring the prison first, and no cause is named', async () => {
    const lines = await play([...around, release(), died], UNTIL)
    const text = lines.find(({ step }) => step === 'stand-down')?.text
    expect(text).toContain(
      'Please ring the prison first, HMP Alderley: not the person, nor anyone of theirs. The prison speaks to them.',
    )
    expect(text).not.toMatch(/die|dead|death|hospital|deport/i)
  })

  test('from hospital nothing is planned until another day is told, and then all of it', async () => {
    const story = [
      ...[...around, release(), leaves('2026-03-08T14:10', { nomisMovementReasonCode: 'HO' })],
      moved('2026-03-20T10:00', { releaseOn: '2026-03-25' }),
      closed('2026-03-26T08:00'),
    ]
    const lines = await play(story, UNTIL)
    const days = new Set(lines.filter(({ step }) => step === 'accept').map(({ at }) => at.slice(0, 10)))
    expect([...days]).toEqual(['2026-03-24'])
    expect(await told('GATE-16', story, UNTIL)).toEqual([])
  })

  test('a report that comes out of a dead-letter queue a month later sends nobody to a gate', async () => {
    const late = heard('2026-04-11T03:00', leaves('2026-03-11T08:30'))
    const lines = await told('GATE-08', [...around, release(), late], UNTIL)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter((line) => !line.endsWith('skipped: stale'))).toEqual([])
  })

  test('news of a gate is told until 20:00 of the day after', async () => {
    const at = async (receivedAt: string) =>
      told('GATE-08', [...around, release(), heard(receivedAt, leaves('2026-03-11T08:30'))], UNTIL)
    expect((await at('2026-03-12T19:59')).filter((line) => line.includes('stale'))).toEqual([])
    expect((await at('2026-03-12T20:01')).filter((line) => !line.includes('stale'))).toEqual([])
  })

  test('who accepts when the person is out is told to go at once, and never the planned day', async () => {
    const story = [...around, release(), leaves('2026-03-09T14:10'), accepts('2026-03-09T15:00', 'C-KEY')]
    const lines = await play(story, UNTIL)
    const confirmed = lines.find(({ step }) => step === 'confirmed')
    expect(confirmed?.text).toContain('JW is out now: please go at once: HMP Alderley.')
    expect(lines.filter(({ step }) => ['plan', 'accept', 'alert', 'nobody'].includes(step))).toMatchObject([
      { step: 'plan', at: '2026-03-04T09:00:00Z' },
    ])
  })

  test('out from another prison: the message names the one they came out of', async () => {
    const story = [...around, release(), accepts('2026-03-09T15:00', 'C-KEY')]
    const lines = await play([...story, leaves('2026-03-11T09:05', { prisonId: 'QDN' })], UNTIL)
    expect(lines.find(({ step }) => step === 'out-now')?.text).toContain('QDN')
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

describe('a death that was told of the person, and not of the release', () => {
  const planned = [...around, release()]
  const says = (at: string, info = {}) =>
    event(at, 'person.died', info, { personReference: { identifiers: [{ type: 'NOMS', value: 'A9001AA' }] } })
  const died = says('2026-03-10T14:00')
  const since = (lines: readonly { at: string; step: string }[], at: string) =>
    lines.filter((line) => line.at > at).map(({ step }) => step)

  test('stands everybody down, and asks nobody to be at the gate', async () => {
    const lines = await play([...planned, died], '2026-03-20T00:00')
    expect(new Set(since(lines, '2026-03-10T14:00:00Z'))).toEqual(new Set())
    expect(lines.filter(({ step }) => step === 'stand-down').length).toBeGreaterThan(0)
  })

  test('once it was withdrawn, somebody is asked again', async () => {
    const withdrawn = says('2026-03-10T16:00', { withdrawn: true })
    const lines = await play([...planned, died, withdrawn], '2026-03-12T00:00')
    expect(since(lines, '2026-03-10T16:30:00Z')).toEqual(expect.arrayContaining(['nobody']))
  })

  test('also where the release is planned again after it', async () => {
    const lines = await play([...planned, died, release({}, '2026-03-10T15:00')], '2026-03-20T00:00')
    expect(since(lines, '2026-03-10T15:30:00Z')).toEqual([])
  })
})
