import type { Instant } from '../calendar/london.ts'
import { londonDate } from '../calendar/london.ts'
import { type Appointment, endOf, kept, type Slot, standing } from './appointment.ts'
import { isBookedBetween } from './booked.ts'
import { sheetsAbout } from './contact-sheets.ts'
import { happened, type Order } from './order.ts'
import { orderRunsUntil } from './order-days.ts'
import { lastWordOf } from './three-way.ts'

/** A worker's diary: the appointments of their orders, and what is missing about each. */

/** Whether a worker manages an order, so that all its appointments are theirs. */
export function isManagerOf({ terms }: Order, contactId: string): boolean {
  return terms?.offenderManager === contactId || terms?.caseManager === contactId
}

/** A worker's appointments on an order: all, for a manager; else those they take part in. */
export function appointmentsOf(order: Order, contactId: string): Appointment[] {
  const isManager = isManagerOf(order, contactId)
  return Object.values(order.appointments).filter((one) => isManager || one.with === contactId)
}

/** Whether an appointment will not take place: it was cancelled, or is after the end of its order. */
export function isOff({ ended, died }: Order, appointment: Appointment): boolean {
  const over = [ended?.at, died?.at].filter((at) => at !== undefined)
  return appointment.cancelled !== undefined || over.some((at) => standing(appointment).startsAt > at)
}

/** The last time at which an appointment should have been held by now without a reported outcome. */
export function withoutOutcome(order: Order, appointment: Appointment, now: Instant): Slot | undefined {
  if (appointment.kind === 'supervision') return undefined
  const last = kept(appointment).findLast((slot) => endOf(slot) <= now)
  return last && sheetsAbout(order, appointment.appointmentId, last).length === 0 ? last : undefined
}

/** Who has not confirmed a future three-way meeting. */
export function unconfirmedBy(
  order: Order,
  meeting: Appointment,
  now: Instant,
): ('offender-manager' | 'case-manager')[] {
  const { terms } = order
  const slot = standing(meeting)
  if (meeting.kind !== 'three-way' || !terms || slot.startsAt <= now || isOff(order, meeting)) return []
  const at = { appointmentId: meeting.appointmentId, slot }
  const comes = (contactId: string) => lastWordOf(order, at, contactId)?.type === 'appointment.confirmed'
  return [
    ...(comes(terms.offenderManager) ? [] : (['offender-manager'] as const)),
    ...(comes(terms.caseManager) ? [] : (['case-manager'] as const)),
  ]
}

/** Whether an order is in force without a future booking. */
export function hasNothingAhead(order: Order, now: Instant): boolean {
  const { terms, ended, died } = order
  if (!terms || ended || died || orderRunsUntil(order, terms) < londonDate(now)) return false
  return !isBookedBetween(order, now)
}

/** The version of an appointment: how often its time, place or cancellation was reported. */
export function versionsOf(order: Order, { appointmentId }: Appointment): number {
  const about = [
    ...happened(order, 'appointment.booked'),
    ...happened(order, 'appointment.rearranged'),
    ...happened(order, 'appointment.cancelled'),
  ]
  const said = about.filter(({ info }) => info.appointmentId === appointmentId).length
  return said + [order.ended, order.died].filter(Boolean).length
}
