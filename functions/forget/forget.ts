import type { CasefileId } from '../../shared/casefile/ids.ts'
import { type Forgettable, inOrder } from '../../shared/duties/retention.ts'
import type { Store, Stored } from '../../shared/store/store.ts'

/**
 * Removes items from a casefile one by one, in the order in which they must go. It can be interrupted and run again.
 */
export async function forget(
  id: CasefileId,
  { events, texts, entries, receipts }: Forgettable,
  store: Pick<Store, 'forget'>,
): Promise<void> {
  for (const event of events) await store.forget(id, { event })
  for (const messageId of texts) await store.forget(id, { messageId })
  for (const entry of entries) await store.forget(id, { entry })
  for (const event of receipts) await store.forget(id, { event })
}

/**
 * Removes everything that was read of a casefile, and its head last, so that until then the tick returns to it.
 * Anything that arrived meanwhile stays, and then so does the head.
 */
export async function forgetCasefile(
  id: CasefileId,
  stored: Stored,
  store: Pick<Store, 'forget' | 'forgetHead' | 'texts'>,
): Promise<'forgotten' | 'moved-on'> {
  await forget(id, { ...inOrder(stored), texts: [...(await store.texts(id)).keys()] }, store)
  return store.forgetHead(id, stored.head)
}
