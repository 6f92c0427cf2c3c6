import {
  addDays,
  addMonths,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
} from '../../calendar/london.ts'
import {
  dayOf,
  isBookedBetween,
  isHeld,
  orderEnd,
  orderRunsUntil,
  orderStart,
  standing,
} from '../../casefile/order.ts'
import type { Duty } from '../../planning/duty.ts'
import { ladder, promptOnOrAfter, promptOnOrBefore, type Rung } from '../../planning/ladder.ts'
import { caseFacts, type OpenOrder } from '../orders/open-order.ts'

export const jointReviews: Duty<OpenOrder> = {
  id: 'TWM-10',
  title: 'Joint reviews with the person, every month or six weeks, until the order is completed',
  source:
    '003:495, "in all medium to high seriousness cases every month/six weeks until the Order is completed"',
  steps: {
    review: {
      to: 'offender manager, case manager',
      when: 'high or any `attention`: monthly; medium: every 42 days, from order start or the last review or three-way held: 7 days before; overdue the day after',
      until: 'a review or three-way is booked in that window; order ended',
    },
  },
  *plan(open) {
    const { casefile, order, rules, tell, terms, because } = open
    const windows = reviewWindows(open)
    const before = (day: LocalDate) => promptOnOrBefore(rules, addDays(day, -7))
    for (const [index, { after, day }] of windows.entries()) {
      const next = windows[index + 1]
      const rung = (label: string, due: Instant, text: string): Rung => ({
        step: 'review',
        label,
        due,
        text,
        tell: [tell.offenderManager, tell.caseManager],
      })
      yield* ladder(casefile, {
        duty: 'TWM-10',
        occasion: day,
        hours: 'office',
        because,
        facts: { ...caseFacts(open), day },
        rungs: [
          rung('7-days-before', before(day), 'review'),
          rung('day-after', promptOnOrAfter(rules, addDays(day, 1)), 'review-overdue'),
        ],
        ...(next && { stale: before(next.day) }),
        until: (state, due) =>
          londonDate(due) > orderRunsUntil(order, terms) ||
          isBookedBetween(state, endOf(after) - 1, endOf(day), ...REVIEWS),
      })
    }
  },
}

const REVIEWS = ['review', 'three-way'] as const
const REVIEW_DAYS = 42

/** A review falls due on `day`, and one booked later than `after` is it. */
type Window = { readonly after: LocalDate; readonly day: LocalDate }

/** The windows from order start, or the last review or three-way held, one upon another while the order lasts. */
function reviewWindows({ order, terms }: OpenOrder): Window[] {
  const { seriousness, attention = [] } = terms
  const isMonthly = seriousness === 'high' || attention.length > 0
  if (!isMonthly && seriousness === 'low') return []
  const held = Object.values(order.appointments)
    .filter((one) => REVIEWS.some((kind) => kind === one.kind) && isHeld(order, one))
    .map((one) => dayOf(standing(one)))
  const from = held.toSorted().at(-1) ?? orderStart(terms)
  const later = (count: number) => (isMonthly ? addMonths(from, count) : addDays(from, REVIEW_DAYS * count))
  const windows: Window[] = []
  for (let count = 1; later(count) <= orderEnd(terms); count++) {
    windows.push({ after: later(count - 1), day: later(count) })
  }
  return windows
}

function endOf(day: LocalDate): Instant {
  return londonTime(addDays(day, 1), '00:00')
}
