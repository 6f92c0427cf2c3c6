import {
  addDays,
  earliest,
  HOUR_MS,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
  londonTimeOfDay,
} from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import { type Entry, mayHaveBeenTold, type Role } from '../../casefile/ledger.ts'
import { isBarred, type Release, standsSince } from '../../casefile/release.ts'
import { onCall } from '../../casefile/rota.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { absenceOn, type Candidate, isReachable } from '../../directory/reach.ts'
import type { RowName } from '../../planning/written.ts'
import { TOLD_TO_ACCEPTER } from './gate-rows.ts'
import { type DatedRelease, NO_DAY, type OpenRelease, type ToldRelease, versionOf } from './open-release.ts'

/** Who may meet somebody at the gate, in what order and hours, and who has agreed to. */

/** Everybody who may be asked, each once, in order. The duty officer is always last, so the list is never empty. */
export function candidates(open: DatedRelease, neighbours: Neighbours, now: Instant): Candidate[] {
  const { release, releaseOn, gateTime } = open
  const rota = neighbours.get('rota', release.area)
  const officer = neighbours.get('contact', release.dutyOfficer)
  const last = absenceOn(officer, releaseOn)?.coverContactId ?? release.dutyOfficer
  const meeters = release.meeters.map((meeter) => meeter.contactId)
  const ids = [release.keyWorker, ...meeters, ...onCall(rota, gateTime), last]
  return [...new Set(ids)]
    .filter((contactId) => contactId !== undefined)
    .filter((contactId) => !isBarred(release, contactId))
    .map((contactId) => ({
      contactId,
      role: contactId === last ? 'duty-officer' : roleOf(release, contactId),
      on: contactId === last ? NO_DAY : releaseOn,
      ...notBefore(
        socialHour(open, contactId, now, [releaseOn]),
        offShiftHour(open, neighbours, contactId, now),
      ),
    }))
}

/** Whether it is worth asking somebody now: they are available on the day, and can be reached. */
export function canBeAsked(candidate: Candidate, neighbours: Neighbours, now: Instant): boolean {
  const { contactId, on = NO_DAY } = candidate
  const isAway = absenceOn(neighbours.get('contact', contactId), on) !== undefined
  return !isAway && isReachable(candidate, neighbours, now)
}

/**
 * Somebody who must be told something about a meeting: a sponsor, peer or relative at a sociable hour, unless one of
 * the `days` it is about is that day or the next. With `on`, only if they are available on that day.
 */
export function hearer(
  open: OpenRelease,
  contactId: string,
  now: Instant,
  { days, on = NO_DAY, role }: { days: readonly LocalDate[]; on?: LocalDate; role?: Role },
): Candidate {
  return {
    contactId,
    role: role ?? roleOf(open.release, contactId),
    on,
    ...notBefore(socialHour(open, contactId, now, days)),
  }
}

/** A sponsor, peer or relative: not staff, and on no page or message of prison or probation. */
export function isPrivate({ keyWorker, dutyOfficer, meeters }: Release, contactId: string): boolean {
  if (contactId === keyWorker || contactId === dutyOfficer) return false
  return meeters.some((meeter) => meeter.contactId === contactId && meeter.kind !== 'key-worker')
}

/** One of the family, and not also the key worker or the duty officer. */
export function isRelative(release: Release, contactId: string): boolean {
  const named = release.meeters.some((meeter) => meeter.contactId === contactId && meeter.kind === 'family')
  return named && isPrivate(release, contactId)
}

function roleOf({ keyWorker, dutyOfficer, meeters }: Release, contactId: string): Role {
  if (contactId === keyWorker) return 'key-worker'
  const named = meeters.find((meeter) => meeter.contactId === contactId)
  if (named) return named.kind === 'key-worker' ? 'key-worker' : 'meeter'
  return contactId === dutyOfficer ? 'duty-officer' : 'on-call'
}

function notBefore(...hours: (Instant | undefined)[]): { notBefore?: Instant } {
  const known = hours.filter((hour) => hour !== undefined)
  return known.length === 0 ? {} : { notBefore: Math.max(...known) }
}

/** Sponsors, peers and relatives: 08:00–21:00, unless it is about that day or the next. */
function socialHour(
  { release }: OpenRelease,
  contactId: string,
  now: Instant,
  days: readonly LocalDate[],
): Instant | undefined {
  const today = londonDate(now)
  const tomorrow = addDays(today, 1)
  if (!isPrivate(release, contactId) || days.includes(today) || days.includes(tomorrow)) return undefined
  const time = londonTimeOfDay(now)
  if (time >= '08:00' && time < '21:00') return undefined
  return londonTime(time < '08:00' ? today : tomorrow, '08:00')
}

/** Nobody off shift is asked between 22:00 and 05:00, unless the gate opens within twelve hours. */
export function offShiftHour(
  { release, gateTime }: DatedRelease,
  neighbours: Neighbours,
  contactId: string,
  now: Instant,
): Instant | undefined {
  const time = londonTimeOfDay(now)
  if (time >= '05:00' && time < '22:00') return undefined
  if (onCall(neighbours.get('rota', release.area), now).includes(contactId)) return undefined
  const morning = londonTime(time < '05:00' ? londonDate(now) : addDays(londonDate(now), 1), '05:00')
  return Math.min(morning, gateTime - 12 * HOUR_MS)
}

/** The parts of a release that say what was asked and answered. */
type Answered = Pick<ToldRelease, 'ledger' | 'release'>

export type Acceptance = { readonly by: string; readonly at: Instant; readonly eventId: string }

/**
 * The first acceptance of the current plan that still stands, at a given moment or now. It lapses if the person declines
 * later, or was found absent or out of reach when they were next to be told something.
 */
export function accepter(open: Answered, at = Number.POSITIVE_INFINITY): Acceptance | undefined {
  const standing = acceptances(open).find(
    (acceptance) => acceptance.at <= at && !fallsOf(open, acceptance).some((fall) => fall <= at),
  )
  return standing && { by: standing.info.by, at: standing.at, eventId: standing.eventId }
}

/** When acceptances of the current plan lapsed. */
export function falls(open: Answered): Instant[] {
  return acceptances(open).flatMap((acceptance) => fallsOf(open, acceptance))
}

/** Everything told to the one who accepted is about that acceptance. */
export function acceptedVersion({ release }: Answered, acceptance: { at: Instant }): string {
  return `${versionOf(release)}_${factStamp(acceptance.at)}`
}

/** Acceptances that stood when they were given and have lapsed since, each with when it lapsed. */
export function fallen(open: Answered): { readonly accepted: Acceptance; readonly at: Instant }[] {
  return acceptances(open).flatMap((acceptance) => {
    const accepted = accepter(open, acceptance.at)
    const at = earliest(...fallsOf(open, acceptance))
    return accepted?.eventId === acceptance.eventId && at !== undefined ? [{ accepted, at }] : []
  })
}

type Answer = Release['answers'][number]

function acceptances(open: Answered): Answer[] {
  return answersOf(open).filter(
    ({ type, info }) => type === 'gate-meeting.accepted' && !isBarred(open.release, info.by),
  )
}

function fallsOf(open: Answered, accepted: Answer): Instant[] {
  const { by } = accepted.info
  const missed = entriesAbout(open, TOLD_TO_ACCEPTER, [versionOf(open.release)])
    .filter((entry) => 'to' in entry && entry.to === by && entry.due >= accepted.at)
    .flatMap((entry) => {
      if (entry.is === 'skipped') return entry.misses.length > 0 ? [entry.at] : []
      return open.ledger.failedAt(entry.noticeId) ?? []
    })
  return [...declinedAt(open, by), ...missed].filter((fall) => fall >= accepted.at)
}

/** When somebody declined the current plan. */
export function declinedAt(open: Answered, contactId: string): Instant[] {
  return answersOf(open)
    .filter(({ type, info }) => type === 'gate-meeting.declined' && info.by === contactId)
    .map((answer) => answer.at)
}

/** Whether somebody's last answer about the current plan was no. */
export function hasDeclined(open: Answered, contactId: string): boolean {
  return answersOf(open).findLast(({ info }) => info.by === contactId)?.type === 'gate-meeting.declined'
}

function answersOf({ release }: Answered): Answer[] {
  return release.answers.filter((answer) => answer.at >= standsSince(release))
}

/** Somebody who was told something, or may have been. */
export type Told = Extract<Entry, { is: 'sent' | 'failed' }>

/** Who was told under one of these rows about the given versions of the plan, each person once. */
export function told(open: Answered, rows: readonly RowName[], versions: readonly string[]): Told[] {
  const byContact = new Map<string, Told>()
  for (const entry of entriesAbout(open, rows, versions)) {
    if (mayHaveBeenTold(entry) && !byContact.has(entry.to)) byContact.set(entry.to, entry)
  }
  return [...byContact.values()]
}

function entriesAbout(open: Answered, rows: readonly RowName[], versions: readonly string[]): Entry[] {
  return open.ledger.entries.filter(
    ({ duty, step, occasion }) =>
      rows.some((row) => row.duty === duty && row.step === step) &&
      versions.some((version) => `${occasion}_`.startsWith(`${version}_`)),
  )
}
