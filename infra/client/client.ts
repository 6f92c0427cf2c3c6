import { setTimeout as wait } from 'node:timers/promises'
import type * as z from 'zod'
import type { EVENTS, EventType } from '../../shared/casefile/events.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import type { MOVEMENT_EVENTS } from '../../shared/casefile/release-events.ts'

/** `throughcare/client`: tells Throughcare what happened, from TypeScript. Its types are the contract's schemas. */

/** An event of the contract, as a client writes it. */
export type Event = { [Type in Exclude<EventType, `address.${string}`>]: EventOf<Type> }[Exclude<
  EventType,
  `address.${string}`
>]

type EventOf<Type extends EventType> = Pick<OurEvent, 'eventId' | 'occurredAt' | 'personReference'> & {
  readonly eventType: Type extends keyof typeof MOVEMENT_EVENTS ? Type : `throughcare.${Type}`
  readonly version?: number
  readonly additionalInformation: z.input<(typeof EVENTS)[Type]>
}

/** What became of the event on one line; lines count from 1. */
export type Answer = { readonly line: number } & (
  | { readonly is: 'accepted' | 'duplicate'; readonly eventId: string }
  /** Its type is not in the contract. */
  | { readonly is: 'ignored'; readonly eventType: string }
  | { readonly is: 'refused'; readonly reason: string }
)

export type ClientSettings = {
  /** Where the service is, such as `http://127.0.0.1:3000`. */
  readonly url: string
  readonly token: string
  /** How many times a request is tried before giving up; default 6. */
  readonly attempts?: number
  /** The wait before the second attempt, doubled each time; default a second. */
  readonly waitMs?: number
}

/**
 * Events that could not be handed over. Sending all of them again is harmless: what was already taken in is a
 * duplicate.
 */
export class NotTaken extends Error {}

/** Events per request: what API Gateway and one function have time for. */
const BATCH = 500
/** Longer than the service's own request timeout. */
const PATIENCE_MS = 60_000

/** A client of one service. */
export function throughcareClient(settings: ClientSettings) {
  const sendLines = async (lines: readonly string[]): Promise<Answer[]> => {
    const answers: Answer[] = []
    for (let from = 0; from < lines.length; from += BATCH) {
      const said = await post(lines.slice(from, from + BATCH).join('\n'), settings)
      for (const line of said.trim().split('\n')) {
        const answer: Answer = JSON.parse(line)
        answers.push({ ...answer, line: from + answer.line })
      }
    }
    return answers
  }
  return {
    /** Sends events, and returns what became of each. Throws `NotTaken` if no attempt was answered. */
    send: (events: readonly Event[]) => sendLines(events.map((event) => JSON.stringify(event))),
    /** The same for events that are already JSON text, none of them blank. */
    sendLines,
  }
}

async function post(body: string, settings: ClientSettings): Promise<string> {
  const { attempts = 6, waitMs = 1_000 } = settings
  for (let attempt = 1; ; attempt++) {
    const { said, reason, isPassing } = await tryOnce(body, settings)
    if (said !== undefined) return said
    if (!isPassing || attempt >= attempts) throw new NotTaken(reason)
    await wait(waitMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2))
  }
}

type Attempt = { readonly said?: string; readonly reason?: string; readonly isPassing?: boolean }

async function tryOnce(body: string, { url, token }: ClientSettings): Promise<Attempt> {
  try {
    const answer = await fetch(new URL('/events', url), {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const { status } = answer
    const said = await answer.text()
    // 400 means that every event was refused.
    if (status === 200 || status === 400) return { said }
    return { reason: `${status} ${said}`, isPassing: status === 429 || status >= 500 }
  } catch (error) {
    const { message, cause } = error as Error
    return { reason: cause instanceof Error ? cause.message : message, isPassing: true }
  }
}
