import {
  addDays,
  earliest,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
} from '../../calendar/london.ts'
import { gateTimeOf, meetingClosed, perhapsOut } from '../../casefile/release.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Candidate } from '../../directory/reach.ts'
import type { Facts } from '../../messages/text.ts'
import type { Planned } from '../../planning/duty.ts'
import type { Recipient } from '../../planning/ladder.ts'
import { type Acceptance, accepter, hearer, isPrivate } from './meeters.ts'
import {
  callBackOf,
  type OpenRelease,
  offAt,
  recipient,
  type Says,
  type ToldRelease,
  upTo,
} from './open-release.ts'

/**
 * The person who accepted, without a stand-in: the acceptance falls if they are away on the day or cannot be reached.
 */
export function meeter(open: OpenRelease, { by }: Acceptance, facts = says(open)): Recipient {
  return { ...recipient('meeter', (_, now) => [whoAccepted(open, by, now)], facts), contactId: by }
}

/** Who accepted, to be told wherever they are. */
export function whoAccepted(open: OpenRelease, by: string, now: Instant): Candidate {
  const report = outReport(open)
  const on = report ? londonDate(report.at) : (open.release.releaseOn ?? londonDate(now))
  return hearer(open, by, now, { days: [on], on })
}

/** What is known about the person having come out, or reports that they may have. */
export type OutReport = {
  readonly at: Instant
  readonly eventIds: readonly string[]
  readonly prisonId: string | undefined
  /** The early report for the planned day does not say how they left. */
  readonly isSure: boolean
  /** Reported for one prison first, and then for this one. */
  readonly isCorrected: boolean
}

/** The report on which people are sent to a gate early: the full one, else an early one for the planned day. */
export function outReport({ release }: OpenRelease): OutReport | undefined {
  const { home, early } = release
  if (!home) {
    const report = perhapsOut(release)
    if (!report) return undefined
    const { at, eventId, info } = report
    return { at, eventIds: [eventId], prisonId: info.prisonId, isSure: false, isCorrected: false }
  }
  const day = londonDate(home.at)
  const before = day === release.releaseOn ? early.find(({ at }) => londonDate(at) === day) : undefined
  const prisonId = 'prisonId' in home.info ? home.info.prisonId : before?.info.prisonId
  const named = before?.info.prisonId
  return {
    at: home.at,
    eventIds: [home.eventId, ...(before ? [before.eventId] : [])],
    prisonId,
    isSure: true,
    isCorrected: named !== undefined && prisonId !== undefined && named !== prisonId,
  }
}

/** Whether they came out in a way nobody was ready for: early, on another day, elsewhere, or with nobody on the way. */
export function isUnexpected(open: ToldRelease, { at, prisonId }: OutReport): boolean {
  const { release } = open
  const gateTime = gateTimeOf(release)
  const isOnTime = gateTime !== undefined && at >= gateTime && londonDate(at) === release.releaseOn
  return !isOnTime || isElsewhere(open, prisonId) || !accepter(open, at)
}

function isElsewhere({ release }: OpenRelease, prisonId: string | undefined): boolean {
  const { place, prisonId: planned } = release
  return place === 'prison' && prisonId !== undefined && planned !== undefined && prisonId !== planned
}

/** The London day on which they went home, if it is not the planned one. */
export function otherDayOut({ home, releaseOn }: OpenRelease['release']): LocalDate | undefined {
  const day = home && londonDate(home.at)
  return day === releaseOn ? undefined : day
}

/** How the person who accepted is sent to the gate; only workers can ring a prison. */
export function meeterText<T>(
  { release }: OpenRelease,
  { by }: Acceptance,
  { isSure }: OutReport,
  text: { readonly sure: T; readonly worker: T; readonly other: T },
): T {
  if (isSure) return text.sure
  return isPrivate(release, by) ? text.other : text.worker
}

/** When news about a gate is no longer useful to anybody: the evening of the next day. */
export function staleAfter(fact: Instant): Instant {
  return londonTime(addDays(londonDate(fact), 1), NEWS_UNTIL)
}

const NEWS_UNTIL = '20:00'

/**
 * A row stops when the release is off; what was due before the gate meeting was closed is stale after it, and so is
 * everything when its day is long over.
 */
export function* untilClosed(open: OpenRelease, planned: Iterable<Planned>): Iterable<Planned> {
  const closed = meetingClosed(open.release)
  const over = dayOver(open)
  for (const one of upTo(offAt(open.release), planned)) {
    if (closed && one.due >= closed.at) continue
    yield { ...one, stale: earliest(one.stale, closed?.at, over) }
  }
}

/** When the day of the gate meeting is long over: the planned one, and the one on which they came out. */
function dayOver(open: OpenRelease): Instant | undefined {
  const days = [gateTimeOf(open.release), outReport(open)?.at].filter((at) => at !== undefined)
  return days.length > 0 ? staleAfter(Math.max(...days)) : undefined
}

/** What a message about the gate may say, given the neighbours. */
export function says(open: OpenRelease): Says {
  return (neighbours) => gateFacts(open, neighbours)
}

/**
 * Place, time, initials, and a number to call back: nothing about health, offence or treatment. If they are out on
 * another day or from another prison, also that day and prison.
 */
export function gateFacts(open: OpenRelease, neighbours: Neighbours, report = sureReport(open)): Facts {
  const { release } = open
  const { releaseId, initials, place, releaseOn } = release
  const otherDay = otherDayOut(release)
  const prisonId = report?.prisonId ?? release.prisonId
  const meetAt = isElsewhere(open, prisonId) ? undefined : release.meetAt
  const details = prisonId === undefined ? undefined : neighbours.get('prison', prisonId).details
  const prison = details?.name ?? prisonId
  return {
    releaseId,
    initials,
    releaseOn: otherDay ?? releaseOn ?? '',
    gateTime: release.gateTime === undefined || otherDay ? 0 : gateTimeOf(release),
    isOtherDay: otherDay !== undefined,
    isCourt: place === 'court',
    isOnAgain: release.plans.at(-1)?.type === 'person.died',
    place: (place === 'court' ? [meetAt] : [prison, meetAt]).filter(Boolean).join(', '),
    prison: prison ?? '',
    prisonPhone: details?.phone ?? '',
    callBack: callBackOf(open, neighbours),
  }
}

function sureReport(open: OpenRelease): OutReport | undefined {
  const report = outReport(open)
  return report?.isSure ? report : undefined
}
