import type { Instant } from '../calendar/london.ts'
import { add, type ById, byId, put } from './draft.ts'
import type { DomainEvent, EventInfo, EventOf } from './events.ts'
import { casefilesOf } from './routing.ts'

/** Somebody who may be told something. */
export type Contact = {
  readonly details: EventInfo<'contact.updated'> | undefined
  readonly optedOut: { readonly email: boolean; readonly sms: boolean }
  /** The person reached there says that it is not them: until their details are updated. */
  readonly disowned: { readonly email: boolean; readonly sms: boolean }
  /** Who entered or changed their details from pages, by contactId. */
  readonly enteredBy: readonly string[]
  /** How often the address of their calendar was withdrawn: the current one comes after this many. */
  readonly calendarsWithdrawn: number
  /** When they last said STOP by text, unless START came since. */
  readonly stopped: { readonly at: Instant; readonly eventId: string } | undefined
  /** The orders that name this worker, by orderId: every event that did, oldest first. */
  readonly orders: ById<readonly Naming[]>
  /** The releases, prisons and rotas that name this worker, by casefile: the last event that did. */
  readonly namedIn: ById<string>
  /** The London days on which this worker may have an appointment. */
  readonly days: ById<true>
}

type Naming = EventOf<'order.made' | 'order.varied' | 'appointment.booked'>

const NEITHER = { email: false, sms: false }

/** The state before any event. */
export function emptyContact(): Contact {
  return {
    ...{ details: undefined, optedOut: NEITHER, disowned: NEITHER, stopped: undefined },
    ...{ enteredBy: [], calendarsWithdrawn: 0, orders: byId(), namedIn: byId(), days: byId() },
  }
}

/** The state after one more event. */
export function foldContact(before: Contact, event: DomainEvent): Contact {
  switch (event.type) {
    case 'contact.updated':
      return {
        ...before,
        details: event.info,
        disowned: stillDisowned(before, event.info),
        enteredBy: event.info.by === undefined ? before.enteredBy : add(before.enteredBy, event.info.by),
      }
    case 'contact.calendar-withdrawn':
      return { ...before, calendarsWithdrawn: before.calendarsWithdrawn + 1 }
    case 'contact.disowned':
      return { ...before, disowned: { ...before.disowned, [event.info.channel]: true } }
    case 'contact.opted-out':
    case 'contact.opted-in': {
      const out = event.type === 'contact.opted-out'
      const { at, eventId } = event
      const { address, channel } = event.info
      // A wish said from an address belongs to the address, and does not undo what staff recorded for the contact.
      if (address !== undefined) return { ...before, stopped: out ? { at, eventId } : undefined }
      const changed = channel === 'all' ? { email: out, sms: out } : { [channel]: out }
      return { ...before, optedOut: { ...before.optedOut, ...changed } }
    }
    case 'order.made':
    case 'order.varied':
    case 'appointment.booked': {
      const known = before.orders[event.info.orderId] ?? []
      return { ...before, orders: put(before.orders, event.info.orderId, add(known, event)) }
    }
    case 'day.booked':
      return { ...before, days: put(before.days, event.info.day, true) }
    case 'release.planned':
    case 'release.possible':
    case 'prison.updated':
    case 'rota.published': {
      const [id = ''] = casefilesOf(event)
      return { ...before, namedIn: put(before.namedIn, id, event.eventId) }
    }
    default:
      return before
  }
}

/** The orders that a worker manages or managed, or that have an appointment with them. */
export function ordersWorkedOn(contactId: string, { orders }: Contact): [orderId: string, Naming[]][] {
  return Object.entries(orders).flatMap(([orderId, named]): [string, Naming[]][] => {
    const own = named.filter(({ type, info }) =>
      type === 'appointment.booked'
        ? info.with === contactId
        : info.offenderManager === contactId || info.caseManager === contactId,
    )
    return own.length > 0 ? [[orderId, own]] : []
  })
}

/** The person is not reached there, until they have another address or somebody checked with them. */
function stillDisowned({ details, disowned }: Contact, now: EventInfo<'contact.updated'>) {
  if (now.confirmedOn !== undefined && now.confirmedOn !== details?.confirmedOn) return NEITHER
  return {
    email: disowned.email && now.email === details?.email,
    sms: disowned.sms && now.mobile === details?.mobile,
  }
}
