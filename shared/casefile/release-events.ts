import * as z from 'zod'
import {
  code,
  flag,
  id,
  initials,
  line,
  list,
  localDate,
  localTime,
  moment,
  neededNoms,
  noms,
  prisonId,
  prisonOfMovement,
  whole,
} from './fields.ts'

const ofRelease = z.object({ releaseId: id })
const inArea = ofRelease.extend({ area: id })
const place = z.enum(['prison', 'court'])

/** Events about a release and its gate meeting, and who is on call in an area. */
export const RELEASE_EVENTS = {
  'release.planned': inArea.extend({
    releaseOn: localDate,
    initials,
    dutyOfficer: id,
    keyWorker: id.optional(),
    prisonId: prisonId.optional(),
    place: place.optional(),
    meetAt: line.optional(),
    gateTime: localTime.optional(),
    travelMinutes: whole(0, 1_440).optional(),
    meeters: list(
      z.object({
        contactId: id,
        kind: z.enum(['key-worker', 'sponsor', 'peer', 'family']),
        consented: flag,
      }),
      20,
    ).optional(),
    prescribed: flag.optional(),
    partnerViolenceRisk: flag.optional(),
  }),
  'release.possible': inArea.extend({
    hearingOn: localDate,
    initials,
    dutyOfficer: id,
    keyWorker: id.optional(),
    court: line.optional(),
  }),
  'release.moved': inArea.extend({
    fromArea: id.optional(),
    releaseOn: localDate.optional(),
    gateTime: localTime.optional(),
    prisonId: prisonId.optional(),
    place: place.optional(),
    meetAt: line.optional(),
  }),
  'release.cancelled': inArea,
  'release.closed': inArea.extend({ reason: z.enum(['settled', 'declined', 'transferred', 'died']) }),
  'gate-meeting.accepted': ofRelease.extend({ by: id, recordedBy: id.optional() }),
  'gate-meeting.declined': ofRelease.extend({ by: id, recordedBy: id.optional() }),
  'gate-meeting.closed': ofRelease.extend({
    outcome: z.enum([
      'met',
      'person-not-seen',
      'meeter-not-there',
      'not-released',
      'stood-down',
      'not-known',
    ]),
    by: id,
  }),
  'release-check.completed': ofRelease.extend({
    check: z.enum([
      'prescription',
      'gp-records',
      'doctor-seen',
      'identity',
      'accommodation',
      'money',
      'take-home-kit',
    ]),
    notNeeded: flag.optional(),
    by: id,
  }),
  'follow-up.recorded': ofRelease.extend({ on: localDate, by: id }),
  'rota.published': z.object({
    area: id,
    owner: id,
    shifts: list(z.object({ from: moment, to: moment, contactId: id }), 2_000),
  }),
}

const movement = z.object({
  nomsNumber: noms.optional(),
  reason: code.optional(),
  nomisMovementReasonCode: code.optional(),
  currentLocation: code.optional(),
  currentPrisonStatus: code.optional(),
  prisonId: prisonOfMovement.optional(),
})

/** Events of the prisons' own services: people leaving or arriving at a prison, and merged records. */
export const MOVEMENT_EVENTS = {
  'prison-offender-events.prisoner.released': movement,
  'prisoner-offender-search.prisoner.released': movement,
  'prison-offender-events.prisoner.received': movement,
  'prisoner-offender-search.prisoner.received': movement,
  'prison-offender-events.prisoner.merged': z.object({
    nomsNumber: neededNoms,
    removedNomsNumber: neededNoms,
  }),
}
