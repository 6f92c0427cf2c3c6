import * as z from 'zod'
import { DAY_MS, type Instant, readMoment, writeInstant } from '../calendar/london.ts'
import { type DomainEvent, EVENTS, type EventType } from './events.ts'
import { crn, noms } from './fields.ts'
import { type OurEvent, PREFIX } from './our-event.ts'
import {
  digestOf,
  type Fields,
  isDeeperThan,
  isFields,
  loosened,
  parseJson,
  type Unwrapped,
  unwrap,
} from './wire.ts'

/** The result of reading something as an event. */
export type Reading =
  | { readonly is: 'event'; readonly event: DomainEvent }
  | { readonly is: 'unknown-type'; readonly eventType: string }
  | { readonly is: 'refused'; readonly reason: string }

/** More than any real event needs, and less than a store's item can hold. */
export const EVENT_BYTES_MAX = 256 * 1024
/** Deeper than any event; more would overflow the stack of recursive code. */
const DEPTH_MAX = 40
/** A store's sort key holds 1,024 bytes, of which the event's noun takes some. */
const EVENT_ID_BYTES_MAX = 900

const EVENT_ID = `expected one line of at most ${EVENT_ID_BYTES_MAX} bytes`
const eventId = z
  .union([z.string(), z.int().transform(String)], EVENT_ID)
  .refine((said) => Buffer.byteLength(said) <= EVENT_ID_BYTES_MAX && !/\p{Cc}/u.test(said), EVENT_ID)

const OCCURRED_AT = 'a date and time such as 2026-03-02T10:00:00Z'
/** The envelope of an event. Its type and person are parsed separately. */
export const Envelope = z.object({
  eventId: eventId.optional(),
  occurredAt: z
    .string()
    .transform((written, context) => {
      const instant = readMoment(written)
      if (instant) return instant
      context.addIssue(`expected ${OCCURRED_AT}`)
      return z.NEVER
    })
    .describe(OCCURRED_AT),
  additionalInformation: z.custom<Fields>(isFields, 'expected an object').default({}),
})

/**
 * Reads one domain event: our own object, or any as text, bare or in the SNS wrapper. The type is checked first: an
 * unknown type is ignored, whatever else it contains or lacks. `receivedAt` is when it reached us; an event dated more
 * than a day later is refused.
 */
export function readEvent(incoming: string | OurEvent, receivedAt: Instant): Reading {
  const outer: unknown = typeof incoming === 'string' ? parseJson(incoming) : incoming
  if (outer === undefined) return refused('not JSON')
  if (!isFields(outer)) return refused('event: expected an object')
  const { json, messageId, ...about } = unwrap(outer)
  const said = typeSaid({ json, ...about })
  const type = typeOf(said)
  if (!type) return { is: 'unknown-type', eventType: typeof said === 'string' ? said.slice(0, 200) : 'none' }
  if (!isFields(json)) return refused('Message: expected a domain event as JSON text')
  if (isDeeperThan(DEPTH_MAX, json)) return refused(`event: expected at most ${DEPTH_MAX} levels`)
  return readOurs(type, json, messageId, receivedAt)
}

/** The event type in a text, whatever else it contains; undefined if it is not one of ours. */
export function typeIn(text: string): EventType | undefined {
  const outer = parseJson(text)
  return isFields(outer) ? typeOf(typeSaid(unwrap(outer))) : undefined
}

function typeSaid({ json, eventType = 'none' }: Unwrapped): unknown {
  return isFields(json) ? (json.eventType ?? eventType) : eventType
}

function typeOf(said: unknown): EventType | undefined {
  if (typeof said !== 'string') return undefined
  const isOurs = said.startsWith(PREFIX)
  const type = isOurs ? said.slice(PREFIX.length) : said
  return isEventType(type) && isOurs !== isMovement(type) ? type : undefined
}

function readOurs(type: EventType, json: Fields, messageId: unknown, receivedAt: Instant): Reading {
  const envelope = Envelope.safeParse(loosened({ eventId: messageId, ...json }), WORDS)
  if (!envelope.success) return refused(describe(envelope.error, []))
  const { occurredAt, additionalInformation } = envelope.data
  const latest = receivedAt + DAY_MS
  if (occurredAt.epochMilliseconds > latest) {
    return refused(
      `occurredAt: expected no more than a day after its receipt, at the latest ${writeInstant(latest)}`,
    )
  }
  const info = EVENTS[type].safeParse(additionalInformation, WORDS)
  if (!info.success) return refused(describe(info.error, ['additionalInformation']))
  const person = personOf(json.personReference)
  const needed = neededOf(type, person, info.data as Fields)
  if (needed !== undefined) return refused(needed)
  const event = {
    eventId: envelope.data.eventId ?? digestOf({ ...json, receivedAt: undefined }),
    type,
    occurredAt: occurredAt.toString({ fractionalSecondDigits: 9 }),
    at: occurredAt.epochMilliseconds,
    person,
    info: { ...additionalInformation, ...info.data },
  }
  if (Buffer.byteLength(JSON.stringify(event)) > EVENT_BYTES_MAX) {
    return refused(`event: expected at most ${EVENT_BYTES_MAX} bytes`)
  }
  return { is: 'event', event: event as unknown as DomainEvent }
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENTS, type)
}

function isMovement(type: EventType): boolean {
  return type.startsWith('prison-offender-events.') || type.startsWith('prisoner-offender-search.')
}

/** More identifiers than anybody has. */
const IDENTIFIERS_MAX = 50

/** The person an event is about; a malformed identifier is ignored. */
function personOf(reference: unknown): DomainEvent['person'] {
  const said = isFields(reference) && Array.isArray(reference.identifiers) ? reference.identifiers : []
  const identifiers = said.slice(0, IDENTIFIERS_MAX).filter(isFields)
  const value = (type: string) => identifiers.find((one) => one.type === type)?.value
  return { crn: crn.parse(value('CRN')), noms: noms.parse(value('NOMS')) }
}

/** What an event needs but does not say: who moved, who died. */
function neededOf(type: EventType, person: DomainEvent['person'], info: Fields): string | undefined {
  if (isMovement(type) && !person.noms && !info.nomsNumber) {
    return 'additionalInformation.nomsNumber: expected a prison number such as A9000AA'
  }
  if (type === 'person.died' && !person.noms && !person.crn) {
    return 'personReference: expected a CRN such as X900001 or a prison number such as A9000AA'
  }
  return undefined
}

/** The expectation in our own words, for a field that does not state it. */
const WORDS = {
  reportInput: true,
  error: (issue: z.core.$ZodRawIssue) => {
    switch (issue.code) {
      case 'invalid_type':
        return `expected ${NAMES[issue.expected] ?? issue.expected}`
      case 'invalid_value':
        return `expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`
      case 'too_small':
        return `expected at least ${issue.minimum}`
      case 'too_big':
        return `expected at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`
      default:
        return undefined
    }
  },
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** Names the field, the expectation and the type received; never the value, which may be personal. */
function describe(error: z.ZodError, under: string[]): string {
  return error.issues
    .slice(0, 5)
    .map(
      ({ path, message, input }) =>
        `${[...under, ...path].join('.') || 'event'}: ${message}, got ${kindOf(input)}`,
    )
    .join('; ')
}

function kindOf(input: unknown): string {
  if (input === undefined) return 'nothing'
  return NAMES[Array.isArray(input) ? 'array' : typeof input] ?? 'nothing'
}

function refused(reason: string): Reading {
  return { is: 'refused', reason }
}
