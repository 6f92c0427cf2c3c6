/**
 * Works on items side by side, so many at once at most, each taken when a place falls free. The first failure ends
 * it: nothing more is begun, what is in hand is finished, and that failure is thrown.
 */
export async function forEachConcurrently<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = each(items)
  // A loop that throws closes what all of them take from.
  const place = async () => {
    for await (const item of waiting) await work(item)
  }
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, place))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function* each<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* items
}

/** Items in their order, in batches of a size; the last may be smaller. */
export function batchesOf<Item>(items: readonly Item[], size: number): readonly Item[][] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size)
  return starts.map((start) => items.slice(start, start + size))
}
