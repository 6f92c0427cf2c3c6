import { endOfDay, type Instant, londonDate, londonTime, writeInstant } from '../calendar/london.ts'
import type { DomainEvent, EventOf } from './events.ts'
import { type CasefileId, casefileId } from './ids.ts'
import { DAY_LIST_AT } from './routing.ts'

/** Of an order's events, the nouns of those that say which days are whose. */
export const NOUNS_OF_DAYS = ['order', 'appointment']

/** An event that may say that a worker has an appointment on a day. */
export type SaysOfDays = Naming | Booking
type Naming = EventOf<'order.made' | 'order.varied'>
type Booking = EventOf<'appointment.booked' | 'appointment.rearranged'>

/** Whether an event may say that a worker has an appointment on a day. */
export function saysOfDays(event: DomainEvent): event is SaysOfDays {
  return isNaming(event) || isBooking(event)
}

/**
 * The days, of those not over at `now` in London, on which workers may have an appointment by the events of an order,
 * each for the casefile of the worker: all of these, or those that one of the events adds to what the others say. Some
 * are too many, since what was moved or has another manager by now is among them; none is missing, in whatever order
 * events come.
 */
export function daysOwed(
  events: readonly DomainEvent[],
  now: Instant,
  event?: SaysOfDays,
): readonly { readonly to: CasefileId<'contact'>; readonly fact: EventOf<'day.booked'> }[] {
  const all = events.filter(saysOfDays)
  const isAhead = ({ info }: Booking) => endOfDay(londonDate(info.startsAt)) > now
  const owed = all
    .filter(isBooking)
    .filter(isAhead)
    .flatMap((booking) => {
      const isAdded = (one: SaysOfDays) => [one.eventId, booking.eventId].includes(event?.eventId ?? '')
      const adding = event ? all.filter(isAdded) : all
      return adding.flatMap((one) => workersIn(one, booking)).map((worker) => dayOf(worker, booking))
    })
  return [...new Map(owed.map((one) => [`${one.to} ${one.fact.eventId}`, one])).values()]
}

/** Whose a booking is by one event: the managers’ that it names, or theirs with whom that appointment is. */
function workersIn(event: SaysOfDays, booking: Booking): string[] {
  const named = isNaming(event)
    ? [event.info.offenderManager, event.info.caseManager]
    : [event.type === 'appointment.booked' && isOfOne(event, booking) ? event.info.with : undefined]
  return named.filter((worker) => worker !== undefined)
}

/** One event a day, whatever is booked on it, and the same, no matter who says so first. */
function dayOf(contactId: string, { info }: Booking) {
  const day = londonDate(info.startsAt)
  const at = londonTime(day, DAY_LIST_AT)
  const fact: EventOf<'day.booked'> = {
    ...{ type: 'day.booked', eventId: `day/${day}`, at, occurredAt: writeInstant(at, 9) },
    ...{ person: {}, info: { contactId, day } },
  }
  return { to: casefileId('contact', contactId), fact }
}

function isNaming(event: DomainEvent): event is Naming {
  return event.type === 'order.made' || event.type === 'order.varied'
}

function isBooking(event: DomainEvent): event is Booking {
  return event.type === 'appointment.booked' || event.type === 'appointment.rearranged'
}

function isOfOne(one: Booking, other: Booking): boolean {
  return one.info.appointmentId === other.info.appointmentId
}
