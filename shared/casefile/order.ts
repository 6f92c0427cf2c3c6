import type { Instant } from '../calendar/london.ts'
import type { Appointment } from './appointment.ts'
import type { ById } from './draft.ts'
import type { DomainEvent, EventInfo, EventOf, EventType } from './events.ts'
import type { Arrival } from './movements.ts'

/** What the court ordered, after all variations. */
export type Terms = EventInfo<'order.made'>

export type Sheet = EventOf<'contact-sheet.submitted'>

/** A contact's own answer whether they will come to an appointment. */
export type Answer = EventOf<'appointment.confirmed' | 'appointment.declined'>

/** One stay in prison: the event that reported its start, and when it ended. */
export type Stay = {
  readonly from: Arrival | EventOf<'order.made' | 'order.varied'>
  readonly until?: Instant
}

/** One order of the court with an alcohol treatment requirement. */
export type Order = {
  readonly terms: Terms | undefined
  /** The terms before the last change, and until when they held: what was due by then may not have been given yet. */
  readonly before: { readonly terms: Terms; readonly until: Instant } | undefined
  readonly made: EventOf<'order.made'> | undefined
  readonly ended: EventOf<'order.ended'> | undefined
  readonly appointments: ById<Appointment>
  /** The contact sheets about each appointment, oldest first. */
  readonly sheets: ById<readonly Sheet[]>
  /** When each appointment's sheets were read, oldest first. */
  readonly reads: ById<readonly Instant[]>
  /** What each contact answered about each appointment, oldest first. */
  readonly answers: ById<readonly Answer[]>
  /** The event that reported the person's death; undefined once that was withdrawn. */
  readonly died: EventOf<'person.died'> | undefined
  /** The person's stays in prison, oldest first; the last one has no end while they are there. */
  readonly custody: readonly Stay[]
  /** Everything that happened, by type, oldest first. */
  readonly happened: { readonly [Type in EventType]?: readonly EventOf<Type>[] }
}

/** Every event of a type on an order, oldest first. */
export function happened<Type extends EventType>(order: Order, type: Type): readonly EventOf<Type>[] {
  return (order.happened[type] as readonly EventOf<Type>[] | undefined) ?? []
}

/** The latest event of one type. */
export function latest<Type extends EventType>(order: Order, type: Type): EventOf<Type> | undefined {
  return happened(order, type).at(-1)
}

/** The first event of one type at or after `since`. */
export function firstSince<Type extends EventType>(
  order: Order,
  type: Type,
  since: Instant,
): EventOf<Type> | undefined {
  return happened(order, type).find((event) => event.at >= since)
}

/** Whether a later event of its type replaced `event`. */
export function isSuperseded(event: DomainEvent, ofItsKind: readonly DomainEvent[]): boolean {
  return ofItsKind.includes(event) && ofItsKind.at(-1) !== event
}

/** Every time a document was sent, oldest first. */
export function documentsSent(
  order: Order,
  document: EventInfo<'document.sent'>['document'],
): readonly EventOf<'document.sent'>[] {
  return happened(order, 'document.sent').filter((event) => event.info.document === document)
}

/** A contact's answers about an appointment, oldest first. */
export function answersOf(order: Order, appointmentId: string, contactId: string): readonly Answer[] {
  return order.answers[`${appointmentId} ${contactId}`] ?? []
}

/** Whether the person was in prison at a moment, as far as known. */
export function isInCustody({ custody }: Order, at: Instant): boolean {
  return custody.some(({ from, until }) => from.at <= at && (until === undefined || at < until))
}
