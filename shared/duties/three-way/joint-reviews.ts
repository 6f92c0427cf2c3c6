import {
  addDays,
  addMonths,
  endOfDay,
  type Instant,
  type LocalDate,
  londonDate,
} from '../../calendar/london.ts'
import { dayOf as dayOfSlot, standing } from '../../casefile/appointment.ts'
import { isBookedBetween } from '../../casefile/booked.ts'
import { isHeld, sheetsOf } from '../../casefile/contact-sheets.ts'
import { latest } from '../../casefile/order.ts'
import { orderEnd, orderRunsUntil, orderStart } from '../../casefile/order-days.ts'
import { promptOnOrBefore } from '../../planning/ladder.ts'
import { all, any } from '../../planning/rows.ts'
import { daysAfter, daysBefore, labelled } from '../../planning/when.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import { about, caseManager, dayOf, offenderManager, orderDuty } from '../orders/rows.ts'
import { THREE_WAY_TEXTS as TEXTS } from './texts.ts'

const REVIEWS = ['review', 'three-way'] as const
/** "every month/six weeks" (003:495): the six weeks. */
const REVIEW_DAYS = 42
/** How many days before a review is due it is asked for. */
const ASKED_DAYS_BEFORE = 7

const DUE = dayOf(
  `a joint review is due: a month (seriousness medium and no \`attention\`: ${REVIEW_DAYS} days; low: never) from order start, or from the last ${REVIEWS.join(' or ')} held, and again as long after that`,
)

export const jointReviews = orderDuty(function* (open) {
  for (const { from, heldAt } of basesOf(open)) {
    const windows = reviewWindows(open, from)
    for (const [index, window] of windows.entries()) {
      if (heldAt !== undefined && londonDate(heldAt) < addDays(window.day, -ASKED_DAYS_BEFORE)) break
      const next = windows[index + 1]
      yield about(open, { occasion: window.day, facts: { day: window.day } }, { ...window, next, heldAt })
    }
  }
})({
  id: 'TWM-10',
  title: {
    en: 'Joint reviews with the person, every month or six weeks, until the order is completed',
    cy: 'Adolygiadau ar y cyd â’r person, bob mis neu bob chwe wythnos, nes cwblhau’r gorchymyn',
  },
  source:
    '003:495, "in all medium to high seriousness cases every month/six weeks until the Order is completed"',
  hours: 'office',
  until: any(
    {
      says: `a ${REVIEWS.join(' or ')} is booked since the one before fell due and by the day that this one does`,
      met: (state, _, { after, day }) =>
        isBookedBetween(state, endOfDay(after) - 1, endOfDay(day), ...REVIEWS),
    },
    {
      says: 'another was held',
      met: (state, _, { heldAt }) => {
        const sheet = latest(state, 'contact-sheet.submitted')
        return heldAt !== undefined && sheet !== undefined && sheet.at >= heldAt
      },
    },
    {
      says: 'order ended',
      met: (_, due, { order, terms }) => londonDate(due) > orderRunsUntil(order, terms),
    },
  ),
  stale: ({ rules, next }) => next && promptOnOrBefore(rules, addDays(next.day, -ASKED_DAYS_BEFORE)),
  asks: [{ event: 'appointment.booked', said: { kind: 'review' } }],
  rows: {
    review: [
      {
        to: all(offenderManager, caseManager),
        when: labelled(`${ASKED_DAYS_BEFORE}-days-before`, daysBefore(DUE, ASKED_DAYS_BEFORE)),
        text: TEXTS.jointReview,
      },
      {
        to: all(offenderManager, caseManager),
        when: labelled('day-after', daysAfter(dayOf('it was due'), 1)),
        text: TEXTS.jointReviewOverdue,
        overdue: true,
      },
    ],
  },
})

/** A review falls due on `day`, and one booked later than `after` counts for it. */
type Window = { readonly after: LocalDate; readonly day: LocalDate }

/** A day from which windows are counted, until a later review or three-way is held. */
type Base = { readonly from: LocalDate; readonly heldAt?: Instant }

/** The order's start, and each review or three-way that was the latest when it was held. */
function basesOf({ order, terms }: OpenOrder): Base[] {
  const held = Object.values(order.appointments)
    .filter((one) => REVIEWS.some((kind) => kind === one.kind) && isHeld(order, one))
    .map((one) => ({
      day: dayOfSlot(standing(one)),
      at: sheetsOf(order, one.appointmentId).findLast(({ info }) => info.attendance === 'attended')?.at ?? 0,
    }))
  const bases: Base[] = []
  let from: LocalDate | undefined
  for (const { day, at } of held.toSorted((a, b) => a.at - b.at)) {
    if (from !== undefined && day <= from) continue
    bases.push({ from: from ?? orderStart(terms), heldAt: at })
    from = day
  }
  return [...bases, { from: from ?? orderStart(terms) }]
}

/** The consecutive windows from a day until the order ends. */
function reviewWindows({ terms }: OpenOrder, from: LocalDate): Window[] {
  const { seriousness, attention = [] } = terms
  const isMonthly = seriousness === 'high' || attention.length > 0
  if (!isMonthly && seriousness === 'low') return []
  const later = (count: number) => (isMonthly ? addMonths(from, count) : addDays(from, REVIEW_DAYS * count))
  const end = orderEnd(terms)
  const windows: Window[] = []
  let after = from
  for (let day = later(1); day <= end; day = later(windows.length + 1)) {
    windows.push({ after, day })
    after = day
  }
  return windows
}
