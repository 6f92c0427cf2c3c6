import { contact, event, type Told } from '../../story.ts'

/** The prison number under which everything about the person of these stories is filed. */
export const PERSON = { personReference: { identifiers: [{ type: 'NOMS', value: 'A9001AA' }] } }

/** Everybody a release of these stories may speak to, each with an e-mail address. */
export const AROUND_A_RELEASE = [
  contact('C-KEY'),
  contact('C-SPONSOR'),
  contact('C-FAMILY'),
  contact('C-NIGHT'),
  contact('C-DAY'),
  // Under an id of its own, so that a story may tell of the same duty officer as an order does.
  { ...contact('C-DUTY', { phone: '01632 960001' }), eventId: 'contact.updated/C-DUTY/with-a-phone' },
  contact('C-OWNER'),
  event('2026-01-01T00:00', 'prison.updated', { prisonId: 'QAL', name: 'HMP Alderley', governor: 'C-GOV' }),
]

/** What becomes known of somebody later: on the second of January, unless said otherwise. */
export const change = (contactId: string, more: Record<string, unknown>, at = '2026-01-02T00:00') =>
  contact(contactId, more, at)

/** One area's rota: `rota([['2026-03-01T00:00', '2026-04-01T00:00', 'C-DAY']])`. */
export function rota(shifts: [string, string, string][], at = '2026-01-01T00:00', more = {}): Told {
  return event(at, 'rota.published', {
    area: 'NORTH',
    owner: 'C-OWNER',
    shifts: shifts.map(([from, to, contactId]) => ({ from, to, contactId })),
    ...more,
  })
}

/** One person on call, day and night, the whole year. */
export const ALWAYS_ON_CALL = rota([['2026-01-01T00:00', '2029-01-01T00:00', 'C-DAY']])

/** A release from HMP Alderley at 09:00 on Wednesday 11 March 2026, planned on 2 February unless said otherwise. */
export function release(more: Record<string, unknown> = {}, at = '2026-02-02T10:00'): Told {
  return ofRelease(at, 'release.planned', {
    area: 'NORTH',
    releaseOn: '2026-03-11',
    gateTime: '09:00',
    initials: 'JW',
    dutyOfficer: 'C-DUTY',
    keyWorker: 'C-KEY',
    prisonId: 'QAL',
    prescribed: false,
    ...more,
  })
}

/** A hearing on Wednesday 11 March 2026 that may free the person. */
export function possible(more: Record<string, unknown> = {}, at = '2026-02-02T10:00'): Told {
  return ofRelease(at, 'release.possible', {
    area: 'NORTH',
    hearingOn: '2026-03-11',
    initials: 'JW',
    dutyOfficer: 'C-DUTY',
    keyWorker: 'C-KEY',
    court: 'Ravensby Crown Court',
    ...more,
  })
}

export const moved = (at: string, more: Record<string, unknown>) =>
  ofRelease(at, 'release.moved', { area: 'NORTH', ...more })
export const cancelled = (at: string) => ofRelease(at, 'release.cancelled', { area: 'NORTH' })
export const closed = (at: string, reason = 'settled') =>
  ofRelease(at, 'release.closed', { area: 'NORTH', reason })
export const accepts = (at: string, by: string) => ofRelease(at, 'gate-meeting.accepted', { by })
export const declines = (at: string, by: string) => ofRelease(at, 'gate-meeting.declined', { by })
export const meeting = (at: string, outcome: string, by = 'C-KEY') =>
  ofRelease(at, 'gate-meeting.closed', { outcome, by })
export const checked = (at: string, ...checks: string[]) =>
  checks.map((check) => ({
    ...ofRelease(at, 'release-check.completed', { check, by: 'C-KEY' }),
    eventId: `check/${check}/${at}`,
  }))
export const notNeeded = (at: string, check: string) => ({
  ...ofRelease(at, 'release-check.completed', { check, notNeeded: true, by: 'C-KEY' }),
  eventId: `check/${check}/${at}`,
})
export const followedUp = (at: string, on = at.slice(0, 10)) =>
  ofRelease(at, 'follow-up.recorded', { on, by: 'C-KEY' })

/** The prison's own word that somebody left: home, unless said otherwise. */
export function leaves(at: string, more: Record<string, unknown> = {}, service = 'prison-offender-events') {
  return movement(at, `${service}.prisoner.released`, {
    reason: 'RELEASED',
    currentPrisonStatus: 'NOT_UNDER_PRISON_CARE',
    nomisMovementReasonCode: 'CR',
    ...more,
  })
}

/** The early report that somebody left: from HMP Alderley, unless said otherwise. */
export const mayBeOut = (at: string, more: Record<string, unknown> = {}) =>
  movement(at, 'prisoner-offender-search.prisoner.released', { reason: 'RELEASED', prisonId: 'QAL', ...more })

/** Somebody rang the prison. */
export const reported = (at: string, isOut: boolean) =>
  ofRelease(at, 'release.reported', { isOut, by: 'C-DUTY' })

/** The prison's own word that somebody came in: to another prison, unless said otherwise. */
export function arrives(
  at: string,
  reason = 'TRANSFERRED',
  prisonId = 'QDN',
  service = 'prison-offender-events',
) {
  const info = { reason, currentPrisonStatus: 'UNDER_PRISON_CARE', prisonId }
  return movement(at, `${service}.prisoner.received`, info)
}

/** An event that reaches us later than it happened. */
export const heard = (receivedAt: string, told: Told): Told => ({ ...told, receivedAt })

/** The same for another release of the person. */
export const inRelease = (releaseId: string, told: Told): Told => ({
  ...told,
  eventId: `${told.eventId}/${releaseId}`,
  additionalInformation: { ...told.additionalInformation, releaseId },
})

function ofRelease(at: string, type: string, info: Record<string, unknown>): Told {
  return event(at, type, { releaseId: 'R-1', ...info }, PERSON)
}

function movement(at: string, eventType: string, info: Record<string, unknown>): Told {
  return event(
    at,
    eventType,
    { nomsNumber: 'A9001AA', ...info },
    { ...PERSON, eventType, eventId: `${eventType}/${at}` },
  )
}
