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

/** One release of one person, planned or only possible. */
export type Release = {
  readonly releaseId: string
  /** The key of the casefile that plans it: by the number on its earliest opening event. */
  readonly plannedIn: string
  /** The key of the person's own casefile, where a prison number said whose release it is. */
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
  /** With those left out of a later plan, who have not agreed to it. */
  readonly meeters: readonly Meeter[]
  /** Meeters who might have met them and may not any more, by contactId: since which plan. */
  readonly barred: ById<EventOf<'release.planned'>>
  readonly prescribed: boolean | undefined
  readonly partnerViolenceRisk: boolean
  readonly possible: EventOf<'release.possible'> | undefined
  /** What set the present day, time and place, newest last. The last one's time is the plan's version. */
  readonly plans: readonly EventOf<
    'release.planned' | 'release.possible' | 'release.moved' | 'person.died' | Arrival['type']
  >[]
  /** As it stood before that, and until when: what was due by then may not have been given yet. */
  readonly before: { readonly release: Release; readonly until: Instant } | undefined
  readonly cancelled: EventOf<'release.cancelled'> | undefined
  /** Closed by hand, or because the person died or was removed from the country. */
  readonly closed: EventOf<'release.closed' | 'person.died'> | Departure | undefined
  readonly answers: readonly EventOf<'gate-meeting.accepted' | 'gate-meeting.declined'>[]
  readonly meetingsClosed: readonly EventOf<'gate-meeting.closed'>[]
  readonly checks: readonly EventOf<'release-check.completed'>[]
  readonly followUps: readonly EventOf<'follow-up.recorded'>[]
  /** What somebody who was asked wrote back, and when it was read. */
  readonly replies: readonly EventOf<'reply.received' | 'reply.read'>[]
  /** When the person went home, as a prison or somebody who rang it first said. */
  readonly home: Departure | Reported | undefined
  /** Early reports that they may be out, the first of each day. */
  readonly early: readonly Departure[]
  /** What makes nothing of an early report: records were merged, the prison was rung, or they came to one since. */
  readonly refutations: readonly Refutation[]
  /** In hospital, or at large: nothing is planned until another day is told. */
  readonly away: Departure | undefined
  /** When they were back in prison after it. */
  readonly readmitted: Arrival | undefined
  /** When they last came to another prison than the one that had begun to prepare the release. */
  readonly transferredAt: Instant | undefined
}

/** What makes nothing of an early report. */
export type Refutation = Departure | Arrival | Reported

/** Somebody rang the prison, and says whether they are out. */
export type Reported = EventOf<'release.reported'>

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

/** Named to meet the person, but one of them did not agree; or a relative, where a partner's violence is a risk. */
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

/** Whether a London day is one on which somebody is to get in touch, as far as is known. */
export function isContactDay(release: Release, day: LocalDate): boolean {
  const out = outOn(release)
  if (out === undefined || release.cancelled || release.closed || release.away || release.readmitted)
    return false
  return CONTACT_DAYS.some((count) => addDays(out, count) === day)
}

/** When the present day, time and place were set: everything asked and answered before was about another plan. */
export function plannedAt(release: Release): Instant {
  return release.plans.at(-1)?.at ?? 0
}

/** A release as it stood before another plan was made for it. */
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

/** Since when what people answer is about the plan as it stands. */
export function standsSince(release: Release): Instant {
  return Math.max(plannedAt(release), release.away?.at ?? 0)
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

/** The early report of the planned day, while nothing has made it sure, or nothing of it. */
export function perhapsOut(release: Release): Departure | undefined {
  const { home, early, releaseOn } = release
  const report = home ? undefined : early.find(({ at }) => londonDate(at) === releaseOn)
  return report && !refutationOf(release, report) ? report : undefined
}

/** What makes nothing of an early report, if anything does. */
export function refutationOf({ refutations }: Release, report: Departure): Refutation | undefined {
  return refutations.find(({ type, at }) =>
    type === FULLER ? londonDate(at) === londonDate(report.at) : at >= report.at,
  )
}

const FULLER = 'prison-offender-events.prisoner.released'
