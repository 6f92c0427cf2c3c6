import { type Clearances, emptyClearances, foldClearance } from './clearance.ts'
import { add } from './draft.ts'
import type { DomainEvent, EventInfo, EventOf } from './events.ts'

/** One prison: who should be told there, its partnership, and the clearances held at it. */
export type Prison = {
  readonly details: EventInfo<'prison.updated'> | undefined
  /** The latest event about its partnership. */
  readonly partnership: EventOf<'partnership.agreed' | 'partnership.ended'> | undefined
  /** Every time the partnership was agreed, oldest first. */
  readonly agreements: readonly EventOf<'partnership.agreed'>[]
  readonly clearances: Clearances
}

/** The state before any event. */
export function emptyPrison(): Prison {
  return { details: undefined, partnership: undefined, agreements: [], clearances: emptyClearances() }
}

/** The state after one more event. */
export function foldPrison(before: Prison, event: DomainEvent): Prison {
  switch (event.type) {
    case 'prison.updated':
      return { ...before, details: event.info }
    case 'partnership.agreed':
      return { ...before, partnership: event, agreements: add(before.agreements, event) }
    case 'partnership.ended':
      return { ...before, partnership: event }
    default:
      return { ...before, clearances: foldClearance(before.clearances, event) }
  }
}
