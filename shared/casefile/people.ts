import type { Instant } from '../calendar/london.ts'
import { type Clearances, foldClearance } from './clearance.ts'
import type { DomainEvent, EventInfo } from './events.ts'
import type { EventOf } from './order.ts'
import { EMPTY_RELEASES, foldReleases, type Releases } from './release.ts'

/** Somebody who may be told something. */
export type Contact = {
  readonly details: EventInfo<'contact.updated'> | undefined
  readonly optedOut: { readonly email: boolean; readonly sms: boolean }
  /** The orders that name this worker, by orderId: every event that did so, oldest first. */
  readonly orders: Readonly<
    Record<string, readonly EventOf<'order.made' | 'order.varied' | 'appointment.booked'>[]>
  >
}

export const EMPTY_CONTACT: Contact = {
  details: undefined,
  optedOut: { email: false, sms: false },
  orders: {},
}

export function foldContact(before: Contact, event: DomainEvent): Contact {
  switch (event.type) {
    case 'contact.updated':
      return { ...before, details: event.info }
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

/** One prison: who is to be told there, its partnership, and the clearances held at it. */
export type Prison = {
  readonly details: EventInfo<'prison.updated'> | undefined
  readonly partnership: EventOf<'partnership.agreed' | 'partnership.ended'> | undefined
  readonly clearances: Clearances
}

export const EMPTY_PRISON: Prison = { details: undefined, partnership: undefined, clearances: {} }

export function foldPrison(before: Prison, event: DomainEvent): Prison {
  switch (event.type) {
    case 'prison.updated':
      return { ...before, details: event.info }
    case 'partnership.agreed':
    case 'partnership.ended':
      return { ...before, partnership: event }
    default:
      return { ...before, clearances: foldClearance(before.clearances, event) }
  }
}

type Shift = EventInfo<'rota.published'>['shifts'][number]

/** Who is on call in one area, and the releases there. */
export type Rota = {
  readonly owner: string | undefined
  /** In the order in which people are called. */
  readonly shifts: readonly Shift[]
  readonly releases: Releases
}

export const EMPTY_ROTA: Rota = { owner: undefined, shifts: [], releases: EMPTY_RELEASES }

export function foldRota(before: Rota, event: DomainEvent): Rota {
  if (event.type !== 'rota.published') {
    return { ...before, releases: foldReleases(before.releases, event) }
  }
  const { owner, shifts } = event.info
  const from = Math.min(...shifts.map((shift) => shift.from))
  const kept = before.shifts
    .filter((shift) => shift.from < from)
    .map((shift) => ({ ...shift, to: Math.min(shift.to, from) }))
  return { ...before, owner, shifts: [...kept, ...shifts] }
}

/** Whoever is on call at `instant`, in rota order, each once. */
export function onCall(rota: Rota, instant: Instant): string[] {
  const now = rota.shifts.filter((shift) => shift.from <= instant && instant < shift.to)
  return [...new Set(now.map((shift) => shift.contactId))]
}
