import type { DomainEvent } from './events.ts'
import type { Kind } from './ids.ts'

/** The noun of an event: `appointment` for `appointment.booked`. */
export function nounOf({ type }: Pick<DomainEvent, 'type'>): string {
  return type.slice(0, type.lastIndexOf('.'))
}

/** Whether only casefiles send this type to each other, about an address or a worker's day. */
export function passesBetween(type: DomainEvent['type']): boolean {
  return ['address', 'day'].includes(nounOf({ type }))
}

const MOVEMENTS = ['prison-offender-events.prisoner', 'prisoner-offender-search.prisoner']

/**
 * The nouns of the events that neighbours need. On DynamoDB these are stored separately: changing them means moving
 * existing items, and raising SCHEMA.
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
