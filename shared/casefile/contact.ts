import type { DomainEvent, EventInfo, EventOf } from './events.ts'

/** Somebody who may be told something. */
export type Contact = {
  readonly details: EventInfo<'contact.updated'> | undefined
  readonly optedOut: { readonly email: boolean; readonly sms: boolean }
  /** Whoever is reached there says that it is not them: until their details are known anew. */
  readonly disowned: { readonly email: boolean; readonly sms: boolean }
  /** The orders that name this worker, by orderId: every event that did so, oldest first. */
  readonly orders: Readonly<
    Record<string, readonly EventOf<'order.made' | 'order.varied' | 'appointment.booked'>[]>
  >
}

export const EMPTY_CONTACT: Contact = {
  details: undefined,
  optedOut: { email: false, sms: false },
  disowned: { email: false, sms: false },
  orders: {},
}

export function foldContact(before: Contact, event: DomainEvent): Contact {
  switch (event.type) {
    case 'contact.updated':
      return { ...before, details: event.info, disowned: EMPTY_CONTACT.disowned }
    case 'contact.disowned':
      return { ...before, disowned: { ...before.disowned, [event.info.channel]: true } }
    case 'contact.opted-out':
    case 'contact.opted-in': {
      const out = event.type === 'contact.opted-out'
      const { channel } = event.info
      const changed = channel === 'all' ? { email: out, sms: out } : { [channel]: out }
      return { ...before, optedOut: { ...before.optedOut, ...changed } }
    }
    case 'order.made':
    case 'order.varied':
    case 'appointment.booked': {
      const known = before.orders[event.info.orderId] ?? []
      return { ...before, orders: { ...before.orders, [event.info.orderId]: [...known, event] } }
    }
    default:
      return before
  }
}

/** One e-mail address or telephone number: the contacts said to be reached there, now or once. */
export type Address = { readonly contactIds: readonly string[] }

export const EMPTY_ADDRESS: Address = { contactIds: [] }

export function foldAddress(before: Address, event: DomainEvent): Address {
  if (event.type !== 'contact.updated' || before.contactIds.includes(event.info.contactId)) return before
  return { contactIds: [...before.contactIds, event.info.contactId] }
}
