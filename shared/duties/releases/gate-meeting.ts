import { HOUR_MS, type Instant, londonTime, MINUTE_MS } from '../../calendar/london.ts'
import { dayBefore } from '../../casefile/release.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { ANSWERS } from '../../messages/answers.ts'
import { type Duty, notice, type Planned } from '../../planning/duty.ts'
import { ladder, type Recipient } from '../../planning/ladder.ts'
import { ask, planAhead, uncovered } from './asking.ts'
import { cameOutAt, gateFacts, meeter, says, untilClosed, whoAccepted } from './gate-facts.ts'
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

const ALERT_BEFORE_MS = 2 * HOUR_MS

export const meetAtTheGate: Duty<OpenRelease> = {
  id: 'GATE-01',
  title: 'Somebody meets the person at the gate',
  source: '004:1897, "being met at the prison gates on release by a key worker"',
  steps: {
    plan: {
      to: 'key worker (else duty officer)',
      when: '7 days before, 09:00, with the link to accept',
      until: 'accepted',
      answers: ANSWERS.gateMeeting,
    },
    accept: {
      to: 'first candidate; the next 30 min after the one before was given, or at once when that one declines or its message fails; the list is read afresh at each step and looked at again every 30 min until T',
      when: 'from 12:00 the day before (planned later than that: at once; court release without a time: at once)',
      until: 'accepted; T (court release without a time: the day is over)',
      answers: ANSWERS.gateMeeting,
    },
    confirmed: {
      to: 'whoever accepted',
      when: 'at once: place, time, initials, number to call back',
      until: 'closed',
      answers: ANSWERS.gateMeetingAfterAll,
    },
    uncovered: {
      to: 'duty officer, rota owner',
      when: '17:00 the day before, nobody accepted',
      until: 'accepted',
      alarm: 'release-uncovered',
    },
    nobody: {
      to: 'duty officer, rota owner',
      when: 'T − 1 h and T, nobody accepted',
      until: 'accepted; closed',
      alarm: 'release-uncovered',
    },
    alert: {
      to: 'whoever accepted; duty officer too (without the identity) if that is a sponsor, peer or relative',
      when: 'T − 2 h − `travelMinutes`; gate time unknown: 20:00 the day before',
      until: 'closed',
      answers: ANSWERS.gateMeetingAfterAll,
    },
    outcome: {
      to: 'whoever accepted, then duty officer (sponsor, peer, relative: duty officer only)',
      when: 'T + 1 h, T + 2 h; gate time unknown: 1 h after `out-now`, else 10:00, 12:00',
      until: 'closed',
      answers: ANSWERS.gateMeetingOutcome,
    },
    'not-met': {
      to: 'duty officer, key worker',
      when: 'at once on any close but `met`, `stood-down`',
      until: 'a follow-up recorded',
    },
  },
  plan: onceDated(function* (open) {
    yield* untilClosed(open, planAhead(open))
    yield* untilClosed(open, ask(open))
    yield* untilClosed(open, uncovered(open))
    yield* untilClosed(open, confirmAndAlert(open))
    yield* untilClosed(open, askOutcome(open))
    yield* upTo(offAt(open.release), notMet(open))
  }),
}

function* confirmAndAlert(open: DatedRelease): Iterable<Planned> {
  const { release, releaseOn, gateTime, casefile } = open
  const accepted = accepter(open)
  if (!accepted) return
  const common = {
    duty: 'GATE-01',
    occasion: acceptedVersion(open, accepted),
    hours: 'any',
    alone: true,
    because: [...because(open), accepted.eventId],
  } as const
  const alertAt =
    release.gateTime === undefined
      ? dayBefore(releaseOn, '20:00')
      : gateTime - ALERT_BEFORE_MS - release.travelMinutes * MINUTE_MS
  const alert = { ...common, step: 'alert', due: Math.max(alertAt, accepted.at) }
  yield notice(casefile, { ...common, step: 'confirmed', due: accepted.at, ...meeter(open, accepted) })
  yield notice(casefile, { ...alert, ...meeter(open, accepted) })
  if (isPrivate(release, accepted.by)) {
    yield notice(casefile, { ...alert, text: 'alert-duty-officer', ...dutyOfficer(open, says(open)) })
  }
}

function* askOutcome(open: DatedRelease): Iterable<Planned> {
  const { release, casefile } = open
  const accepted = accepter(open)
  const officer = dutyOfficer(open, says(open))
  const first = accepted && !isPrivate(release, accepted.by) ? meeterElseOfficer(open, accepted) : officer
  const [due, again] = outcomeTimes(open)
  yield* ladder(casefile, {
    duty: 'GATE-01',
    occasion: versionOf(release),
    hours: 'any',
    alone: true,
    because: because(open),
    rungs: [
      { step: 'outcome', label: '1', due, tell: [first] },
      { step: 'outcome', label: '2', due: again, tell: [officer] },
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
  if (counted !== undefined) return [counted + HOUR_MS, counted + 2 * HOUR_MS]
  return [londonTime(releaseOn, '10:00'), londonTime(releaseOn, '12:00')]
}

function* notMet(open: DatedRelease): Iterable<Planned> {
  const { casefile, release } = open
  for (const closed of release.meetingsClosed) {
    const { outcome } = closed.info
    if (outcome === 'met' || outcome === 'stood-down') continue
    const tell = keyWorkerAndDutyOfficer(open, (neighbours) => ({ ...gateFacts(open, neighbours), outcome }))
    yield* ladder(casefile, {
      duty: 'GATE-01',
      occasion: versionOf(release, closed.at),
      hours: 'any',
      alone: true,
      because: [...because(open), closed.eventId],
      rungs: [{ step: 'not-met', due: closed.at, tell }],
      until: ({ byId }) => (byId[release.releaseId]?.followUps.length ?? 0) > 0,
    })
  }
}

export const ASKED = ['GATE-01 plan', 'GATE-01 accept', 'GATE-08 out-now']
export const ASKED_OR_ALERTED = [...ASKED, 'GATE-01 confirmed', 'GATE-01 alert']
