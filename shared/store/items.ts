import type { Instant } from '../calendar/london.ts'
import type { DomainEvent } from '../casefile/events.ts'
import type { CasefileId } from '../casefile/ids.ts'
import type { Entry } from '../casefile/ledger.ts'
import type { Claim, Finish, Read, Store, Written } from './store.ts'

/** What a store needs from a database: consistent reads of one casefile, and conditional writes of one item each. */
export type Items = Pick<
  Store,
  | 'open'
  | 'events'
  | 'entries'
  | 'due'
  | 'texts'
  | 'forget'
  | 'forgetHead'
  | 'casefiles'
  | 'ofKind'
  | 'count'
  | 'counts'
> & {
  /** Puts an event into a casefile unless one with its eventId exists. */
  putEvent(id: CasefileId, event: DomainEvent): Promise<'added' | 'known'>
  /**
   * Raises the head's version by one, and brings its wake forward to `from`, if given, unless it is earlier. A new head
   * without it wakes at `begun`.
   */
  raise(id: CasefileId, from: Instant | undefined, begun: Instant): Promise<void>
  /** Writes a claim if the existing entry gives way to it. Returns `undefined` on success, else the existing entry. */
  putClaim(id: CasefileId, claim: Claim, now: Instant): Promise<Entry | undefined>
  putEntry(id: CasefileId, entry: Entry): Promise<void>
  putText(id: CasefileId, written: Written): Promise<void>
  /** Sets the wake, if version and wake are unchanged since they were read. */
  setWake(id: CasefileId, read: Read, wake: Instant, plannedUnder?: string): Promise<'set' | 'moved-on'>
}

/**
 * A store on a database: the protocol, in the order in which items are written. A process may die between any two
 * writes; tests/protocol tries every place. `committed` waits until writes are durable, for a database that commits
 * several together.
 */
export function storeOf(items: Items, committed = async () => {}): Store {
  const { open, events, entries, due, texts, casefiles, ofKind, counts } = items
  const kept = async <T>(work: Promise<T>): Promise<T> => {
    const answer = await work
    await committed()
    return answer
  }
  return {
    ...{ open, events, entries, due, texts, casefiles, ofKind, counts },
    takeIn: (id, event, from) => kept(takeIn(items, id, event, from)),
    claim: (id, claims, now, write) => kept(claim(items, id, claims, now, write)),
    record: (id, entries) => kept(record(items, id, entries)),
    finish: (id, read, turn) => kept(finish(items, id, read, turn)),
    count: (id, counts) => orMissing(kept(items.count(id, counts))),
    keepWords: (id, words) => kept(items.putText(id, words)),
    forget: (id, item) => kept(items.forget(id, item)),
    forgetHead: (id, read) => kept(items.forgetHead(id, read)),
  }
}

/** The version is raised even if the event was known: whoever put it there may have died before doing so. */
async function takeIn(items: Items, id: CasefileId, event: DomainEvent, from?: Instant) {
  const answer = await items.putEvent(id, event)
  await items.raise(id, from, event.at)
  return answer
}

/** The first claim decides who sends the message: two wakers who each claimed a part would send it twice. */
async function claim(
  items: Items,
  id: CasefileId,
  claims: readonly Claim[],
  now: Instant,
  write?: (claimed: readonly Claim[]) => Written,
): Promise<(Entry | undefined)[]> {
  const [first, ...others] = claims
  if (!first) return []
  const standing = await items.putClaim(id, first, now)
  if (standing) return [standing]
  const rest = await Promise.all(others.map((one) => items.putClaim(id, one, now)))
  if (write) await items.putText(id, write([first, ...others.filter((_, index) => !rest[index])]))
  return [undefined, ...rest]
}

async function record(items: Items, id: CasefileId, entries: readonly Entry[]): Promise<void> {
  await Promise.all(entries.map((entry) => items.putEntry(id, entry)))
}

/**
 * The ledger is written before the wake: until then, the casefile wakes again for what is not recorded. It is also
 * written before the counts: what is not recorded is repeated, and would be counted twice.
 */
async function finish(items: Items, id: CasefileId, read: Read, turn: Finish) {
  const { entries, wake, plannedUnder, counts = [] } = turn
  await record(items, id, entries)
  const counting = orMissing(items.count(id, counts))
  const set = await items.setWake(id, read, wake, plannedUnder)
  await counting
  return set
}

/** A failed count is simply missing: the counted work is done, and not repeated for it. */
function orMissing(counting: Promise<void>): Promise<void> {
  return counting.catch(() => {})
}
