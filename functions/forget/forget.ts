import type { CasefileId } from '../../shared/casefile/ids.ts'
import { type Forgettable, inOrder } from '../../shared/duties/retention.ts'
import type { Store, Stored } from '../../shared/store/store.ts'

/** Takes things out of a casefile one by one, in the order in which they must go. Begun again, it goes on. */
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
 * Takes out of the store all that was read of a casefile, and its head last, so that until then the tick comes again.
 * What came in meanwhile is left, and so is the head then.
 */
export async function forgetCasefile(
  id: CasefileId,
  stored: Stored,
  store: Pick<Store, 'forget' | 'forgetHead' | 'texts'>,
): Promise<'forgotten' | 'moved-on'> {
  await forget(id, { ...inOrder(stored), texts: [...(await store.texts(id)).keys()] }, store)
  return store.forgetHead(id, stored.head)
}
