import { Temporal } from 'temporal-polyfill'
import { addDays, type LocalDate } from '../../../shared/calendar/london.ts'
import type { EventType } from '../../../shared/casefile/events.ts'
import { days, type Info, PEER, type Pen, QUIET_CLEARANCES } from './pen.ts'
import { PRISONS } from './prisons-and-rotas.ts'

// -------------------------------------------------------------------------------------------------- clearances

/** What happened to a clearance and when; `more` are further fields of its application or confirmation. */
type Ladder = {
  applied?: LocalDate
  confirmed?: LocalDate
  requested?: LocalDate
  renewed?: LocalDate
  ended?: [on: LocalDate, reason: string]
  holder?: string
  more?: Info
}
type Clearance = [id: string, title: string, prisonId: string, organisationId: string, ladder: Ladder]

/** An application under PSI 39/2014, with the year of licence or order that decides when it may be considered. */
const servingFrom = (from: LocalDate) => ({
  route: 'psi-39-2014',
  licenceOrOrderFrom: from,
  licenceOrOrderTo: Temporal.PlainDate.from(from).add({ years: 1 }).subtract({ days: 1 }).toString(),
})
const [HARBOUR, LANTERN, TIDE, BEACON] = ['ORG-HARBOUR', 'ORG-LANTERN', 'ORG-TIDE', 'ORG-BEACON'] as const

const CLEARANCES: Clearance[] = [
  ['CL-01', 'nobody renews it: the whole ladder, then lapsed', 'QAL', HARBOUR, { confirmed: '2025-12-10' }],
  ['CL-02', 'renewed early', 'QAL', HARBOUR, { confirmed: '2026-01-15', renewed: '2026-11-02' }],
  ['CL-03', 'renewed after it lapsed', 'QAL', HARBOUR, { confirmed: '2025-11-20', renewed: '2026-11-30' }],
  ['CL-04', 'awaited to the day', 'QBR', HARBOUR, { confirmed: '2025-12-18', requested: '2026-10-05' }],
  [
    'CL-05',
    'renewal requested, awaited and confirmed',
    'QBR',
    HARBOUR,
    { confirmed: '2026-01-29', requested: '2026-12-01', renewed: '2027-01-08' },
  ],
  ['CL-06', 'holder leaves', 'QBR', HARBOUR, { confirmed: '2026-02-12', ended: ['2027-01-04', 'left'] }],
  [
    'CL-07',
    'lapsed, ended',
    'QCW',
    HARBOUR,
    { confirmed: '2025-10-16', ended: ['2026-11-25', 'not-renewed'] },
  ],
  ['CL-08', 'confirmed on 29 February 2024: lapsed ever since', 'QCW', HARBOUR, { confirmed: '2024-02-29' }],
  [
    'CL-09',
    'expires on 28 February',
    'QCW',
    HARBOUR,
    { confirmed: '2026-03-02', more: { expiresOn: '2027-02-28' } },
  ],
  [
    'CL-10',
    'lapses on a 31st',
    'QCW',
    HARBOUR,
    { confirmed: '2026-02-02', more: { expiresOn: '2027-01-30' } },
  ],
  [
    'CL-11',
    'its lapse leaves an organisation one person: CL-12',
    'QCW',
    LANTERN,
    { confirmed: '2026-03-19' },
  ],
  ['CL-12', 'the one person left by CL-11', 'QCW', LANTERN, { confirmed: '2026-08-03' }],
  ['CL-13', 'its lapse would leave one person, but CL-15 comes', 'QDN', LANTERN, { confirmed: '2026-02-19' }],
  ['CL-14', 'the colleague of CL-13', 'QDN', LANTERN, { confirmed: '2026-08-17' }],
  ['CL-15', 'a third person', 'QDN', LANTERN, { applied: '2026-09-21', confirmed: '2026-11-16', more: PEER }],
  ['CL-16', 'one holder at two prisons: here, lapsed', 'QAL', TIDE, { confirmed: '2026-01-07' }],
  [
    'CL-17',
    'one holder at two prisons: there, renewed',
    'QDN',
    TIDE,
    { holder: 'C-HOLDER-16', confirmed: '2026-01-07', renewed: '2026-12-10' },
  ],
  [
    'CL-18',
    'psi-39-2014: half of the order served, then confirmed',
    'QEM',
    TIDE,
    { applied: '2026-09-10', confirmed: '2027-01-11', more: servingFrom('2026-06-01') },
  ],
  [
    'CL-19',
    'psi-39-2014: confirmed before half of the order was served',
    'QEM',
    TIDE,
    {
      applied: '2026-09-14',
      confirmed: '2026-10-19',
      more: { ...servingFrom('2026-07-01'), confirmedBy: 'governor-overrule' },
    },
  ],
  [
    'CL-20',
    'psi-39-2014: withdrawn before half of the order was served',
    'QFM',
    TIDE,
    { applied: '2026-09-15', ended: ['2026-12-02', 'withdrawn'], more: servingFrom('2026-08-01') },
  ],
  ['CL-21', 'the governor is away while the ladder runs', 'QCW', TIDE, { confirmed: '2025-12-03' }],
  ['CL-22', 'the governor has no address', 'QDN', TIDE, { confirmed: '2026-01-21' }],
  ['CL-23', 'the governor changes while the ladder runs', 'QAL', TIDE, { confirmed: '2026-02-03' }],
  ['CL-24', 'Governor or Director: the sector is unknown', 'QEM', TIDE, { confirmed: '2025-11-06' }],
  ['CL-25', 'no deputy, and the vetting contact is away', 'QFM', TIDE, { confirmed: '2026-03-04' }],
  ['CL-26', 'expires on Christmas Day', 'QFM', TIDE, { confirmed: '2025-12-25' }],
  ['CL-27', 'expires on Easter Monday, at a private prison', 'QBR', TIDE, { confirmed: '2026-03-29' }],
  ['CL-28', 'recalled', 'QEM', TIDE, { confirmed: '2026-04-15', ended: ['2027-03-01', 'recalled'] }],
]

/** Writes what happens to each clearance. */
export function tellClearances(pen: Pen) {
  const quiet = Array.from({ length: QUIET_CLEARANCES }, (_, index): Clearance => {
    const expiry = addDays('2026-10-01', index * 19)
    const ladder = { confirmed: addDays(expiry, -365), renewed: days.onOrBefore(addDays(expiry, -21)) }
    const prisonId = PRISONS[index % PRISONS.length]?.[0] ?? 'QAL'
    return [`CL-${29 + index}`, 'renewed three weeks before it expires', prisonId, BEACON, ladder]
  })
  for (const [clearanceId, title, prisonId, organisationId, ladder] of [...CLEARANCES, ...quiet]) {
    const { applied, confirmed, requested, renewed, ended, more } = ladder
    const holder = ladder.holder ?? clearanceId.replace('CL', 'C-HOLDER')
    const tell = (type: EventType, on: LocalDate, info: Info) =>
      pen.write({ key: clearanceId, title }, type, `${on}T11:00`, { clearanceId, prisonId, ...info })
    const confirm = (on: LocalDate, info: Info = {}) =>
      tell('clearance.confirmed', on, { holder, organisationId, confirmedOn: on, ...info })

    if (applied) tell('clearance.applied', applied, { holder, organisationId, ...more })
    if (confirmed) confirm(confirmed, more)
    if (requested) tell('clearance.renewal-requested', requested, { on: requested, by: holder })
    if (renewed) confirm(renewed)
    if (ended) tell('clearance.ended', ended[0], { on: ended[0], reason: ended[1] })
  }
}
