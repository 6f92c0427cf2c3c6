import { Temporal } from 'temporal-polyfill'
import { addDays, dayOfWeek, type LocalDate } from '../../../shared/calendar/london.ts'
import type { EventType } from '../../../shared/casefile/events.ts'
import {
  daysFrom,
  firstOfNextMonth,
  GO_LIVE,
  type Info,
  type Local,
  type Pen,
  padded,
  SAMPLE_FROM,
  SAMPLE_TO,
} from './pen.ts'

// ----------------------------------------------------------------------------------------------------- prisons

export const PRISONS: [prisonId: string, title: string, info: Info][] = [
  [
    'QAL',
    'the governor changes on 1 December',
    { name: 'HMP Aldermoor', sector: 'public', deputy: 'C-DEPUTY-01' },
  ],
  ['QBR', 'private, with a Director', { name: 'HMP Brackenhurst', sector: 'private', deputy: 'C-DEPUTY-02' }],
  ['QCW', 'the governor is away', { name: 'HMP Carr Water', sector: 'public', deputy: 'C-DEPUTY-03' }],
  ['QDN', 'no address of the governor', { name: 'HMP Dunlow', sector: 'public', deputy: 'C-DEPUTY-04' }],
  ['QEM', 'sector unknown', { name: 'HMP Emlyn Vale', deputy: 'C-DEPUTY-05', phone: '01632 960305' }],
  ['QFM', 'no deputy; vetting contact away', { name: 'HMP Fenmarsh', sector: 'public' }],
]
/** Each with an anniversary inside the nine months. */
const PARTNERSHIPS: [prisonId: string, title: string, agreedOn: LocalDate, lead?: string][] = [
  ['QAL', 'nobody agrees it again', '2025-12-01', 'C-LEAD-01'],
  ['QBR', 'agreed again half-way down the ladder', '2025-12-15', 'C-LEAD-01'],
  ['QCW', 'ended before its anniversary', '2026-02-28', 'C-LEAD-02'],
  ['QDN', 'anniversary on Christmas Day', '2025-12-25', 'C-LEAD-03'],
  ['QEM', 'anniversary on Easter Monday, no lead', '2026-03-29'],
]

/** Writes which prisons there are, who works there, and their partnerships. */
export function tellPrisons(pen: Pen) {
  PRISONS.forEach(([prisonId, title, info], index) => {
    const governor = `C-GOVERNOR-${padded(index + 1)}`
    const prison = { prisonId, governor, vettingContact: `C-VETTING-${padded(index + 1)}`, ...info }
    pen.write({ key: prisonId, title }, 'prison.updated', GO_LIVE, prison)
    if (prisonId !== 'QAL') return
    pen.write({ key: prisonId, title }, 'prison.updated', '2026-12-01T09:00', {
      ...prison,
      governor: 'C-GOVERNOR-07',
    })
  })
  const write = (type: EventType, prisonId: string, on: LocalDate, title: string, partnershipLead?: string) =>
    pen.write({ key: prisonId, title }, type, `${on}T12:00`, { prisonId, on, partnershipLead })
  for (const [prisonId, title, agreedOn, lead] of PARTNERSHIPS) {
    write('partnership.agreed', prisonId, agreedOn, title, lead)
  }
  write('partnership.agreed', 'QBR', '2026-10-30', 'agreed again half-way down the ladder', 'C-LEAD-01')
  write('partnership.ended', 'QCW', '2027-01-15', 'ended before its anniversary')
}

// ------------------------------------------------------------------------------------------------------- rotas

/** Three people take turns in each area; on Mondays and Fridays a second one is on call during the day. */
export const AREAS = [
  {
    area: 'NORTH',
    owner: 'C-ROTA-01',
    dutyOfficer: 'C-GATE-DUTY-01',
    callers: ['C-CALL-01', 'C-CALL-02', 'C-CALL-03'],
  },
  {
    area: 'MOORS',
    owner: 'C-ROTA-02',
    dutyOfficer: 'C-GATE-DUTY-02',
    callers: ['C-CALL-04', 'C-CALL-05', 'C-CALL-06'],
  },
  {
    area: 'COAST',
    owner: 'C-ROTA-03',
    dutyOfficer: 'C-GATE-DUTY-03',
    callers: ['C-CALL-07', 'C-CALL-08', 'C-CALL-09'],
  },
] as const
/** Days on which nobody is on call from the evening before. The first gap stays; the second is filled in time. */
const ROTA_GAPS: [area: string, on: LocalDate, filled?: Local][] = [
  ['COAST', '2027-02-10'],
  ['MOORS', '2027-04-15', '2027-04-13T11:00'],
]

/** Night, day and perhaps a second person by day; a day's night begins on the evening before. */
export function shiftsOf({ callers }: { callers: readonly string[] }, day: LocalDate) {
  const turn = Math.floor(Temporal.PlainDate.from(day).since(SAMPLE_FROM).days / 2)
  const caller = (after: number) => callers[(turn + after) % callers.length] ?? ''
  const daytime = { from: `${day}T08:00`, to: `${day}T20:00` }
  const night = { from: `${addDays(day, -1)}T20:00`, to: daytime.from, contactId: caller(0) }
  const second = [1, 5].includes(dayOfWeek(day)) ? [{ ...daytime, contactId: caller(2) }] : []
  return [night, { ...daytime, contactId: caller(1) }, ...second]
}

/** Writes the rota of each area, month by month, with its gaps. */
export function tellRotas(pen: Pen) {
  const isGap = (area: string, day: LocalDate) =>
    ROTA_GAPS.some(([where, on]) => where === area && on === day)
  for (const whose of AREAS) {
    const { area, owner } = whose
    const publish = (said: Local, days: LocalDate[], title: string) => {
      const shifts = days.flatMap((day) => shiftsOf(whose, day))
      pen.write({ key: `ROTA-${area}`, title }, 'rota.published', said, { area, owner, shifts })
    }
    for (let month = SAMPLE_FROM; month < SAMPLE_TO; month = firstOfNextMonth(month)) {
      const said = month === SAMPLE_FROM ? GO_LIVE : `${addDays(month, -11)}T10:00`
      const covered = daysFrom(month).filter((day) => !isGap(area, day))
      publish(said, covered, 'a month, published eleven days before it')
    }
    for (const [where, on, filled] of ROTA_GAPS) {
      if (where === area && filled) publish(filled, daysFrom(on), 'a gap, filled in time')
    }
  }
}
