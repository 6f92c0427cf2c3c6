/**
 * Works on items concurrently, at most `atOnce` at a time. After the first failure nothing more is started; work under
 * way is finished, and that failure is thrown.
 */
export async function forEachConcurrently<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = each(items)
  // A loop that throws closes the iterator that all of them take from.
  const place = async () => {
    for await (const item of waiting) await work(item)
  }
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, place))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function* each<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* items
}

/** Items in order, in batches of `size`; the last may be smaller. */
export function batchesOf<Item>(items: readonly Item[], size: number): readonly Item[][] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size)
  return starts.map((start) => items.slice(start, start + size))
}
