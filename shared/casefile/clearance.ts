import { addDays, addMonths, type LocalDate } from '../calendar/london.ts'
import type { DomainEvent } from './events.ts'
import type { EventOf } from './order.ts'

/** One person's Standard Plus clearance at one prison, through all its renewals. */
export type Clearance = {
  readonly clearanceId: string
  readonly prisonId: string
  readonly applied: EventOf<'clearance.applied'> | undefined
  /** Oldest first; the last is the one in force. */
  readonly confirmed: readonly EventOf<'clearance.confirmed'>[]
  readonly renewalRequested: readonly EventOf<'clearance.renewal-requested'>[]
  readonly ended: EventOf<'clearance.ended'> | undefined
}

/**
 * Clearances by clearanceId and prison: an id used at two prisons is two clearances, so that neither prison
 * can ever be told of the other's.
 */
export type Clearances = Readonly<Record<string, Clearance>>

export function foldClearance(before: Clearances, event: DomainEvent): Clearances {
  switch (event.type) {
    case 'clearance.applied':
      return withClearance(before, event, (one) => ({ ...one, applied: event, ended: undefined }))
    case 'clearance.confirmed':
      return withClearance(before, event, (one) => ({
        ...one,
        confirmed: [...one.confirmed, event],
        ended: undefined,
      }))
    case 'clearance.renewal-requested':
      return withClearance(before, event, (one) => ({
        ...one,
        renewalRequested: [...one.renewalRequested, event],
      }))
    case 'clearance.ended':
      return withClearance(before, event, (one) => ({ ...one, ended: event }))
    default:
      return before
  }
}

/** The last valid day of a confirmation: as stated, else twelve months on (28 February for a 29th). */
export function expiryOf(confirmed: EventOf<'clearance.confirmed'>): LocalDate {
  return confirmed.info.expiresOn ?? addMonths(confirmed.info.confirmedOn, 12)
}

/** The first day on which the clearance is no longer valid. */
export function lapseOf(confirmed: EventOf<'clearance.confirmed'>): LocalDate {
  return addDays(expiryOf(confirmed), 1)
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
  const known = before[key] ?? {
    clearanceId,
    prisonId,
    applied: undefined,
    confirmed: [],
    renewalRequested: [],
    ended: undefined,
  }
  return { ...before, [key]: change(known) }
}
