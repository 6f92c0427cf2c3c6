import type { Instant } from '../calendar/london.ts'
import { type Appointment, standing } from './appointment.ts'
import { isNotAttended, sheetsOf } from './contact-sheets.ts'
import type { Order } from './order.ts'

/** The booked appointments of the given kinds, or of any. */
export function booked(order: Order, ...kinds: Appointment['kind'][]): Appointment[] {
  return Object.values(order.appointments).filter((one) => isOfKind(one, kinds) && isBooked(order, one))
}

/** Whether anything is booked to start after `from` and, if given, before `to`. */
export function isBookedBetween(
  order: Order,
  from: Instant,
  to = Number.POSITIVE_INFINITY,
  ...kinds: Appointment['kind'][]
): boolean {
  return Object.values(order.appointments).some(
    (one) => isOfKind(one, kinds) && startsBetween(one, from, to) && isBooked(order, one),
  )
}

/** From when on an appointment has been booked to start between the two, whatever else is said: an instant in ms. */
export function bookedBetweenSince(order: Order, from: Instant, to: Instant): Instant | undefined {
  const sure = Object.values(order.appointments).find((one) => {
    const { setAt, leftAt } = standing(one)
    const isSure = leftAt === undefined && startsBetween(one, from, to)
    return (
      isSure && !sheetsOf(order, one.appointmentId).some((sheet) => sheet.at >= setAt && isNotAttended(sheet))
    )
  })
  return sure && standing(sure).setAt
}

/** "Booked": not cancelled, and no sheet says that it was not held. */
function isBooked(order: Order, appointment: Appointment): boolean {
  if (appointment.cancelled) return false
  const sheet = sheetsOf(order, appointment.appointmentId).findLast(
    (one) => one.at >= standing(appointment).setAt,
  )
  return sheet === undefined || sheet.info.attendance === 'attended'
}

function isOfKind({ kind }: Appointment, kinds: readonly Appointment['kind'][]): boolean {
  return kinds.length === 0 || kinds.includes(kind)
}

/** Whether an appointment's current start is after `from` and before `to`. */
function startsBetween(appointment: Appointment, from: Instant, to: Instant): boolean {
  const { startsAt } = standing(appointment)
  return startsAt > from && startsAt < to
}
