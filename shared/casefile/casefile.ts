import type { Instant } from '../calendar/london.ts'
import { type Address, EMPTY_ADDRESS, foldAddress } from './address.ts'
import { type Clearances, foldClearance } from './clearance.ts'
import { type Contact, EMPTY_CONTACT, foldContact } from './contact.ts'
import { compareEvents, type DomainEvent } from './events.ts'
import { type CasefileId, type Kind, kindOf } from './ids.ts'
import { type Entry, type Ledger, openLedger } from './ledger.ts'
import { EMPTY_ORDER, foldOrder, type Order } from './order.ts'
import { EMPTY_PRISON, foldPrison, type Prison } from './prison.ts'
import { EMPTY_RELEASES, foldReleases, type Releases } from './release.ts'
import { EMPTY_ROTA, foldRota, type Rota } from './rota.ts'

/** What the events of each kind of casefile fold into. */
export type States = {
  order: Order
  clearance: Clearances
  release: Releases
  prison: Prison
  rota: Rota
  contact: Contact
  address: Address
}

/** Every event about one matter, folded, and the ledger of notices given. */
export type Casefile<K extends Kind = Kind> = {
  readonly id: CasefileId<K>
  /** As every event known says it is. */
  readonly state: States[K]
  /** As it was at a moment: only what had occurred by then. */
  asOf(instant: Instant): States[K]
  readonly ledger: Ledger
  /** The same events beside other ledger entries. */
  withEntries(entries: readonly Entry[]): Casefile<K>
}

type Fold<State> = { readonly empty: State; readonly apply: (before: State, event: DomainEvent) => State }

const FOLDS: { readonly [K in Kind]: Fold<States[K]> } = {
  order: { empty: EMPTY_ORDER, apply: foldOrder },
  clearance: { empty: {}, apply: foldClearance },
  release: { empty: EMPTY_RELEASES, apply: foldReleases },
  prison: { empty: EMPTY_PRISON, apply: foldPrison },
  rota: { empty: EMPTY_ROTA, apply: foldRota },
  contact: { empty: EMPTY_CONTACT, apply: foldContact },
  address: { empty: EMPTY_ADDRESS, apply: foldAddress },
}

/** Folds events, given in any order, into what they say. */
export function fold<K extends Kind>(kind: K, events: readonly DomainEvent[]): States[K] {
  const { empty, apply } = FOLDS[kind]
  return events.toSorted(compareEvents).reduce(apply, empty)
}

/** Opens a casefile on its events and ledger entries, both in any order. */
export function openCasefile<K extends Kind>(
  id: CasefileId<K>,
  events: readonly DomainEvent[],
  entries: readonly Entry[],
): Casefile<K> {
  const { empty, apply } = FOLDS[kindOf(id) as K]
  const sorted = events.toSorted(compareEvents)
  const states = [empty]
  for (const event of sorted) states.push(apply(states.at(-1) ?? empty, event))
  const withEntries = (some: readonly Entry[]): Casefile<K> => ({
    id,
    state: states.at(-1) ?? empty,
    asOf: (instant) => states[countBy(sorted, instant)] ?? empty,
    ledger: openLedger(some, sorted),
    withEntries,
  })
  return withEntries(entries)
}

/** How many of the events, oldest first, had occurred by `instant`. */
function countBy(sorted: readonly DomainEvent[], instant: Instant): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.at ?? Number.POSITIVE_INFINITY) <= instant) low = middle + 1
    else high = middle
  }
  return low
}
