import type { Instant, LocalDate, LocalTime } from '../calendar/london.ts'
import { type Clearances, foldClearance } from './clearance.ts'
import type { DomainEvent, EventInfo, EventType } from './events.ts'
import { type EventOf, stated } from './order.ts'

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

/** One prison: who is to be told there, its partnership, and the clearances held at it. */
export type Prison = {
  readonly details: EventInfo<'prison.updated'> | undefined
  /** What was last said of its partnership. */
  readonly partnership: EventOf<'partnership.agreed' | 'partnership.ended'> | undefined
  /** Every time the partnership was agreed, oldest first. */
  readonly agreements: readonly EventOf<'partnership.agreed'>[]
  readonly clearances: Clearances
}

export const EMPTY_PRISON: Prison = {
  details: undefined,
  partnership: undefined,
  agreements: [],
  clearances: {},
}

export function foldPrison(before: Prison, event: DomainEvent): Prison {
  switch (event.type) {
    case 'prison.updated':
      return { ...before, details: event.info }
    case 'partnership.agreed':
      return { ...before, partnership: event, agreements: [...before.agreements, event] }
    case 'partnership.ended':
      return { ...before, partnership: event }
    default:
      return { ...before, clearances: foldClearance(before.clearances, event) }
  }
}

type Shift = EventInfo<'rota.published'>['shifts'][number]

/** Who is on call in one area, and when somebody has to be at a gate there. */
export type Rota = {
  readonly owner: string | undefined
  /** In the order in which people are called. */
  readonly shifts: readonly Shift[]
  readonly gates: Readonly<Record<string, Gate>>
}

/** As much of a release as its area's rota needs to know. */
export type Gate = {
  readonly releaseId: string
  readonly area: string
  readonly dutyOfficer: string | undefined
  readonly releaseOn: LocalDate | undefined
  readonly gateTime: LocalTime | undefined
  readonly isOff: boolean
  readonly because: readonly string[]
}

export const EMPTY_ROTA: Rota = { owner: undefined, shifts: [], gates: {} }

export function foldRota(before: Rota, event: DomainEvent): Rota {
  switch (event.type) {
    case 'rota.published': {
      const { owner, shifts } = event.info
      const from = Math.min(...shifts.map((shift) => shift.from))
      const kept = before.shifts
        .filter((shift) => shift.from < from)
        .map((shift) => ({ ...shift, to: Math.min(shift.to, from) }))
      return { ...before, owner, shifts: [...kept, ...shifts] }
    }
    case 'release.planned':
    case 'release.possible':
    case 'release.moved':
    case 'release.cancelled':
    case 'release.closed': {
      const gate = foldGate(before.gates[event.info.releaseId], event)
      return { ...before, gates: { ...before.gates, [gate.releaseId]: gate } }
    }
    default:
      return before
  }
}

type ReleaseEvent = EventOf<Extract<EventType, `release.${string}`>>

const EMPTY_GATE = { dutyOfficer: undefined, releaseOn: undefined, gateTime: undefined, isOff: false }

function foldGate(known: Gate | undefined, event: ReleaseEvent): Gate {
  const { releaseId, area } = event.info
  const because = [...(known?.because ?? []), event.eventId]
  const gate: Gate = { ...EMPTY_GATE, ...known, releaseId, area, because }
  switch (event.type) {
    case 'release.planned': {
      const { dutyOfficer, releaseOn, gateTime } = event.info
      return { ...gate, dutyOfficer, releaseOn, gateTime, isOff: false }
    }
    case 'release.possible':
      return { ...gate, ...EMPTY_GATE, dutyOfficer: event.info.dutyOfficer }
    case 'release.moved': {
      const { releaseOn, gateTime } = event.info
      return { ...gate, ...stated({ releaseOn, gateTime }) }
    }
    case 'release.cancelled':
    case 'release.closed':
      return { ...gate, isOff: true }
  }
}

/** Whoever is on call at `instant`, in rota order, each once. */
export function onCall(rota: Rota, instant: Instant): string[] {
  const now = rota.shifts.filter((shift) => shift.from <= instant && instant < shift.to)
  return [...new Set(now.map((shift) => shift.contactId))]
}
