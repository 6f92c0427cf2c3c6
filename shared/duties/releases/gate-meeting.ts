import { HOUR_MS, type Instant, londonTime, MINUTE_MS } from '../../calendar/london.ts'
import { dayBefore } from '../../casefile/release.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { type Duty, notice, type Planned } from '../../planning/duty.ts'
import { ladder, type Recipient } from '../../planning/ladder.ts'
import { ask, planAhead, uncovered } from './asking.ts'
import { cameOutAt, gateFacts, meeter, says, staleAfter, untilClosed, whoAccepted } from './gate-facts.ts'
import { ALERT, MEETING, OUTCOME } from './gate-rows.ts'
import { type Acceptance, acceptedVersion, accepter, isPrivate } from './meeters.ts'
import {
  because,
  type DatedRelease,
  dutyOfficer,
  dutyOfficerOf,
  keyWorkerAndDutyOfficer,
  type OpenRelease,
  offAt,
  onceDated,
  recipient,
  upTo,
  versionOf,
} from './open-release.ts'

export const meetAtTheGate: Duty<OpenRelease> = {
  ...MEETING,
  plan: onceDated(function* (open) {
    yield* untilOut(open, planAhead(open))
    yield* untilOut(open, ask(open))
    yield* untilOut(open, uncovered(open))
    yield* untilClosed(open, confirm(open))
    yield* untilOut(open, alert(open))
    yield* untilClosed(open, askOutcome(open))
    yield* upTo(offAt(open.release), notMet(open))
    yield* upTo(offAt(open.release), replied(open))
  }),
}

/** Once the person is out, the plan made for the planned day is over. */
function* untilOut(open: DatedRelease, planned: Iterable<Planned>): Iterable<Planned> {
  yield* untilClosed(open, upTo(open.release.home?.at, planned))
}

function* confirm(open: DatedRelease): Iterable<Planned> {
  const accepted = accepter(open)
  if (!accepted) return
  const { ahead, outNow } = MEETING.row.confirmed.text
  const { home } = open.release
  yield notice(open.casefile, {
    ...MEETING.row.confirmed,
    ...ofAcceptance(open, accepted),
    text: home && accepted.at >= home.at ? outNow : ahead,
    due: accepted.at,
    ...meeter(open, accepted),
  })
}

function* alert(open: DatedRelease): Iterable<Planned> {
  const { release, releaseOn, gateTime, casefile } = open
  const accepted = accepter(open)
  if (!accepted) return
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

function ofAcceptance(open: OpenRelease, accepted: Acceptance) {
  return {
    occasion: acceptedVersion(open, accepted),
    hours: 'any',
    alone: true,
    because: [...because(open), accepted.eventId],
  } as const
}

function* askOutcome(open: DatedRelease): Iterable<Planned> {
  const { release, casefile } = open
  const accepted = accepter(open)
  const officer = dutyOfficer(open, says(open))
  const first = accepted && !isPrivate(release, accepted.by) ? meeterElseOfficer(open, accepted) : officer
  const [due, again] = outcomeTimes(open)
  yield* ladder(casefile, {
    duty: MEETING.id,
    occasion: versionOf(release),
    hours: 'any',
    alone: true,
    because: because(open),
    rungs: [
      { ...MEETING.row.outcome, label: '1', due, tell: [first] },
      { ...MEETING.row.outcome, label: '2', due: again, tell: [officer] },
    ],
    until: () => false,
  })
}

function meeterElseOfficer(open: OpenRelease, { by }: Acceptance): Recipient {
  const who = (neighbours: Neighbours, now: Instant) => [
    whoAccepted(open, by, now),
    dutyOfficerOf(open, neighbours, now),
  ]
  return { ...recipient('meeter', who, says(open)), contactId: by }
}

function outcomeTimes(open: DatedRelease): [Instant, Instant] {
  const { release, releaseOn, gateTime } = open
  const counted = release.gateTime === undefined ? cameOutAt(open) : gateTime
  const { hoursAfter, timeUnknown } = OUTCOME
  const [due, again] = hoursAfter
  if (counted !== undefined) return [counted + due * HOUR_MS, counted + again * HOUR_MS]
  return [londonTime(releaseOn, timeUnknown[0]), londonTime(releaseOn, timeUnknown[1])]
}

function* replied(open: DatedRelease): Iterable<Planned> {
  const { casefile, release } = open
  const read = release.replies.flatMap(({ type, info }) => (type === 'reply.read' ? [info.replyId] : []))
  for (const reply of release.replies) {
    if (reply.type !== 'reply.received') continue
    const { replyId, contactId, crisis = false } = reply.info
    const isNamed = !isPrivate(release, contactId)
    yield notice(casefile, {
      ...MEETING.row.replied,
      occasion: versionOf(release, reply.at),
      due: reply.at,
      hours: 'any',
      alone: true,
      because: [...because(open), reply.eventId],
      untold: read.includes(replyId) ? 'no-longer-true' : undefined,
      ...dutyOfficer(open, (neighbours) => ({
        ...gateFacts(open, neighbours),
        ...{ at: reply.at, crisis },
        who: isNamed ? (neighbours.get('contact', contactId).details?.name ?? '') : '',
      })),
    })
  }
}

function* notMet(open: DatedRelease): Iterable<Planned> {
  const { casefile, release } = open
  for (const closed of release.meetingsClosed) {
    const { outcome } = closed.info
    if (outcome === 'met' || outcome === 'stood-down') continue
    const tell = keyWorkerAndDutyOfficer(open, (neighbours) => ({ ...gateFacts(open, neighbours), outcome }))
    yield* ladder(casefile, {
      duty: MEETING.id,
      occasion: versionOf(release, closed.at),
      hours: 'any',
      alone: true,
      because: [...because(open), closed.eventId],
      rungs: [{ ...MEETING.row['not-met'], due: closed.at, tell }],
      stale: staleAfter(closed.at),
      until: ({ byId }) => (byId[release.releaseId]?.followUps.length ?? 0) > 0,
    })
  }
}
