import { type Instant, readMoment } from '../../shared/calendar/london.ts'

/** One event of a caseload and the moment it reaches us. */
export type Arrival = { readonly line: number; readonly at: Instant; readonly body: string }

export type Refusal = { readonly line: number; readonly reason: string }

/** Reads a line of a caseload: an event arrives at its `receivedAt`, else at its `occurredAt`. */
export function readArrival(body: string, line: number): Arrival | Refusal {
  let json: { receivedAt?: unknown; occurredAt?: unknown; Message?: unknown }
  try {
    json = JSON.parse(body)
  } catch {
    return { line, reason: 'not JSON' }
  }
  if (json === null || typeof json !== 'object') return { line, reason: 'event: expected an object' }
  if (typeof json.Message === 'string' && json.receivedAt === undefined)
    return readArrival(json.Message, line)
  const field = json.receivedAt === undefined ? 'occurredAt' : 'receivedAt'
  const written = json[field]
  const at = typeof written === 'string' ? readMoment(written) : undefined
  if (at === undefined)
    return { line, reason: `${field}: expected a date and time such as 2026-03-02T10:00:00Z` }
  return { line, at: at.epochMilliseconds, body }
}

/** By the moment at which events reach us, and at one moment as they were handed over. */
export function byArrival(a: Arrival, b: Arrival): number {
  return a.at - b.at || a.line - b.line
}
