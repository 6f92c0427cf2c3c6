import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Store } from '../../shared/store/store.ts'
import { batchesOf, forEachConcurrently } from '../concurrency.ts'

/**
 * Where casefiles wait to be woken. It may deliver one twice. If it does not accept all of them it throws, having
 * accepted some.
 */
export type WakeQueue = { send(ids: readonly CasefileId[]): Promise<void> }

export type TickPorts = {
  readonly store: Pick<Store, 'due'>
  readonly queue: WakeQueue
  readonly now: () => Instant
}

/** How often a tick hands over everything due, including what was handed over before. */
export const SWEEP_MS = 5 * MINUTE_MS
/** How far any other tick looks back: to the previous one, which may have been early, plus the lag of the index. */
const BACK_MS = 75_000
/** It runs every minute, never twice at the same time: what it has not reached by then waits for the next sweep. */
const WORK_MS = 50_000
const LIMIT = 250_000
/** The size of a queue request. */
const BATCH = 10
const BATCHES_AT_ONCE = 20

/**
 * Hands casefiles whose wake has come to the wake queue, those waiting longest first, as many as fit into its minute.
 * Normally these are the wakes since the last tick; every five minutes it is all of them, so that a backlog is not
 * queued again every minute, but anything lost in a crash or a queue is. It writes nothing. Running it late, twice or
 * concurrently is harmless. Returns the number handed over.
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
