import { addDays, addMonths, type LocalDate } from '../../shared/calendar/london.ts'
import { contact, event, type Told } from '../story.ts'
import { later, within } from './moments.ts'
import type { Random } from './random.ts'

/** Matters that ended a month before one of the days, when they are to be forgotten; or then begin again. */
export function* pastOf(
  random: Random,
  first: LocalDate,
  days: number,
  contacts: readonly string[],
): Iterable<Told> {
  const aMonthBefore = (at: string) => `${addMonths(at.slice(0, 10), -1)}${at.slice(10)}`
  const details = { email: 'old@example.com' }
  for (const id of contacts) {
    if (random.happens(0.5)) yield contact(id, details, aMonthBefore(`${addDays(first, -5)}T10:00`))
  }
  const forgotten = within(random, first, days)
  const again = later(forgotten, random.between(-1, 2))
  const about = { clearanceId: 'CL-2', prisonId: 'QAL', holder: 'C-SPONSOR', organisationId: 'ORG-1' }
  const route = 'psi-39-2014'
  yield event(aMonthBefore(`${addDays(first, -4)}T10:00`), 'clearance.applied', { ...about, route })
  yield event(aMonthBefore(forgotten), 'clearance.ended', {
    ...{ clearanceId: 'CL-2', prisonId: 'QAL', on: aMonthBefore(forgotten).slice(0, 10), reason: 'left' },
  })
  if (random.happens(0.6)) {
    yield event(`${addDays(first, -2)}T00:00`, 'prison.updated', {
      ...{ prisonId: 'QAL', name: 'HMP Aldermoor', governor: 'C-OFFICE', deputy: 'C-DUTY' },
      vettingContact: 'C-CM',
    })
    const served = { licenceOrOrderFrom: addDays(first, -10), licenceOrOrderTo: addDays(first, 10) }
    yield event(again, 'clearance.applied', { ...about, route, ...served })
  }
  const of = { personReference: { identifiers: [{ type: 'NOMS', value: 'A9001AB' }] } }
  yield event(
    aMonthBefore(forgotten),
    'prisoner.released',
    { reason: 'RELEASED', currentPrisonStatus: 'NOT_UNDER_PRISON_CARE', nomisMovementReasonCode: 'CR' },
    { ...of, eventType: 'prison-offender-events.prisoner.released' },
  )
  if (random.happens(0.6)) {
    const release = { releaseId: 'R-2', area: 'south', releaseOn: addDays(first, 4), initials: 'CD' }
    yield event(again, 'release.planned', { ...release, dutyOfficer: 'C-DUTY', keyWorker: 'C-KEY' }, of)
  }
}
