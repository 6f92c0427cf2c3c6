import type { Instant, LocalDate } from '../../calendar/london.ts'
import type { Role } from '../../casefile/ledger.ts'
import { type Went, whereTo } from '../../casefile/movements.ts'
import { gateTimeOf, isBarred, meetingClosed, type Release } from '../../casefile/release.ts'
import type { Template } from '../../messages/text.ts'
import { byLedger, type Duty, notice, type Planned } from '../../planning/duty.ts'
import type { RowName } from '../../planning/written.ts'
import { gateFacts, says, staleAfter, untilClosed } from './gate-facts.ts'
import { ASKED, ASKED_OR_ALERTED, MOVED, OTHERS, WARNED } from './gate-rows.ts'
import { acceptedVersion, accepter, hasDeclined, hearer, isRelative, type Told, told } from './meeters.ts'
import {
  because,
  keyWorkerAndDutyOfficer,
  type OpenRelease,
  onceDated,
  type ToldDatedRelease,
  type ToldRelease,
  versionOf,
} from './open-release.ts'

export const tellTheOthers: Duty<OpenRelease> = {
  ...OTHERS,
  plan: byLedger(function* (open) {
    yield* untilClosed(open, covered(open))
    yield* standDown(open)
    yield* keepAway(open)
  }),
}

function* covered(open: ToldRelease): Iterable<Planned> {
  const accepted = accepter(open)
  if (!accepted) return
  const { text, ...row } = OTHERS.row.covered
  const versions = [versionOf(open.release)]
  const asked = told(open, ASKED, versions).filter(
    ({ to }) => !hasDeclined(open, to) && !isBarred(open.release, to),
  )
  const warned = told(open, WARNED, versions).filter(({ to }) => !asked.some((one) => one.to === to))
  const hear = (one: Told, text: Template) =>
    tellAgain(open, one, {
      row: { ...row, text },
      occasion: acceptedVersion(open, accepted),
      due: Math.max(accepted.at, one.at),
      fact: accepted.eventId,
    })
  for (const one of asked) if (one.to !== accepted.by) yield hear(one, text.asked)
  for (const one of warned) if (one.to !== accepted.by) yield hear(one, text.warned)
}

/**
 * Nobody should go in vain. No reason is given: everybody who was asked gets the same words, and staff the same words.
 */
function* standDown(open: ToldRelease): Iterable<Planned> {
  const { release, casefile } = open
  const off = calledOff(release)
  if (!off) return
  const { text, ...row } = OTHERS.row['stand-down']
  const named = { occasion: versionOf(release, off.at), due: off.at, stale: staleAfter(off.at) }
  const staff = off.went ? [release.keyWorker, release.dutyOfficer] : []
  for (const one of toldOfAnyPlan(open)) {
    if (off.by === one.to || staff.includes(one.to) || release.barred[one.to]) continue
    if (off.went === 'died' && isRelative(release, one.to)) continue
    yield tellAgain(open, one, { row: { ...row, text: text.asked }, fact: off.eventId, ...named })
  }
  if (!off.went) return
  for (const one of keyWorkerAndDutyOfficer(open, says(open))) {
    yield notice(casefile, {
      ...{ ...row, ...named, ...one, text: text.staff, hours: 'any', alone: true },
      because: [...because(open), off.eventId],
    })
  }
}

/** Somebody who was asked and is no longer allowed gets the same words, without the reason or who goes instead. */
function* keepAway(open: ToldRelease): Iterable<Planned> {
  const { release } = open
  const { text, ...row } = OTHERS.row['stand-down']
  const isDead = calledOff(release)?.went === 'died'
  for (const one of toldOfAnyPlan(open)) {
    const barred = release.barred[one.to]
    if (!barred || (isDead && isRelative(release, one.to))) continue
    yield tellAgain(open, one, {
      row: { ...row, text: text.asked },
      occasion: versionOf(release, barred.at),
      due: barred.at,
      stale: staleAfter(gateTimeOf(release) ?? barred.at),
      fact: barred.eventId,
    })
  }
}

/** Everybody who was asked or told to go, under any plan of this release that was not given up. */
function toldOfAnyPlan(open: ToldRelease) {
  const { release } = open
  return told(
    open,
    ASKED_OR_ALERTED,
    release.plans.map((plan) => versionOf(release, plan.at)),
  )
}

type Off = {
  readonly at: Instant
  readonly eventId: string
  readonly by?: string
  /** What happened to the person, if that is the reason. */
  readonly went?: Went
}

/**
 * What first made going to the gate pointless; nothing can once the meeting is over, the person out, or the day past.
 */
export function calledOff(release: Release): Off | undefined {
  const { cancelled, closed, away, home } = release
  const meeting = meetingClosed(release)
  const [first] = [cancelled, closed, away, home, meeting]
    .filter((event) => event !== undefined)
    .sort((a, b) => a.at - b.at)
  if (!first || first === home || isGoneBy(release, first.at)) return undefined
  const { at, eventId } = first
  switch (first.type) {
    case 'gate-meeting.closed': {
      const { outcome, by } = first.info
      return outcome === 'not-released' || outcome === 'stood-down' ? { at, eventId, by } : undefined
    }
    case 'release.closed':
      return first.info.reason === 'died' ? { at, eventId, went: 'died' } : { at, eventId }
    case 'person.died':
      return { at, eventId, went: 'died' }
    case 'release.cancelled':
      return { at, eventId }
    case 'release.reported':
      return undefined
    default:
      return { at, eventId, went: whereTo(first) }
  }
}

/** Whether nobody can still be on the way to the gate, or waiting there. */
function isGoneBy(release: Release, at: Instant): boolean {
  const gateTime = gateTimeOf(release)
  return gateTime !== undefined && at >= staleAfter(gateTime)
}

export const moved: Duty<OpenRelease> = {
  ...MOVED,
  plan: byLedger(
    onceDated(function* (open) {
      yield* untilClosed(open, tellMoved(open))
    }),
  ),
}

function* tellMoved(open: ToldDatedRelease): Iterable<Planned> {
  const { release, releaseOn, casefile } = open
  const versions = release.plans.map((plan) => versionOf(release, plan.at))
  const move = release.plans.at(-1)
  if (!move || release.home) return
  const before = casefile.asOf(move.at - 1, ({ byId }) => byId[release.releaseId]?.releaseOn)
  const was = before ?? releaseOn
  for (const one of told(open, ASKED_OR_ALERTED, versions.slice(0, -1))) {
    if (isBarred(release, one.to)) continue
    yield tellAgain(open, one, {
      row: MOVED.row.moved,
      occasion: versionOf(release),
      due: Math.max(move.at, one.at),
      stale: staleAfter(Math.max(move.at, one.at)),
      fact: move.eventId,
      was,
    })
  }
}

/** What somebody who was told earlier must be told now, wherever they are. */
function tellAgain(
  open: ToldRelease,
  { role, to: contactId }: { role: Role; to: string },
  news: {
    row: RowName & { text: Template }
    occasion: string
    due: Instant
    stale?: Instant
    fact: string
    was?: LocalDate
  },
): Planned {
  const { releaseOn = '' } = open.release
  const { row, fact, was = releaseOn, ...named } = news
  return notice(open.casefile, {
    ...row,
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
