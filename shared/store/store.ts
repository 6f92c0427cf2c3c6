import { createHash } from 'node:crypto'
import type { Instant } from '../calendar/london.ts'
import type { DomainEvent } from '../casefile/events.ts'
import type { CasefileId } from '../casefile/ids.ts'
import { type Entry, isAddressed } from '../casefile/ledger.ts'
import type { Text } from '../messages/text.ts'

/** What a casefile is woken by, and how we know that nothing came in between. */
export type Head = {
  /** How often something came in. Only intake raises it. */
  readonly version: number
  /** When the casefile next needs attention; undefined when nothing lies ahead. */
  readonly wake: Instant | undefined
  /** The fingerprint of the rules under which that wake was planned. */
  readonly plannedUnder: string | undefined
}

/** A casefile as it lies in the store, the head read before the rest. */
export type Stored = {
  readonly head: Head
  readonly events: readonly DomainEvent[]
  readonly entries: readonly Entry[]
}

/** One thing that lies in a casefile: an event, the entry of a notice, or the text of a message. */
export type Item =
  | { readonly event: DomainEvent }
  | { readonly noticeId: string }
  | { readonly messageId: string }

/** One of several parts of a store, from nought on. Together they hold everything, and nothing lies in two. */
export type Part = { readonly part: number; readonly of: number }

const WHOLE: Part = { part: 0, of: 1 }

/**
 * Where casefiles are kept. Every method is one conditional write of one item, or one consistent read of one
 * casefile; none needs a lock or a transaction. A store that cannot answer throws, and the caller is retried.
 */
export type Store = {
  /** Puts an event into a casefile unless one with its eventId is there. */
  append(id: CasefileId, event: DomainEvent): Promise<'added' | 'known'>
  /** Raises the head's version and sets its wake to `now`. */
  rouse(id: CasefileId, now: Instant): Promise<void>
  /** The whole casefile; undefined when nothing was ever taken in. */
  open(id: CasefileId): Promise<Stored | undefined>
  /** The events of the given nouns alone: what a neighbour needs of a casefile. */
  events(id: CasefileId, nouns: readonly string[]): Promise<readonly DomainEvent[]>
  /**
   * Sets the next wake, if version and wake are still the ones read, and what it was planned under; where that is
   * left out, it stays.
   */
  setWake(
    id: CasefileId,
    read: Pick<Head, 'version' | 'wake'>,
    wake: Instant | undefined,
    plannedUnder?: string,
  ): Promise<'set' | 'moved-on'>
  /** Casefiles whose wake has come, those waiting longest first. */
  due(now: Instant, limit: number): Promise<readonly { readonly id: CasefileId; readonly wake: Instant }[]>
  /** Moves a wake on to `until`, if it is still the one read. */
  postpone(id: CasefileId, wake: Instant, until: Instant): Promise<'postponed' | 'moved-on'>
  /**
   * Enters a claim, a skip or a failure, unless the notice is settled or held under a lease that is live at `now`. A claim
   * that replaces a message may take the place of that one; what was given back in its place goes to no other claim.
   * Gives `undefined` on success, else what stands.
   */
  claim(
    id: CasefileId,
    entry: Extract<Entry, { is: 'claimed' | 'skipped' | 'failed' }>,
    now: Instant,
  ): Promise<Entry | undefined>
  /** Records what became of a claim. */
  record(id: CasefileId, entry: Entry): Promise<void>
  /** Keeps the text of a message, as evidence of what was said. */
  keepText(id: CasefileId, messageId: string, text: Text): Promise<void>
  /** The texts of a casefile's messages, by messageId. */
  texts(id: CasefileId): Promise<ReadonlyMap<string, Text>>
  /** Takes one thing out of a casefile for good. What is not there may be forgotten again. */
  forget(id: CasefileId, item: Item): Promise<void>
  /** Takes the head out, and so the casefile, if version and wake are still the ones read. */
  forgetHead(id: CasefileId, read: Pick<Head, 'version' | 'wake'>): Promise<'forgotten' | 'moved-on'>
  /**
   * Every head in a part of the store, each once, in an order of the store's own, a page at a time. `after` is the
   * last id of the page before; a page of fewer than `limit` is the last.
   */
  heads(
    after: CasefileId | undefined,
    limit: number,
    part: Part,
  ): Promise<readonly (Head & { readonly id: CasefileId })[]>
}

/** Whether an entry that stands gives way to another at `now`. */
export function givesWay(standing: Entry, entry: Entry, now: Instant): boolean {
  // What was given back on its second way is not for one who has read nothing of the first.
  if (standing.is === 'throttled') {
    return entry.is !== 'claimed' || standing.replaces === undefined || standing.replaces === entry.replaces
  }
  if (standing.is === 'claimed') return standing.leaseUntil <= now
  return isAddressed(standing) && entry.is === 'claimed' && standing.messageId === entry.replaces
}

const HEADS_PAGE = 1_000

/** Whether a casefile lies in a part, where a store has no parts of its own. */
export function liesIn({ part, of }: Part, id: CasefileId): boolean {
  return of === 1 || createHash('sha256').update(id).digest().readUInt32BE(0) % of === part
}

/** The head of every casefile there is, or of every one in a part: for what looks at all of them, once a night. */
export async function* everyHead(store: Pick<Store, 'heads'>, part = WHOLE) {
  let after: CasefileId | undefined
  for (let full = true; full; ) {
    const heads = await store.heads(after, HEADS_PAGE, part)
    yield* heads
    after = heads.at(-1)?.id
    full = heads.length === HEADS_PAGE
  }
}
