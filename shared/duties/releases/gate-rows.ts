import { ANSWERS } from '../../messages/answers.ts'
import { written } from '../../planning/written.ts'
import { OUT_TEXTS, GATE_TEXTS as TEXTS } from './texts.ts'

/**
 * The gate meeting, as a duty officer reads it. The code of these rows is in `asking.ts`, `gate-meeting.ts`,
 * `out-now.ts` and `telling-the-others.ts`. T is the release day at `gateTime`, else at 07:00; times without a day
 * are London wall clock.
 */

export const PLANNED = { daysBefore: 7, at: '09:00' } as const
export const ASKING = { from: '12:00', everyMinutes: 30 } as const
export const NOBODY = { warnedAt: '17:00', hoursBefore: 1 } as const
export const ALERT = { hoursBefore: 2, timeUnknown: '20:00' } as const
export const UNKNOWN = { hoursAfter: 3, everyHours: 2, lastAt: '20:00' } as const
export const PERHAPS_OUT = { afterMinutes: 60 } as const
export const OUTCOME = { hoursAfter: [1, 2], timeUnknown: ['10:00', '12:00'] } as const

const OFF = 'the release is cancelled or closed; in hospital or at large until another day is told'
/** News of a gate is no use to anybody the night after next. */
const NEXT_EVENING = '20:00 of the day after'
const CLOSED = `the gate meeting is closed; ${NEXT_EVENING}; ${OFF}`
const OUT = `they are out; ${CLOSED}`

export const MEETING = written({
  id: 'GATE-01',
  title: {
    en: 'Somebody meets the person at the gate',
    cy: 'Mae rhywun yn cwrdd â’r person wrth y giât',
  },
  source: '004:1897, "being met at the prison gates on release by a key worker"',
  rows: {
    plan: {
      to: 'key worker (else duty officer)',
      when: `${PLANNED.daysBefore} days before, ${PLANNED.at}, with the link to accept`,
      until: `accepted; \`accept\` begins; ${OUT}`,
      answers: ANSWERS.gateMeeting,
      text: TEXTS.plan,
    },
    accept: {
      to: `first candidate; the next ${ASKING.everyMinutes} min after the one before was given, or at once when that one declines or its message fails; the list is read again at each step and looked at again every ${ASKING.everyMinutes} min until T`,
      when: `from ${ASKING.from} the day before (planned later than that: at once; court release without a time: at once)`,
      until: `accepted; T (court release without a time: the day is over); ${OUT}`,
      answers: ANSWERS.gateMeeting,
      urgent: true,
      text: TEXTS.accept,
    },
    confirmed: {
      to: 'the one who accepted',
      when: 'at once: place, time, initials, number to call back; once they are out: please go at once',
      until: `the acceptance falls; ${CLOSED}`,
      answers: ANSWERS.gateMeetingAfterAll,
      text: {
        ahead: TEXTS.confirmed,
        sure: OUT_TEXTS.confirmed,
        worker: OUT_TEXTS.confirmedPerhaps,
        other: OUT_TEXTS.confirmedSetOut,
      },
    },
    uncovered: {
      to: 'duty officer, rota owner',
      when: `${NOBODY.warnedAt} the day before, nobody accepted`,
      until: `accepted; ${OUT}`,
      alarm: 'release-uncovered',
      text: TEXTS.uncovered,
      asks: 'conversation',
    },
    nobody: {
      to: 'duty officer, rota owner',
      when: `T − ${NOBODY.hoursBefore} h and T, nobody accepted; at T they are rung too, where the stage has a number that calls`,
      until: `accepted; ${OUT}`,
      alarm: 'release-uncovered',
      urgent: true,
      text: TEXTS.nobody,
      asks: 'conversation',
    },
    alert: {
      to: 'the one who accepted; duty officer too (without the identity) if that is a sponsor, peer or relative',
      when: `T − ${ALERT.hoursBefore} h − \`travelMinutes\`; gate time unknown: ${ALERT.timeUnknown} the day before; accepted later than that: at once`,
      until: `the acceptance falls; ${OUT}`,
      answers: ANSWERS.gateMeetingAfterAll,
      urgent: true,
      text: { meeter: TEXTS.alert, dutyOfficer: TEXTS.alertDutyOfficer },
    },
    outcome: {
      to: 'the one who accepted, then duty officer (sponsor, peer, relative: duty officer only)',
      when: `${OUTCOME.hoursAfter.map((hours) => `T + ${hours} h`).join(', ')}; gate time unknown: so long after \`out-now\`, else ${OUTCOME.timeUnknown.join(', ')}; out on another day: so long after that`,
      until: CLOSED,
      answers: ANSWERS.gateMeetingOutcome,
      text: TEXTS.outcome,
    },
    replied: {
      to: 'duty officer, without the identity of a sponsor, peer or relative',
      when: 'at once when a meeter or somebody on call writes back other words: the words behind sign-in',
      until: `read; ${OFF}`,
      asks: [{ event: 'reply.read' }],
      text: TEXTS.replied,
    },
    unknown: {
      to: 'duty officer, rota owner',
      when: `T + ${UNKNOWN.hoursAfter} h (out on another day: so long after that), then every ${UNKNOWN.everyHours} h until ${UNKNOWN.lastAt}, nobody has said how it went`,
      until: CLOSED,
      answers: ANSWERS.gateMeetingUnknown,
      text: OUT_TEXTS.unknown,
    },
    'not-met': {
      overdue: true,
      to: 'duty officer, key worker',
      when: 'at once on any close but `met`, `stood-down`; closed `not-released`: ask the prison for the new date',
      until: `a follow-up recorded; ${NEXT_EVENING}`,
      text: TEXTS.notMet,
      asks: [{ event: 'follow-up.recorded' }],
    },
  },
})

export const OUT_NOW = written({
  id: 'GATE-08',
  title: {
    en: 'A release without warning is told at once',
    cy: 'Rhoddir gwybod ar unwaith am ryddhau dirybudd',
  },
  source: '004:1693, "I was woken up at five in the morning and told to get my stuff"',
  rows: {
    'out-now': {
      to: 'the one who accepted; nobody accepted: everyone on call now, key worker and duty officer together',
      when: 'at once on a release home that comes before T, on another day, from another prison, or with nobody accepted; it names the prison that the event names. On the early report of the planned day: may be out, please go, and ring the prison (others than workers: please set out now); the fuller report says nothing twice',
      until: CLOSED,
      answers: ANSWERS.gateMeeting,
      urgent: true,
      text: {
        meeter: TEXTS.outNow,
        everyone: TEXTS.outNowNobody,
        worker: OUT_TEXTS.perhapsOut,
        other: OUT_TEXTS.setOut,
        everyonePerhaps: OUT_TEXTS.perhapsOutNobody,
      },
    },
    'perhaps-out': {
      to: 'duty officer, key worker',
      when: `at once on the early report of another day than the planned one; ${PERHAPS_OUT.afterMinutes} minutes after an early report of the planned day with no fuller one (duty officer), or at once when the fuller one says that records were merged: ring the prison, the plan stands`,
      until: `the fuller report has come; \`release.reported\`; ${CLOSED}`,
      asks: [{ event: 'release.reported' }],
      urgent: true,
      text: OUT_TEXTS.ringThePrison,
    },
  },
})

export const OTHERS = written({
  id: 'GATE-02',
  title: {
    en: 'Those who were asked learn that it is covered, or off',
    cy: 'Mae’r rhai a holwyd yn cael gwybod bod rhywun yn mynd, neu nad oes angen',
  },
  source: '004:1825, "Someone to meet you from either the local DIP teams or a trusted person"',
  rows: {
    covered: {
      to: 'everyone else asked who has not declined; those who were told that nobody had accepted',
      when: 'at once when somebody accepts',
      until: `the acceptance falls; they decline; ${CLOSED}`,
      text: { asked: TEXTS.covered, warned: TEXTS.coveredAfterAll },
    },
    'stand-down': {
      to: 'everybody asked or alerted, no reason given; after a death no relative; where something came of the person, key worker and duty officer: ring the prison first, not the person or anyone of theirs',
      when: 'at once when the release is cancelled or closed before the gate meeting, when that is closed `not-released` or `stood-down` (not to who closed it), when another system says that the person died, was removed from the country, was moved to hospital or is at large, or, for a meeter, when a later plan says that they may not meet them',
      until: `the release is planned again; ${NEXT_EVENING}`,
      asks: 'conversation',
      urgent: true,
      text: { asked: TEXTS.standDown, staff: OUT_TEXTS.standDownStaff },
    },
  },
})

export const MOVED = written({
  id: 'GATE-29',
  title: {
    en: 'A release that moves is asked and told about again',
    cy: 'Pan fydd dyddiad rhyddhau’n newid, gofynnir a rhoddir gwybod eto',
  },
  source: '004:3347, "around 100,000 inter-prison transfers annually"',
  rows: {
    moved: {
      to: 'everybody asked or alerted, and the ladder starts again for the new day, time or prison',
      when: 'at once on `release.moved`, or on any reception at another prison before release (transfer, return from court or from temporary absence, admission)',
      until: `moved again; they are out; ${CLOSED}`,
      answers: ANSWERS.gateMeeting,
      urgent: true,
      text: TEXTS.moved,
    },
  },
})

const { plan, accept, confirmed, alert, uncovered, nobody } = MEETING.row
const outNow = OUT_NOW.row['out-now']

/** The rows under which somebody is asked to go. */
export const ASKED = [plan, accept, outNow] as const
export const ASKED_OR_ALERTED = [plan, accept, confirmed, alert, outNow] as const
/** The rows that say that nobody has accepted. */
export const WARNED = [uncovered, nobody] as const
/** What is told to somebody who accepted; if it does not reach them, their acceptance no longer counts. */
export const TOLD_TO_ACCEPTER = [confirmed, alert, outNow] as const
