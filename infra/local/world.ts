import { type Admission, intake } from '../../functions/intake/intake.ts'
import type { WakeQueue } from '../../functions/tick/tick.ts'
import type { Outcome } from '../../functions/wake/ports.ts'
import { wake } from '../../functions/wake/wake.ts'
import type { Instant } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import type { Channels } from '../../shared/channels/channel.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Store } from '../../shared/store/store.ts'

export type WorldPorts = {
  readonly store: Store
  readonly channels: Channels
  readonly rules: () => Rules
  readonly now: () => Instant
  /** The key that answer links are signed with; a rehearsal's links lead nowhere. */
  readonly linkKey?: string
  /** Called with a casefile whose wake threw, which then waits for its next wake. Without it the world stops there. */
  readonly failed?: (id: CasefileId, error: unknown) => void
}

/** The whole system in one process: intake, tick and wake around one store, with a queue in memory. */
export type World = {
  /** Takes in one event, and leaves its casefiles in the queue. */
  take(event: string | OurEvent): Promise<Admission>
  /** Sends everything that is owed at this moment. */
  settle(): Promise<Outcome[]>
  /** When there is next something to do; undefined if there never is. */
  nextWake(): Promise<Instant | undefined>
}

/** More casefiles than are ever due at the same instant. */
const DUE_MAX = 1_000_000

/** Wires the functions as AWS does with queues and schedules, on a clock that stands still until all work is done. */
export function openWorld({ store, channels, rules, now, linkKey = 'rehearsal', failed }: WorldPorts): World {
  const waiting = new Set<CasefileId>()
  const queue: WakeQueue = {
    async send(ids) {
      for (const id of ids) waiting.add(id)
    },
  }
  const wakeOne = async (id: CasefileId): Promise<Outcome[]> => {
    try {
      return await wake(id, { store, channels, rules: rules(), linkKey, now })
    } catch (error) {
      if (!failed) throw error
      failed(id, error)
      return []
    }
  }
  return {
    take: (event) => intake(event, { store, queue, now }),
    async settle() {
      const outcomes: Outcome[] = []
      do {
        const ids = [...waiting].sort()
        waiting.clear()
        for (const id of ids) outcomes.push(...(await wakeOne(id)))
        await queue.send((await store.due({ until: now() }, DUE_MAX)).map(({ id }) => id))
      } while (waiting.size > 0)
      return outcomes
    },
    async nextWake() {
      const [first] = await store.due({ until: Number.MAX_SAFE_INTEGER }, 1)
      return first?.wake
    },
  }
}
