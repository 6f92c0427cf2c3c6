import { type Admission, intake } from '../../functions/intake/intake.ts'
import { type Reconciliation, reconcile } from '../../functions/reconcile/reconcile.ts'
import type { WakeQueue } from '../../functions/tick/tick.ts'
import type { Outcome } from '../../functions/wake/ports.ts'
import { wake } from '../../functions/wake/wake.ts'
import type { Instant } from '../../shared/calendar/london.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import { openClock } from './clock.ts'
import { inSpan, TRACE_OF_ITS_OWN, withinThisTrace } from './spans.ts'
import type { WorldPorts } from './world.ts'

/** Everything that runs on one machine, on whichever clock. */
export type Machine = {
  now(): Instant
  /** Takes in one event. What it makes due is sent soon after. */
  take(event: string | OurEvent): Promise<Admission>
  /** When the clock last ticked. */
  lastTick(): Instant
  /** Finishes the wakes in hand, and begins no other: what is still taken in is due when it starts again. */
  stop(): Promise<void>
}

export type MachinePorts = WorldPorts & {
  /** How long one minute of `now` lasts, in milliseconds. */
  readonly minuteMs: number
  readonly linkKey: string
  readonly given: (outcomes: readonly Outcome[]) => void
  readonly failed: (what: CasefileId | 'tick' | 'reconcile', error: unknown) => void
  /** Called at each start and every night with the result of reconcile. */
  readonly reconciled: (reconciliation: Reconciliation) => void
}

/**
 * Intake, clock and wake as they run continuously. Several casefiles are woken at the same time, so that they share the
 * wait for the disk; releases have their own lane, so no backlog delays them. What a crash removes from a lane is still
 * due.
 */
export async function startMachine({
  store,
  channels,
  rules,
  now,
  linkKey,
  ...ports
}: MachinePorts): Promise<Machine> {
  const wakeOne = async (id: CasefileId) => {
    try {
      await inSpan('wake', { casefile: id }, async () =>
        ports.given(await wake(id, { store, channels, rules: rules(), linkKey, now })),
      )
    } catch (error) {
      ports.failed(id, error)
    }
    clock.look()
  }
  const releases = openLane(wakeOne, RELEASES_AT_ONCE)
  const others = openLane(wakeOne, OTHERS_AT_ONCE)
  const queue: WakeQueue = {
    async send(ids) {
      for (const id of ids) (kindOf(id) === 'release' ? releases : others).add(id)
    },
  }
  const failed = (error: unknown) => ports.failed('tick', error)
  // A timer would continue the trace in which it was set.
  const due: WakeQueue = {
    send: (ids) => inSpan('tick', { casefiles: ids.length }, () => queue.send(ids), TRACE_OF_ITS_OWN),
  }
  const clock = openClock({ store, queue: due, now, failed, minuteMs: ports.minuteMs })
  await clock.strike()
  const compare = async () => {
    try {
      ports.reconciled(await reconcile({ store, rules: rules(), now }))
    } catch (error) {
      ports.failed('reconcile', error)
    }
  }
  let comparing = compare()
  const nightly = setInterval(() => {
    comparing = compare()
  }, ports.minuteMs * MINUTES_A_DAY)
  return {
    now,
    async take(event) {
      const admission = await inSpan('intake', {}, () => intake(event, { store, queue, now }))
      clock.look()
      return admission
    },
    lastTick: clock.lastStrike,
    async stop() {
      clearInterval(nightly)
      await Promise.all([releases.stop(), others.stop(), clock.stop(), comparing])
    },
  }
}

const MINUTES_A_DAY = 24 * 60
/**
 * The maximum number of turns planned before other work is served: some milliseconds. Their messages are on the way
 * together, and are repeated if none of it can be recorded.
 */
export const OTHERS_AT_ONCE = 16
const RELEASES_AT_ONCE = 4

/** A queue of casefiles, with limited concurrency, each waiting at most once. `work` never throws. */
function openLane(work: (id: CasefileId) => Promise<void>, atOnce: number) {
  const waiting = new Map<CasefileId, () => Promise<void>>()
  const inHand = new Map<CasefileId, Promise<void>>()
  let isStopped = false
  const fill = () => {
    for (const [id, workOnIt] of waiting) {
      if (inHand.size >= atOnce) return
      // A casefile added while being woken is woken once more afterwards.
      if (inHand.has(id)) continue
      waiting.delete(id)
      const done = () => {
        inHand.delete(id)
        fill()
      }
      inHand.set(id, workOnIt().then(done))
    }
  }
  return {
    add(id: CasefileId) {
      if (isStopped) return
      if (!waiting.has(id))
        waiting.set(
          id,
          withinThisTrace(() => work(id)),
        )
      fill()
    },
    async stop() {
      isStopped = true
      waiting.clear()
      await Promise.all(inHand.values())
    },
  }
}
