import { type Instant, YEARS } from '../calendar/london.ts'
import { type Address, EMPTY_ADDRESS, foldAddress } from './address.ts'
import { type Clearances, emptyClearances, foldClearance } from './clearance.ts'
import { type Contact, emptyContact, foldContact } from './contact.ts'
import { compareEvents, type DomainEvent } from './events.ts'
import { isWithinYears } from './fields.ts'
import { type CasefileId, type Kind, kindOf } from './ids.ts'
import type { Entry } from './ledger.ts'
import { type Ledger, openLedger } from './open-ledger.ts'
import type { Order } from './order.ts'
import { emptyOrder, foldOrder } from './order-fold.ts'
import { emptyPerson, foldPerson, type Person } from './person.ts'
import { emptyPrison, foldPrison, type Prison } from './prison.ts'
import { emptyReleases, foldReleases, type Releases } from './releases.ts'
import { emptyRota, foldRota, type Rota } from './rota.ts'

/** The folded state of each kind of casefile. */
export type States = {
  order: Order
  clearance: Clearances
  release: Releases
  prison: Prison
  rota: Rota
  contact: Contact
  address: Address
  person: Person
}

/** Every event about one matter, folded: a casefile without its ledger. */
export type Matter<K extends Kind = Kind> = {
  readonly id: CasefileId<K>
  /** The state according to all known events. */
  readonly state: States[K]
  /**
   * The result of `read` on the state at a moment, from events that had occurred by then. `read` must not keep that
   * state: the fold for the next moment continues from it.
   */
  asOf<Read>(instant: Instant, read: (state: States[K]) => Read): Read
}

/** Every event about one matter, folded, and the ledger of notices given. */
export type Casefile<K extends Kind = Kind> = Matter<K> & {
  readonly ledger: Ledger
  /** The same events with other ledger entries. */
  withEntries(entries: readonly Entry[]): Casefile<K>
  /** The events that cannot be used for planning, and why. A later event of the same type replaces them. */
  readonly setAside: readonly { readonly eventId: string; readonly reason: string }[]
}

type Fold<State> = {
  /** An empty state for a fold to build on. */
  readonly empty: () => State
  readonly apply: (before: State, event: DomainEvent) => State
}

const FOLDS: { readonly [K in Kind]: Fold<States[K]> } = {
  order: { empty: emptyOrder, apply: foldOrder },
  clearance: { empty: emptyClearances, apply: foldClearance },
  release: { empty: emptyReleases, apply: foldReleases },
  prison: { empty: emptyPrison, apply: foldPrison },
  rota: { empty: emptyRota, apply: foldRota },
  contact: { empty: emptyContact, apply: foldContact },
  address: { empty: () => EMPTY_ADDRESS, apply: foldAddress },
  person: { empty: emptyPerson, apply: foldPerson },
}

/** Folds events, given in any order, into a state. */
export function fold<K extends Kind>(kind: K, events: readonly DomainEvent[]): States[K] {
  const { empty, apply } = FOLDS[kind]
  return events.filter(isUsable).sort(compareEvents).reduce(apply, empty())
}

/** Opens a casefile on its events and ledger entries, both in any order. */
export function openCasefile<K extends Kind>(
  id: CasefileId<K>,
  events: readonly DomainEvent[],
  entries: readonly Entry[],
): Casefile<K> {
  const kind = kindOf(id) as K
  const sorted: DomainEvent[] = []
  const setAside: { eventId: string; reason: string }[] = []
  for (const event of events) {
    if (isUsable(event)) sorted.push(event)
    else setAside.push({ eventId: event.eventId, reason: OUT_OF_YEARS })
  }
  sorted.sort(compareEvents)
  const state = foldUntil(kind, sorted)(sorted.length)
  const until = foldUntil(kind, sorted)
  const asOf = <Read>(instant: Instant, read: (then: States[K]) => Read): Read => {
    const count = countBy(sorted, instant)
    return read(count === sorted.length ? state : until(count))
  }
  const withEntries = (some: readonly Entry[]): Casefile<K> => ({
    ...{ id, state, asOf, setAside, withEntries },
    ledger: openLedger(some, sorted),
  })
  return withEntries(entries)
}

/**
 * Folds the first N events. Each fold continues from the nearest earlier one, which it may change in place; a few are
 * kept, so that the interleaved steps of overlapping ladders need one pass over the events each.
 */
function foldUntil<K extends Kind>(kind: K, sorted: readonly DomainEvent[]): (count: number) => States[K] {
  const { empty, apply } = FOLDS[kind]
  /** Most recently used first. */
  let underWay: { count: number; state: States[K] }[] = []
  return (count) => {
    let nearest = underWay[0]
    if (nearest?.count !== count) {
      nearest = { count: 0, state: empty() }
      for (const one of underWay) if (one.count <= count && one.count > nearest.count) nearest = one
    }
    for (; nearest.count < count; nearest.count++) {
      nearest.state = apply(nearest.state, sorted[nearest.count] as DomainEvent)
    }
    underWay = [nearest, ...underWay.filter((one) => one !== nearest)].slice(0, FOLDS_UNDER_WAY)
    return nearest.state
  }
}

const FOLDS_UNDER_WAY = 4

/** The number of events, oldest first, that had occurred by `instant`. */
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

const OUT_OF_YEARS = `a date outside of ${YEARS.join(' to ')}`

/**
 * Whether all dates of an event are in plausible years. Others are refused now; earlier ones are left out, because no
 * calendar could handle what follows from them.
 */
function isUsable({ info }: DomainEvent): boolean {
  return Object.values(info).every((value) => !isDate(value) || isWithinYears(value))
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && value.length === DATE_LENGTH && DATE.test(value)
}

const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATE_LENGTH = 10
