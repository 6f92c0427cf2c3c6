import { addDays, addMonths, endOfDay, type LocalDate, londonDate } from '../../calendar/london.ts'
import {
  dayOf as dayOfSlot,
  isBookedBetween,
  isHeld,
  orderEnd,
  orderRunsUntil,
  orderStart,
  standing,
} from '../../casefile/order.ts'
import { promptOnOrBefore } from '../../planning/ladder.ts'
import { all, any } from '../../planning/rows.ts'
import { daysAfter, daysBefore, labelled } from '../../planning/when.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import { about, caseManager, dayOf, offenderManager, orderDuty } from '../orders/rows.ts'
import { THREE_WAY_TEXTS as TEXTS } from './texts.ts'

const REVIEWS = ['review', 'three-way'] as const
/** "every month/six weeks" (003:495): the six weeks. */
const REVIEW_DAYS = 42
/** So many days before a review is due, it is asked for. */
const ASKED_DAYS_BEFORE = 7

const DUE = dayOf(
  `a joint review is due: a month (seriousness medium and no \`attention\`: ${REVIEW_DAYS} days; low: never) from order start, or from the last ${REVIEWS.join(' or ')} held, and again as long after that`,
)

export const jointReviews = orderDuty(function* (open) {
  const windows = reviewWindows(open)
  for (const [index, window] of windows.entries()) {
    const next = windows[index + 1]
    yield about(open, { occasion: window.day, facts: { day: window.day } }, { ...window, next })
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

/** A review falls due on `day`, and one booked later than `after` is it. */
type Window = { readonly after: LocalDate; readonly day: LocalDate }

/** The windows from order start, or the last review or three-way held, one upon another while the order lasts. */
function reviewWindows({ order, terms }: OpenOrder): Window[] {
  const { seriousness, attention = [] } = terms
  const isMonthly = seriousness === 'high' || attention.length > 0
  if (!isMonthly && seriousness === 'low') return []
  const held = Object.values(order.appointments)
    .filter((one) => REVIEWS.some((kind) => kind === one.kind) && isHeld(order, one))
    .map((one) => dayOfSlot(standing(one)))
  const from = held.toSorted().at(-1) ?? orderStart(terms)
  const later = (count: number) => (isMonthly ? addMonths(from, count) : addDays(from, REVIEW_DAYS * count))
  const windows: Window[] = []
  for (let count = 1; later(count) <= orderEnd(terms); count++) {
    windows.push({ after: later(count - 1), day: later(count) })
  }
  return windows
}
