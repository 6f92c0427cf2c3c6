import type { Instant } from '../calendar/london.ts'
import { type Appointment, isOtherPlace, type Slot, standing } from './appointment.ts'
import { add, type ById, byId, put, replaceLast } from './draft.ts'
import { type DomainEvent, type EventOf, stated } from './events.ts'
import { isOfPerson, whereTo } from './movements.ts'
import { answersOf, type Order, type Stay, type Terms } from './order.ts'

/** The state before any event. */
export function emptyOrder(): Order {
  return {
    terms: undefined,
    before: undefined,
    made: undefined,
    ended: undefined,
    appointments: byId(),
    sheets: byId(),
    reads: byId(),
    answers: byId(),
    died: undefined,
    custody: [],
    happened: byId() as Order['happened'],
  }
}

/** The state after one more event, in the order of `compareEvents`. */
export function foldOrder(order: Order, event: DomainEvent): Order {
  const seen: readonly DomainEvent[] = order.happened[event.type] ?? []
  put(order.happened as ById<readonly DomainEvent[]>, event.type, add(seen, event))
  switch (event.type) {
    case 'order.made':
      if (event.info.inCustody !== undefined) stay(order.custody, event, event.info.inCustody)
      return { ...withTerms(order, event.info, event.at), made: event, ended: undefined }
    case 'order.varied':
      if (event.info.inCustody !== undefined) stay(order.custody, event, event.info.inCustody)
      return order.terms ? withTerms(order, { ...order.terms, ...stated(event.info) }, event.at) : order
    case 'person.died':
      if (!event.info.withdrawn) return { ...order, died: event }
      return {
        ...order,
        died: undefined,
        ended: order.ended?.info.reason === 'died' ? undefined : order.ended,
      }
    case 'prison-offender-events.prisoner.received':
    case 'prisoner-offender-search.prisoner.received':
      if (isOfPerson(event)) stay(order.custody, event, true)
      return order
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
      if (whereTo(event) === 'home') stay(order.custody, event, false)
      return order
    case 'order.ended':
      return { ...order, ended: event }
    case 'appointment.booked':
      return withAppointment(order, event.info.appointmentId, (known) => {
        const { appointmentId, kind, with: other, stage, enforceable = false } = event.info
        const slots = nextSlots(known, event, event.info.durationMinutes, event.info.place)
        return { appointmentId, kind, with: other, stage, enforceable, slots, cancelled: undefined }
      })
    case 'appointment.rearranged':
      return withAppointment(order, event.info.appointmentId, (known) => {
        if (!known) return undefined
        const { durationMinutes, place } = { ...standing(known), ...stated(event.info) }
        const slots = nextSlots(known, event, durationMinutes, place)
        return { ...known, slots, cancelled: undefined }
      })
    case 'appointment.cancelled':
      return withAppointment(order, event.info.appointmentId, (known) => {
        if (!known || known.cancelled) return known
        return { ...known, slots: leave(known.slots, event.at, event), cancelled: event }
      })
    case 'appointment.confirmed':
    case 'appointment.declined': {
      const { appointmentId, by } = event.info
      put(order.answers, `${appointmentId} ${by}`, add(answersOf(order, appointmentId, by), event))
      return order
    }
    case 'contact-sheet.submitted': {
      const { appointmentId } = event.info
      // Somebody who came to an appointment is no longer in prison, even if nobody reported that.
      if (event.info.attendance === 'attended') stay(order.custody, event, false)
      const sheets = order.sheets[appointmentId] ?? []
      return { ...order, sheets: put(order.sheets, appointmentId, add(sheets, event)) }
    }
    case 'contact-sheet.read': {
      const { appointmentId } = event.info
      put(order.reads, appointmentId, add(order.reads[appointmentId] ?? [], event.at))
      return order
    }
    default:
      return order
  }
}

/** The terms that dates are counted from: changing who works on the order, or facts about the person, moves no date. */
const COUNTED_FROM = [
  ...[
    'sentencedOn',
    'startsOn',
    'lengthMonths',
    'requirementStartsOn',
    'requirementMonths',
    'treatmentEndsOn',
  ],
  ...['commenceBy', 'seriousness', 'offenderManagementTier', 'priorityOffender', 'attention'],
  ...['preparationReviews', 'reviewEveryDays'],
] as readonly (keyof Terms)[]

function withTerms(order: Order, terms: Terms, at: Instant): Order {
  const { terms: last } = order
  const isOther = last && COUNTED_FROM.some((field) => String(last[field]) !== String(terms[field]))
  return { ...order, terms, ...(isOther && { before: { terms: last, until: at } }) }
}

/** Starts a stay in prison, or ends the current one; a repeated report changes nothing. */
function stay(custody: readonly Stay[], event: DomainEvent, isIn: boolean): void {
  const last = custody.at(-1)
  const isOpen = last !== undefined && last.until === undefined
  if (isIn && !isOpen) add(custody, { from: event as Stay['from'] })
  if (!isIn && isOpen) replaceLast(custody, { ...last, until: event.at })
}

function withAppointment(
  order: Order,
  appointmentId: string,
  change: (known: Appointment | undefined) => Appointment | undefined,
): Order {
  const next = change(order.appointments[appointmentId])
  return next ? { ...order, appointments: put(order.appointments, appointmentId, next) } : order
}

/** A new start or place is a new slot; a repeat only corrects the current one. */
function nextSlots(
  known: Appointment | undefined,
  event: EventOf<'appointment.booked' | 'appointment.rearranged'>,
  durationMinutes: number,
  place: string | undefined,
): Appointment['slots'] {
  const { startsAt, by } = event.info
  const { at: setAt, eventId } = event
  const slot: Slot = { startsAt, durationMinutes, place, startsSince: setAt, setAt, by, eventId }
  if (!known) return [slot]
  const last = standing(known)
  const isSameStart = last.startsAt === startsAt && !known.cancelled
  if (isSameStart && !isOtherPlace(last.place, place)) {
    return replaceLast(known.slots, { ...last, durationMinutes, place }) as Appointment['slots']
  }
  const next = isSameStart ? { ...slot, startsSince: last.startsSince } : slot
  return add(leave(known.slots, setAt), next) as Appointment['slots']
}

/** Only the last slot can be current. */
function leave(
  slots: Appointment['slots'],
  at: Instant,
  cancelled?: Slot['cancelled'],
): Appointment['slots'] {
  const last = slots.at(-1)
  if (!last || last.leftAt !== undefined) return slots
  return replaceLast(slots, { ...last, leftAt: at, ...(cancelled && { cancelled }) }) as Appointment['slots']
}
