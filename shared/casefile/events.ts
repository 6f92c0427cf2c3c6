import * as z from 'zod'
import type { Instant } from '../calendar/london.ts'
import { CONTACT_EVENTS } from './contact-events.ts'
import { addressDigest, flag, id, line, localDate, noticeId, text, whole } from './fields.ts'
import { ORDER_EVENTS } from './order-events.ts'
import { PRISON_EVENTS } from './prison-events.ts'
import { MOVEMENT_EVENTS, RELEASE_EVENTS } from './release-events.ts'

const ofNotice = z.object({
  noticeId,
  channel: z.enum(['email', 'sms', 'call']).optional(),
  reason: text.optional(),
  by: id.optional(),
})

/** A question asked at a number: by which notice, of whom, in which order there, and with which letter. */
const ofQuestion = z.object({
  address: addressDigest,
  noticeId,
  to: id,
  duty: line,
  step: line,
  occasion: line,
  number: whole(1, 1_000_000),
  letter: z.string().length(1).optional(),
})

/**
 * The contract's events as schemas, in the order of the contract's table: at the same `occurredAt`, the later type
 * wins. The schemas are the only definition of an event; `DomainEvent` and all refusal messages derive from them.
 */
export const EVENTS = {
  ...CONTACT_EVENTS,
  ...ORDER_EVENTS,
  ...PRISON_EVENTS,
  ...RELEASE_EVENTS,
  'notice.delivered': ofNotice,
  'notice.failed': ofNotice,
  'notice.acknowledged': ofNotice,
  'person.died': z.object({ on: localDate.optional(), withdrawn: flag.optional() }),
  'address.delivered': ofNotice.extend({ address: addressDigest }),
  'address.failed': ofNotice.extend({ address: addressDigest }),
  'address.asked': ofQuestion,
  'address.told': z.object({ address: addressDigest, casefile: line, contactId: id }),
  'address.replied': z.object({ address: addressDigest, replyId: id, open: z.array(noticeId) }),
  'day.booked': z.object({ contactId: id, day: localDate }),
  ...MOVEMENT_EVENTS,
}

export type EventType = keyof typeof EVENTS
/** The content of an event of one type: the contract's `additionalInformation`, with moments as instants. */
export type EventInfo<Type extends EventType> = z.infer<(typeof EVENTS)[Type]>

/** One thing that happened. Immutable; fields unknown to the contract stay in `info`, unread. */
export type DomainEvent = {
  readonly [Type in EventType]: {
    readonly eventId: string
    readonly type: Type
    /** UTC with nine decimals, so that text order is time order to the nanosecond. */
    readonly occurredAt: string
    /** `occurredAt` as an instant. */
    readonly at: Instant
    readonly person: { readonly crn?: string | undefined; readonly noms?: string | undefined }
    readonly info: EventInfo<Type>
  }
}[EventType]

/** Orders events by time; at a tie by the contract's order of types, then by eventId. */
export function compareEvents(a: DomainEvent, b: DomainEvent): number {
  return compare(a.occurredAt, b.occurredAt) || RANK[a.type] - RANK[b.type] || compare(a.eventId, b.eventId)
}

const RANK = Object.fromEntries(Object.keys(EVENTS).map((type, rank) => [type, rank])) as Record<
  EventType,
  number
>

/** Compares two texts by code units: negative, zero or positive. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export type EventOf<Type extends EventType> = Extract<DomainEvent, { type: Type }>

/** The fields that an event states; an omitted one leaves the earlier value. */
export function stated<T extends object>(info: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(info).filter(([, value]) => value !== undefined)) as never
}
