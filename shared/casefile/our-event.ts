import * as z from 'zod'
import { type Instant, writeInstant } from '../calendar/london.ts'
import { type EVENTS, type EventType, stated } from './events.ts'

/** The prefix of our own event types on the wire. */
export const PREFIX = 'throughcare.'

/** Events that we only publish: an incoming one is ignored, like any type that is not ours. */
export const ONLY_TOLD = {
  'notice.given': z.object({
    noticeId: z.string(),
    /** The casefile whose ledger has the notice, such as `order:O-1001`. */
    casefile: z.string(),
    duty: z.string(),
    step: z.string(),
    /** Who it went to, by contactId, and in which role. */
    to: z.string(),
    role: z.string(),
    channel: z.enum(['email', 'sms', 'call']),
  }),
}

export type OnlyTold = keyof typeof ONLY_TOLD

/** An event of ours, in the contract's envelope: this is how it is taken in, and how other services are told of it. */
export type OurEvent = {
  readonly eventType: `${typeof PREFIX}${EventType | OnlyTold}`
  readonly version: 1
  /** Identifies repeats of the event; derived from its content if left out. */
  readonly eventId?: string
  readonly occurredAt: string
  readonly personReference?: {
    readonly identifiers: readonly { readonly type: 'CRN' | 'NOMS'; readonly value: string }[]
  }
  readonly additionalInformation: object
}

/** The numbers that other services use for a person. */
export type PersonNumbers = { readonly crn?: string | undefined; readonly noms?: string | undefined }

/**
 * Creates an event that happened here at `at`. Its content is typed by the contract; undefined fields are left out.
 * `crn` and `noms` are the numbers of the person it is about.
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
