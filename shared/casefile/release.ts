import { addDays, type Instant, type LocalDate, type LocalTime, londonTime } from '../calendar/london.ts'
import type { DomainEvent, EventInfo } from './events.ts'
import { type EventOf, stated } from './order.ts'

type Meeter = NonNullable<EventInfo<'release.planned'>['meeters']>[number]

/** One release of one person, planned or only possible. */
export type Release = {
  readonly releaseId: string
  readonly area: string
  readonly initials: string
  readonly dutyOfficer: string
  readonly keyWorker: string | undefined
  /** Undefined while the release is only possible. */
  readonly releaseOn: LocalDate | undefined
  readonly gateTime: LocalTime | undefined
  readonly place: 'prison' | 'court'
  readonly prisonId: string | undefined
  readonly meetAt: string | undefined
  readonly travelMinutes: number
  readonly meeters: readonly Meeter[]
  readonly prescribed: boolean | undefined
  readonly partnerViolenceRisk: boolean
  readonly possible: EventOf<'release.possible'> | undefined
  /** What set the present day, time and place, newest last. The last one's time is the plan's version. */
  readonly plans: readonly EventOf<'release.planned' | 'release.possible' | 'release.moved'>[]
  readonly cancelled: EventOf<'release.cancelled'> | undefined
  readonly closed: EventOf<'release.closed'> | undefined
  readonly answers: readonly EventOf<'gate-meeting.accepted' | 'gate-meeting.declined'>[]
  readonly meetingsClosed: readonly EventOf<'gate-meeting.closed'>[]
  readonly checks: readonly EventOf<'release-check.completed'>[]
  readonly followUps: readonly EventOf<'follow-up.recorded'>[]
}

export type Movement = EventOf<
  | 'prison-offender-events.prisoner.released'
  | 'prisoner-offender-search.prisoner.released'
  | 'prison-offender-events.prisoner.received'
>

/** Every release of one person, and how the prison says they moved. */
export type Releases = {
  readonly byId: Readonly<Record<string, Release>>
  readonly movements: readonly Movement[]
}

export const EMPTY_RELEASES: Releases = { byId: {}, movements: [] }

export function foldReleases(before: Releases, event: DomainEvent): Releases {
  switch (event.type) {
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
    case 'prison-offender-events.prisoner.received':
      return { ...before, movements: [...before.movements, event] }
    case 'release.planned':
    case 'release.possible':
    case 'release.moved':
    case 'release.cancelled':
    case 'release.closed':
    case 'gate-meeting.accepted':
    case 'gate-meeting.declined':
    case 'gate-meeting.closed':
    case 'release-check.completed':
    case 'follow-up.recorded': {
      const release = foldRelease(before.byId[event.info.releaseId], event)
      if (!release) return before
      return { ...before, byId: { ...before.byId, [event.info.releaseId]: release } }
    }
    default:
      return before
  }
}

function foldRelease(
  known: Release | undefined,
  event: EventOf<
    | 'release.planned'
    | 'release.possible'
    | 'release.moved'
    | 'release.cancelled'
    | 'release.closed'
    | 'gate-meeting.accepted'
    | 'gate-meeting.declined'
    | 'gate-meeting.closed'
    | 'release-check.completed'
    | 'follow-up.recorded'
  >,
): Release | undefined {
  switch (event.type) {
    case 'release.planned': {
      const { prescribed, keyWorker, prisonId, meetAt, gateTime, releaseOn, ...said } = event.info
      const planned: Release = {
        releaseId: said.releaseId,
        area: said.area,
        initials: said.initials,
        dutyOfficer: said.dutyOfficer,
        keyWorker,
        releaseOn,
        gateTime,
        place: said.place ?? 'prison',
        prisonId,
        meetAt,
        travelMinutes: said.travelMinutes ?? 0,
        meeters: said.meeters ?? [],
        prescribed,
        partnerViolenceRisk: said.partnerViolenceRisk ?? false,
        ...history(known),
        closed: undefined,
        cancelled: undefined,
      }
      return replan(known, planned, event)
    }
    case 'release.possible': {
      const { initials, dutyOfficer, keyWorker, releaseId, area } = event.info
      const possible: Release = {
        releaseId,
        area,
        initials,
        dutyOfficer,
        keyWorker,
        releaseOn: undefined,
        gateTime: undefined,
        place: 'court',
        prisonId: undefined,
        meetAt: event.info.court,
        travelMinutes: 0,
        meeters: [],
        prescribed: undefined,
        partnerViolenceRisk: false,
        ...history(known),
        possible: event,
        closed: undefined,
        cancelled: undefined,
      }
      return replan(known, possible, event)
    }
    case 'release.moved': {
      if (!known) return undefined
      const { area, releaseOn, gateTime, prisonId, place, meetAt } = event.info
      return replan(
        known,
        { ...known, ...stated({ area, releaseOn, gateTime, prisonId, place, meetAt }) },
        event,
      )
    }
    case 'release.cancelled':
      return known && { ...known, cancelled: event }
    case 'release.closed':
      return known && { ...known, closed: event }
    case 'gate-meeting.accepted':
    case 'gate-meeting.declined':
      return known && { ...known, answers: [...known.answers, event] }
    case 'gate-meeting.closed':
      return known && { ...known, meetingsClosed: [...known.meetingsClosed, event] }
    case 'release-check.completed':
      return known && { ...known, checks: [...known.checks, event] }
    case 'follow-up.recorded':
      return known && { ...known, followUps: [...known.followUps, event] }
  }
}

/** The gate is watched for at this hour when nobody said when it opens. */
const GATE_TIME_ASSUMED: LocalTime = '07:00'

/** T: the release day at its gate time, else at 07:00. */
export function gateTimeOf(release: Release): Instant | undefined {
  if (!release.releaseOn) return undefined
  return londonTime(release.releaseOn, release.gateTime ?? GATE_TIME_ASSUMED)
}

/** When the present day, time and place were set: everything asked and answered before was about another plan. */
export function plannedAt(release: Release): Instant {
  return release.plans.at(-1)?.at ?? 0
}

/** The day before the release at a time of day. */
export function dayBefore(releaseOn: LocalDate, time: LocalTime): Instant {
  return londonTime(addDays(releaseOn, -1), time)
}

/** How the gate meeting of the present plan was closed, if it was. */
export function meetingClosed(release: Release): EventOf<'gate-meeting.closed'> | undefined {
  return release.meetingsClosed.findLast((closed) => closed.at >= plannedAt(release))
}

function history(known: Release | undefined) {
  return {
    possible: known?.possible,
    plans: known?.plans ?? [],
    answers: known?.answers ?? [],
    meetingsClosed: known?.meetingsClosed ?? [],
    checks: known?.checks ?? [],
    followUps: known?.followUps ?? [],
  }
}

/** Said again unchanged, a plan keeps its version; another day, time or place is a new one. */
function replan(known: Release | undefined, next: Release, event: Release['plans'][number]): Release {
  const same =
    known !== undefined &&
    known.cancelled === undefined &&
    known.closed === undefined &&
    (['releaseOn', 'gateTime', 'prisonId', 'place', 'meetAt', 'area'] as const).every(
      (field) => known[field] === next[field],
    )
  return same ? next : { ...next, plans: [...next.plans, event] }
}
