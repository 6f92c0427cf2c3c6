import { daysBetween, type Instant, type LocalDate, londonDate } from '../calendar/london.ts'
import { add, type ById, byId, put } from './draft.ts'
import type { DomainEvent, EventOf } from './events.ts'
import { type CasefileId, keyOf } from './ids.ts'
import { type Arrival, type Departure, isAdmission, isOfPerson, whereTo } from './movements.ts'
import { saysOfDeath } from './person.ts'
import {
  gateTimeOf,
  meetingClosed,
  notReleased,
  type Refutation,
  type Release,
  type Reported,
} from './release.ts'
import { foldRelease, replan } from './release-plan.ts'

/** All releases of one person, and reports that they are or may be out without a known release. */
export type Releases = {
  readonly byId: ById<Release>
  readonly unplanned: readonly Departure[]
  /** The event that reported the person's death; undefined once that was withdrawn. */
  readonly died: EventOf<'person.died'> | undefined
  /** The event that last withdrew such a report. */
  readonly notDied: EventOf<'person.died'> | undefined
}

/** The releases that a casefile plans, without those it only knows because two numbers are the same person's. */
export function plannedHere({ id, state }: { readonly id: CasefileId; readonly state: Releases }): Release[] {
  return Object.values(state.byId).filter(({ plannedIn }) => plannedIn === keyOf(id))
}

/** The state before any event. */
export function emptyReleases(): Releases {
  return { byId: byId(), unplanned: [], died: undefined, notDied: undefined }
}

/** The state after one more event. Nobody waits at a gate for somebody who has died. */
export function foldReleases(before: Releases, event: DomainEvent): Releases {
  const after = foldEvent(before, event)
  const { died } = after
  return died ? mapReleases(after, (release) => closedBy(release, died)) : after
}

function closedBy(release: Release, closed: NonNullable<Release['closed']>): Release {
  return release.closed ? release : { ...release, closed }
}

function foldEvent(before: Releases, event: DomainEvent): Releases {
  switch (event.type) {
    case 'person.died':
      return event.info.withdrawn
        ? withoutDeath(before, event)
        : { ...before, died: event, notDied: undefined }
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
      return release ? withRelease(before, claimReports(before, release)) : before
    }
    case 'release.reported': {
      const known = before.byId[event.info.releaseId ?? '']
      return known ? withRelease(before, foldReported(known, event)) : before
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

/** A death reported in error: what it closed continues, and people stood down before the day are asked again. */
function withoutDeath(before: Releases, event: EventOf<'person.died'>): Releases {
  return mapReleases({ ...before, died: undefined, notDied: event }, (release) => {
    const { closed, home, plans, releaseOn = '' } = release
    if (!closed || !saysOfDeath(closed)) return release
    const isAhead = !home && londonDate(event.at) <= releaseOn
    const before = { release, until: event.at }
    return { ...release, closed: undefined, plans: isAhead ? [...plans, event] : plans, before }
  })
}

function withRelease(before: Releases, release: Release): Releases {
  return { ...before, byId: put(before.byId, release.releaseId, release) }
}

/** It may be reported several times, early and in full: the first time counts, and the rest are the same fact. */
function foldDeparture(before: Releases, event: Departure): Releases {
  const day = londonDate(event.at)
  switch (whereTo(event)) {
    case 'home':
    case 'perhaps-home': {
      const release = releaseMeant(before, day)
      if (!release) return { ...before, unplanned: add(before.unplanned, event) }
      return withRelease(before, reportedOut(release, event))
    }
    case 'merged': {
      const release = releaseMeant(before, day)
      return release ? withRelease(before, refuted(release, event)) : before
    }
    case 'died':
    case 'removed':
      return mapReleases(before, (release) => closedBy(release, event))
    case 'hospital':
    case 'at-large':
      return mapReleases(before, (release) =>
        release.home || release.away ? release : { ...release, away: event },
      )
    case 'elsewhere':
      return before
  }
}

function reportedOut(release: Release, event: Departure): Release {
  if (whereTo(event) === 'home') return wentHome(release, event)
  const day = londonDate(event.at)
  const isKnown = release.early.some(({ at }) => londonDate(at) === day)
  return isKnown ? release : { ...release, early: add(release.early, event) }
}

function wentHome(release: Release, home: Departure | Reported): Release {
  if (release.home) return release
  const isAsPlanned = londonDate(home.at) === release.releaseOn && !release.away
  const before = { release, until: home.at }
  return { ...release, home, away: undefined, ...(!isAsPlanned && { before }) }
}

function refuted(release: Release, event: Refutation): Release {
  return { ...release, refutations: add(release.refutations, event) }
}

/** Somebody rang the prison: what they were told counts like the prison's full report. */
function foldReported(release: Release, event: Reported): Release {
  return event.info.isOut ? wentHome(release, event) : refuted(release, event)
}

/** The release that going home on `day` belongs to: among those not over, the one planned nearest to it. */
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

/** After court people are home before anybody has planned it: it is still this release, if it is on that day. */
function claimReports({ unplanned }: Releases, release: Release): Release {
  return unplanned
    .filter((event) => londonDate(event.at) === expectedOn(release))
    .reduce(reportedOut, release)
}

/** An admission after the release is a return to prison; an arrival at another prison before it moves the gate. */
function foldArrival(before: Releases, event: Arrival): Releases {
  if (!isOfPerson(event)) return before
  return mapReleases(before, (release) => {
    if (isAdmission(event) && isOut(release, event.at)) return { ...release, readmitted: event }
    return isAhead(release, event.at) ? arrived(refuted(release, event), event) : release
  })
}

/** Whether the person is out on this release at `instant`, as far as known. */
function isOut(release: Release, instant: Instant): boolean {
  const outAt = release.home?.at ?? gateTimeOf(release)
  return !release.readmitted && outAt !== undefined && outAt < instant
}

/** Whether somebody may still be met at a prison's gate on the planned day. */
function isAhead(release: Release, instant: Instant): boolean {
  const { releaseOn, place, home, cancelled, closed } = release
  if (home || cancelled || closed || place !== 'prison' || releaseOn === undefined) return false
  return londonDate(instant) <= releaseOn && !meetingClosed(release)
}

/** Where the person is. A prison stated for the first time is not a move, unless they were transferred to it. */
function arrived(release: Release, event: Arrival): Release {
  const { prisonId, reason } = event.info
  if (prisonId === undefined || prisonId === release.prisonId) return release
  const isNews = release.prisonId === undefined && reason !== 'TRANSFERRED'
  if (isNews || release.away) return { ...release, prisonId }
  return replan(release, { ...release, prisonId, meetAt: undefined }, event)
}

function mapReleases(before: Releases, change: (release: Release) => Release): Releases {
  return Object.values(before.byId).map(change).reduce(withRelease, before)
}
