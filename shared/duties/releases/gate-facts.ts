import { addDays, type Instant, londonDate, londonTime } from '../../calendar/london.ts'
import { gateTimeOf, meetingClosed } from '../../casefile/release.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Candidate } from '../../directory/reach.ts'
import type { Facts } from '../../messages/text.ts'
import type { Planned } from '../../planning/duty.ts'
import type { Recipient } from '../../planning/ladder.ts'
import { type Acceptance, accepter, hearer } from './meeters.ts'
import { type OpenRelease, offAt, recipient, type Says, upTo } from './open-release.ts'

/** The one who accepted, and nobody in their place: it falls, if they are away on the day or out of reach. */
export function meeter(open: OpenRelease, { by }: Acceptance, facts = says(open)): Recipient {
  return { ...recipient('meeter', (_, now) => [whoAccepted(open, by, now)], facts), contactId: by }
}

/** Who accepted, as somebody to be told wherever they are. */
export function whoAccepted(open: OpenRelease, by: string, now: Instant): Candidate {
  const on = open.release.releaseOn ?? londonDate(now)
  return hearer(open, by, now, { days: [on], on })
}

/** When the person came out as nobody was ready for: early, on another day, elsewhere, or with nobody on the way. */
export function cameOutAt(open: OpenRelease): Instant | undefined {
  const { home, releaseOn } = open.release
  if (!home) return undefined
  const gateTime = gateTimeOf(open.release)
  const isOnTime = gateTime !== undefined && home.at >= gateTime && londonDate(home.at) === releaseOn
  const isElsewhere = prisonOut(open) !== open.release.prisonId
  return isOnTime && !isElsewhere && accepter(open, home.at) ? undefined : home.at
}

/** The prison that they came out of, as its own word names it; else the planned one. */
export function prisonOut({ release }: OpenRelease): string | undefined {
  return release.home?.info.prisonId ?? release.prisonId
}

/** When news of a gate is no use to anybody any more: the evening of the day after. */
export function staleAfter(fact: Instant): Instant {
  return londonTime(addDays(londonDate(fact), 1), NEWS_UNTIL)
}

const NEWS_UNTIL = '20:00'

/** A row stops when the release is off; what was due before the gate meeting was closed is stale after it. */
export function* untilClosed(open: OpenRelease, planned: Iterable<Planned>): Iterable<Planned> {
  const closed = meetingClosed(open.release)
  for (const one of upTo(offAt(open.release), planned)) {
    if (!closed) yield one
    else if (one.due < closed.at) yield { ...one, stale: Math.min(one.stale ?? closed.at, closed.at) }
  }
}

/** What a message about the gate may say, once the neighbours are known. */
export function says(open: OpenRelease): Says {
  return (neighbours) => gateFacts(open, neighbours)
}

/** Place, time, initials, and a number to call back: nothing of health, offence or treatment. */
export function gateFacts(
  open: OpenRelease,
  neighbours: Neighbours,
  prisonId = open.release.prisonId,
): Facts {
  const { release } = open
  const { releaseId, initials, place, releaseOn } = release
  const meetAt = prisonId === release.prisonId ? release.meetAt : undefined
  const prison = prisonId && (neighbours.get('prison', prisonId).details?.name ?? prisonId)
  return {
    releaseId,
    initials,
    releaseOn: releaseOn ?? '',
    gateTime: release.gateTime === undefined ? 0 : gateTimeOf(release),
    isCourt: place === 'court',
    place: (place === 'court' ? [meetAt] : [prison, meetAt]).filter(Boolean).join(', '),
    callBack: callBackOf(open, neighbours),
  }
}

/** The number to call back: a phone that may be given out, of the duty officer, else of the owner of the rota. */
export function callBackOf({ release }: OpenRelease, neighbours: Neighbours): string {
  const { owner } = neighbours.get('rota', release.area)
  const phones = [release.dutyOfficer, owner].map(
    (one) => one && neighbours.get('contact', one).details?.phone,
  )
  return phones.find((phone) => phone !== undefined && phone !== '') ?? ''
}
