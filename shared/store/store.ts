import type { Instant, LocalDate } from '../calendar/london.ts'
import type { DutyWeek } from '../casefile/counts.ts'
import type { DomainEvent } from '../casefile/events.ts'
import type { CasefileId, Kind } from '../casefile/ids.ts'
import { type Entry, replaceableAs } from '../casefile/ledger.ts'
import type { Text } from '../messages/text.ts'

/** What wakes a casefile, and how we know that nothing arrived in between. */
export type Head = {
  /**
   * Raised by one whenever something arrives, and by nothing else. It starts at a random number, so that a head that
   * was forgotten and created again is not mistaken for the earlier one.
   */
  readonly version: number
  /** When the casefile next needs attention, even if only to be forgotten. */
  readonly wake: Instant
  /** The fingerprint of the rules under which that wake was planned. */
  readonly plannedUnder: string | undefined
}

/** A head's first version is a random number below this. */
export const BEGINS_BELOW = 2 ** 40

/** A casefile as stored, its head read before the rest. */
export type Stored = {
  readonly head: Head
  readonly events: readonly DomainEvent[]
  readonly entries: readonly Entry[]
}

/** One item of a casefile: an event, a ledger entry, or the text of a message. */
export type Item =
  | { readonly event: DomainEvent }
  | { readonly entry: Entry }
  | { readonly messageId: string }

/** One of several parts of a store, counting from 0. Together they hold everything, each casefile in one of them. */
export type Part = { readonly part: number; readonly of: number }

/** A claim in the ledger: that a notice is about to be told, or will not be. */
export type Claim = Extract<Entry, { is: 'claimed' | 'skipped' | 'failed' }>

/** The result of a turn: what became of its notices, when the casefile next needs attention, and by which rules. */
export type Finish = {
  readonly entries: readonly Entry[]
  readonly wake: Instant
  /** Unchanged if left out. */
  readonly plannedUnder?: string
  /** What to add to the counts. */
  readonly counts?: readonly DutyWeek[]
}

/** A period: after one instant, up to and including another; from the beginning if `after` is left out. */
export type Stretch = { readonly after?: Instant; readonly until: Instant }

/**
 * Where casefiles are kept, with one method for each step of the loop. Each is one consistent read, or conditional
 * writes of one item each in an order that may be interrupted anywhere; none needs a lock or a transaction. A store
 * that cannot answer throws, and the caller is retried. What it has confirmed is durable.
 */
export type Store = {
  /**
   * Puts an event into a casefile, unless one with its eventId exists. In both cases the head's version is raised, and
   * its wake brought forward to `from` unless it is earlier. Without `from` the wake stays; a new casefile wakes at the
   * time of the event.
   */
  takeIn(id: CasefileId, event: DomainEvent, from?: Instant): Promise<'added' | 'known'>
  /** The whole casefile; undefined if it does not exist. */
  open(id: CasefileId): Promise<Stored | undefined>
  /** Only the events of the given nouns: what a neighbour needs. */
  events(id: CasefileId, nouns: readonly string[]): Promise<readonly DomainEvent[]>
  /** The ledger entries of one notice; an urgent one has one for each channel. */
  entries(id: CasefileId, noticeId: string): Promise<readonly Entry[]>
  /**
   * Claims the notices of one message, each unless it is settled or held under a live lease at `now`. A claim that
   * replaces a message may take that one's place; an entry given back while replacing one gives way to no other claim.
   * Returns for each, in order, `undefined` on success, else the existing entry. If the first is refused, another waker
   * has this message, and the rest is not claimed. The claimed text is stored, and kept as evidence of what was said.
   */
  claim(
    id: CasefileId,
    claims: readonly Claim[],
    now: Instant,
    write?: (claimed: readonly Claim[]) => Written,
  ): Promise<readonly (Entry | undefined)[]>
  /** Records the results of claims. */
  record(id: CasefileId, entries: readonly Entry[]): Promise<void>
  /**
   * Records the results of claims, and then sets the next wake if version and wake are unchanged since they were read.
   */
  finish(id: CasefileId, read: Read, finish: Finish): Promise<'set' | 'moved-on'>
  /** Casefiles whose wake is in a period, those waiting longest first, at most `limit`. */
  due(stretch: Stretch, limit: number): Promise<readonly Due[]>
  /**
   * Adds to the counts of duties and weeks for what happened in a casefile, which they do not identify. They are not
   * exact: if a process dies or a response is lost, something may be missing or counted twice. Never throws.
   */
  count(id: CasefileId, counts: readonly DutyWeek[]): Promise<void>
  /** The counts of the weeks from one Monday to another, both included: one or more lines for each duty and week. */
  counts(from: LocalDate, to: LocalDate): Promise<readonly DutyWeek[]>
  /** Stores words that somebody wrote, beside a casefile's messages and separate from what plans are made from. */
  keepWords(id: CasefileId, words: Written): Promise<void>
  /** The texts of a casefile's messages, by messageId, and the stored words of replies. */
  texts(id: CasefileId): Promise<ReadonlyMap<string, Text>>
  /** Deletes one item of a casefile. Deleting a missing item does nothing. */
  forget(id: CasefileId, item: Item): Promise<void>
  /** Deletes the head, and so the casefile, if version and wake are unchanged since they were read. */
  forgetHead(id: CasefileId, read: Read): Promise<'forgotten' | 'moved-on'>
  /** All casefiles in a part of the store, in no order. Very recent changes may not be visible yet. */
  casefiles(part: Part): Promise<readonly Due[]>
  /**
   * Casefiles of one kind in order of id, after a given one, at most `limit`. Very recent changes may not be visible
   * yet.
   */
  ofKind(kind: Kind, limit: number, after?: CasefileId): Promise<readonly CasefileId[]>
}

/** The part of a head that shows whether anything arrived, or the wake was set, since it was read. */
export type Read = Pick<Head, 'version' | 'wake'>
export type Due = { readonly id: CasefileId; readonly wake: Instant }
/** The text of a message. */
export type Written = { readonly messageId: string; readonly text: Text }

/** Whether an existing entry gives way to another at `now`. */
export function givesWay(standing: Entry, entry: Entry, now: Instant): boolean {
  // An entry given back while replacing another is not for a claim that has not read that one.
  if (standing.is === 'throttled') {
    return entry.is !== 'claimed' || standing.replaces === undefined || standing.replaces === entry.replaces
  }
  if (standing.is === 'claimed') return standing.leaseUntil <= now
  return 'replaces' in entry && entry.replaces !== undefined && replaceableAs(standing) === entry.replaces
}

/** The number of parts in which all casefiles are processed, so that none is too large for a process. */
const PARTS = 16

/** How many casefiles of a list are read at once. */
const LISTED_AT_ONCE = 500

/** All casefiles of one kind, in order of id. */
export async function* casefilesOfKind(store: Pick<Store, 'ofKind'>, kind: Kind): AsyncGenerator<CasefileId> {
  let after: CasefileId | undefined
  do {
    const ids = await store.ofKind(kind, LISTED_AT_ONCE, after)
    yield* ids
    after = ids.length < LISTED_AT_ONCE ? undefined : ids.at(-1)
  } while (after !== undefined)
}

/** All casefiles, a part at a time. */
export async function* everyCasefile(store: Pick<Store, 'casefiles'>): AsyncGenerator<Due> {
  for (let part = 0; part < PARTS; part++) yield* await store.casefiles({ part, of: PARTS })
}
