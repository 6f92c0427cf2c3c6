import { HOUR_MS, type Instant, londonDate, londonTime, MINUTE_MS } from '../../calendar/london.ts'
import { factStamp, stamp } from '../../casefile/ids.ts'
import { dayBefore, plannedAt } from '../../casefile/release.ts'
import { repliesIn } from '../../casefile/replies.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { byLedger, type Duty, notice, type Planned } from '../../planning/duty.ts'
import { ladder, type Recipient, type Rung, type Telling, toTheEnd } from '../../planning/ladder.ts'
import { ask, planAhead, uncovered } from './asking.ts'
import {
  gateFacts,
  isUnexpected,
  meeter,
  meeterText,
  otherDayOut,
  outReport,
  says,
  staleAfter,
  untilClosed,
  whoAccepted,
} from './gate-facts.ts'
import { ALERT, MEETING, OUTCOME, UNKNOWN } from './gate-rows.ts'
import { type Acceptance, acceptedVersion, accepter, fallen, isPrivate } from './meeters.ts'
import {
  because,
  dutyOfficer,
  dutyOfficerOf,
  keyWorkerAndDutyOfficer,
  type OpenRelease,
  offAt,
  onceDated,
  recipient,
  rotaOwner,
  type Says,
  type ToldDatedRelease,
  type ToldRelease,
  upTo,
  versionOf,
} from './open-release.ts'

export const meetAtTheGate: Duty<OpenRelease> = {
  ...MEETING,
  plan: byLedger(
    onceDated(function* (open) {
      yield* untilOut(open, planAhead(open))
      yield* untilOut(open, ask(open))
      yield* untilOut(open, uncovered(open))
      yield* untilClosed(open, toAccepter(open, confirm))
      yield* untilOut(open, toAccepter(open, alert))
      yield* untilClosed(open, askOutcome(open))
      yield* upTo(open.casefile.state.died?.at, notMet(open))
      yield* upTo(offAt(open.release), replied(open))
    }),
  ),
}

/** Once the person is out, the plan made for the planned day is over. */
function* untilOut(open: ToldDatedRelease, planned: Iterable<Planned>): Iterable<Planned> {
  yield* untilClosed(open, upTo(open.release.home?.at, planned))
}

/** What the person who accepted is told; if their acceptance lapsed first, this is no longer true. */
function* toAccepter(
  open: ToldDatedRelease,
  tell: (open: ToldDatedRelease, accepted: Acceptance) => Iterable<Planned>,
): Iterable<Planned> {
  for (const { accepted, at } of fallen(open)) yield* upTo(at, tell(open, accepted))
  const accepted = accepter(open)
  if (accepted) yield* tell(open, accepted)
}

function* confirm(open: ToldDatedRelease, accepted: Acceptance): Iterable<Planned> {
  const { ahead, ...out } = MEETING.row.confirmed.text
  const report = outReport(open)
  const facts: Says = (neighbours) => gateFacts(open, neighbours, report)
  const draft = { ...MEETING.row.confirmed, ...ofAcceptance(open, accepted), due: accepted.at }
  yield notice(open.casefile, {
    ...draft,
    text: report ? meeterText(open, accepted, report, out) : ahead,
    because: [...draft.because, ...(report?.eventIds ?? [])],
    ...meeter(open, accepted, facts),
  })
}

function* alert(open: ToldDatedRelease, accepted: Acceptance): Iterable<Planned> {
  const { release, releaseOn, gateTime, casefile } = open
  const alertAt =
    release.gateTime === undefined
      ? dayBefore(releaseOn, ALERT.timeUnknown)
      : gateTime - ALERT.hoursBefore * HOUR_MS - release.travelMinutes * MINUTE_MS
  const { text, ...row } = MEETING.row.alert
  const alerted = { ...row, ...ofAcceptance(open, accepted), due: Math.max(alertAt, accepted.at) }
  yield notice(casefile, { ...alerted, text: text.meeter, ...meeter(open, accepted) })
  if (isPrivate(release, accepted.by)) {
    yield notice(casefile, { ...alerted, text: text.dutyOfficer, ...dutyOfficer(open, says(open)) })
  }
}

function ofAcceptance(open: ToldRelease, accepted: Acceptance) {
  return {
    occasion: acceptedVersion(open, accepted),
    hours: 'any',
    alone: true,
    because: [...because(open), accepted.eventId],
  } as const
}

function* askOutcome(open: ToldDatedRelease): Iterable<Planned> {
  const { release, casefile } = open
  const accepted = accepter(open)
  const officer = dutyOfficer(open, says(open))
  const first = accepted && !isPrivate(release, accepted.by) ? meeterElseOfficer(open, accepted) : officer
  const [due, again] = outcomeTimes(open)
  const { outcome, unknown } = MEETING.row
  const common = {
    duty: MEETING.id,
    occasion: dayVersion(open),
    hours: 'any',
    alone: true,
    because: because(open),
    until: () => false,
    telling: (rung: Rung & Telling) => rung,
  } as const
  yield* ladder(
    casefile,
    {
      ...common,
      rungs: [
        { ...outcome, label: '1', due, tell: [first] },
        { ...outcome, label: '2', due: again, tell: [officer] },
      ],
    },
    toTheEnd(open),
  )
  yield* ladder(
    casefile,
    {
      ...common,
      rungs: unknownTimes(open).map((due) => ({
        ...unknown,
        label: stamp(due),
        due,
        tell: [officer, rotaOwner(open, says(open))],
      })),
    },
    toTheEnd(open),
  )
}

/** How it went is asked about the day of the actual release. */
function dayVersion({ release }: ToldRelease): string {
  const otherDay = otherDayOut(release)
  return otherDay ? `${versionOf(release)}_${otherDay}` : versionOf(release)
}

function unknownTimes(open: ToldDatedRelease): Instant[] {
  const { hoursAfter, everyHours, lastAt } = UNKNOWN
  const from = outOnOtherDayAt(open) ?? open.gateTime
  const last = londonTime(londonDate(from), lastAt)
  const times: Instant[] = []
  for (let due = from + hoursAfter * HOUR_MS; due <= last; due += everyHours * HOUR_MS) times.push(due)
  return times
}

function outOnOtherDayAt({ release }: ToldRelease): Instant | undefined {
  return otherDayOut(release) === undefined ? undefined : release.home?.at
}

function meeterElseOfficer(open: ToldRelease, { by }: Acceptance): Recipient {
  const who = (neighbours: Neighbours, now: Instant) => [
    whoAccepted(open, by, now),
    dutyOfficerOf(open, neighbours, now),
  ]
  return { ...recipient('meeter', who, says(open)), contactId: by }
}

function outcomeTimes(open: ToldDatedRelease): [Instant, Instant] {
  const { release, releaseOn, gateTime } = open
  const counted = outOnOtherDayAt(open) ?? (release.gateTime === undefined ? toldOutAt(open) : gateTime)
  const { hoursAfter, timeUnknown } = OUTCOME
  const [due, again] = hoursAfter
  if (counted !== undefined) return [counted + due * HOUR_MS, counted + again * HOUR_MS]
  return [londonTime(releaseOn, timeUnknown[0]), londonTime(releaseOn, timeUnknown[1])]
}

/** When people were sent to the gate early. */
function toldOutAt(open: ToldRelease): Instant | undefined {
  const report = outReport(open)
  return report && isUnexpected(open, report) ? report.at : undefined
}

function* replied(open: ToldDatedRelease): Iterable<Planned> {
  const { casefile, release } = open
  for (const { received: reply, readAt } of repliesIn(release.replies)) {
    const { replyId, contactId, crisis = false } = reply.info
    const isNamed = !isPrivate(release, contactId)
    yield notice(casefile, {
      ...MEETING.row.replied,
      occasion: `${replyId}_${factStamp(reply.at)}`,
      due: reply.at,
      hours: 'any',
      alone: true,
      because: [...because(open), reply.eventId],
      untold: readAt === undefined ? undefined : 'no-longer-true',
      ...dutyOfficer(open, (neighbours) => ({
        ...gateFacts(open, neighbours),
        ...{ at: reply.at, crisis },
        who: isNamed ? (neighbours.get('contact', contactId).details?.name ?? '') : '',
      })),
    })
  }
}

function* notMet(open: ToldDatedRelease): Iterable<Planned> {
  const { casefile, release } = open
  for (const closed of release.meetingsClosed) {
    const { outcome } = closed.info
    if (outcome === 'met' || outcome === 'stood-down') continue
    const tell = keyWorkerAndDutyOfficer(open, (neighbours) => ({ ...gateFacts(open, neighbours), outcome }))
    yield* ladder(
      casefile,
      {
        duty: MEETING.id,
        occasion: versionOf(release, closed.at),
        hours: 'any',
        alone: true,
        because: [...because(open), closed.eventId],
        rungs: [{ ...MEETING.row['not-met'], due: closed.at, tell }],
        stale: staleAfter(closed.at),
        until: ({ byId }) =>
          byId[release.releaseId]?.followUps.some((followUp) => followUp.at >= plannedAt(release)) === true,
        telling: (rung) => rung,
      },
      toTheEnd(open),
    )
  }
}
