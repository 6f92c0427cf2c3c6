import { addDays, daysBetween, londonDate } from '../../calendar/london.ts'
import { type Appointment, dayOf, standing } from '../../casefile/appointment.ts'
import { booked } from '../../casefile/booked.ts'
import { latest, type Order } from '../../casefile/order.ts'
import { halfWay, treatmentEnd } from '../../casefile/order-days.ts'
import type { OpenOrder } from '../orders/open-order.ts'

/** The three-way meetings of an order that are booked. */
export function threeWays(order: Order): Appointment[] {
  return booked(order, 'three-way')
}

/** A meeting this near to half-way, or the end, is the one for it. */
const STAGE_DAYS = 28
/** This near to the end, the meeting after the core programme is also the one at the end. */
const BOTH_DAYS = 14

/** Which three-way meeting one is: as stated, else the first, the one nearest half-way, or the one at the end. */
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

/** The meeting at the end of treatment, which may be the one after the core programme. */
export function isAtEnd(open: OpenOrder, state: Order, meeting: Appointment): boolean {
  if (stageOf(open, state, meeting) === 'end') return true
  const completed = latest(state, 'core-programme.completed')
  const day = dayOf(standing(meeting))
  const fromEnd = Math.abs(daysBetween(treatmentEnd(open.order, open.terms), day))
  return !meeting.stage && completed !== undefined && day >= completed.info.on && fromEnd <= BOTH_DAYS
}
