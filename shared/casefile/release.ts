import {
  addDays,
  type Instant,
  type LocalDate,
  type LocalTime,
  londonDate,
  londonTime,
} from '../calendar/london.ts'
import type { ById } from './draft.ts'
import type { EventInfo, EventOf } from './events.ts'
import type { Arrival, Departure } from './movements.ts'

type Meeter = NonNullable<EventInfo<'release.planned'>['meeters']>[number]

/** One release of one person, planned or possible. */
export type Release = {
  readonly releaseId: string
  /** The key of the casefile that plans it, from the number on its earliest opening event. */
  readonly plannedIn: string
  /** The key of the person's own casefile, if a prison number said whose release it is. */
  readonly person: string | undefined
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
  /** Including those left out of a later plan, who count as not having agreed. */
  readonly meeters: readonly Meeter[]
  /** Meeters who were allowed and no longer are, by contactId, and since which plan. */
  readonly barred: ById<EventOf<'release.planned'>>
  readonly prescribed: boolean | undefined
  readonly partnerViolenceRisk: boolean
  readonly possible: EventOf<'release.possible'> | undefined
  /** The events that set the current day, time and place, newest last. The last one's time is the plan's version. */
  readonly plans: readonly EventOf<
    'release.planned' | 'release.possible' | 'release.moved' | 'person.died' | Arrival['type']
  >[]
  /** As it was before that, or before they went home on another day, and until when: what was due may not have been given. */
  readonly before: { readonly release: Release; readonly until: Instant } | undefined
  readonly cancelled: EventOf<'release.cancelled'> | undefined
  /** Closed by hand, or because the person died or was removed from the country. */
  readonly closed: EventOf<'release.closed' | 'person.died'> | Departure | undefined
  readonly answers: readonly EventOf<'gate-meeting.accepted' | 'gate-meeting.declined'>[]
  readonly meetingsClosed: readonly EventOf<'gate-meeting.closed'>[]
  readonly checks: readonly EventOf<'release-check.completed'>[]
  readonly followUps: readonly EventOf<'follow-up.recorded'>[]
  /** Replies of people who were asked, and when they were read. */
  readonly replies: readonly EventOf<'reply.received' | 'reply.read'>[]
  /** When the person went home, as first reported by a prison or somebody who rang it. */
  readonly home: Departure | Reported | undefined
  /** Early reports that they may be out, the first of each day. */
  readonly early: readonly Departure[]
  /** What cancels an early report: records were merged, the prison was rung, or they have arrived at one since. */
  readonly refutations: readonly Refutation[]
  /** In hospital, or unlawfully at large: nothing is planned until there is a new day. */
  readonly away: Departure | undefined
  /** When they were back in prison after it. */
  readonly readmitted: Arrival | undefined
  /** When they last arrived at a prison other than the one that had begun to prepare the release. */
  readonly transferredAt: Instant | undefined
}

/** What cancels an early report. */
export type Refutation = Departure | Arrival | Reported

/** Somebody rang the prison, and reports whether they are out. */
export type Reported = EventOf<'release.reported'>

/** The gate time if nobody said when the gate opens. */
const GATE_TIME_ASSUMED: LocalTime = '07:00'

/** T: the release day at its gate time, else at 07:00. */
export function gateTimeOf({
  releaseOn,
  gateTime,
}: Pick<Release, 'releaseOn' | 'gateTime'>): Instant | undefined {
  if (!releaseOn) return undefined
  return londonTime(releaseOn, gateTime ?? GATE_TIME_ASSUMED)
}

/**
 * Whether a meeter is not allowed: one of the two did not agree, or it is a relative and there is a risk of partner
 * violence.
 */
export function isBarred(
  release: Pick<Release, 'keyWorker' | 'dutyOfficer' | 'meeters' | 'partnerViolenceRisk'>,
  contactId: string,
): boolean {
  if (contactId === release.keyWorker || contactId === release.dutyOfficer) return false
  const named = release.meeters.filter((meeter) => meeter.contactId === contactId)
  const mayMeet = named.some(
    ({ consented, kind }) => consented && !(release.partnerViolenceRisk && kind === 'family'),
  )
  return named.length > 0 && !mayMeet
}

/** On these days after release somebody gets in touch. */
export const CONTACT_DAYS = [1, 2, 3, 5, 7, 10, 14, 21, 28]

/** Whether somebody should get in touch on a London day, as far as known. */
export function isContactDay(release: Release, day: LocalDate): boolean {
  const out = outOn(release)
  if (out === undefined || release.cancelled || release.closed || release.away || release.readmitted)
    return false
  return CONTACT_DAYS.some((count) => addDays(out, count) === day)
}

/** When the current day, time and place were set: all earlier questions and answers were about another plan. */
export function plannedAt(release: Release): Instant {
  return release.plans.at(-1)?.at ?? 0
}

/** A release before its last change of plan. */
export function asItStood({ release, until }: NonNullable<Release['before']>): Release {
  const before = <Event extends { readonly at: Instant }>(events: readonly Event[]) =>
    events.filter(({ at }) => at < until)
  return {
    ...release,
    answers: before(release.answers),
    checks: before(release.checks),
    followUps: before(release.followUps),
    early: before(release.early),
    refutations: before(release.refutations),
  }
}

/** The day before the release at a time of day. */
export function dayBefore(releaseOn: LocalDate, time: LocalTime): Instant {
  return londonTime(addDays(releaseOn, -1), time)
}

/** From when answers are about the current plan. */
export function standsSince(release: Release): Instant {
  return Math.max(plannedAt(release), release.away?.at ?? 0)
}

/** How the gate meeting of the current plan was closed, if it was: the first report. */
export function meetingClosed(release: Release): EventOf<'gate-meeting.closed'> | undefined {
  return release.meetingsClosed.find((closed) => closed.at >= plannedAt(release))
}

/** Whether somebody at the gate reported that the person was not released. */
export function notReleased(release: Release): EventOf<'gate-meeting.closed'> | undefined {
  return release.meetingsClosed.find(
    (closed) => closed.at >= plannedAt(release) && closed.info.outcome === 'not-released',
  )
}

/** The day the person went home; until reported, the planned day. */
export function outOn(release: Release): LocalDate | undefined {
  return release.home ? londonDate(release.home.at) : release.releaseOn
}

/** The early report for the planned day, while neither confirmed nor cancelled. */
export function perhapsOut(release: Release): Departure | undefined {
  const { home, early, releaseOn } = release
  const report = home ? undefined : early.find(({ at }) => londonDate(at) === releaseOn)
  return report && !refutationOf(release, report) ? report : undefined
}

/** What cancels an early report, if anything does. */
export function refutationOf({ refutations }: Release, report: Departure): Refutation | undefined {
  return refutations.find(({ type, at }) =>
    type === FULLER ? londonDate(at) === londonDate(report.at) : at >= report.at,
  )
}

const FULLER = 'prison-offender-events.prisoner.released'
