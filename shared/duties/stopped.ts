import { earliest, type Instant } from '../calendar/london.ts'
import type { Clearances } from '../casefile/clearance.ts'
import { isInCustody } from '../casefile/order.ts'
import { asItStood } from '../casefile/release.ts'
import type { Duty, Planned, Series } from '../planning/duty.ts'
import { rebookMissed } from './appointments/booking.ts'
import { fillGap } from './appointments/gaps.ts'
import { remindPerson } from './appointments/reminders.ts'
import {
  commence,
  fillWeeks,
  preparationReviews,
  reviewAfterProgramme,
  supportWhileWaiting,
} from './appointments/starting.ts'
import { tellOfDeath } from './orders/about-the-person.ts'
import type { OpenOrder } from './orders/open-order.ts'
import { type OpenRelease, upTo } from './releases/open-release.ts'
import { afterProgramme, atPlanReview, beforePlanReview } from './three-way/after-programme.ts'
import { atRisk } from './three-way/at-risk.ts'
import { jointReviews } from './three-way/joint-reviews.ts'
import { endMeeting, firstMeeting, halfWayMeeting } from './three-way/meetings.ts'

/** What stops duties of an order or a clearance from outside of them: its end, a death, a stay in prison. */

/**
 * Nothing is planned long after the order. Its end stops every duty that does not outlive it, and a death stops
 * them all: what was already due and not yet given is no longer true.
 */
export function* withinOrder(
  open: OpenOrder,
  duty: Duty<OpenOrder>,
  end: Instant,
): Iterable<Planned | Series> {
  const { ended, died } = open.order
  const stopped = earliest(
    ended && (ended.info.reason === 'died' || !duty.outlivesOrder) ? ended.at : undefined,
    duty === tellOfDeath ? undefined : died?.at,
  )
  for (const planned of duty.plan(open)) {
    if ('around' in planned) yield planned
    else if (planned.due >= end) continue
    else if (stopped === undefined) yield whileInCustody(open, duty, planned)
    else if (planned.due < stopped) yield planned.untold ? planned : { ...planned, untold: 'no-longer-true' }
  }
}

/** A clearance of somebody who died closes, and nobody is told why. */
export function* whileAlive(
  { diedAt }: Clearances,
  planned: Iterable<Planned | Series>,
): Iterable<Planned | Series> {
  for (const one of planned) {
    if (diedAt === undefined) yield one
    else if (!('around' in one) && one.due < diedAt) yield { ...one, untold: one.untold ?? 'no-longer-true' }
  }
}

/**
 * What is owed under the plan of a release as it stands; and what was due under an earlier one, and was not given before
 * another day, time or place was set, is no longer true.
 */
export function* sinceReplanned(open: OpenRelease, duty: Duty<OpenRelease>): Iterable<Planned | Series> {
  const earlier = []
  for (let { before } = open.release; before; before = before.release.before) earlier.push(before)
  for (const one of earlier.reverse()) {
    yield* upTo(one.until, duty.plan({ ...open, release: asItStood(one) }))
  }
  yield* duty.plan(open)
}

/** What nobody can do, or be told, while the person is in prison. */
const NOT_IN_CUSTODY: ReadonlySet<Duty<OpenOrder>> = new Set<Duty<OpenOrder>>([
  commence,
  supportWhileWaiting,
  rebookMissed,
  preparationReviews,
  fillGap,
  fillWeeks,
  reviewAfterProgramme,
  ...[firstMeeting, halfWayMeeting, endMeeting, afterProgramme],
  ...[beforePlanReview, atPlanReview, jointReviews, atRisk],
])

/** What would be told to somebody in prison, or asks for what cannot be done there, is skipped and not put off. */
function whileInCustody({ order }: OpenOrder, duty: Duty<OpenOrder>, planned: Planned): Planned {
  // What somebody hears once for the whole stay says that their number is not to be rung.
  const isToRing = duty === remindPerson && planned.step === 'ring-them'
  const isHeld = planned.role === 'person' || isToRing || NOT_IN_CUSTODY.has(duty)
  return isHeld && !planned.untold && isInCustody(order, planned.due)
    ? { ...planned, untold: 'in-custody' }
    : planned
}
