import { addDays, addMonths, type Instant, type LocalDate } from '../calendar/london.ts'
import { add, type ById, byId, put } from './draft.ts'
import { compareEvents, type DomainEvent, type EventOf } from './events.ts'

export type Confirmed = EventOf<'clearance.confirmed'>
export type RenewalRequested = EventOf<'clearance.renewal-requested'>

/** One person's Standard Plus clearance at one prison, through all its renewals. */
export type Clearance = {
  readonly clearanceId: string
  readonly prisonId: string
  readonly applied: EventOf<'clearance.applied'> | undefined
  /** Oldest first; the last is the one in force, unless it was ended after. */
  readonly confirmed: readonly Confirmed[]
  readonly renewalRequested: readonly RenewalRequested[]
  readonly ended: EventOf<'clearance.ended'> | undefined
}

export type Clearances = {
  /**
   * By clearanceId and prison: an id used at two prisons is two clearances, so that neither prison can ever be told
   * about the other's.
   */
  readonly byId: ById<Clearance>
  /** When their holder was reported dead; undefined once that was withdrawn. */
  readonly diedAt: Instant | undefined
}

/** The state before any event. */
export function emptyClearances(): Clearances {
  return { byId: byId(), diedAt: undefined }
}

/** The state after one more event, in any order of arrival. */
export function foldClearance(before: Clearances, event: DomainEvent): Clearances {
  switch (event.type) {
    case 'clearance.applied':
      return withClearance(before, event, (one) => ({ ...one, applied: event }))
    case 'clearance.confirmed':
      return withClearance(before, event, (one) => ({ ...one, confirmed: add(one.confirmed, event) }))
    case 'clearance.renewal-requested':
      return withClearance(before, event, (one) => ({
        ...one,
        renewalRequested: add(one.renewalRequested, event),
      }))
    case 'clearance.ended':
      return withClearance(before, event, (one) => ({ ...one, ended: event }))
    case 'person.died':
      if (!event.info.withdrawn) return { ...before, diedAt: event.at }
      return { byId: withoutDeaths(before.byId), diedAt: undefined }
    default:
      return before
  }
}

/** The same clearance in another state of its casefile. */
export function clearanceIn({ byId }: Clearances, { clearanceId, prisonId }: Clearance): Clearance {
  return byId[`${clearanceId} ${prisonId}`] ?? nothingKnown(clearanceId, prisonId)
}

/** The last valid day of a confirmation: as stated, else twelve months later (28 February for a 29th). */
export function expiryOf({ info }: Confirmed): LocalDate {
  return info.expiresOn ?? addMonths(info.confirmedOn, 12)
}

/** The first day on which the clearance is no longer valid. */
export function lapseOf(confirmed: Confirmed): LocalDate {
  return addDays(expiryOf(confirmed), 1)
}

/** Whether what an event started has since ended, or restarted with another confirmation. */
export function isOver({ confirmed, ended }: Clearance, opening: DomainEvent): boolean {
  return [...confirmed, ended].some((event) => event && compareEvents(event, opening) > 0)
}

/** The confirmation in force at a moment; undefined before the first, and after the end. */
export function standingAt({ confirmed, ended }: Clearance, instant: Instant): Confirmed | undefined {
  const last = confirmed.findLast((event) => event.at <= instant)
  const isEnded = last && ended && ended.at <= instant && compareEvents(ended, last) > 0
  return isEnded ? undefined : last
}

/** Undoes the end of clearances that ended because their holder was said to have died. */
function withoutDeaths(known: ById<Clearance>): ById<Clearance> {
  return Object.entries(known)
    .filter(([, { ended }]) => ended?.info.reason === 'died')
    .reduce((all, [key, one]) => put(all, key, { ...one, ended: undefined }), known)
}

function withClearance(
  before: Clearances,
  event: EventOf<
    'clearance.applied' | 'clearance.confirmed' | 'clearance.renewal-requested' | 'clearance.ended'
  >,
  change: (known: Clearance) => Clearance,
): Clearances {
  const { clearanceId, prisonId } = event.info
  const key = `${clearanceId} ${prisonId}`
  const known = before.byId[key] ?? nothingKnown(clearanceId, prisonId)
  return { ...before, byId: put(before.byId, key, change(known)) }
}

function nothingKnown(clearanceId: string, prisonId: string): Clearance {
  return {
    clearanceId,
    prisonId,
    applied: undefined,
    confirmed: [],
    renewalRequested: [],
    ended: undefined,
  }
}
