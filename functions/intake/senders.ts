import type { Context } from 'hono'
import * as z from 'zod'
import { EVENTS, type EventType } from '../../shared/casefile/events.ts'
import { nounOf, passesBetween } from '../../shared/casefile/nouns.ts'
import { saysOfDeath } from '../../shared/casefile/person.ts'
import { readEvent, typeIn } from '../../shared/casefile/read-event.ts'
import type { SenderSettings } from '../runtime/sign-in-settings.ts'
import type { Admission } from './intake.ts'

/** The kinds of event that a system may send: a noun such as `appointment`, a type such as `person.died`, or every kind. */
export type Kinds = ReadonlySet<string>

export const EVERY_KIND = 'every-kind'

/** What may come in through the event queue: only accounts that the stage names can publish there. */
export const KINDS_BY_QUEUE: Kinds = new Set([EVERY_KIND])

/**
 * The type in an event's text that is not among these kinds: its own, or `person.died` if it ends something because of
 * a death. What casefiles pass to each other no sender may send. An event of no type of ours passes: nobody reads it.
 */
export function typeBeyond(kinds: Kinds, text: string): EventType | undefined {
  const type = typeIn(text)
  if (!type || passesBetween(type)) return type
  if (kinds.has(EVERY_KIND)) return undefined
  const isBeyond = (one: EventType) => !kinds.has(one) && !kinds.has(nounOf({ type: one }))
  if (isBeyond(type)) return type
  return isBeyond('person.died') && saysDeath(text) ? 'person.died' : undefined
}

/** An event that cannot be read is refused where it is taken in; so is one dated too late. */
function saysDeath(text: string): boolean {
  const reading = readEvent(text, Number.POSITIVE_INFINITY)
  return reading.is === 'event' && saysOfDeath(reading.event)
}

/** Takes in one event from its text. */
export type Take = (body: string) => Promise<Admission>

/** Why a sender of these kinds may not send an event's text; undefined if it may. */
export function refusalUnder(kinds: Kinds, text: string): string | undefined {
  const type = typeBeyond(kinds, text)
  return type && `eventType: this sender may not send ${type}`
}

/** Takes in what a sender may send, and refuses the rest. */
export function takingOnly(kinds: Kinds, take: Take): Take {
  return async (body) => {
    const reason = refusalUnder(kinds, body)
    return reason === undefined ? take(body) : { is: 'refused', reason }
  }
}

/** A kind that exists: a mistyped one would let nothing through. */
export const Kind = z.string().refine((kind) => KNOWN.has(kind), {
  error: ({ input }) => `there is no kind of event ${JSON.stringify(input)}`,
})
const KNOWN = new Set([
  EVERY_KIND,
  ...(Object.keys(EVENTS) as EventType[])
    .filter((type) => !passesBetween(type))
    .flatMap((type) => [type, nounOf({ type })]),
])

/**
 * Reads the kinds from the token that API Gateway has checked; undefined without one. API Gateway joins several values
 * of a claim into one text, with spaces and perhaps brackets. After the prefix `ROLE_EVENTS_`,
 * `ROLE_EVENTS_GATE_MEETING` means `gate-meeting` and `ROLE_EVENTS_PERSON_DIED` means `person.died`, since a role has
 * neither hyphens nor dots.
 */
export function kindsOfToken({ claim, prefix }: SenderSettings): (c: Context) => Kinds | undefined {
  return ({ env }) => {
    const { data } = Checked.safeParse(env)
    if (!data) return undefined
    const values = String(data.event.requestContext.authorizer.jwt.claims[claim] ?? '').match(/[^\s[\],]+/g)
    const granted = values?.filter((value) => value.startsWith(prefix)) ?? []
    const asRoles = new Set(granted.map((value) => asRole(value.slice(prefix.length))))
    return new Set([...KNOWN].filter((kind) => asRoles.has(asRole(kind))))
  }
}

function asRole(kind: string): string {
  return kind.toUpperCase().replaceAll(/[.-]/g, '_')
}

const Checked = z.object({
  event: z.object({
    requestContext: z.object({
      authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
    }),
  }),
})
