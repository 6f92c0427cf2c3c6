import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Store } from '../../shared/store/store.ts'
import { batchesOf, forEachConcurrently } from '../concurrency.ts'

/**
 * Where casefiles wait to be woken. It may hand one over twice. Where it does not take them all it throws, and has
 * taken some of them.
 */
export type WakeQueue = { send(ids: readonly CasefileId[]): Promise<void> }

export type TickPorts = {
  readonly store: Pick<Store, 'due' | 'postpone'>
  readonly queue: WakeQueue
  readonly now: () => Instant
}

/** How long a wake that was handed over has before the tick hands it over again. */
export const POSTPONE_MS = 5 * MINUTE_MS
/** It comes every minute, never two at once: what it has not reached after so long is the next one's. */
const WORK_MS = 50_000
const PAGE = 2_000
/** What goes to the queue together. */
const BATCH = 10
const BATCHES_AT_ONCE = 10

/**
 * Hands every casefile whose wake has come to the wake queue, those waiting longest first, as many as it can within
 * its minute. Each is moved a few minutes on first, so that a backlog is not queued again every minute; if a waker
 * then dies, or the queue refuses, those minutes later it is handed over again. Running it late, twice or at once
 * with another is harmless. Gives the number handed over.
 */
export async function tick({ store, queue, now }: TickPorts): Promise<number> {
  const endsAt = now() + WORK_MS
  let handedOver = 0
  for (let full = true; full && now() < endsAt; ) {
    const due = await store.due(now(), PAGE)
    await forEachConcurrently(batchesOf(due, BATCH), BATCHES_AT_ONCE, async (batch) => {
      if (now() >= endsAt) return
      const postponed = await Promise.all(
        batch.map(({ id, wake }) => store.postpone(id, wake, now() + POSTPONE_MS)),
      )
      const ours = batch.filter((_, index) => postponed[index] === 'postponed').map(({ id }) => id)
      if (ours.length > 0) await queue.send(ours)
      handedOver += ours.length
    })
    full = due.length === PAGE
  }
  return handedOver
}
