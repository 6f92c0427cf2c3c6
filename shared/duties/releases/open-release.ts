import { earliest, type Instant, type LocalDate, londonDate } from '../../calendar/london.ts'
import type { Matter } from '../../casefile/casefile.ts'
import { factStamp } from '../../casefile/ids.ts'
import type { Role } from '../../casefile/ledger.ts'
import { gateTimeOf, meetingClosed, notReleased, plannedAt, type Release } from '../../casefile/release.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { absenceOn, type Candidate } from '../../directory/reach.ts'
import type { Facts } from '../../messages/text.ts'
import type { Planned, Series, Told } from '../../planning/duty.ts'
import type { Recipient } from '../../planning/ladder.ts'
import type { Rules } from '../../planning/rules.ts'

/** Section 5 of the schedule: release. Source 004 is the Patel report, Prison Drug Treatment Strategy Review Group. */

/** One release, planned or only possible, as its duties see it. */
export type OpenRelease = {
  readonly casefile: Matter<'release'>
  readonly release: Release
  readonly rules: Rules
}

/** A release, and what was told about it. */
export type ToldRelease = OpenRelease & Told

/** A release with a day. */
export type DatedRelease = OpenRelease & {
  readonly releaseOn: LocalDate
  /** T: when somebody must be at the gate. */
  readonly gateTime: Instant
}

/** For a duty that counts from the day of release: nothing while the release is only possible. */
export function onceDated<Open extends OpenRelease, T>(plan: (open: Open & DatedRelease) => Iterable<T>) {
  return function* (open: Open): Iterable<T> {
    const { releaseOn } = open.release
    const gateTime = gateTimeOf(open.release)
    if (releaseOn !== undefined && gateTime !== undefined) yield* plan({ ...open, releaseOn, gateTime })
  }
}

/** The same, and what was told about it. */
export type ToldDatedRelease = DatedRelease & Told

/** When a release was called off, closed, or suspended (hospital, or unlawfully at large): every row stops. */
export function offAt({ cancelled, closed, away }: Release): Instant | undefined {
  return earliest(cancelled?.at, closed?.at, away?.at)
}

/** When every row except those about the gate meeting itself stopped: it is off, or the person was not released. */
export function overAt(release: Release): Instant | undefined {
  return earliest(offAt(release), notReleased(release)?.at)
}

/** The release is off, or the gate meeting's outcome was reported: there is nobody left to meet. */
export function isOver(release: Release): boolean {
  return offAt(release) !== undefined || meetingClosed(release) !== undefined
}

/** What was due before its row stopped, but not given yet, is no longer true; what was due later was never owed. */
export function* upTo<P extends Planned | Series>(
  stop: Instant | undefined,
  planned: Iterable<P>,
): Iterable<P | Planned> {
  for (const one of planned) {
    if (stop === undefined) yield one
    else if (!('around' in one) && one.due < stop) yield { ...one, untold: one.untold ?? 'no-longer-true' }
  }
}

/** Everything about a gate meeting is about one version of its plan: another day, time or place starts again. */
export function versionOf(release: Release, setAt = plannedAt(release)): string {
  return `${release.releaseId}_${factStamp(setAt)}`
}

/** The event that set the current plan. */
export function because({ release }: OpenRelease): string[] {
  return release.plans.slice(-1).map((event) => event.eventId)
}

/** What a message may say, given who and when. */
export type Says = (neighbours: Neighbours) => Facts

/** A role in the schedule's row: its holder is found at the moment of telling. */
export function recipient(
  role: Role,
  who: (neighbours: Neighbours, now: Instant) => readonly Candidate[],
  says: Says,
): Recipient {
  return { role, to: (neighbours, now) => ({ to: who(neighbours, now), facts: says(neighbours) }) }
}

/** The key worker, their cover if they are away; else the duty officer. */
export function keyWorker(open: OpenRelease, says: Says): Recipient {
  return recipient('key-worker', (neighbours, now) => keyWorkerOf(open, neighbours, now), says)
}

/** The duty officer, or who covers for them. */
export function dutyOfficer(open: OpenRelease, says: Says): Recipient {
  return recipient('duty-officer', (neighbours, now) => [dutyOfficerOf(open, neighbours, now)], says)
}

/** Both, if a row names both; if there is no key worker, the duty officer once. */
export function keyWorkerAndDutyOfficer(open: OpenRelease, says: Says): Recipient[] {
  const first = open.release.keyWorker === undefined ? [] : [keyWorker(open, says)]
  return [...first, dutyOfficer(open, says)]
}

/** The owner of the rota of the release's area; else the duty officer. */
export function rotaOwner(open: OpenRelease, says: Says): Recipient {
  const who = (neighbours: Neighbours, now: Instant) => [
    ...holder('rota-owner', neighbours.get('rota', open.release.area).owner),
    dutyOfficerOf(open, neighbours, now),
  ]
  return recipient('rota-owner', who, says)
}

/**
 * The number to call back, which staff may give out: the duty officer's, else the rota owner's; empty if neither has
 * one.
 */
export function callBackOf({ release }: OpenRelease, neighbours: Neighbours): string {
  return numberToGive([release.dutyOfficer, neighbours.get('rota', release.area).owner], neighbours)
}

/** The first of these contacts' numbers that staff may give out; empty if there is none. */
export function numberToGive(contactIds: readonly (string | undefined)[], neighbours: Neighbours): string {
  const phones = contactIds.map((id) =>
    id === undefined ? undefined : neighbours.get('contact', id).details?.phone,
  )
  return phones.find((phone) => phone !== undefined) ?? ''
}

/** The key worker, else the duty officer, as candidates to be told. */
export function keyWorkerOf(open: OpenRelease, neighbours: Neighbours, now: Instant): Candidate[] {
  return [...holder('key-worker', open.release.keyWorker), dutyOfficerOf(open, neighbours, now)]
}

/** The duty officer, or their cover if they are away; without cover they themselves, since nobody comes after them. */
export function dutyOfficerOf({ release }: OpenRelease, neighbours: Neighbours, now: Instant): Candidate {
  const contactId = release.dutyOfficer
  const absence = absenceOn(neighbours.get('contact', contactId), londonDate(now))
  const isAlone = absence !== undefined && absence.coverContactId === undefined
  return { contactId, role: 'duty-officer', covered: true, ...(isAlone && { on: NO_DAY }) }
}

/** The holder of a role, if any, or their cover if they are away. */
export function holder(role: Role, contactId: string | undefined): Candidate[] {
  return contactId === undefined ? [] : [{ contactId, role, covered: true }]
}

/** A day on which nobody is away: for what must be told to somebody wherever they are. */
export const NO_DAY: LocalDate = ''
