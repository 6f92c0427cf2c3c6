import { addDays, daysBetween, londonDate } from '../../calendar/london.ts'
import {
  type Appointment,
  booked,
  dayOf,
  halfWay,
  latest,
  type Order,
  standing,
  treatmentEnd,
} from '../../casefile/order.ts'
import type { OpenOrder } from '../orders/open-order.ts'

/** The three-way meetings of an order that are booked. */
export function threeWays(order: Order): Appointment[] {
  return booked(order, 'three-way')
}

/** So near half-way, or the end, a meeting is the one for it. */
const STAGE_DAYS = 28
/** So near the end, the meeting after the core programme is the one at the end too. */
const BOTH_DAYS = 14

/** Which of the three-way meetings one is: as was said, else the first, the one about half-way, or the one at the end. */
export function stageOf(
  { order, terms }: OpenOrder,
  state: Order,
  meeting: Appointment,
): Appointment['stage'] {
  if (meeting.stage) return meeting.stage
  const { startsAt } = standing(meeting)
  const day = londonDate(startsAt)
  const isFirst = threeWays(state).every((other) => standing(other).startsAt >= startsAt)
  if (isFirst) return 'first'
  if (Math.abs(daysBetween(halfWay(terms), day)) <= STAGE_DAYS) return 'half-way'
  return day >= addDays(treatmentEnd(order, terms), -STAGE_DAYS) ? 'end' : undefined
}

/** The meeting at the end of treatment, which the one after the core programme may serve as. */
export function isAtEnd(open: OpenOrder, state: Order, meeting: Appointment): boolean {
  if (stageOf(open, state, meeting) === 'end') return true
  const completed = latest(state, 'core-programme.completed')
  const day = dayOf(standing(meeting))
  const fromEnd = Math.abs(daysBetween(treatmentEnd(open.order, open.terms), day))
  return !meeting.stage && completed !== undefined && day >= completed.info.on && fromEnd <= BOTH_DAYS
}
