import type { Instant, LocalDate } from '../calendar/london.ts'
import type { DutyWeek } from '../casefile/counts.ts'
import type { DomainEvent } from '../casefile/events.ts'
import type { CasefileId, Kind } from '../casefile/ids.ts'
import { type Entry, replaceableAs } from '../casefile/ledger.ts'
import type { Text } from '../messages/text.ts'

/** What a casefile is woken by, and how we know that nothing came in between. */
export type Head = {
  /**
   * Raised by one whenever something comes in, and by nothing else. It begins at a number of chance, so that the head
   * of a casefile that was forgotten and begins again is not taken for the one that was read before.
   */
  readonly version: number
  /** When the casefile next needs attention, if only to be forgotten. */
  readonly wake: Instant
  /** The fingerprint of the rules under which that wake was planned. */
  readonly plannedUnder: string | undefined
}

/** The version with which a head begins is a number of chance below this. */
export const BEGINS_BELOW = 2 ** 40

/** A casefile as it lies in the store, the head read before the rest. */
export type Stored = {
  readonly head: Head
  readonly events: readonly DomainEvent[]
  readonly entries: readonly Entry[]
}

/** One thing that is kept in a casefile: an event, an entry of its ledger, or the text of a message. */
export type Item =
  | { readonly event: DomainEvent }
  | { readonly entry: Entry }
  | { readonly messageId: string }

/** One of several parts of a store, from 0 on. Together they hold everything, and nothing lies in two. */
export type Part = { readonly part: number; readonly of: number }

/** What is claimed in the ledger: that a notice is about to be told, or that it will not be. */
export type Claim = Extract<Entry, { is: 'claimed' | 'skipped' | 'failed' }>

/** What a turn leaves behind: what became of its notices, when the casefile next needs attention, and by which rules. */
export type Finish = {
  readonly entries: readonly Entry[]
  readonly wake: Instant
  /** Where it is left out, it stays. */
  readonly plannedUnder?: string
  /** What is added to the counts for what the turn settled. */
  readonly counts?: readonly DutyWeek[]
}

/** A stretch of time, from after one instant up to another and with it; from the beginning, where `after` is left out. */
export type Stretch = { readonly after?: Instant; readonly until: Instant }

/**
 * Where casefiles are kept: in methods of the shape of the loop. Each is one consistent read, or conditional writes of
 * one item each in an order in which it may break off anywhere; none needs a lock or a transaction. A store that cannot
 * answer throws, and the caller is retried. What was answered is kept, whatever happens next.
 */
export type Store = {
  /**
   * Takes an event into a casefile, unless one with its eventId is there. Either way the head's version is raised, and
   * its wake brought forward to `from` unless it comes before that. Without `from` the wake stays; of a casefile that
   * begins with the event, it is when that happened.
   */
  takeIn(id: CasefileId, event: DomainEvent, from?: Instant): Promise<'added' | 'known'>
  /** The whole casefile; undefined when nothing was ever taken in. */
  open(id: CasefileId): Promise<Stored | undefined>
  /** The events of the given nouns alone: what a neighbour needs of a casefile. */
  events(id: CasefileId, nouns: readonly string[]): Promise<readonly DomainEvent[]>
  /** The ledger's entries of one notice: of an urgent one, one for each channel by which it goes. */
  entries(id: CasefileId, noticeId: string): Promise<readonly Entry[]>
  /**
   * Claims what goes as one message, each notice unless it is settled or held under a lease that is live at `now`. A
   * claim that replaces a message may take the place of that one; what was given back in its place goes to no other
   * claim. Of each, in their order, gives `undefined` on success, else what stands. Where the first is refused another
   * has this message, and the rest is left alone. What was claimed is written, and kept as evidence of what was said.
   */
  claim(
    id: CasefileId,
    claims: readonly Claim[],
    now: Instant,
    write?: (claimed: readonly Claim[]) => Written,
  ): Promise<readonly (Entry | undefined)[]>
  /** Records what became of claims. */
  record(id: CasefileId, entries: readonly Entry[]): Promise<void>
  /** Records what became of claims, and then sets the next wake if version and wake are still the ones read. */
  finish(id: CasefileId, read: Read, finish: Finish): Promise<'set' | 'moved-on'>
  /** Casefiles whose wake falls in a stretch of time, those waiting longest first, no more than `limit`. */
  due(stretch: Stretch, limit: number): Promise<readonly Due[]>
  /**
   * Adds to the counts of duties and weeks for what happened in a casefile, of which they keep nothing. They are not
   * exact: where a process dies or an answer is lost, something may be missing, or counted twice. Never throws.
   */
  count(id: CasefileId, counts: readonly DutyWeek[]): Promise<void>
  /** The counts of the weeks from one Monday to another, both included: a line or several for each duty and week. */
  counts(from: LocalDate, to: LocalDate): Promise<readonly DutyWeek[]>
  /** Keeps words that somebody wrote beside a casefile's messages, apart from what is planned from. */
  keepWords(id: CasefileId, words: Written): Promise<void>
  /** The texts of a casefile's messages, by messageId, and the words that were kept beside them. */
  texts(id: CasefileId): Promise<ReadonlyMap<string, Text>>
  /** Takes one thing out of a casefile for good. What is not there may be forgotten again. */
  forget(id: CasefileId, item: Item): Promise<void>
  /** Takes the head out, and so the casefile, if version and wake are still the ones read. */
  forgetHead(id: CasefileId, read: Read): Promise<'forgotten' | 'moved-on'>
  /** Every casefile in a part of the store, in no order. What came or went a moment ago may be missing or still there. */
  casefiles(part: Part): Promise<readonly Due[]>
  /**
   * Casefiles of one kind in the order of their ids, those after one of them, no more than `limit`. What came or went a
   * moment ago may be missing or still there.
   */
  ofKind(kind: Kind, limit: number, after?: CasefileId): Promise<readonly CasefileId[]>
}

/** As much of a head as tells whether anything came in, or anybody set the wake, since it was read. */
export type Read = Pick<Head, 'version' | 'wake'>
export type Due = { readonly id: CasefileId; readonly wake: Instant }
/** The text of a message. */
export type Written = { readonly messageId: string; readonly text: Text }

/** Whether an entry that stands gives way to another at `now`. */
export function givesWay(standing: Entry, entry: Entry, now: Instant): boolean {
  // What was given back on its second way is not for one who has read nothing of the first.
  if (standing.is === 'throttled') {
    return entry.is !== 'claimed' || standing.replaces === undefined || standing.replaces === entry.replaces
  }
  if (standing.is === 'claimed') return standing.leaseUntil <= now
  return entry.is === 'claimed' && entry.replaces !== undefined && replaceableAs(standing) === entry.replaces
}

/** Into how many parts all casefiles are divided to be gone through, so that none is too large for a process. */
const PARTS = 16

/** As many casefiles as are read of a list at once. */
const LISTED_AT_ONCE = 500

/** Every casefile of one kind, in the order of their ids. */
export async function* casefilesOfKind(store: Pick<Store, 'ofKind'>, kind: Kind): AsyncGenerator<CasefileId> {
  let after: CasefileId | undefined
  do {
    const ids = await store.ofKind(kind, LISTED_AT_ONCE, after)
    yield* ids
    after = ids.length < LISTED_AT_ONCE ? undefined : ids.at(-1)
  } while (after !== undefined)
}

/** Every casefile there is, a part at a time: for what looks at all of them. */
export async function* everyCasefile(store: Pick<Store, 'casefiles'>): AsyncGenerator<Due> {
  for (let part = 0; part < PARTS; part++) yield* await store.casefiles({ part, of: PARTS })
}
