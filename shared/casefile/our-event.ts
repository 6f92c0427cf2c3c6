import type * as z from 'zod'
import { type Instant, writeInstant } from '../calendar/london.ts'
import { type EVENTS, type EventType, stated } from './events.ts'

/** What the names of our own types of event begin with on the wire. */
export const PREFIX = 'throughcare.'

/** An event that happened here, in the contract's envelope: so it is taken in, and so others are told of it. */
export type OurEvent = {
  readonly eventType: `${typeof PREFIX}${EventType}`
  readonly version: 1
  /** Where two of the same are one; derived from what the event says, if left out. */
  readonly eventId?: string
  readonly occurredAt: string
  readonly personReference?: {
    readonly identifiers: readonly { readonly type: 'NOMS'; readonly value: string }[]
  }
  readonly additionalInformation: object
}

/**
 * Writes an event that happened here at `at`. What it says is typed by the contract; a field that is undefined is
 * left out. `noms` is the prison number of the person it is about.
 */
export function ourEvent<Type extends EventType>(
  type: Type,
  at: Instant,
  info: z.input<(typeof EVENTS)[Type]>,
  { eventId, noms }: { readonly eventId?: string; readonly noms?: string | undefined } = {},
): OurEvent {
  return {
    eventType: `${PREFIX}${type}`,
    version: 1,
    ...(eventId !== undefined && { eventId }),
    occurredAt: writeInstant(at),
    ...(noms !== undefined && { personReference: { identifiers: [{ type: 'NOMS', value: noms }] } }),
    additionalInformation: stated(info),
  }
}
