import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/routing.ts'
import type { Store } from '../../shared/store/store.ts'

/** Where casefiles wait to be woken. It may hand one over twice. */
export type WakeQueue = { send(id: CasefileId): Promise<void> }

export type TickPorts = {
  readonly store: Pick<Store, 'due' | 'postpone'>
  readonly queue: WakeQueue
  readonly now: () => Instant
}

/** How long a wake that was handed over has before the tick hands it over again. */
export const POSTPONE_MS = 5 * MINUTE_MS
const PAGE = 500

/**
 * Hands every casefile whose wake has come to the wake queue. Each is moved a few minutes on first, so that a
 * backlog is not queued again every minute; if a waker then dies, those minutes later it is handed over again.
 * Running it late, twice or at once with another is harmless. Gives the number handed over.
 */
export async function tick({ store, queue, now }: TickPorts): Promise<number> {
  let handedOver = 0
  for (let full = true; full; ) {
    const due = await store.due(now(), PAGE)
    for (const { id, wake } of due) {
      if ((await store.postpone(id, wake, now() + POSTPONE_MS)) === 'moved-on') continue
      await queue.send(id)
      handedOver++
    }
    full = due.length === PAGE
  }
  return handedOver
}
