import { endOfDay, type Instant, londonDate, londonTime, writeInstant } from '../calendar/london.ts'
import type { DomainEvent, EventOf } from './events.ts'
import { type CasefileId, casefileId } from './ids.ts'
import { DAY_LIST_AT } from './routing.ts'

/** The nouns of an order's events that say which days are whose. */
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
 * The days not over at `now` in London on which workers may have an appointment, from the events of an order, each for
 * the worker's casefile: all such days, or those that one event adds to the others. There may be too many, since an
 * appointment may have moved or its manager changed; none is missing, in whatever order events arrive.
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

/** Whose booking it is according to one event: the managers it names, or the person the appointment is with. */
function workersIn(event: SaysOfDays, booking: Booking): string[] {
  const named = isNaming(event)
    ? [event.info.offenderManager, event.info.caseManager]
    : [event.type === 'appointment.booked' && isOfOne(event, booking) ? event.info.with : undefined]
  return named.filter((worker) => worker !== undefined)
}

/** One event for each day, whatever is booked on it, and the same whoever reports it first. */
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
