import {
  addDays,
  daysBetween,
  type Instant,
  type LocalDate,
  type LocalTime,
  londonDate,
  londonTime,
} from '../calendar/london.ts'
import { add, type ById, byId, put } from './draft.ts'
import { type DomainEvent, type EventInfo, type EventOf, stated } from './events.ts'
import { type Arrival, type Departure, isAdmission, isOfPerson, whereTo } from './movements.ts'

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
  readonly plans: readonly EventOf<
    'release.planned' | 'release.possible' | 'release.moved' | Arrival['type']
  >[]
  readonly cancelled: EventOf<'release.cancelled'> | undefined
  /** Closed by hand, or because the person died or was removed from the country. */
  readonly closed: EventOf<'release.closed'> | Departure | undefined
  readonly answers: readonly EventOf<'gate-meeting.accepted' | 'gate-meeting.declined'>[]
  readonly meetingsClosed: readonly EventOf<'gate-meeting.closed'>[]
  readonly checks: readonly EventOf<'release-check.completed'>[]
  readonly followUps: readonly EventOf<'follow-up.recorded'>[]
  /** What somebody who was asked wrote back, and when it was read. */
  readonly replies: readonly EventOf<'reply.received' | 'reply.read'>[]
  /** When the prison says the person went home, as it was first said. */
  readonly home: Departure | undefined
  /** Moved to hospital, or at large: nothing is planned until another day is told. */
  readonly heldBack: Departure | undefined
  /** When they were back in prison after it. */
  readonly readmitted: Arrival | undefined
}

/** Every release of one person, and when they went home from prison without one that we knew of. */
export type Releases = {
  readonly byId: ById<Release>
  readonly homeUnplanned: readonly Departure[]
}

/** What nothing is known of yet. */
export function emptyReleases(): Releases {
  return { byId: byId(), homeUnplanned: [] }
}

/** What is known of one person’s releases once one more event was read. */
export function foldReleases(before: Releases, event: DomainEvent): Releases {
  switch (event.type) {
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
      return foldDeparture(before, event)
    case 'prison-offender-events.prisoner.received':
    case 'prisoner-offender-search.prisoner.received':
      return foldArrival(before, event)
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
      return release ? withRelease(before, claimHome(before, release)) : before
    }
    case 'reply.received':
    case 'reply.read': {
      const known = before.byId[event.info.releaseId ?? '']
      return known ? withRelease(before, { ...known, replies: [...known.replies, event] }) : before
    }
    default:
      return before
  }
}

function withRelease(before: Releases, release: Release): Releases {
  return { ...before, byId: put(before.byId, release.releaseId, release) }
}

/** It may be said more than once, early and late: the first time counts, and the rest is the same fact. */
function foldDeparture(before: Releases, event: Departure): Releases {
  switch (whereTo(event)) {
    case 'home': {
      const release = releaseMeant(before, londonDate(event.at))
      if (!release) return { ...before, homeUnplanned: add(before.homeUnplanned, event) }
      return release.home ? before : withRelease(before, { ...release, home: event, heldBack: undefined })
    }
    case 'died':
    case 'removed':
      return mapReleases(before, (release) => (release.closed ? release : { ...release, closed: event }))
    case 'hospital':
    case 'at-large':
      return mapReleases(before, (release) =>
        release.home || release.heldBack ? release : { ...release, heldBack: event },
      )
    case 'elsewhere':
      return before
  }
}

/** The release that going home on `day` belongs to: of those not over, the one planned nearest to it. */
function releaseMeant({ byId }: Releases, day: LocalDate): Release | undefined {
  const distance = (release: Release) => Math.abs(daysBetween(expectedOn(release), day))
  return Object.values(byId)
    .filter(
      (release) => !release.cancelled && !release.closed && !release.readmitted && !notReleased(release),
    )
    .sort((a, b) => distance(a) - distance(b) || (a.releaseId < b.releaseId ? -1 : 1))
    .at(0)
}

function expectedOn(release: Release): LocalDate {
  return release.releaseOn ?? release.possible?.info.hearingOn ?? ''
}

/** From court people are home before anybody has planned it: it is still this release, if it is that day's. */
function claimHome({ homeUnplanned }: Releases, release: Release): Release {
  if (release.home) return release
  const home = homeUnplanned.find((event) => londonDate(event.at) === expectedOn(release))
  return home ? { ...release, home } : release
}

/** An admission after the release is a return to prison; any arrival at another prison before it moves the gate. */
function foldArrival(before: Releases, event: Arrival): Releases {
  if (!isOfPerson(event)) return before
  const { prisonId } = event.info
  return mapReleases(before, (release) => {
    if (isOut(release, event.at)) return isAdmission(event) ? { ...release, readmitted: event } : release
    const isAhead = release.releaseOn !== undefined && release.place === 'prison'
    if (!isAhead || prisonId === undefined || release.prisonId === prisonId) return release
    return replan(release, { ...release, prisonId, meetAt: undefined }, event)
  })
}

/** Whether the person is out on this release at `instant`, as far as anybody has said. */
function isOut(release: Release, instant: Instant): boolean {
  const outAt = release.home?.at ?? gateTimeOf(release)
  return !release.readmitted && outAt !== undefined && outAt < instant
}

function mapReleases(before: Releases, change: (release: Release) => Release): Releases {
  return Object.values(before.byId).map(change).reduce(withRelease, before)
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
      }
      return replan(known, possible, event)
    }
    case 'release.moved': {
      if (!known) return undefined
      const { area, releaseOn, gateTime, prisonId, place, meetAt } = event.info
      return replan(
        known,
        { ...known, heldBack: undefined, ...stated({ area, releaseOn, gateTime, prisonId, place, meetAt }) },
        event,
      )
    }
    case 'release.cancelled':
      return known && { ...known, cancelled: event }
    case 'release.closed':
      return known && { ...known, closed: event }
    case 'gate-meeting.accepted':
    case 'gate-meeting.declined':
      return known && { ...known, answers: add(known.answers, event) }
    case 'gate-meeting.closed':
      return known && { ...known, meetingsClosed: add(known.meetingsClosed, event) }
    case 'release-check.completed':
      return known && { ...known, checks: add(known.checks, event) }
    case 'follow-up.recorded':
      return known && { ...known, followUps: add(known.followUps, event) }
  }
}

/** The gate is watched for at this hour when nobody said when it opens. */
const GATE_TIME_ASSUMED: LocalTime = '07:00'

/** T: the release day at its gate time, else at 07:00. */
export function gateTimeOf({
  releaseOn,
  gateTime,
}: Pick<Release, 'releaseOn' | 'gateTime'>): Instant | undefined {
  if (!releaseOn) return undefined
  return londonTime(releaseOn, gateTime ?? GATE_TIME_ASSUMED)
}

/** When the present day, time and place were set: everything asked and answered before was about another plan. */
export function plannedAt(release: Release): Instant {
  return release.plans.at(-1)?.at ?? 0
}

/** The day before the release at a time of day. */
export function dayBefore(releaseOn: LocalDate, time: LocalTime): Instant {
  return londonTime(addDays(releaseOn, -1), time)
}

/** How the gate meeting of the present plan was closed, if it was: the first word on it. */
export function meetingClosed(release: Release): EventOf<'gate-meeting.closed'> | undefined {
  return release.meetingsClosed.find((closed) => closed.at >= plannedAt(release))
}

/** Said at the gate: the person was not released. */
export function notReleased(release: Release): EventOf<'gate-meeting.closed'> | undefined {
  return release.meetingsClosed.find(
    (closed) => closed.at >= plannedAt(release) && closed.info.outcome === 'not-released',
  )
}

/** The day the person went home; the planned day, while nobody has said. */
export function outOn(release: Release): LocalDate | undefined {
  return release.home ? londonDate(release.home.at) : release.releaseOn
}

/** What happened before a release is planned or possible again; after a return to prison it starts again. */
function history(known: Release | undefined) {
  return {
    possible: known?.possible,
    plans: known?.plans ?? [],
    answers: known?.answers ?? [],
    meetingsClosed: known?.meetingsClosed ?? [],
    checks: known?.checks ?? [],
    followUps: known?.followUps ?? [],
    replies: known?.replies ?? [],
    home: known?.readmitted ? undefined : known?.home,
    readmitted: undefined,
    heldBack: undefined,
    closed: undefined,
    cancelled: undefined,
  }
}

/** Said again unchanged, a plan keeps its version; another day, time or place is a new one. */
function replan(known: Release | undefined, next: Release, event: Release['plans'][number]): Release {
  const isOpen =
    known !== undefined && !known.cancelled && !known.closed && !known.readmitted && !known.heldBack
  const isSame =
    isOpen &&
    (['releaseOn', 'gateTime', 'prisonId', 'place', 'meetAt', 'area'] as const).every(
      (field) => known[field] === next[field],
    )
  if (isSame) return next
  return { ...next, plans: isOpen ? [...next.plans, event] : [event] }
}
