import type { DutyWeek } from '../casefile/counts.ts'
import type { DomainEvent } from '../casefile/events.ts'
import { type CasefileId, kindOf, placeOf } from '../casefile/ids.ts'
import { type Entry, entryId } from '../casefile/ledger.ts'
import { NEIGHBOUR_NOUNS, nounOf } from '../casefile/nouns.ts'
import type { Part } from './store.ts'

/**
 * How casefiles lie in the one table. A partition is a casefile, and its items lie in this order:
 *
 *     1/head
 *     2/event/<shared or own>/<noun>/<eventId>
 *     3/entry/<noticeId>, and of an urgent notice for each channel 3/entry/<noticeId>/<channel>
 *     4/text/<messageId>
 *
 * Beside the casefiles lie the counts of each week, an item a duty: in a few partitions, `counts:0` and on.
 *
 * What is asked of the table, and how:
 *
 * | who       | asks                                                | by                                           |
 * |-----------|-----------------------------------------------------|----------------------------------------------|
 * | intake    | put an event unless it is there; raise the version  | Put if absent; Update, if the wake lies so   |
 * | intake    | what a receipt speaks of                            | Query of one partition, one notice's entries |
 * | wake      | the whole casefile, the head first, never its texts | Query of one partition, up to the texts      |
 * | wake      | a neighbour: what it shares, never a ledger         | Query of one partition, one prefix           |
 * | wake      | claim and write a message                           | Put if what stands gives way; Put            |
 * | wake      | record what became of it; set the next wake         | Put; Update if it is still the one read      |
 * | wake      | forget an item; the head last                       | Delete; the head if it is still as it was    |
 * | tick      | casefiles whose wake has come, earliest first       | Query of every shard of the wake index       |
 * | wake      | count what it settled                               | Update of one item a duty                    |
 * | web       | the counts of some weeks                            | Query of each partition of counts            |
 * | web       | the texts of a casefile                             | Query of one partition, the texts' prefix    |
 * | web       | some casefiles of a kind, in the order of their ids | Query of one partition of the kind index     |
 * | reconcile | every casefile, part by part                        | Query of shards of the wake index            |
 *
 * Every head has a wake, if only to be forgotten, and so the wake index holds them all: nothing ever reads the table
 * as a whole.
 */
export const TABLE_KEYS = { partition: 'casefile', sort: 'itemKey' } as const
export const WAKE_INDEX = { name: 'wakes', partition: 'wakeShard', sort: 'wake' } as const
/**
 * Written once in the life of a casefile: no turn changes it. So one partition for each kind is enough: it takes 1,000
 * new casefiles a second, and a page of a list is one request.
 */
export const KIND_INDEX = { name: 'kinds', partition: 'kind', sort: TABLE_KEYS.partition } as const

/**
 * The number of partitions among which wakes are spread. One partition takes 1,000 writes a second, and setting a wake
 * takes two, a delete and a put, so these handle about 8,000 casefiles a second. A tick with nothing due costs half a
 * read unit for each. It may be raised at any time, since a head keeps its shard until its wake is next brought
 * forward; never lowered, since heads would stay in shards that nobody queries.
 */
export const WAKE_SHARDS = 16

export type ItemKey = { readonly casefile: CasefileId; readonly itemKey: string }

export const HEAD = '1/head'
const EVENTS = '2/event/'
/** What neighbours read of a casefile is stored together, so that it is one request. */
const SHARED = `${EVENTS}shared/`
const OWN = `${EVENTS}own/`
const ENTRIES = '3/entry/'
/** Wake reads everything before this; everything after it is a text. */
export const TEXTS = '4/text/'

/** The key of a casefile’s head. */
export function headKey(casefile: CasefileId): ItemKey {
  return { casefile, itemKey: HEAD }
}

/** The key of an event, by its noun. */
export function eventKey(casefile: CasefileId, event: DomainEvent): ItemKey {
  return { casefile, itemKey: `${runOf(casefile, nounOf(event))}${event.eventId}` }
}

/** The key of a ledger entry. */
export function entryKey(casefile: CasefileId, entry: Entry): ItemKey {
  return { casefile, itemKey: `${ENTRIES}${entryId(entry)}` }
}

/** The prefix of the keys of a notice's ledger entries, and of any notice whose id starts the same. */
export function entriesRun(noticeId: string): string {
  return `${ENTRIES}${noticeId}`
}

/** The key of a rendered text. */
export function textKey(casefile: CasefileId, messageId: string): ItemKey {
  return { casefile, itemKey: `${TEXTS}${messageId}` }
}

/** The key prefixes of the events of some nouns: one for all that neighbours read, else one for each noun. */
export function runsOf(casefile: CasefileId, nouns: readonly string[]): string[] {
  const shared = NEIGHBOUR_NOUNS[kindOf(casefile)]
  const isShared =
    shared.length > 1 && shared.length === nouns.length && shared.every((one) => nouns.includes(one))
  return isShared ? [SHARED] : nouns.map((noun) => runOf(casefile, noun))
}

/** No noun contains the slash that ends it. */
function runOf(casefile: CasefileId, noun: string): string {
  return `${NEIGHBOUR_NOUNS[kindOf(casefile)].includes(noun) ? SHARED : OWN}${noun}/`
}

/**
 * The number of partitions among which counts are spread, by casefile. One takes 1,000 writes a second; more of them
 * would make reading dearer. It may be raised at any time.
 */
export const COUNT_SHARDS = 4

/** The key of the counts of one duty in one week, for what happened in a casefile. */
export function countKey(casefile: CasefileId, { week, duty }: Pick<DutyWeek, 'week' | 'duty'>) {
  return { casefile: countShard(placeOf(casefile) % COUNT_SHARDS), itemKey: `${week}/${duty}` }
}

/** A partition of counts. */
export function countShard(shard: number): string {
  return `counts:${shard}`
}

/** Whether a key is an event’s. */
export function isEvent(key: ItemKey): boolean {
  return key.itemKey.startsWith(EVENTS)
}

/** Whether a key is a ledger entry’s. */
export function isEntry(key: ItemKey): boolean {
  return key.itemKey.startsWith(ENTRIES)
}

/** The messageId in the key of a text. */
export function messageIdOf(key: ItemKey): string {
  return key.itemKey.slice(TEXTS.length)
}

/** The shard of the wake index that a casefile is in. */
export function wakeShardOf(casefile: CasefileId): number {
  return placeOf(casefile) % WAKE_SHARDS
}

/** Whether a casefile is in a part of the store. */
export function liesIn({ part, of }: Part, casefile: CasefileId): boolean {
  return placeOf(casefile) % of === part
}

/** The shards of the wake index that hold the casefiles of a part: a few, if parts and shards divide each other. */
export function wakeShardsOf({ part, of }: Part): number[] {
  const common = greatestCommonDivisor(of, WAKE_SHARDS)
  const shards = Array.from({ length: WAKE_SHARDS }, (_, shard) => shard)
  return shards.filter((shard) => shard % common === part % common)
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
