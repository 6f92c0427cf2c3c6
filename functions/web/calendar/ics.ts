import ical, { ICalCalendarMethod, ICalEventClass, ICalEventStatus } from 'ical-generator'
import { HOUR_MS, writeInstant } from '../../../shared/calendar/london.ts'
import { type Appointment, endOf, standing } from '../../../shared/casefile/appointment.ts'
import { isOff, versionsOf } from '../../../shared/casefile/diary.ts'
import type { Order } from '../../../shared/casefile/order.ts'

/** One appointment of an order. */
export type OfOrder = { readonly orderId: string; readonly order: Order; readonly appointment: Appointment }

/** How often a program should refresh, if it respects this. */
const ASK_AGAIN_MS = 4 * HOUR_MS

/**
 * Appointments as calendar programs read them (RFC 5545): the order's reference, the time and the place. It has no
 * names, kinds, notes or attendees, since it is stored in programs and on phones that we know nothing about. An
 * appointment always keeps its UID; later changes have a higher SEQUENCE. `host` is the name of this service. A calendar
 * of one cancelled appointment is a cancellation (RFC 5546).
 */
export function writeCalendar(appointments: readonly OfOrder[], host: string, isFeed: boolean): string {
  const isCancellation = !isFeed && appointments.every(({ order, appointment }) => isOff(order, appointment))
  return ical({
    prodId: { company: 'Throughcare', product: 'Calendar', language: 'EN' },
    method: isCancellation ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    ...(isFeed && { name: 'Throughcare', ttl: ASK_AGAIN_MS / 1_000 }),
    events: appointments.map((one) => asEvent(one, host)),
  }).toString()
}

function asEvent({ orderId, order, appointment }: OfOrder, host: string) {
  const slot = standing(appointment)
  const said = writeInstant(appointment.cancelled?.at ?? slot.setAt)
  return {
    id: `${orderId}.${appointment.appointmentId}@${host}`,
    sequence: versionsOf(order, appointment) - 1,
    // In UTC, so that no program has to know when our clocks change.
    start: writeInstant(slot.startsAt),
    end: writeInstant(endOf(slot)),
    stamp: said,
    lastModified: said,
    summary: orderId,
    ...(slot.place !== undefined && { location: slot.place }),
    status: isOff(order, appointment) ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    class: ICalEventClass.PRIVATE,
    organizer: { name: 'Throughcare', email: `no-reply@${host}` },
  }
}
