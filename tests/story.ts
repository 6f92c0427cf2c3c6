import { type Arrival, type Refusal, readArrival } from '../infra/local/arrivals.ts'
import type { NoticeLine } from '../infra/local/notice-line.ts'
import { replay } from '../infra/local/replay.ts'
import { londonClock, readMoment } from '../shared/calendar/london.ts'

/** One event of a story. Times of day without an offset are London's. */
export type Told = {
  readonly eventType: string
  readonly occurredAt: string
  readonly receivedAt?: string
  readonly eventId: string
  readonly version: 1
  readonly personReference?: { readonly identifiers: readonly { type: string; value: string }[] }
  readonly additionalInformation: Record<string, unknown>
}

/** `event('2026-03-02T10:00', 'appointment.booked', {...})`: an event of ours, its id derived from what it says. */
export function event(
  occurredAt: string,
  type: string,
  additionalInformation: Record<string, unknown>,
  more: Partial<Told> = {},
): Told {
  const about = ['appointmentId', 'orderId', 'clearanceId', 'releaseId', 'contactId', 'prisonId', 'area']
  const key = about.map((field) => additionalInformation[field]).find((value) => value !== undefined)
  const eventId = `${type}/${key}/${occurredAt}`
  return { eventType: `throughcare.${type}`, version: 1, eventId, occurredAt, additionalInformation, ...more }
}

/** The people of most stories: `contact('C-OM', { absent: [...] })` changes one of them. */
export function contact(
  contactId: string,
  more: Record<string, unknown> = {},
  at = '2026-01-01T00:00',
): Told {
  return event(at, 'contact.updated', {
    contactId,
    name: `Name of ${contactId}`,
    email: `${contactId.toLowerCase()}@example.com`,
    ...more,
  })
}

/** An order of six months from 2 March 2026, with one contact in each of its roles. */
export function order(more: Record<string, unknown> = {}, at = '2026-03-02T09:00'): Told {
  return event(at, 'order.made', {
    orderId: 'O-1',
    sentencedOn: '2026-03-02',
    lengthMonths: 6,
    person: 'C-PERSON',
    offenderManager: 'C-OM',
    caseManager: 'C-CM',
    probationOffice: 'C-OFFICE',
    provider: 'C-PROVIDER',
    dutyOfficer: 'C-DUTY',
    seriousness: 'low',
    offenderManagementTier: 2,
    ...more,
  })
}

/** Everybody in the order's roles, each with an e-mail address. */
export const PEOPLE = ['C-PERSON', 'C-OM', 'C-CM', 'C-OFFICE', 'C-PROVIDER', 'C-DUTY'].map((id) =>
  contact(id),
)

/** Several stories as one: what two of them say under one eventId is told once, as the later has it. */
export function together(...stories: readonly (readonly Told[])[]): Told[] {
  return [...new Map(stories.flat().map((one) => [one.eventId, one])).values()]
}

/** An hour's treatment appointment of the order, booked on 3 March 2026 unless said otherwise. */
export function appointment(
  startsAt: string,
  more: Record<string, unknown> = {},
  at = '2026-03-03T10:00',
): Told {
  return event(at, 'appointment.booked', {
    orderId: 'O-1',
    appointmentId: 'A-1',
    kind: 'treatment',
    startsAt,
    durationMinutes: 60,
    ...more,
  })
}

/** Plays a story to its end and gives every line. The service goes live on 1 January 2026. Throws where any is refused. */
export async function play(events: readonly Told[], until: string, from?: string): Promise<NoticeLine[]> {
  const { lines, refused } = await rehearse(events, until, from)
  if (refused.length > 0) throw new Error(`the story was refused: ${JSON.stringify(refused)}`)
  return lines
}

/** The same, of events or of what is written, with what is refused of it. */
export async function rehearse(
  told: readonly (Told | string)[],
  until: string,
  from = '2026-01-01T00:00:00Z',
): Promise<{ readonly lines: NoticeLine[]; readonly refused: readonly Refusal[] }> {
  const lines: NoticeLine[] = []
  const bodies = told.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  const arrivals = bodies.map((body, index) => readArrival(body, index + 1)) as Arrival[]
  const { refused } = await replay({ arrivals, until: instant(until), from: instant(from) }, (given) => {
    lines.push(...given)
  })
  return { lines, refused }
}

/**
 * The lines of one duty as a table reads them, in order:
 * `2026-03-08 14:00 day-before person C-PERSON`, with `skipped: stale` and the like at the end.
 */
export async function told(
  duty: string,
  events: readonly Told[],
  until: string,
  from?: string,
): Promise<string[]> {
  const lines = await play(events, until, from)
  return lines.filter((line) => line.duty === duty || `${line.duty} ${line.step}` === duty).map(short)
}

export function short({ at, step, role, to, outcome, reason }: NoticeLine): string {
  const when = londonClock(instant(at)).replace('T', ' ')
  const became = outcome === 'sent' ? '' : ` ${outcome}: ${reason}`
  return `${when} ${step} ${role}${to === undefined ? '' : ` ${to}`}${became}`
}

function instant(written: string): number {
  const moment = readMoment(written)
  if (!moment) throw new Error(`not a moment: ${written}`)
  return moment.epochMilliseconds
}
