import { earliest, type Instant } from '../calendar/london.ts'
import type { Clearances } from '../casefile/clearance.ts'
import { isInCustody } from '../casefile/order.ts'
import { asItStood } from '../casefile/release.ts'
import type { Duty, Owed, Planned, Series } from '../planning/duty.ts'
import { bookFirst, rebookMissed } from './appointments/booking.ts'
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
import { adviseAtEnd, completePlan, scoreAtEnd, sendCourtPapers, speakBeforePlan } from './papers/papers.ts'
import { type OpenRelease, upTo } from './releases/open-release.ts'
import { afterProgramme, atPlanReview, beforePlanReview } from './three-way/after-programme.ts'
import { atRisk } from './three-way/at-risk.ts'
import { jointReviews } from './three-way/joint-reviews.ts'
import { endMeeting, firstMeeting, halfWayMeeting } from './three-way/meetings.ts'

/** What stops the duties of an order or a clearance from outside: its end, a death, a stay in prison. */

/**
 * Nothing is planned long after the order. Its end stops every duty that does not outlive it, and a death stops them
 * all: what was already due but not given is no longer true.
 */
export function withinOrder(open: OpenOrder, duty: Duty<OpenOrder>, end: Instant): Owed[] {
  const { ended, died } = open.order
  const stopped = earliest(
    ended && (ended.info.reason === 'died' || !duty.outlivesOrder) ? ended.at : undefined,
    duty === tellOfDeath ? undefined : died?.at,
  )
  const standing = (planned: Planned | Series): Planned | Series | undefined => {
    if ('around' in planned) return planned
    if (planned.due >= end) return undefined
    if (stopped === undefined) return whileInCustody(open, duty, planned)
    if (planned.due >= stopped) return undefined
    return planned.untold ? planned : { ...planned, untold: 'no-longer-true' }
  }
  return sinceVaried(open, duty).map((owed) => each(owed, standing))
}

/**
 * What is owed under the current terms of an order; what was due under the previous terms and not given before they
 * changed is no longer true.
 */
function sinceVaried(open: OpenOrder, duty: Duty<OpenOrder>): Owed[] {
  const { before } = open.order
  const earlier = before && BY_TERMS.has(duty) ? duty.plan({ ...open, terms: before.terms }) : []
  return [
    ...earlier.map(
      ({ by, notices }): Owed => ({ by, notices: (beside) => upTo(before?.until, notices(beside)) }),
    ),
    ...duty.plan(open),
  ]
}

/** Duties that count from the terms of an order, not from what happens on it. */
const BY_TERMS: ReadonlySet<Duty<OpenOrder>> = new Set<Duty<OpenOrder>>([
  ...[bookFirst, commence, supportWhileWaiting, preparationReviews, fillWeeks, reviewAfterProgramme],
  ...[firstMeeting, halfWayMeeting, endMeeting, jointReviews],
  ...[sendCourtPapers, speakBeforePlan, completePlan, scoreAtEnd, adviseAtEnd],
])

/** Changes each that is owed, or removes it with undefined. */
function each(
  { by, notices }: Owed,
  become: (planned: Planned | Series) => Planned | Series | undefined,
): Owed {
  return { by, notices: (beside) => eachOf(notices(beside), become) }
}

function* eachOf(
  notices: Iterable<Planned | Series>,
  become: (planned: Planned | Series) => Planned | Series | undefined,
): Iterable<Planned | Series> {
  for (const one of notices) {
    const became = become(one)
    if (became) yield became
  }
}

/** The clearance of somebody who died closes, and nobody is told why. */
export function whileAlive({ diedAt }: Clearances, owed: Owed): Owed {
  if (diedAt === undefined) return owed
  return each(owed, (one) => {
    if ('around' in one || one.due >= diedAt) return undefined
    return { ...one, untold: one.untold ?? 'no-longer-true' }
  })
}

/**
 * What is owed under the current plan of a release; what was due under an earlier one and not given before another day,
 * time or place was set is no longer true.
 */
export function sinceReplanned(open: OpenRelease, duty: Duty<OpenRelease>): Owed[] {
  const earlier: Replanned[] = []
  for (let { before } = open.release; before; before = before.release.before) earlier.push(before)
  const under = (one: Replanned) =>
    duty.plan({ ...open, release: asItStood(one) }).map(
      ({ by, notices }): Owed => ({
        by,
        notices: (beside) => upTo(one.until, notices(beside)),
      }),
    )
  return [...earlier.reverse().flatMap(under), ...duty.plan(open)]
}

/** A plan that another one replaced. */
type Replanned = NonNullable<OpenRelease['release']['before']>

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

/** What would be told to somebody in prison, or asks for what cannot be done there, is skipped, not postponed. */
function whileInCustody({ order }: OpenOrder, duty: Duty<OpenOrder>, planned: Planned): Planned {
  // What somebody is told once for the whole stay says that the person's number must not be rung.
  const isToRing = duty === remindPerson && planned.step === 'ring-them'
  const isHeld = planned.role === 'person' || isToRing || NOT_IN_CUSTODY.has(duty)
  return isHeld && !planned.untold && isInCustody(order, planned.due)
    ? { ...planned, untold: 'in-custody' }
    : planned
}
