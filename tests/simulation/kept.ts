import { type Items, storeOf } from '../../shared/store/items.ts'
import { sqliteItems } from '../../shared/store/sqlite.ts'
import type { Due } from '../../shared/store/store.ts'
import { type Contents, memoryItems } from '../protocol/memory.ts'
import type { Faults } from './faults.ts'
import type { Invariants } from './invariants.ts'
import { clock, type Invocation, type Step } from './scheduler.ts'

export type Kept = {
  readonly items: Items
  /** Its casefiles are read in two goes, the head first, and its wake index may lag. */
  readonly isDynamo: boolean
  /** What its index showed the last time it was asked. */
  shown?: readonly Due[]
  close(): void
}

/** Most runs are on a store with DynamoDB's semantics, one in five on SQLite. */
export function itemsOf(seed: number): Kept {
  if (seed % 5 === 0) {
    const { items, close } = sqliteItems(':memory:')
    return { items, isDynamo: false, close }
  }
  return { items: memoryItems({ contents: {} as Contents }), isDynamo: true, close: () => {} }
}

type KeptWorld = { readonly kept: Kept; readonly invariants: Invariants; readonly faults: Faults }

/** The store as one invocation meets it: every item a step that may break. */
export function storeFor({ kept, invariants, faults }: KeptWorld, invocation: Invocation, step: Step) {
  const items = invariants.watch(invocation)
  return storeOf({
    putEvent: (id, event) => step(`puts ${event.type} into ${id}`, 'store', () => items.putEvent(id, event)),
    raise: (id, ...from) => step(`raises ${id}`, 'store', () => items.raise(id, ...from)),
    async open(id) {
      if (!kept.isDynamo) return step(`opens ${id}`, 'store', () => items.open(id))
      const head = await step(
        `reads the head of ${id}`,
        'store',
        async () => (await kept.items.open(id))?.head,
      )
      if (!head) return undefined
      const rest = await step(`reads the rest of ${id}`, 'store', () => items.open(id))
      return rest && { ...rest, head }
    },
    events: (id, nouns) => step(`reads neighbour ${id}`, 'store', () => items.events(id, nouns)),
    entries: (id, noticeId) =>
      step(`reads the entries of ${noticeId}`, 'store', () => items.entries(id, noticeId)),
    setWake: (id, read, wake, planned) =>
      step(`sets the wake of ${id} to ${clock(wake)} if it is as read`, 'store', () =>
        items.setWake(id, read, wake, planned),
      ),
    due: (stretch, limit) =>
      step('asks what is due', 'store', async () => {
        const due = await items.due(stretch, limit)
        const behind = kept.shown
        kept.shown = due
        const lags = kept.isDynamo && behind && faults.strikes('wake index behind', invocation.random)
        return lags ? behind : due
      }),
    putClaim: (id, entry, now) =>
      step(
        `${entry.is === 'claimed' ? 'claims' : `skips (${entry.reason})`} ${entry.noticeId}`,
        'store',
        () => items.putClaim(id, entry, now),
      ),
    putEntry: (id, entry) =>
      step(`records ${entry.noticeId} ${entry.is}`, 'store', () => items.putEntry(id, entry)),
    putText: (id, written) => step('keeps the text', 'store', () => items.putText(id, written)),
    texts: (id) => step('reads texts', 'store', () => items.texts(id)),
    forget: (id, item) => step(`forgets something of ${id}`, 'store', () => items.forget(id, item)),
    forgetHead: (id, read) =>
      step(`forgets ${id} if it is as read`, 'store', async () => {
        const answer = await items.forgetHead(id, read)
        if (answer === 'forgotten') faults.count('casefile forgotten')
        return answer
      }),
    // Nobody decides anything by the counts.
    count: async () => {},
    counts: async () => [],
    casefiles: (part) => step('lists casefiles', 'store', () => items.casefiles(part)),
    ofKind: (...list) => step('lists a kind', 'store', () => items.ofKind(...list)),
  })
}
