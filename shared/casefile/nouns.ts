import type { DomainEvent } from './events.ts'
import type { Kind } from './ids.ts'

/** The noun an event is filed under: `appointment` for `appointment.booked`. */
export function nounOf({ type }: Pick<DomainEvent, 'type'>): string {
  return type.slice(0, type.lastIndexOf('.'))
}

/** Whether a type is of what passes between casefiles, about an address or a worker's day: we alone write it. */
export function passesBetween(type: DomainEvent['type']): boolean {
  return ['address', 'day'].includes(nounOf({ type }))
}

const MOVEMENTS = ['prison-offender-events.prisoner', 'prisoner-offender-search.prisoner']

/**
 * The nouns of the events that make a casefile worth knowing to its neighbours. On DynamoDB these lie apart: who
 * changes them has to move what lies there already, and to raise SCHEMA.
 */
export const NEIGHBOUR_NOUNS: { readonly [K in Kind]: readonly string[] } = {
  contact: ['contact'],
  address: ['contact', 'address'],
  prison: ['prison', 'clearance'],
  rota: ['rota'],
  order: ['order', 'person', 'appointment', 'contact-sheet', 'disclosure', 'withdrawal'],
  clearance: ['clearance', 'person'],
  release: ['release', 'person', ...MOVEMENTS],
  person: ['order', 'clearance', 'release', 'person', ...MOVEMENTS],
}
