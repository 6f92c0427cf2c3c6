import {
  addDays,
  HOUR_MS,
  type Instant,
  londonDate,
  londonTime,
  londonTimeOfDay,
  MINUTE_MS,
} from '../calendar/london.ts'
import type { Casefile } from '../casefile/casefile.ts'
import type { Entry, Role } from '../casefile/ledger.ts'
import { onCall } from '../casefile/people.ts'
import {
  dayBefore,
  gateTimeOf,
  meetingClosed,
  plannedAt,
  type Release,
  type Releases,
} from '../casefile/release.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import { absenceOn, type Candidate } from '../directory/reach.ts'
import {
  type Bound,
  type Duty,
  type Facts,
  factStamp,
  ladder,
  notice,
  noticeIdOf,
  type Planned,
  type Recipient,
} from './duty.ts'
import type { Rules } from './rules.ts'

/** Section 5 of the schedule: release. Source 004 is the Patel report, Prison Drug Treatment Strategy Review Group. */

/** One release with a day, as its duties see it. */
export type OpenRelease = {
  readonly casefile: Casefile<'release'>
  readonly release: Release
  /** T: when somebody has to be at the gate. */
  readonly gateTime: Instant
  readonly rules: Rules
}

/** The release as its duties see it; undefined while it has no day. */
export function openRelease(
  casefile: Casefile<'release'>,
  release: Release,
  rules: Rules,
): OpenRelease | undefined {
  const gateTime = gateTimeOf(release)
  return gateTime === undefined ? undefined : { casefile, release, gateTime, rules }
}

const ASK_EVERY_MS = 30 * MINUTE_MS
const ALERT_BEFORE_MS = 2 * HOUR_MS
/** More people than any release has to ask. */
const ASKS_MAX = 50

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
      to: 'first candidate; the next 30 min after the one before was given, or at once when that one declines or its message fails',
      when: 'from 12:00 the day before (planned later than that: at once; court release without a time: at once)',
      until: 'accepted; T',
    },
    confirmed: { to: 'whoever accepted', when: 'at once', until: 'closed' },
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
      when: 'T + 1 h, T + 2 h; gate time unknown: 10:00, 12:00',
      until: 'closed',
    },
  },
  *plan(open) {
    if (isOver(open.release)) return
    yield* planAhead(open)
    yield* ask(open)
    yield* uncovered(open)
    yield* confirmAndAlert(open)
    yield* outcome(open)
  },
}

function* planAhead(open: OpenRelease): Iterable<Planned> {
  const { release } = open
  const releaseOn = release.releaseOn ?? ''
  yield* gateLadder(open, {
    rungs: [
      {
        step: 'plan',
        due: londonTime(addDays(releaseOn, -7), '09:00'),
        tell: [
          {
            role: 'key-worker',
            to: (neighbours) => ({ to: keyWorker(release), facts: gateFacts(open, neighbours) }),
          },
        ],
      },
    ],
    stale: askingFrom(open),
    until: (at) => accepter(open, at) !== undefined,
  })
}

/** The ladder of candidates: whoever comes next is asked when the one before has not taken it. */
function* ask(open: OpenRelease): Iterable<Planned> {
  if (accepter(open)) return
  const asks: Entry[] = []
  for (let nth = 1; nth <= ASKS_MAX; nth++) {
    const due = askDue(open, asks.at(-1))
    if (due === undefined || due >= askingUntil(open)) return
    const draft = {
      duty: 'GATE-01',
      step: 'accept',
      occasion: `${versionOf(open)}_${nth}`,
      role: 'meeter',
    } as const
    const entry = open.casefile.ledger.entry(noticeIdOf(open.casefile.id, draft))
    if (entry?.is === 'sent' || entry?.is === 'failed' || entry?.is === 'skipped') {
      asks.push(entry)
      continue
    }
    yield notice(open.casefile, {
      ...draft,
      due,
      stale: askingUntil(open),
      hours: 'any',
      alone: true,
      because: because(open),
      lookAgainMs: ASK_EVERY_MS,
      to: (neighbours, now) => {
        const asked = new Set(asks.map((one) => ('to' in one ? one.to : undefined)))
        const to = candidates(open, neighbours, now).filter(
          (candidate) => !asked.has(candidate.contactId) && !hasDeclined(open, candidate.contactId),
        )
        return to.length > 0 ? { to, facts: gateFacts(open, neighbours) } : undefined
      },
    })
    return
  }
}

/** When the next candidate is asked: half an hour after the last, or at once when that ask came to nothing. */
function askDue(open: OpenRelease, last: Entry | undefined): Instant | undefined {
  const { release, casefile } = open
  const from = last?.at ?? askingFrom(open)
  const moments = last ? [from + ASK_EVERY_MS] : [from]
  if (last) {
    const failedAt = casefile.ledger.failedAt(last.noticeId)
    if (failedAt !== undefined || last.is === 'skipped') moments.push(failedAt ?? from)
    for (const answer of release.answers) {
      if (answer.type === 'gate-meeting.declined' && 'to' in last && answer.info.by === last.to)
        moments.push(answer.at)
    }
  }
  moments.push(...falls(open))
  return moments
    .map((moment) => Math.max(moment, from))
    .sort((a, b) => a - b)
    .find((moment) => !accepter(open, moment))
}

function askingFrom(open: OpenRelease): Instant {
  const { release } = open
  const planned = plannedAt(release)
  if (isCourtWithoutTime(release)) return planned
  return Math.max(planned, dayBefore(release.releaseOn ?? '', '12:00'))
}

/** A court says on the day itself, when 07:00 is past: asking goes on until the day is over. */
function askingUntil({ release, gateTime }: OpenRelease): Instant {
  if (!isCourtWithoutTime(release)) return gateTime
  return londonTime(addDays(release.releaseOn ?? '', 1), '00:00')
}

function isCourtWithoutTime(release: Release): boolean {
  return release.place === 'court' && release.gateTime === undefined
}

function* uncovered(open: OpenRelease): Iterable<Planned> {
  const { release, gateTime } = open
  const tell = [dutyOfficer(open), rotaOwner(open)]
  yield* gateLadder(open, {
    rungs: [
      { step: 'uncovered', due: dayBefore(release.releaseOn ?? '', '17:00'), tell },
      { step: 'nobody', label: '1-hour', due: gateTime - HOUR_MS, tell },
      { step: 'nobody', label: 'gate-time', due: gateTime, tell },
    ],
    until: (at) => accepter(open, at) !== undefined,
  })
}

function* confirmAndAlert(open: OpenRelease): Iterable<Planned> {
  const { release, gateTime, casefile } = open
  const accepted = accepter(open)
  if (!accepted) return
  const occasion = `${versionOf(open)}_${factStamp(accepted.at)}`
  const common = {
    hours: 'any',
    alone: true,
    occasion,
    because: [...because(open), accepted.eventId],
  } as const
  const told = (step: string, due: Instant): Planned =>
    notice(casefile, {
      ...common,
      duty: 'GATE-01',
      step,
      role: 'meeter',
      contactId: accepted.by,
      due,
      to: (neighbours, now) => ({
        to: [candidate(open, neighbours, now, accepted.by)],
        facts: gateFacts(open, neighbours),
      }),
    })
  const alertAt =
    release.gateTime === undefined
      ? dayBefore(release.releaseOn ?? '', '20:00')
      : gateTime - ALERT_BEFORE_MS - release.travelMinutes * MINUTE_MS
  yield told('confirmed', accepted.at)
  yield told('alert', alertAt)
  if (isPrivate(release, accepted.by)) {
    yield notice(casefile, {
      ...common,
      duty: 'GATE-01',
      step: 'alert',
      role: 'duty-officer',
      due: alertAt,
      text: 'alert-duty-officer',
      to: dutyOfficer(open).to,
    })
  }
}

function* outcome(open: OpenRelease): Iterable<Planned> {
  const { release, gateTime } = open
  const known = release.gateTime !== undefined
  const day = release.releaseOn ?? ''
  const accepted = accepter(open)
  const first: Recipient =
    accepted && !isPrivate(release, accepted.by)
      ? {
          role: 'meeter',
          contactId: accepted.by,
          to: (neighbours, now) => ({
            to: [candidate(open, neighbours, now, accepted.by), ...dutyOfficerOf(release)],
            facts: gateFacts(open, neighbours),
          }),
        }
      : dutyOfficer(open)
  yield* gateLadder(open, {
    rungs: [
      {
        step: 'outcome',
        label: '1',
        due: known ? gateTime + HOUR_MS : londonTime(day, '10:00'),
        tell: [first],
      },
      {
        step: 'outcome',
        label: '2',
        due: known ? gateTime + 2 * HOUR_MS : londonTime(day, '12:00'),
        tell: [dutyOfficer(open)],
      },
    ],
    until: () => false,
  })
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
    yield* covered(open)
    yield* standDown(open)
  },
}

function* covered(open: OpenRelease): Iterable<Planned> {
  const accepted = accepter(open)
  if (!accepted || isOver(open.release)) return
  for (const asked of told(open, ASKING, versionOf(open))) {
    if (asked.to === accepted.by || hasDeclined(open, asked.to)) continue
    yield others(open, 'covered', asked, Math.max(accepted.at, asked.at), accepted)
  }
}

function* standDown(open: OpenRelease): Iterable<Planned> {
  const { release } = open
  const closed = meetingClosed(release)
  const offWith = closed && ['not-released', 'stood-down'].includes(closed.info.outcome) ? closed : undefined
  const off = release.cancelled ?? offWith
  if (!off) return
  for (const entry of told(open, [...ASKING, 'confirmed', 'alert'], release.releaseId)) {
    if ('by' in off.info && off.info.by === entry.to) continue
    yield others(open, 'stand-down', entry, off.at, off)
  }
}

const ASKING = ['plan', 'accept']

function others(
  open: OpenRelease,
  step: string,
  entry: Sent,
  due: Instant,
  fact: { at: Instant; eventId: string },
): Planned {
  return notice(open.casefile, {
    duty: 'GATE-02',
    step,
    occasion: `${versionOf(open)}_${factStamp(fact.at)}`,
    role: entry.role,
    contactId: entry.to,
    due,
    hours: 'any',
    alone: true,
    because: [...because(open), fact.eventId],
    to: (neighbours, now) => ({
      to: [withRole(candidate(open, neighbours, now, entry.to, { evenIfAbsent: true }), entry.role)],
      facts: gateFacts(open, neighbours),
    }),
  })
}

export const RELEASE_DUTIES = [meetAtTheGate, tellTheOthers] as const

type Sent = Extract<Entry, { is: 'sent' }>

/** Who was told one of these steps of GATE-01 in this release, each once. */
function told(open: OpenRelease, steps: readonly string[], occasion: string): Sent[] {
  const byContact = new Map<string, Sent>()
  for (const entry of open.casefile.ledger.entries) {
    if (entry.duty !== 'GATE-01' || !steps.includes(entry.step) || entry.is !== 'sent') continue
    if (!`${entry.occasion}_`.startsWith(`${occasion}_`)) continue
    if (!byContact.has(entry.to)) byContact.set(entry.to, entry)
  }
  return [...byContact.values()]
}

/** Rungs about the gate meeting: every day, each message alone, none once the meeting is over. */
function* gateLadder(
  open: OpenRelease,
  plan: {
    rungs: readonly { step: string; label?: string; due: Instant; tell: readonly Recipient[] }[]
    stale?: Instant
    /** Whether it need not be given, as things stood at a moment; as they stand when it is left out. */
    until: (at?: Instant) => boolean
  },
): Iterable<Planned> {
  const { casefile, release } = open
  yield* ladder(casefile, {
    duty: 'GATE-01',
    occasion: versionOf(open),
    hours: 'any',
    alone: true,
    because: because(open),
    rungs: plan.rungs,
    ...(plan.stale !== undefined && { stale: plan.stale }),
    until: (state: Releases, due) => {
      const then = state.byId[release.releaseId]
      const isNow = state === casefile.state
      return (then !== undefined && isOver(then)) || plan.until(isNow ? undefined : due)
    },
  })
}

/** The release is off, or somebody said how the gate meeting went: there is nobody left to meet. */
export function isOver(release: Release): boolean {
  return (
    release.cancelled !== undefined || release.closed !== undefined || meetingClosed(release) !== undefined
  )
}

/** Everything said about a plan is said about one version of it: another day, time or place starts afresh. */
function versionOf({ release }: OpenRelease): string {
  return `${release.releaseId}_${factStamp(plannedAt(release))}`
}

function because({ release }: OpenRelease): string[] {
  return release.plans.slice(-1).map((event) => event.eventId)
}

type Acceptance = { readonly by: string; readonly at: Instant; readonly eventId: string }

/**
 * The first standing acceptance of the present plan, at a moment or as things stand. It falls when its giver
 * declines later, or was found absent or out of reach when the next thing was to be told.
 */
export function accepter(open: OpenRelease, at = Number.POSITIVE_INFINITY): Acceptance | undefined {
  const answers = answersOf(open).filter((answer) => answer.at <= at)
  const standing = answers.find((answer) => {
    if (answer.type !== 'gate-meeting.accepted') return false
    return !fallsOf(open, answer.info.by, answer.at).some((fall) => fall <= at)
  })
  return standing && { by: standing.info.by, at: standing.at, eventId: standing.eventId }
}

/** When acceptances of the present plan fell. */
function falls(open: OpenRelease): Instant[] {
  return answersOf(open)
    .filter((answer) => answer.type === 'gate-meeting.accepted')
    .flatMap((answer) => fallsOf(open, answer.info.by, answer.at))
}

function fallsOf(open: OpenRelease, by: string, acceptedAt: Instant): Instant[] {
  const { ledger } = open.casefile
  const declined = answersOf(open)
    .filter((answer) => answer.type === 'gate-meeting.declined' && answer.info.by === by)
    .map((answer) => answer.at)
  const version = `${versionOf(open)}_${factStamp(acceptedAt)}`
  const missed = ['confirmed', 'alert']
    .flatMap((step) => ledger.of('GATE-01', step, version))
    .filter((entry) => 'to' in entry && entry.to === by && entry.is !== 'claimed')
    .map((entry) =>
      entry.is === 'skipped' && entry.misses.length > 0 ? entry.at : ledger.failedAt(entry.noticeId),
    )
    .filter((missedAt) => missedAt !== undefined)
  return [...declined, ...missed].filter((fall) => fall >= acceptedAt)
}

function answersOf({ release }: OpenRelease): Release['answers'] {
  return release.answers.filter((answer) => answer.at >= plannedAt(release))
}

function hasDeclined(open: OpenRelease, contactId: string): boolean {
  return answersOf(open).findLast((answer) => answer.info.by === contactId)?.type === 'gate-meeting.declined'
}

/** Everybody who may be asked, each once, in order: never an empty list, since the duty officer ends it. */
function candidates(open: OpenRelease, neighbours: Neighbours, now: Instant): Candidate[] {
  const { release, gateTime } = open
  const rota = neighbours.get('rota', release.area)
  const ids = [
    release.keyWorker,
    ...consented(release).map((meeter) => meeter.contactId),
    ...onCall(rota, gateTime),
    release.dutyOfficer,
  ]
  return [...new Set(ids)]
    .filter((contactId) => contactId !== undefined)
    .map((contactId) => candidate(open, neighbours, now, contactId))
}

/** Meeters who agreed, as listed; no relative where there is a risk of partner violence. */
function consented(release: Release): Release['meeters'] {
  return release.meeters.filter(
    (meeter) => meeter.consented && !(release.partnerViolenceRisk && meeter.kind === 'family'),
  )
}

/** A sponsor, peer or relative: not staff, and on no page or message of prison or probation. */
export function isPrivate(release: Release, contactId: string): boolean {
  return release.meeters.some((meeter) => meeter.contactId === contactId && meeter.kind !== 'key-worker')
}

/** Somebody who may meet the person: they have to be there on the day, and be asked at a decent hour. */
function candidate(
  open: OpenRelease,
  neighbours: Neighbours,
  now: Instant,
  contactId: string,
  { evenIfAbsent = false } = {},
): Candidate {
  const { release } = open
  const rota = neighbours.get('rota', release.area)
  const notBefore = isPrivate(release, contactId)
    ? socialHour(open, now)
    : onCall(rota, now).includes(contactId)
      ? undefined
      : offShiftHour(open, now)
  return {
    contactId,
    role: roleOf(release, contactId),
    on: evenIfAbsent ? NO_DAY : (release.releaseOn ?? londonDate(now)),
    ...(notBefore !== undefined && { notBefore }),
  }
}

/** A day on which nobody is absent: for what somebody who was asked must hear wherever they are. */
const NO_DAY = ''

function withRole(one: Candidate, role: Role): Candidate {
  return { ...one, role }
}

function roleOf(release: Release, contactId: string): Role {
  if (contactId === release.keyWorker) return 'key-worker'
  const meeter = release.meeters.find((one) => one.contactId === contactId)
  if (meeter) return meeter.kind === 'key-worker' ? 'key-worker' : 'meeter'
  return contactId === release.dutyOfficer ? 'duty-officer' : 'on-call'
}

/** Sponsors, peers and relatives: 08:00–21:00, unless the release is that day or the next. */
function socialHour({ release }: OpenRelease, now: Instant): Instant | undefined {
  const today = londonDate(now)
  if (release.releaseOn === today || release.releaseOn === addDays(today, 1)) return undefined
  const time = londonTimeOfDay(now)
  if (time >= '08:00' && time < '21:00') return undefined
  return londonTime(time < '08:00' ? today : addDays(today, 1), '08:00')
}

/** Nobody off shift is disturbed in 22:00–05:00, unless the gate opens within twelve hours. */
function offShiftHour({ gateTime }: OpenRelease, now: Instant): Instant | undefined {
  const time = londonTimeOfDay(now)
  if ((time >= '05:00' && time < '22:00') || gateTime - now <= 12 * HOUR_MS) return undefined
  const today = londonDate(now)
  return londonTime(time < '05:00' ? today : addDays(today, 1), '05:00')
}

function keyWorker(release: Release): Candidate[] {
  const own: Candidate[] = release.keyWorker ? [{ contactId: release.keyWorker, role: 'key-worker' }] : []
  return [...own, ...dutyOfficerOf(release)]
}

function dutyOfficerOf(release: Release): Candidate[] {
  return [{ contactId: release.dutyOfficer, role: 'duty-officer', covered: true }]
}

function dutyOfficer(open: OpenRelease): Recipient {
  return {
    role: 'duty-officer',
    to: (neighbours): Bound => ({ to: dutyOfficerOf(open.release), facts: gateFacts(open, neighbours) }),
  }
}

function rotaOwner(open: OpenRelease): Recipient {
  const { release } = open
  return {
    role: 'rota-owner',
    to: (neighbours): Bound => {
      const { owner } = neighbours.get('rota', release.area)
      const own: Candidate[] = owner ? [{ contactId: owner, role: 'rota-owner', covered: true }] : []
      return { to: [...own, ...dutyOfficerOf(release)], facts: gateFacts(open, neighbours) }
    },
  }
}

/** Place, time, initials, and a number to call back: nothing of health, offence or treatment. */
function gateFacts(open: OpenRelease, neighbours: Neighbours): Facts {
  const { release, gateTime } = open
  const prison = release.prisonId ? neighbours.get('prison', release.prisonId).details?.name : undefined
  const officer = neighbours.get('contact', release.dutyOfficer).details
  return {
    releaseId: release.releaseId,
    initials: release.initials,
    releaseOn: release.releaseOn,
    gateTime: release.gateTime === undefined ? 0 : gateTime,
    place: release.meetAt ?? prison ?? release.prisonId ?? '',
    callBack: officer?.phone ?? officer?.mobile ?? '',
  }
}

/** Whether a contact is away on the day of a release. */
export function isAway(neighbours: Neighbours, contactId: string, { release }: OpenRelease): boolean {
  return absenceOn(neighbours.get('contact', contactId), release.releaseOn ?? '') !== undefined
}
