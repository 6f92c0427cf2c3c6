import { createHash } from 'node:crypto'
import * as z from 'zod'
import { DAY_MS, type Instant, readMoment, writeInstant } from '../calendar/london.ts'
import { compare, crn, type DomainEvent, EVENTS, type EventType, noms, Wrapper } from './events.ts'
import { type OurEvent, PREFIX } from './our-event.ts'

/** What became of something handed to us as an event. */
export type Reading =
  | { readonly is: 'event'; readonly event: DomainEvent }
  | { readonly is: 'unknown-type'; readonly eventType: string }
  | { readonly is: 'refused'; readonly reason: string }

const Envelope = z.object({
  eventType: z.string().min(1).max(200),
  version: z.union([z.int(), z.string().regex(/^\d+$/, 'expected a whole number').transform(Number)]),
  eventId: z.string().min(1).max(400).optional(),
  occurredAt: z.string().transform((written, context) => {
    const instant = readMoment(written)
    if (instant) return instant
    context.addIssue('expected a date and time such as 2026-03-02T10:00:00Z')
    return z.NEVER
  }),
  personReference: z
    .object({ identifiers: z.array(z.object({ type: z.string(), value: z.string() })).max(50) })
    .optional(),
  additionalInformation: z.record(z.string(), z.unknown()),
})

/**
 * Reads one domain event: one of ours, or from its text, bare or in the SNS wrapper.
 * `receivedAt` is when it reached us; an event dated more than a day after that is refused.
 */
export function readEvent(incoming: string | OurEvent, receivedAt: Instant): Reading {
  if (typeof incoming !== 'string') return readObject(incoming, undefined, receivedAt)
  if (isDeep(incoming)) return refused(`event: expected at most ${DEPTH_MAX} levels`)
  const outer = parseJson(incoming)
  if (outer === undefined) return refused('not JSON')
  const wrapper = Wrapper.safeParse(outer)
  if (!wrapper.success) return readObject(outer, undefined, receivedAt)
  const inner = parseJson(wrapper.data.Message)
  if (inner === undefined) return refused('Message: expected a domain event as JSON text')
  return readObject(inner, wrapper.data.MessageId, receivedAt)
}

function readObject(json: unknown, messageId: string | undefined, receivedAt: Instant): Reading {
  const envelope = Envelope.safeParse(json)
  if (!envelope.success) return refused(describe(envelope.error, []))
  const { eventType, occurredAt, personReference, additionalInformation, eventId } = envelope.data
  const type = eventType.startsWith(PREFIX) ? eventType.slice(PREFIX.length) : eventType
  if (!isEventType(type) || (eventType === type && !isFromOthers(type)))
    return { is: 'unknown-type', eventType }
  const latest = receivedAt + DAY_MS
  if (occurredAt.epochMilliseconds > latest) {
    return refused(
      `occurredAt: expected no more than a day after its receipt, at the latest ${writeInstant(latest)}`,
    )
  }
  const info = EVENTS[type].safeParse(additionalInformation)
  if (!info.success) return refused(describe(info.error, ['additionalInformation']))
  const person = readPerson(personReference?.identifiers ?? [])
  if ('reason' in person) return refused(person.reason)
  if (isFromOthers(type) && !person.noms && !('nomsNumber' in info.data && info.data.nomsNumber)) {
    return refused('additionalInformation.nomsNumber: expected a prison number such as A9000AA')
  }
  const event = {
    eventId: eventId ?? messageId ?? digestOf({ ...(json as object), receivedAt: undefined }),
    type,
    occurredAt: occurredAt.toString({ fractionalSecondDigits: 9 }),
    at: occurredAt.epochMilliseconds,
    person,
    info: { ...additionalInformation, ...info.data },
  }
  return { is: 'event', event: event as unknown as DomainEvent }
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENTS, type)
}

function isFromOthers(type: EventType): boolean {
  return type.startsWith('prison-offender-events.') || type.startsWith('prisoner-offender-search.')
}

function readPerson(identifiers: { type: string; value: string }[]) {
  const value = (type: string) => identifiers.find((identifier) => identifier.type === type)?.value
  const person = { crn: value('CRN'), noms: value('NOMS') }
  const checked = z.object({ crn: crn.optional(), noms: noms.optional() }).safeParse(person)
  return checked.success ? checked.data : { reason: describe(checked.error, ['personReference']) }
}

function describe(error: z.ZodError, under: string[]): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${[...under, ...issue.path].join('.') || 'event'}: ${issue.message}`)
    .join('; ')
}

function refused(reason: string): Reading {
  return { is: 'refused', reason }
}

/** Deeper than any event is; what is deeper still would outgrow the stack of whoever walks it. */
const DEPTH_MAX = 40

function isDeep(body: string): boolean {
  let depth = 0
  for (const [token] of body.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/g)) {
    if (token === '[' || token === '{') depth++
    else if (token === ']' || token === '}') depth--
    if (depth > DEPTH_MAX) return true
  }
  return false
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Of the event alone: `receivedAt` is a replay line's word about it. */
function digestOf(json: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(json)))
    .digest('hex')
    .slice(0, 32)
}

function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted)
  if (json === null || typeof json !== 'object') return json
  return Object.fromEntries(
    Object.entries(json)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, value]) => [key, sorted(value)]),
  )
}
