import { type Instant, readMoment } from '../../shared/calendar/london.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { isFields, parseJson, unwrap } from '../../shared/casefile/wire.ts'

/** One event of a caseload and when it reaches us. */
export type Arrival = { readonly line: number; readonly at: Instant; readonly body: string }

export type Refusal = { readonly line: number; readonly reason: string }

/** Not one of our types: it never arrives. */
export type Ignored = { readonly line: number; readonly eventType: string }

/** Reads a line of a caseload. An event arrives at its `receivedAt`, else at its `occurredAt`. */
export function readArrival(body: string, line: number): Arrival | Refusal | Ignored {
  const outer = parseJson(body)
  if (outer === undefined) return { line, reason: 'not JSON' }
  if (!isFields(outer)) return { line, reason: 'event: expected an object' }
  const { json } = unwrap(outer)
  const field = outer.receivedAt === undefined ? 'occurredAt' : 'receivedAt'
  const written = outer.receivedAt ?? (isFields(json) ? json.occurredAt : undefined)
  const at = typeof written === 'string' ? readMoment(written) : undefined
  if (at !== undefined) return { line, at: at.epochMilliseconds, body }
  const reading = readEvent(body, 0)
  if (reading.is === 'unknown-type') return { line, eventType: reading.eventType }
  return { line, reason: `${field}: expected a date and time such as 2026-03-02T10:00:00Z` }
}

/**
 * Reads a caseload, one event a line, in any order, skipping blank lines; `ignored` counts events that are not ours.
 */
export async function readArrivals(lines: Iterable<string> | AsyncIterable<string>) {
  const arrivals: Arrival[] = []
  const refused: Refusal[] = []
  let ignored = 0
  let line = 0
  for await (const text of lines) {
    line++
    if (text.trim() === '') continue
    const read = readArrival(text, line)
    if ('reason' in read) refused.push(read)
    else if ('at' in read) arrivals.push(read)
    else ignored++
  }
  return { arrivals, refused, ignored }
}

/** Orders events by when they reach us; those of one moment stay in the given order. */
export function byArrival(a: Arrival, b: Arrival): number {
  return a.at - b.at || a.line - b.line
}
