import { describe, expect, test } from 'vitest'
import { contact, event, play, short, type Told } from '../../story.ts'
import { ROW_TEXTS } from '../../texts.ts'

type Info = Record<string, unknown>

const prison = (more: Info = {}, at = '2023-01-01T09:00') =>
  event(at, 'prison.updated', {
    prisonId: 'QAA',
    name: 'HMP Alder',
    sector: 'public',
    governor: 'C-GOV',
    deputy: 'C-DEP',
    vettingContact: 'C-VET',
    ...more,
  })

/** CL-1 of C-HOLDER at HMP Alder, confirmed at ten in the morning. */
const confirmed = (on: string, more: Info = {}, envelope: Partial<Told> = {}) =>
  event(
    `${on}T10:00`,
    'clearance.confirmed',
    {
      clearanceId: 'CL-1',
      prisonId: 'QAA',
      holder: 'C-HOLDER',
      organisationId: 'ORG-1',
      confirmedOn: on,
      ...more,
    },
    { eventId: `confirmed/${on}/${JSON.stringify(more)}`, ...envelope },
  )
const requested = (at: string, envelope: Partial<Told> = {}) =>
  event(
    at,
    'clearance.renewal-requested',
    { clearanceId: 'CL-1', prisonId: 'QAA', on: at.slice(0, 10), by: 'C-VET' },
    envelope,
  )
const ended = (at: string, more: Info = {}) =>
  event(at, 'clearance.ended', {
    clearanceId: 'CL-1',
    prisonId: 'QAA',
    on: at.slice(0, 10),
    reason: 'left',
    ...more,
  })

const STAFF = [
  prison(),
  ...['C-GOV', 'C-DEP', 'C-VET', 'C-HOLDER'].map((id) => contact(id, {}, '2023-01-01T09:00')),
]

/** What of a story is looked at; the service goes live on 1 January 2026 unless said otherwise. */
type Window = { since?: string; until?: string; goLive?: string; sentOnly?: true }

/** The lines of a duty, those of one step and moment as one: `2026-01-06 09:00 renewal governor C-GOV, …`. */
async function rungs(duty: string, events: readonly Told[], window: Window = {}): Promise<string[]> {
  const { since = '', until = '2026-07-01', goLive = '2026-01-01', sentOnly } = window
  const lines = await play([...STAFF, ...events], `${until}T00:00`, `${goLive}T00:00`)
  const told = lines
    .filter((line) => line.duty === duty || `${line.duty} ${line.step}` === duty)
    .filter((line) => line.at >= since && (line.outcome === 'sent' || !sentOnly))
    .map(short)
  const byRung = Map.groupBy(told, (line) => line.split(' ').slice(0, 3).join(' '))
  return [...byRung].map(
    ([rung, all]) => `${rung} ${all.map((one) => one.slice(rung.length + 1)).join(', ')}`,
  )
}

type Example = [string, Told[], string[], Window?]

const BOTH = 'governor C-GOV, vetting-contact C-VET'
const ALL = 'deputy-governor C-DEP, governor C-GOV, vetting-contact C-VET'
const skipped = (told: string, reason: string) =>
  told
    .split(', ')
    .map((one) => `${one} skipped: ${reason}`)
    .join(', ')

/** Valid until Tuesday 31 March 2026. */
const valid = confirmed('2025-03-31')

describe('SP-02: renewal is requested before a clearance runs out', () => {
  const examples: Example[] = [
    [
      'nobody renews it: the whole ladder, then lapsed, weekly and monthly',
      [valid],
      [
        `2026-01-06 09:00 renewal ${BOTH}`,
        `2026-02-03 09:00 renewal ${BOTH}`,
        `2026-03-03 09:00 renewal ${BOTH}`,
        '2026-03-17 09:00 ending holder C-HOLDER',
        `2026-03-17 09:00 renewal ${ALL}`,
        `2026-03-24 09:00 renewal ${ALL}`,
        `2026-03-31 09:00 renewal ${ALL}`,
        `2026-04-01 09:00 lapsed ${ALL}, holder C-HOLDER`,
        `2026-04-08 09:00 lapsed ${ALL}`,
        `2026-04-15 09:00 lapsed ${ALL}`,
        `2026-04-22 09:00 lapsed ${ALL}`,
        `2026-04-29 09:00 lapsed ${ALL}`,
        `2026-05-29 09:00 lapsed ${ALL}`,
        `2026-06-29 09:00 lapsed ${ALL}`,
      ],
      {},
    ],
    [
      'SP-03: renewed between two steps, the next twelve months start and nothing of the old survives',
      [valid, confirmed('2026-02-20', { expiresOn: '2027-03-31' })],
      [
        `2026-01-06 09:00 renewal ${BOTH}`,
        `2026-02-03 09:00 renewal ${BOTH}`,
        `2027-01-06 09:00 renewal ${BOTH}`,
      ],
      { until: '2027-02-01' },
    ],
    [
      'renewed before the first step, it is told of for the new expiry alone',
      [valid, confirmed('2025-12-31', { expiresOn: '2027-03-31' })],
      [`2027-01-06 09:00 renewal ${BOTH}`],
      { until: '2027-02-01' },
    ],
    [
      'renewed after it lapsed: twelve months from the new confirmation, a Saturday’s step on the Friday',
      [valid, confirmed('2026-04-10')],
      [
        `2026-03-31 09:00 renewal ${ALL}`,
        `2026-04-01 09:00 lapsed ${ALL}, holder C-HOLDER`,
        `2026-04-08 09:00 lapsed ${ALL}`,
        `2027-01-15 09:00 renewal ${BOTH}`,
      ],
      { since: '2026-03-25', until: '2027-02-01' },
    ],
    [
      'the same expiry confirmed again is no other ladder: each step once',
      [valid, confirmed('2026-02-10', { expiresOn: '2026-03-31' })],
      [
        `2026-01-06 09:00 renewal ${BOTH}`,
        `2026-02-03 09:00 renewal ${BOTH}`,
        `2026-03-03 09:00 renewal ${BOTH}`,
      ],
      { until: '2026-03-10' },
    ],
    [
      'ended between two steps',
      [valid, ended('2026-02-20T10:00')],
      [`2026-01-06 09:00 renewal ${BOTH}`, `2026-02-03 09:00 renewal ${BOTH}`],
      {},
    ],
    [
      'ended after it lapsed',
      [valid, ended('2026-04-02T10:00', { reason: 'not-renewed' })],
      [`2026-03-31 09:00 renewal ${ALL}`, `2026-04-01 09:00 lapsed ${ALL}, holder C-HOLDER`],
      { since: '2026-03-25', until: '2026-09-01' },
    ],
    [
      'ended and applied for again: the ladder of the ended clearance does not come back',
      [
        valid,
        ended('2026-01-20T10:00'),
        event('2026-02-10T10:00', 'clearance.applied', {
          clearanceId: 'CL-1',
          prisonId: 'QAA',
          holder: 'C-HOLDER',
          organisationId: 'ORG-1',
          route: 'psi-27-2014',
        }),
      ],
      [`2026-01-06 09:00 renewal ${BOTH}`],
      {},
    ],
    [
      'ended and confirmed anew',
      [valid, ended('2026-01-20T10:00'), confirmed('2026-02-10', { expiresOn: '2026-04-28' })],
      [
        `2026-01-06 09:00 renewal ${BOTH}`,
        `2026-02-10 10:00 renewal ${BOTH}`,
        `2026-03-03 09:00 renewal ${BOTH}`,
      ],
      { until: '2026-03-10' },
    ],
    [
      'found late on a Sunday: the older step is stale, the latest waits for the working day',
      [confirmed('2025-03-31', {}, { receivedAt: '2026-03-01T12:00:00Z' })],
      [
        `2026-03-01 12:00 renewal ${skipped(BOTH, 'stale')}`,
        `2026-03-02 09:00 renewal ${BOTH}`,
        `2026-03-03 09:00 renewal ${BOTH}`,
      ],
      { until: '2026-03-10' },
    ],
    [
      'found late and renewed before it could be given',
      [
        confirmed('2025-03-31', { expiresOn: '2026-04-28' }, { receivedAt: '2026-02-07T12:00:00Z' }),
        confirmed('2026-02-08', { expiresOn: '2027-04-28' }),
      ],
      [`2026-02-08 10:00 renewal ${skipped(BOTH, 'no-longer-true')}`],
      { until: '2026-06-01' },
    ],
    [
      'confirmed with five weeks left: the step eight weeks before is late, not lost',
      [confirmed('2026-02-24', { expiresOn: '2026-03-31' })],
      [`2026-02-24 10:00 renewal ${skipped(BOTH, 'stale')}, ${BOTH}`, `2026-03-03 09:00 renewal ${BOTH}`],
      { until: '2026-03-10' },
    ],
    [
      'what fell due before go-live is not given',
      [valid],
      [`2026-01-06 09:00 renewal ${skipped(BOTH, 'before-go-live')}`, `2026-02-03 09:00 renewal ${BOTH}`],
      { goLive: '2026-01-15', until: '2026-02-10' },
    ],
    [
      'Saturdays: prompts on the Friday, lapsed on the Sunday',
      [confirmed('2025-05-16')],
      [`2026-05-15 09:00 renewal ${ALL}`, `2026-05-17 09:00 lapsed ${ALL}, holder C-HOLDER`],
      { since: '2026-05-12', until: '2026-05-20' },
    ],
    [
      'expiring on Easter Monday: on the day is the Thursday before Good Friday',
      [confirmed('2025-04-06')],
      [
        '2026-03-23 09:00 ending holder C-HOLDER',
        `2026-03-23 09:00 renewal ${ALL}`,
        `2026-03-30 09:00 renewal ${ALL}`,
        `2026-04-02 09:00 renewal ${ALL}`,
        `2026-04-07 09:00 lapsed ${ALL}, holder C-HOLDER`,
      ],
      { since: '2026-03-16', until: '2026-04-10' },
    ],
    [
      'expiring on the bank holiday after Christmas: on the day is Christmas Eve',
      [confirmed('2025-12-28')],
      [
        `2026-12-21 09:00 renewal ${ALL}`,
        `2026-12-24 09:00 renewal ${ALL}`,
        `2026-12-29 09:00 lapsed ${ALL}, holder C-HOLDER`,
      ],
      { since: '2026-12-18', until: '2027-01-01' },
    ],
    [
      'lapsed on the night the clocks go forward',
      [confirmed('2025-03-28')],
      [`2026-03-27 09:00 renewal ${ALL}`, `2026-03-29 09:00 lapsed ${ALL}, holder C-HOLDER`],
      { since: '2026-03-25', until: '2026-04-01' },
    ],
    [
      'lapsed on the night the clocks go back',
      [confirmed('2025-10-24')],
      [`2026-10-23 09:00 renewal ${ALL}`, `2026-10-25 09:00 lapsed ${ALL}, holder C-HOLDER`],
      { since: '2026-10-20', until: '2026-10-28' },
    ],
    [
      'confirmed on 29 February, it is valid until 28 February',
      [confirmed('2024-02-29')],
      [
        `2025-02-21 09:00 renewal ${ALL}`,
        `2025-02-28 09:00 renewal ${ALL}`,
        `2025-03-01 09:00 lapsed ${ALL}, holder C-HOLDER`,
      ],
      { goLive: '2024-01-01', since: '2025-02-20', until: '2025-03-05' },
    ],
    [
      'monthly from a 31st, held to the end of shorter months, bank holiday or not',
      [confirmed('2025-07-02')],
      [
        `2026-07-31 09:00 lapsed ${ALL}`,
        `2026-08-31 09:00 lapsed ${ALL}`,
        `2026-09-30 09:00 lapsed ${ALL}`,
        `2026-10-31 09:00 lapsed ${ALL}`,
        `2026-11-30 09:00 lapsed ${ALL}`,
        `2026-12-31 09:00 lapsed ${ALL}`,
        `2027-01-31 09:00 lapsed ${ALL}`,
        `2027-02-28 09:00 lapsed ${ALL}`,
        `2027-03-31 09:00 lapsed ${ALL}`,
      ],
      { since: '2026-07-25', until: '2027-04-01' },
    ],
  ]
  test.each(examples)('%s', async (_, events, expected, window) => {
    expect(await rungs('SP-02', events, window)).toEqual(expected)
  })
})

describe('SP-02: of a clearance found after it lapsed only the lapse is told', () => {
  const examples: Example[] = [
    [
      'every prompt before it is stale; the lapse is given at once, at any hour',
      [confirmed('2025-03-31', {}, { receivedAt: '2026-04-02T22:00:00+01:00' })],
      [`2026-04-02 22:00 lapsed ${ALL}, holder C-HOLDER`],
      { until: '2026-04-05', sentOnly: true },
    ],
    [
      'long after, the latest month is given and the next follows',
      [confirmed('2025-01-31', {}, { receivedAt: '2026-06-15T12:00:00+01:00' })],
      [`2026-06-15 12:00 lapsed ${ALL}, holder C-HOLDER`, `2026-07-01 09:00 lapsed ${ALL}`],
      { until: '2026-07-02', sentOnly: true },
    ],
  ]
  test.each(examples)('%s', async (_, events, expected, window) => {
    expect(await rungs('SP-02', events, window)).toEqual(expected)
  })

  test('nor is the holder told that it is still valid', async () => {
    const late = confirmed('2025-03-31', {}, { receivedAt: '2026-04-02T22:00:00+01:00' })
    expect(await rungs('SP-02 ending', [late], { until: '2026-04-05' })).toEqual([
      '2026-04-02 22:00 ending holder C-HOLDER skipped: stale',
    ])
  })
})

describe('SP-02: whoever holds a post when it is told', () => {
  const away = { absent: [{ from: '2026-01-01', to: '2026-03-20' }] }
  const covered = { absent: [{ from: '2026-01-01', to: '2026-01-31', coverContactId: 'C-COVER' }] }
  const unreachable = { email: undefined }
  const from = '2026-01-02T00:00'
  const examples: Example[] = [
    [
      'a governor who is away: the deputy, who gets what both would get once',
      [contact('C-GOV', away, from), valid],
      [
        '2026-03-03 09:00 renewal deputy-governor C-DEP, vetting-contact C-VET',
        '2026-03-17 09:00 ending holder C-HOLDER',
        '2026-03-17 09:00 renewal deputy-governor C-DEP skipped: told-already, deputy-governor C-DEP, vetting-contact C-VET',
        `2026-03-24 09:00 renewal ${ALL}`,
      ],
      { since: '2026-03-01', until: '2026-03-28' },
    ],
    [
      'a governor who is covered for',
      [contact('C-GOV', covered, from), contact('C-COVER'), valid],
      [
        '2026-01-06 09:00 renewal governor C-COVER, vetting-contact C-VET',
        `2026-02-03 09:00 renewal ${BOTH}`,
      ],
      { until: '2026-02-10' },
    ],
    [
      'a governor without an address: the deputy',
      [contact('C-GOV', unreachable, from), valid],
      ['2026-01-06 09:00 renewal deputy-governor C-DEP, vetting-contact C-VET'],
      { until: '2026-01-10' },
    ],
    [
      'governor and deputy without an address: the vetting contact, once',
      [contact('C-GOV', unreachable, from), contact('C-DEP', unreachable, from), valid],
      ['2026-01-06 09:00 renewal vetting-contact C-VET, vetting-contact C-VET skipped: told-already'],
      { until: '2026-01-10' },
    ],
    [
      'a new governor',
      [valid, contact('C-NEW'), prison({ governor: 'C-NEW' }, '2026-01-20T09:00')],
      [`2026-01-06 09:00 renewal ${BOTH}`, '2026-02-03 09:00 renewal governor C-NEW, vetting-contact C-VET'],
      { until: '2026-02-10' },
    ],
    [
      'a prison without a deputy',
      [valid, prison({ deputy: undefined }, from)],
      [`2026-03-24 09:00 renewal ${BOTH}`, `2026-03-31 09:00 renewal ${BOTH}`],
      { since: '2026-03-20', until: '2026-04-01' },
    ],
    [
      'a prison without a vetting contact leaves a trace of it',
      [valid, prison({ vettingContact: undefined }, from)],
      ['2026-01-06 09:00 renewal governor C-GOV, vetting-contact skipped: no-usable-address'],
      { until: '2026-01-10' },
    ],
    [
      'a prison we know nothing of leaves a trace of it; its holder is told all the same',
      [confirmed('2025-03-31', { prisonId: 'QZZ' })],
      [
        '2026-03-17 09:00 ending holder C-HOLDER',
        '2026-03-17 09:00 renewal governor skipped: no-usable-address, vetting-contact skipped: no-usable-address',
      ],
      { since: '2026-03-10', until: '2026-03-20' },
    ],
  ]
  test.each(examples)('%s', async (_, events, expected, window) => {
    expect(await rungs('SP-02', events, window)).toEqual(expected)
  })
})

describe('SP-02: a renewal that was requested is awaited instead', () => {
  const VET = 'vetting-contact C-VET'
  const examples: Example[] = [
    [
      'ten and twenty working days after, the governor too from two weeks before',
      [valid, requested('2026-02-06T10:00')],
      [
        `2026-01-06 09:00 renewal ${BOTH}`,
        `2026-02-03 09:00 renewal ${BOTH}`,
        `2026-02-20 09:00 awaiting ${VET}`,
        `2026-03-06 09:00 awaiting ${VET}`,
        `2026-03-17 09:00 awaiting ${BOTH}`,
        '2026-03-17 09:00 ending holder C-HOLDER',
        `2026-03-24 09:00 awaiting ${BOTH}`,
        `2026-03-31 09:00 awaiting ${BOTH}`,
        `2026-04-01 09:00 lapsed ${ALL}, holder C-HOLDER`,
      ],
      { until: '2026-04-05' },
    ],
    [
      'confirmed while it was awaited',
      [valid, requested('2026-02-06T10:00'), confirmed('2026-03-04', { expiresOn: '2027-03-31' })],
      [`2026-02-20 09:00 awaiting ${VET}`],
      { since: '2026-02-04' },
    ],
    [
      'ended while it was awaited',
      [valid, requested('2026-02-06T10:00'), ended('2026-02-26T10:00')],
      [`2026-02-20 09:00 awaiting ${VET}`],
      { since: '2026-02-04' },
    ],
    [
      'working days are counted past Easter',
      [confirmed('2025-06-30'), requested('2026-03-27T10:00')],
      [`2026-04-14 09:00 awaiting ${VET}`, `2026-04-28 09:00 awaiting ${VET}`],
      { until: '2026-06-01' },
    ],
    [
      'requested before the first step of the ladder, past Christmas',
      [confirmed('2025-04-14', {}), requested('2025-12-19T10:00')],
      [`2026-01-07 09:00 awaiting ${VET}`, `2026-01-21 09:00 awaiting ${VET}`],
      { until: '2026-03-01' },
    ],
    [
      'expiring on Easter Monday',
      [confirmed('2025-04-06'), requested('2026-01-07T10:00')],
      [
        `2026-03-23 09:00 awaiting ${BOTH}`,
        '2026-03-23 09:00 ending holder C-HOLDER',
        `2026-03-30 09:00 awaiting ${BOTH}`,
        `2026-04-02 09:00 awaiting ${BOTH}`,
      ],
      { since: '2026-03-01', until: '2026-04-05' },
    ],
    [
      'two steps on one day are one',
      [valid, requested('2026-03-03T10:00')],
      [
        `2026-03-03 09:00 renewal ${BOTH}`,
        `2026-03-17 09:00 awaiting ${BOTH}`,
        '2026-03-17 09:00 ending holder C-HOLDER',
        `2026-03-24 09:00 awaiting ${BOTH}`,
        `2026-03-31 09:00 awaiting ${BOTH}`,
      ],
      { since: '2026-03-01', until: '2026-04-01' },
    ],
    [
      'requested late: nothing from before the request, and the chase goes on beside the lapse',
      [valid, requested('2026-03-20T10:00')],
      [
        `2026-03-24 09:00 awaiting ${BOTH}`,
        `2026-03-31 09:00 awaiting ${BOTH}`,
        `2026-04-01 09:00 lapsed ${ALL}, holder C-HOLDER`,
        `2026-04-07 09:00 awaiting ${BOTH}`,
        `2026-04-08 09:00 lapsed ${ALL}`,
        `2026-04-15 09:00 lapsed ${ALL}`,
        `2026-04-21 09:00 awaiting ${BOTH}`,
      ],
      { since: '2026-03-20', until: '2026-04-22' },
    ],
    [
      'requested again: counted from the later request',
      [valid, requested('2026-02-06T10:00'), requested('2026-02-25T10:00')],
      [
        `2026-02-20 09:00 awaiting ${VET}`,
        `2026-03-11 09:00 awaiting ${VET}`,
        `2026-03-17 09:00 awaiting ${BOTH}`,
        '2026-03-17 09:00 ending holder C-HOLDER',
        `2026-03-24 09:00 awaiting ${BOTH}`,
        `2026-03-25 09:00 awaiting ${BOTH}`,
        `2026-03-31 09:00 awaiting ${BOTH}`,
      ],
      { since: '2026-02-04', until: '2026-04-01' },
    ],
    [
      'the request reaches us late: what is not stale is given at once',
      [valid, requested('2026-02-06T10:00', { receivedAt: '2026-02-24T11:00:00Z' })],
      [`2026-02-24 11:00 awaiting ${VET}`, `2026-03-06 09:00 awaiting ${VET}`],
      { since: '2026-02-04', until: '2026-03-10' },
    ],
    [
      'a request of the term before says nothing of this one',
      [confirmed('2024-03-31'), requested('2025-03-01T10:00'), valid],
      [`2026-01-06 09:00 renewal ${BOTH}`],
      { since: '2026-01-01', until: '2026-01-10' },
    ],
    [
      'awaited before go-live',
      [valid, requested('2026-02-06T10:00')],
      [`2026-02-20 09:00 awaiting ${skipped(VET, 'before-go-live')}`, `2026-03-06 09:00 awaiting ${VET}`],
      { since: '2026-02-04', goLive: '2026-03-01', until: '2026-03-10' },
    ],
  ]
  test.each(examples)('%s', async (_, events, expected, window) => {
    expect(await rungs('SP-02', events, window)).toEqual(expected)
  })
})

describe('SP-13: considered once half of the licence or order is served', () => {
  const applied = (at: string, from: string, to: string, more: Info = {}, envelope: Partial<Told> = {}) =>
    event(
      at,
      'clearance.applied',
      {
        clearanceId: 'CL-1',
        prisonId: 'QAA',
        holder: 'C-HOLDER',
        organisationId: 'ORG-1',
        route: 'psi-39-2014',
        licenceOrOrderFrom: from,
        licenceOrOrderTo: to,
        ...more,
      },
      envelope,
    )
  /** 182 days, of which 91 are served by Monday 2 March. */
  const half = applied('2026-02-02T10:00', '2025-12-01', '2026-05-31')
  const VET = 'half-served vetting-contact C-VET'
  const examples: Example[] = [
    ['on the day by which half is served', [half], [`2026-03-02 09:00 ${VET}`]],
    [
      'an odd number of days is rounded up: 91 of 181',
      [applied('2026-02-02T10:00', '2026-01-01', '2026-06-30')],
      [`2026-04-02 09:00 ${VET}`],
    ],
    [
      'on Good Friday it is the Tuesday after',
      [applied('2026-02-02T10:00', '2026-01-02', '2026-07-01')],
      [`2026-04-07 09:00 ${VET}`],
    ],
    [
      'on the Sunday the clocks go forward it is the Monday',
      [applied('2026-02-02T10:00', '2025-12-28', '2026-06-27')],
      [`2026-03-30 09:00 ${VET}`],
    ],
    [
      'on the Sunday the clocks go back it is the Monday',
      [applied('2026-08-02T10:00', '2026-07-26', '2027-01-23')],
      [`2026-10-26 09:00 ${VET}`],
      { until: '2026-11-01' },
    ],
    [
      'on Christmas Day it is the Tuesday after',
      [applied('2026-10-02T10:00', '2026-09-25', '2027-03-25')],
      [`2026-12-29 09:00 ${VET}`],
      { until: '2027-01-01' },
    ],
    ['confirmed before', [half, confirmed('2026-02-20')], []],
    ['ended before', [half, ended('2026-02-20T10:00', { reason: 'withdrawn' })], []],
    [
      'confirmed before it could be given',
      [
        applied('2026-02-02T10:00', '2025-12-01', '2026-05-31', {}, { receivedAt: '2026-03-07T12:00:00Z' }),
        confirmed('2026-03-08'),
      ],
      ['2026-03-08 10:00 half-served vetting-contact C-VET skipped: no-longer-true'],
    ],
    [
      'applied for again after an end',
      [
        applied('2026-01-05T10:00', '2025-12-01', '2026-05-31'),
        ended('2026-01-20T10:00', { reason: 'withdrawn' }),
        half,
      ],
      [`2026-03-02 09:00 ${VET}`],
    ],
    [
      'under PSI 27/2014',
      [applied('2026-02-02T10:00', '2025-12-01', '2026-05-31', { route: 'psi-27-2014' })],
      [],
    ],
    [
      'without its dates',
      [applied('2026-02-02T10:00', '2025-12-01', '', { licenceOrOrderTo: undefined })],
      [],
    ],
    [
      'applied for when half was served already: at once',
      [applied('2026-03-20T11:00', '2025-12-01', '2026-05-31')],
      [`2026-03-20 11:00 ${VET}`],
    ],
    [
      'on a Friday night: the Monday',
      [applied('2026-03-20T22:00', '2025-12-01', '2026-05-31')],
      [`2026-03-23 09:00 ${VET}`],
    ],
    [
      'the application reaches us late',
      [applied('2026-02-02T10:00', '2025-12-01', '2026-05-31', {}, { receivedAt: '2026-03-07T12:00:00Z' })],
      [`2026-03-09 09:00 ${VET}`],
    ],
    [
      'before go-live',
      [half],
      ['2026-03-02 09:00 half-served vetting-contact C-VET skipped: before-go-live'],
      { goLive: '2026-03-15' },
    ],
    [
      'a vetting contact who is covered for',
      [
        half,
        contact('C-COVER'),
        contact(
          'C-VET',
          { absent: [{ from: '2026-03-02', to: '2026-03-02', coverContactId: 'C-COVER' }] },
          '2026-02-01T00:00',
        ),
      ],
      ['2026-03-02 09:00 half-served vetting-contact C-COVER'],
    ],
    [
      'no vetting contact leaves a trace of it',
      [half, prison({ vettingContact: undefined }, '2026-02-01T00:00')],
      ['2026-03-02 09:00 half-served vetting-contact skipped: no-usable-address'],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected, window) => {
    expect(await rungs('SP-13', events, window)).toEqual(expected)
  })
})

describe('SP-21: the governor hears when too few of an organisation would be left', () => {
  /** CL-1 runs out on Tuesday 30 June: twelve weeks before is 7 April, the day after Easter Monday. */
  const first = confirmed('2025-06-30')
  const colleague = (n: number, on: string, more: Info = {}) =>
    confirmed(on, { clearanceId: `CL-${n}`, holder: `C-HOLDER-${n}`, ...more })
  const second = colleague(2, '2025-12-31')
  const third = colleague(3, '2026-01-31')
  const until = '2026-07-01'
  const examples: Example[] = [
    ['one is left', [first, second], ['2026-04-07 09:00 too-few governor C-GOV']],
    ['none is left', [first], ['2026-04-07 09:00 too-few governor C-GOV']],
    ['two are left', [first, second, third], []],
    [
      'another organisation’s people do not count',
      [first, second, colleague(3, '2026-01-31', { organisationId: 'ORG-2' })],
      ['2026-04-07 09:00 too-few governor C-GOV'],
    ],
    [
      'people cleared at another prison do not count',
      [first, second, colleague(3, '2026-01-31', { prisonId: 'QBB' })],
      ['2026-04-07 09:00 too-few governor C-GOV'],
    ],
    [
      'somebody cleared twice is one person',
      [first, second, colleague(3, '2026-01-31', { holder: 'C-HOLDER-2' })],
      ['2026-04-07 09:00 too-few governor C-GOV'],
    ],
    [
      'somebody whose own clearance runs out before does not count',
      [first, second, colleague(3, '2025-12-31', { expiresOn: '2026-06-29' })],
      ['2026-04-07 09:00 too-few governor C-GOV'],
    ],
    [
      'somebody who left before does not count',
      [first, second, third, ended('2026-03-02T10:00', { clearanceId: 'CL-3' })],
      ['2026-04-07 09:00 too-few governor C-GOV'],
    ],
    [
      'somebody who leaves later: enough were left when it was due',
      [first, second, third, ended('2026-04-20T10:00', { clearanceId: 'CL-3' })],
      [],
    ],
    ['another was cleared before', [first, second, colleague(3, '2026-04-05')], []],
    ['renewed before', [first, second, confirmed('2026-04-05', { expiresOn: '2027-06-30' })], []],
    ['ended before', [first, second, ended('2026-04-05T10:00')], []],
    [
      'two that run out on one day are one occurrence',
      [first, colleague(2, '2025-06-30'), third],
      ['2026-04-07 09:00 too-few governor C-GOV'],
    ],
    [
      'two that run out one after the other: the second leaves too few',
      [first, colleague(2, '2025-07-14'), third],
      ['2026-04-21 09:00 too-few governor C-GOV'],
    ],
    [
      'on Easter Monday it is the Thursday before',
      [confirmed('2025-06-29'), second],
      ['2026-04-02 09:00 too-few governor C-GOV'],
    ],
    [
      'found late, it waits for the working day',
      [confirmed('2025-06-30', {}, { receivedAt: '2026-04-10T20:00:00+01:00' }), second],
      ['2026-04-13 09:00 too-few governor C-GOV'],
    ],
    [
      'found late, and another cleared before the working day',
      [
        confirmed('2025-06-30', {}, { receivedAt: '2026-04-10T20:00:00+01:00' }),
        second,
        colleague(3, '2026-04-11'),
      ],
      [],
    ],
    [
      'before go-live',
      [first, second],
      ['2026-04-07 09:00 too-few governor C-GOV skipped: before-go-live'],
      { goLive: '2026-04-08', until },
    ],
    [
      'a governor who is away: the deputy',
      [
        first,
        second,
        contact('C-GOV', { absent: [{ from: '2026-04-07', to: '2026-04-07' }] }, '2026-01-02T00:00'),
      ],
      ['2026-04-07 09:00 too-few deputy-governor C-DEP'],
    ],
  ]
  test.each(examples)('%s', async (_, events, expected, window = { until }) => {
    expect(await rungs('SP-21', events, window)).toEqual(expected)
  })

  test('in counts alone', async () => {
    const lines = await play([...STAFF, first, second], '2026-04-08T00:00')
    const [line] = lines.filter((one) => one.duty === 'SP-21')
    expect(line?.subject).toBe(
      'Clearance CL-1 at HMP Alder is valid until the end of 30 June 2026: 2 things to do',
    )
    const [, own = ''] = line?.text?.split('\n\n---\n\n') ?? []
    expect(own).toMatch(/^For the Governor of HMP Alder\n/)
    expect(own).toContain('People of organisation ORG-1 still cleared after 30 June 2026: 1,')
    expect(own).not.toMatch(/CL-|C-HOLDER|Name of/)
  })
})

describe('every prison is told about its own and no other', () => {
  const other = [
    prison({
      prisonId: 'QBB',
      name: 'HMP Birch',
      sector: 'private',
      governor: 'C-DIRECTOR',
      deputy: undefined,
      vettingContact: 'C-VET-B',
    }),
    contact('C-DIRECTOR'),
    contact('C-VET-B'),
  ]
  const stories: [string, Told[]][] = [
    ['one id at two prisons', [valid, confirmed('2025-04-14', { prisonId: 'QBB' })]],
    ['one holder at two prisons', [valid, confirmed('2025-04-14', { clearanceId: 'CL-2', prisonId: 'QBB' })]],
  ]
  const staffOf = { 'HMP Alder': ['C-GOV', 'C-DEP', 'C-VET'], 'HMP Birch': ['C-DIRECTOR', 'C-VET-B'] }

  test.each(stories)('%s', async (_, events) => {
    const lines = await play([...STAFF, ...other, ...events], '2026-06-01T00:00')
    const [atAlder, atBirch] = Object.entries(staffOf).map(([name, staff]) => {
      const told = lines.filter((line) => staff.includes(line.to ?? ''))
      for (const { subject, text } of told) expect(`${subject} ${text}`).toContain(name)
      return told
    })
    expect(atAlder?.filter(({ subject, text }) => `${subject} ${text}`.includes('Birch'))).toEqual([])
    expect(atBirch?.filter(({ subject, text }) => `${subject} ${text}`.includes('Alder'))).toEqual([])
    const ending = lines
      .filter((line) => line.step === 'ending')
      .map((line) => `${short(line)}: ${line.subject}`)
    expect(ending).toEqual([
      '2026-03-17 09:00 ending holder C-HOLDER: Your clearance to enter HMP Alder',
      '2026-03-31 09:00 ending holder C-HOLDER: Your clearance to enter HMP Birch',
    ])
  })

  test.each([
    ['one renewed, the other goes on', confirmed('2026-01-20', { expiresOn: '2027-03-31' })],
    ['one ended, the other goes on', ended('2026-01-20T10:00')],
  ])('%s', async (_, event) => {
    const events = [...other, valid, confirmed('2025-04-14', { prisonId: 'QBB' }), event]
    expect(await rungs('SP-02', events, { until: '2026-02-20' })).toEqual([
      `2026-01-06 09:00 renewal ${BOTH}`,
      '2026-01-20 09:00 renewal governor C-DIRECTOR, vetting-contact C-VET-B',
      '2026-02-17 09:00 renewal governor C-DIRECTOR, vetting-contact C-VET-B',
    ])
  })

  test.each([
    ['public', 'Governor'],
    ['private', 'Director'],
    [undefined, 'Governor or Director'],
  ])('at the head of a prison whose sector is %s', async (sector, head) => {
    const lines = await play([...STAFF, prison({ sector }, '2026-01-02T00:00'), valid], '2026-01-07T00:00')
    expect([...new Set(lines.map(({ text }) => text?.split('\n')[0]))]).toEqual([
      `For the ${head} of HMP Alder`,
      `Copy to the ${head} of HMP Alder`,
    ])
  })
})

describe('what is said of a clearance', () => {
  const texts = ROW_TEXTS.filter(({ duty }) => /^(SP|MA)-/.test(duty))
  const said = texts.flatMap(({ name, template: { en, cy } }) => [
    { name, language: 'en', ...en },
    { name, language: 'cy', ...cy },
  ])

  test.each(said)('$name in $language', ({ name, subject, text }) => {
    expect(subject).toBeTruthy()
    expect(text).toBeTruthy()
    const all = `${subject}\n${text}`
    expect(all).not.toMatch(/Standard Plus|Safonol a Mwy/i)
    expect(all).not.toMatch(/appeal|apêl|apel|approved|cymeradwywyd|convict|offence|collfarn|trosedd/i)
    expect(all).not.toMatch(/today|tomorrow|heddiw|yfory/i)
    if (name.endsWith(' to holder')) {
      expect(subject).toMatch(/^(Your clearance to enter|Eich cliriad i fynd i mewn i) {{ prison }}$/)
      expect(text).not.toMatch(/clearanceId|link|licence|trwydded/)
    }
  })

  test('to the holder, in the language they read', async () => {
    const cy = contact('C-HOLDER', { language: 'cy' }, '2026-01-02T00:00')
    const lines = await play([...STAFF, cy, valid], '2026-03-18T00:00')
    const [line] = lines.filter((one) => one.step === 'ending')
    expect(line?.subject).toBe('Eich cliriad i fynd i mewn i HMP Alder')
    expect(line?.text).toContain('yn ddilys tan ddiwedd 31 Mawrth 2026')
  })

  test.each([
    [
      'en',
      /(?<!was )valid until the end of/,
      'The last day on which the clearance is valid is 31 March 2026.',
    ],
    [
      'cy',
      /(?<!Roedd .*)yn ddilys tan ddiwedd/,
      'Y diwrnod olaf y mae’r cliriad yn ddilys yw 31 Mawrth 2026.',
    ],
  ] as const)(
    'after the last valid day nothing says in %s that it is valid',
    async (language, isValid, last) => {
      const readers = ['C-GOV', 'C-DEP', 'C-VET', 'C-HOLDER'].map((id) =>
        contact(id, { language }, '2026-01-02T00:00'),
      )
      const lines = await play(
        [...STAFF, ...readers, valid, requested('2026-03-20T10:00')],
        '2026-06-01T00:00',
      )
      const after = lines.filter(({ at, text }) => at >= '2026-04-01' && text)
      expect([...new Set(after.map(({ step }) => step))].sort()).toEqual(['awaiting', 'lapsed'])
      for (const { text } of after) expect(text).not.toMatch(isValid)
      expect(after.find(({ step }) => step === 'awaiting')?.text).toContain(last)
    },
  )
})
