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
  readonly store: Pick<Store, 'due'>
  readonly queue: WakeQueue
  readonly now: () => Instant
}

/** How often a tick hands over all that is due, what was handed over before among it. */
export const SWEEP_MS = 5 * MINUTE_MS
/** How far any other tick looks back: to the one before it, which may have come early, and as far as an index lags. */
const BACK_MS = 75_000
/** It comes every minute, never two at once: what it has not reached after so long waits for the next sweep. */
const WORK_MS = 50_000
const LIMIT = 250_000
/** What goes to the queue together. */
const BATCH = 10
const BATCHES_AT_ONCE = 20

/**
 * Hands every casefile whose wake has come to the wake queue, those waiting longest first, as many as it can within
 * its minute: those whose wake has come since the last tick, and every five minutes all, so that a backlog is not
 * queued again every minute and what a crash or a queue lost is. It writes nothing. Running it late, twice or at once
 * with another is harmless. Gives the number handed over.
 */
export async function tick({ store, queue, now }: TickPorts): Promise<number> {
  const from = now()
  const isSweep = Math.floor(from / MINUTE_MS) % (SWEEP_MS / MINUTE_MS) === 0
  const due = await store.due({ ...(!isSweep && { after: from - BACK_MS }), until: from }, LIMIT)
  let handedOver = 0
  await forEachConcurrently(batchesOf(due, BATCH), BATCHES_AT_ONCE, async (batch) => {
    if (now() >= from + WORK_MS) return
    await queue.send(batch.map(({ id }) => id))
    handedOver += batch.length
  })
  return handedOver
}
