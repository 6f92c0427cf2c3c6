import { addMonths, daysBetween, type LocalDate, londonDate } from '../../../shared/calendar/london.ts'
import type { Casefile } from '../../../shared/casefile/casefile.ts'
import { type Clearance, expiryOf, standingAt } from '../../../shared/casefile/clearance.ts'
import { casefileId, keyOf, kindOf } from '../../../shared/casefile/ids.ts'
import type { OpenedCasefile } from '../../acts/acts.ts'
import type { Whose } from './today.ts'

/** How far ahead a prison sees when its clearances run out. */
const MONTHS_AHEAD = 12

/** The clearances of each prison that somebody works at, and of no other prison, soonest to expire first. */
export async function clearancesOf(whose: Whose) {
  const prisons = whose.opened.filter((one) => kindOf(one.casefile.id) === 'prison' && whose.mayRead(one))
  return Promise.all(prisons.map((one) => prisonWithClearances(one, whose)))
}

async function prisonWithClearances({ casefile, ask, now }: OpenedCasefile, { isNamed }: Whose) {
  const { id, state } = casefile as Casefile<'prison'>
  const today = londonDate(now)
  const last = addMonths(today, MONTHS_AHEAD)
  const held = Object.values(state.clearances.byId).flatMap((one) => {
    const confirmed = standingAt(one, now)
    return confirmed ? [{ one, confirmed, expiresOn: expiryOf(confirmed) }] : []
  })
  const rows = await ask((neighbours) =>
    held.map(({ one, confirmed, expiresOn }) => {
      const { holder, organisationId } = confirmed.info
      const { details } = neighbours.get('contact', holder)
      return {
        ...{ clearanceId: one.clearanceId, expiresOn, organisation: organisationId },
        holder: (isNamed(holder, neighbours) ? details?.name : undefined) ?? holder,
        isLapsed: expiresOn < today,
        isRequested: wasRequested(one, confirmed.at),
        casefile: casefileId('clearance', one.clearanceId),
        ...barOf(today, last, expiresOn),
      }
    }),
  )
  return {
    ...{ prisonId: keyOf(id), name: state.details?.name ?? keyOf(id) },
    months: monthsFrom(today, last),
    rows: rows.sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1)),
  }
}

function wasRequested({ renewalRequested }: Clearance, since: number): boolean {
  return renewalRequested.some(({ at }) => at > since)
}

/** How much of the year ahead a clearance lasts, as a percentage. */
function barOf(today: LocalDate, last: LocalDate, expiresOn: LocalDate) {
  const days = Math.min(daysBetween(today, expiresOn), daysBetween(today, last))
  return { lasts: Math.max(0, Math.round((100 * days) / daysBetween(today, last))) }
}

/** The first days of the months ahead, and their positions in the year, as percentages. */
function monthsFrom(today: LocalDate, last: LocalDate) {
  const first = addMonths(`${today.slice(0, 8)}01`, 1)
  return Array.from({ length: MONTHS_AHEAD }, (_, nth) => addMonths(first, nth)).map((day) => ({
    day,
    at: barOf(today, last, day).lasts,
  }))
}
