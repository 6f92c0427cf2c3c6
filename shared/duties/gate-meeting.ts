import {
  addDays,
  HOUR_MS,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
  MINUTE_MS,
} from '../calendar/london.ts'
import { isSettled, type Role, type Settled } from '../casefile/ledger.ts'
import { onCall } from '../casefile/people.ts'
import { dayBefore, gateTimeOf, meetingClosed, plannedAt } from '../casefile/release.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import type { Candidate } from '../directory/reach.ts'
import {
  type Bound,
  type Duty,
  type Facts,
  ladder,
  notice,
  noticeIdOf,
  type Planned,
  type Recipient,
  type Rung,
} from './duty.ts'
import {
  type Acceptance,
  acceptedVersion,
  accepter,
  canBeAsked,
  candidates,
  declinedAt,
  falls,
  hasDeclined,
  hearer,
  isBarred,
  isPrivate,
  offShiftHour,
  told,
} from './meeters.ts'
import {
  because,
  type DatedRelease,
  dutyOfficer,
  dutyOfficerOf,
  keyWorkerAndDutyOfficer,
  keyWorkerOf,
  type OpenRelease,
  offAt,
  onceDated,
  recipient,
  rotaOwner,
  type Says,
  upTo,
  versionOf,
} from './open-release.ts'

const ASK_EVERY_MS = 30 * MINUTE_MS
const ALERT_BEFORE_MS = 2 * HOUR_MS
/** More people than any release has to ask. */
const ASKS_MAX = 50
/** More people than any rota has on call at once. */
const ON_CALL_MAX = 20

const meetAtTheGate: Duty<OpenRelease> = {
  id: 'GATE-01',
  title: 'Somebody meets the person at the gate',
  source: '004:1897, "being met at the prison gates on release by a key worker"',
  steps: {
    plan: {
      to: 'key worker (else duty officer)',
      when: '7 days before, 09:00, with the link to accept',
      until: 'accepted',
    },
    accept: {
      to: 'first candidate; the next 30 min after the one before was given, or at once when that one declines or its message fails; the list is read afresh at each step and looked at again every 30 min until T',
      when: 'from 12:00 the day before (planned later than that: at once; court release without a time: at once)',
      until: 'accepted; T (court release without a time: the day is over)',
    },
    confirmed: {
      to: 'whoever accepted',
      when: 'at once: place, time, initials, number to call back',
      until: 'closed',
    },
    uncovered: {
      to: 'duty officer, rota owner',
      when: '17:00 the day before, nobody accepted',
      until: 'accepted',
    },
    nobody: {
      to: 'duty officer, rota owner',
      when: 'T − 1 h and T, nobody accepted',
      until: 'accepted; closed',
    },
    alert: {
      to: 'whoever accepted; duty officer too (without the identity) if that is a sponsor, peer or relative',
      when: 'T − 2 h − `travelMinutes`; gate time unknown: 20:00 the day before',
      until: 'closed',
    },
    outcome: {
      to: 'whoever accepted, then duty officer (sponsor, peer, relative: duty officer only)',
      when: 'T + 1 h, T + 2 h; gate time unknown: 1 h after `out-now`, else 10:00, 12:00',
      until: 'closed',
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

function* planAhead(open: DatedRelease): Iterable<Planned> {
  const due = londonTime(addDays(open.releaseOn, -7), '09:00')
  const asking = askingFrom(open)
  const tell = [
    recipient('key-worker', (neighbours, now) => keyWorkerByDay(open, neighbours, now), says(open)),
  ]
  yield* untilAccepted(open, [{ step: 'plan', due, tell }], asking > due ? asking : open.gateTime)
}

/** It asks for an answer, so it does not wake anybody who is off shift. */
function keyWorkerByDay(open: DatedRelease, neighbours: Neighbours, now: Instant): Candidate[] {
  return keyWorkerOf(open, neighbours, now).map((one) => {
    const notBefore = offShiftHour(open, neighbours, one.contactId, now)
    return notBefore === undefined ? one : { ...one, notBefore }
  })
}

/** The ladder of candidates: whoever comes next is asked when the one before has not taken it. */
function* ask(open: DatedRelease): Iterable<Planned> {
  if (accepter(open)) return
  const { casefile, release } = open
  const asks: Settled[] = []
  for (let nth = 1; nth <= ASKS_MAX; nth++) {
    const due = askDue(open, asks.at(-1))
    if (due === undefined || due >= askingUntil(open)) return
    const occasion = `${versionOf(release)}_${nth}`
    const draft = { duty: 'GATE-01', step: 'accept', occasion, role: 'meeter' } as const
    const entry = casefile.ledger.entry(noticeIdOf(casefile.id, draft))
    if (isSettled(entry)) {
      asks.push(entry)
      continue
    }
    yield notice(casefile, {
      ...draft,
      due,
      stale: askingUntil(open),
      hours: 'any',
      alone: true,
      because: because(open),
      lookAgainMs: ASK_EVERY_MS,
      to: (neighbours, now) => {
        const tried = new Set(asks.flatMap(triedBy))
        const to = candidates(open, neighbours, now).filter(
          ({ contactId }) => !tried.has(contactId) && !hasDeclined(open, contactId),
        )
        const isWorthAsking = to.some((one) => canBeAsked(open, neighbours, one))
        const isNobodyAsked = nth === 1 && now >= askingUntil(open)
        return isWorthAsking || isNobodyAsked ? { to, facts: gateFacts(open, neighbours) } : undefined
      },
    })
    return
  }
}

/** Who need not be asked again. One who was skipped for no fault of theirs was never asked. */
function triedBy(asked: Settled): string[] {
  return asked.is === 'skipped' ? asked.misses.map((miss) => miss.contactId) : [asked.to]
}

/** When the next candidate is asked: half an hour after the last, or at once when that ask came to nothing. */
function askDue(open: DatedRelease, last: Settled | undefined): Instant | undefined {
  const from = last?.at ?? askingFrom(open)
  const fallsSince = falls(open).filter((fall) => last === undefined || fall > last.at)
  return [...(last ? nextAskAfter(open, last) : [from]), ...fallsSince]
    .map((moment) => Math.max(moment, from))
    .sort((a, b) => a - b)
    .find((moment) => !accepter(open, moment))
}

function nextAskAfter(open: DatedRelease, last: Settled): Instant[] {
  if (last.is === 'skipped') return [last.misses.length > 0 ? last.at : last.at + ASK_EVERY_MS]
  const failedAt = open.casefile.ledger.failedAt(last.noticeId)
  const cameToNothing = [...declinedAt(open, last.to), ...(failedAt === undefined ? [] : [failedAt])]
  return [last.at + ASK_EVERY_MS, ...cameToNothing]
}

function askingFrom({ release, releaseOn }: DatedRelease): Instant {
  const planned = plannedAt(release)
  return isCourtWithoutTime(release) ? planned : Math.max(planned, dayBefore(releaseOn, '12:00'))
}

/** A court says on the day itself, when 07:00 is past: asking goes on until the day is over. */
function askingUntil({ release, releaseOn, gateTime }: DatedRelease): Instant {
  return isCourtWithoutTime(release) ? londonTime(addDays(releaseOn, 1), '00:00') : gateTime
}

function isCourtWithoutTime({ place, gateTime }: OpenRelease['release']): boolean {
  return place === 'court' && gateTime === undefined
}

function* uncovered(open: DatedRelease): Iterable<Planned> {
  const { releaseOn, gateTime } = open
  const tell = [dutyOfficer(open, says(open)), rotaOwner(open, says(open))]
  yield* untilAccepted(open, [
    { step: 'uncovered', due: dayBefore(releaseOn, '17:00'), tell },
    { step: 'nobody', label: '1-hour', due: gateTime - HOUR_MS, tell },
    { step: 'nobody', label: 'gate-time', due: gateTime, tell },
  ])
}

/** Rungs that are owed while nobody has accepted: not those of a time when somebody had. */
function* untilAccepted(open: DatedRelease, rungs: readonly Rung[], stale?: Instant): Iterable<Planned> {
  const notices = ladder(open.casefile, {
    duty: 'GATE-01',
    occasion: versionOf(open.release),
    hours: 'any',
    alone: true,
    because: because(open),
    rungs,
    ...(stale !== undefined && { stale }),
    until: () => false,
  })
  for (const one of notices) {
    if (accepter(open, one.due)) continue
    yield accepter(open) ? { ...one, untold: 'no-longer-true' } : one
  }
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

/** Whoever accepted, and nobody in their place: it falls, if they are away on the day or out of reach. */
function meeter(open: OpenRelease, { by }: Acceptance): Recipient {
  return { ...recipient('meeter', (_, now) => [whoAccepted(open, by, now)], says(open)), contactId: by }
}

function whoAccepted(open: OpenRelease, by: string, now: Instant): Candidate {
  const on = open.release.releaseOn ?? londonDate(now)
  return hearer(open, by, now, { days: [on], on })
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

const outNow: Duty<OpenRelease> = {
  id: 'GATE-08',
  title: 'A release without warning is told at once',
  source: '004:1693, "I was woken up at five in the morning and told to get my stuff"',
  steps: {
    'out-now': {
      to: 'whoever accepted; nobody accepted: everyone on call now, key worker and duty officer together',
      when: 'at once on a release home that comes before T, on another day, or with nobody accepted',
      until: 'closed',
    },
  },
  *plan(open) {
    yield* untilClosed(open, tellOutNow(open))
  },
}

function* tellOutNow(open: OpenRelease): Iterable<Planned> {
  const { casefile, release } = open
  const due = cameOutAt(open)
  if (due === undefined || !release.home) return
  const draft = {
    duty: 'GATE-08',
    step: 'out-now',
    occasion: `${versionOf(release, planAt(open, due))}_${londonDate(due)}`,
    due,
    hours: 'any',
    alone: true,
    because: [...because(open), release.home.eventId],
  } as const
  const [first] = casefile.ledger.of(draft.duty, draft.step, draft.occasion)
  const accepted = accepter(open)
  if (accepted) {
    const isEveryoneTold = first !== undefined && accepted.at > due
    if (!isEveryoneTold) yield notice(casefile, { ...draft, ...meeter(open, accepted) })
    return
  }
  const everyone = [...keyWorkerAndDutyOfficer(open, says(open)), ...onCallTogether(open, first?.at)]
  for (const one of everyone) yield notice(casefile, { ...draft, text: 'out-now-nobody', ...one })
}

/**
 * Everyone on call when the first of them is told. Who they are is not known until then: each is the first, the
 * second, the third of however many there are.
 */
function onCallTogether(open: OpenRelease, since: Instant | undefined): Recipient[] {
  const { area, keyWorker: named, dutyOfficer: officer } = open.release
  return Array.from({ length: ON_CALL_MAX }, (_, nth) => ({
    role: 'on-call',
    contactId: String(nth + 1),
    to: (neighbours, now): Bound | undefined => {
      const all = onCall(neighbours.get('rota', area), since ?? now)
      const facts = gateFacts(open, neighbours)
      if (all.length === 0 && nth === 0) return { to: [], facts, nobody: 'nobody-on-call' }
      const contactId = all.filter((one) => one !== named && one !== officer)[nth]
      return contactId === undefined ? undefined : { to: [{ contactId, role: 'on-call' }], facts }
    },
  }))
}

/** When the person came out as nobody was ready for: early, on another day, or with nobody on the way. */
function cameOutAt(open: OpenRelease): Instant | undefined {
  const { home, releaseOn } = open.release
  if (!home) return undefined
  const gateTime = gateTimeOf(open.release)
  const isOnTime = gateTime !== undefined && home.at >= gateTime && londonDate(home.at) === releaseOn
  return isOnTime && accepter(open, home.at) ? undefined : home.at
}

/** When the plan was set that stood at a moment; the first one, before that. */
function planAt({ release }: OpenRelease, at: Instant): Instant {
  const plan = release.plans.findLast((event) => event.at <= at) ?? release.plans[0]
  return plan?.at ?? 0
}

const tellTheOthers: Duty<OpenRelease> = {
  id: 'GATE-02',
  title: 'Those who were asked learn that it is covered, or off',
  source: '004:1825, "Someone to meet you from either the local DIP teams or a trusted person"',
  steps: {
    covered: {
      to: 'everyone else asked who has not declined',
      when: 'at once when somebody accepts',
      until: '',
    },
    'stand-down': {
      to: 'everybody asked or alerted; no reason given',
      when: 'at once when cancelled, or closed `not-released` or `stood-down` (not to who closed it)',
      until: '',
    },
  },
  *plan(open) {
    yield* untilClosed(open, covered(open))
    yield* upTo(open.release.closed?.at, standDown(open))
  },
}

const ASKED = ['GATE-01 plan', 'GATE-01 accept', 'GATE-08 out-now']
const ASKED_OR_ALERTED = [...ASKED, 'GATE-01 confirmed', 'GATE-01 alert']

function* covered(open: OpenRelease): Iterable<Planned> {
  const accepted = accepter(open)
  if (!accepted) return
  for (const one of told(open, ASKED, [versionOf(open.release)])) {
    if (one.to === accepted.by || hasDeclined(open, one.to)) continue
    yield tellAgain(open, one, {
      duty: 'GATE-02',
      step: 'covered',
      occasion: acceptedVersion(open, accepted),
      due: Math.max(accepted.at, one.at),
      fact: accepted.eventId,
    })
  }
}

function* standDown(open: OpenRelease): Iterable<Planned> {
  const { release } = open
  const off = calledOff(open)
  if (!off) return
  const versions = release.plans.map((plan) => versionOf(release, plan.at))
  for (const one of told(open, ASKED_OR_ALERTED, versions)) {
    if (off.by === one.to) continue
    yield tellAgain(open, one, {
      duty: 'GATE-02',
      step: 'stand-down',
      occasion: versionOf(release, off.at),
      due: off.at,
      fact: off.eventId,
    })
  }
}

/** What makes going to the gate pointless. Once the meeting is over, calling off the release does not. */
function calledOff({ release }: OpenRelease): { at: Instant; by?: string; eventId: string } | undefined {
  const closed = meetingClosed(release)
  if (!closed) return release.cancelled
  const { outcome, by } = closed.info
  const isOff = outcome === 'not-released' || outcome === 'stood-down'
  return isOff ? { at: closed.at, by, eventId: closed.eventId } : undefined
}

const moved: Duty<OpenRelease> = {
  id: 'GATE-29',
  title: 'A release that moves is asked and told about afresh',
  source: '004:3347, "around 100,000 inter-prison transfers annually"',
  steps: {
    moved: {
      to: 'everybody asked or alerted, and the ladder starts afresh for the new day, time or prison',
      when: 'at once on `release.moved`, or a transfer before release',
      until: 'closed',
    },
  },
  plan: onceDated(function* (open) {
    yield* untilClosed(open, tellMoved(open))
  }),
}

function* tellMoved(open: DatedRelease): Iterable<Planned> {
  const { release, releaseOn, casefile } = open
  const versions = release.plans.map((plan) => versionOf(release, plan.at))
  const move = release.plans.at(-1)
  if (!move) return
  const was = casefile.asOf(move.at - 1).byId[release.releaseId]?.releaseOn ?? releaseOn
  const asked = ASKED_OR_ALERTED.filter((step) => step !== 'GATE-08 out-now')
  for (const one of told(open, asked, versions.slice(0, -1))) {
    if (isBarred(release, one.to)) continue
    yield tellAgain(open, one, {
      duty: 'GATE-29',
      step: 'moved',
      occasion: versionOf(release),
      due: Math.max(move.at, one.at),
      fact: move.eventId,
      was,
    })
  }
}

export const GATE_MEETING_DUTIES = [meetAtTheGate, outNow, tellTheOthers, moved] as const

/** What somebody who was told before has to hear now, wherever they are. */
function tellAgain(
  open: OpenRelease,
  { role, to: contactId }: { role: Role; to: string },
  news: { duty: string; step: string; occasion: string; due: Instant; fact: string; was?: LocalDate },
): Planned {
  const { releaseOn = '' } = open.release
  const { fact, was = releaseOn, ...named } = news
  return notice(open.casefile, {
    ...named,
    role,
    contactId,
    hours: 'any',
    alone: true,
    because: [...new Set([...because(open), fact])],
    to: (neighbours, now) => ({
      to: [hearer(open, contactId, now, { days: [releaseOn, was], role })],
      facts: { ...gateFacts(open, neighbours), was },
    }),
  })
}

/** A row stops when the release is off; what was due before the gate meeting was closed is stale after it. */
function* untilClosed(open: OpenRelease, planned: Iterable<Planned>): Iterable<Planned> {
  const closed = meetingClosed(open.release)
  for (const one of upTo(offAt(open.release), planned)) {
    if (!closed) yield one
    else if (one.due < closed.at) yield { ...one, stale: Math.min(one.stale ?? closed.at, closed.at) }
  }
}

function says(open: OpenRelease): Says {
  return (neighbours) => gateFacts(open, neighbours)
}

/** Place, time, initials, and a number to call back: nothing of health, offence or treatment. */
function gateFacts(open: OpenRelease, neighbours: Neighbours): Facts {
  const { release } = open
  const { releaseId, initials, place, prisonId, meetAt, releaseOn } = release
  const prison = prisonId && (neighbours.get('prison', prisonId).details?.name ?? prisonId)
  const officer = neighbours.get('contact', release.dutyOfficer).details
  return {
    releaseId,
    initials,
    releaseOn: releaseOn ?? '',
    gateTime: release.gateTime === undefined ? 0 : gateTimeOf(release),
    isCourt: place === 'court',
    place: (place === 'court' ? [meetAt] : [prison, meetAt]).filter(Boolean).join(', '),
    callBack: officer?.phone ?? officer?.mobile ?? '',
  }
}
