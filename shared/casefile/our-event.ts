import * as z from 'zod'
import { type Instant, writeInstant } from '../calendar/london.ts'
import { type EVENTS, type EventType, stated } from './events.ts'

/** What the names of our own types of event begin with on the wire. */
export const PREFIX = 'throughcare.'

/** What others are told of and never tell us: one of these that comes in is passed by, like any type that is not ours. */
export const ONLY_TOLD = {
  'notice.given': z.object({
    noticeId: z.string(),
    /** Whose ledger has the notice, such as `order:O-1001`. */
    casefile: z.string(),
    duty: z.string(),
    step: z.string(),
    /** To whom it went, by contactId, and as which. */
    to: z.string(),
    role: z.string(),
    channel: z.enum(['email', 'sms', 'call']),
  }),
}

export type OnlyTold = keyof typeof ONLY_TOLD

/** An event that happened here, in the contract's envelope: so it is taken in, and so others are told of it. */
export type OurEvent = {
  readonly eventType: `${typeof PREFIX}${EventType | OnlyTold}`
  readonly version: 1
  /** Where two of the same are one; derived from what the event says, if left out. */
  readonly eventId?: string
  readonly occurredAt: string
  readonly personReference?: {
    readonly identifiers: readonly { readonly type: 'CRN' | 'NOMS'; readonly value: string }[]
  }
  readonly additionalInformation: object
}

/** The numbers by which other services know a person. */
export type PersonNumbers = { readonly crn?: string | undefined; readonly noms?: string | undefined }

/**
 * Writes an event that happened here at `at`. What it says is typed by the contract; a field that is undefined is
 * left out. `crn` and `noms` are the numbers of the person it is about.
 */
export function ourEvent<Type extends EventType | OnlyTold>(
  type: Type,
  at: Instant,
  info: z.input<(typeof EVENTS & typeof ONLY_TOLD)[Type]>,
  { eventId, crn, noms }: { readonly eventId?: string } & PersonNumbers = {},
): OurEvent {
  const identifiers = [
    ...(crn === undefined ? [] : [{ type: 'CRN' as const, value: crn }]),
    ...(noms === undefined ? [] : [{ type: 'NOMS' as const, value: noms }]),
  ]
  return {
    eventType: `${PREFIX}${type}`,
    version: 1,
    ...(eventId !== undefined && { eventId }),
    occurredAt: writeInstant(at),
    ...(identifiers.length > 0 && { personReference: { identifiers } }),
    additionalInformation: stated(info as object),
  }
}
