import { type Admission, intake } from '../../functions/intake/intake.ts'
import { type Reconciliation, reconcile } from '../../functions/reconcile/reconcile.ts'
import { tick, type WakeQueue } from '../../functions/tick/tick.ts'
import type { Outcome } from '../../functions/wake/ports.ts'
import { wake } from '../../functions/wake/wake.ts'
import type { Instant } from '../../shared/calendar/london.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import type { WorldPorts } from './world.ts'

/** Everything that runs on one machine, whichever clock it runs on. */
export type Machine = {
  now(): Instant
  /** Takes one event in. What it makes due is given soon after. */
  take(event: string | OurEvent): Promise<Admission>
  /** When the tick last ran through. */
  lastTick(): Instant
  /** Finishes the wakes in hand, and begins no other. */
  stop(): Promise<void>
}

export type MachinePorts = WorldPorts & {
  /** How long a minute of `now` takes. */
  readonly minuteMs: number
  readonly linkKey: string
  readonly given: (outcomes: readonly Outcome[]) => void
  readonly failed: (what: CasefileId | 'tick' | 'reconcile', error: unknown) => void
  /** Hears every night, and at each start, how the plans compare with the ledgers. */
  readonly reconciled: (reconciliation: Reconciliation) => void
}

/**
 * Intake, the minute tick and wake as they run from day to day. Casefiles are woken one after another, releases in
 * a lane of their own so that no backlog ever stands before them. What a crash takes out of a lane, the tick finds.
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
      ports.given(await wake(id, { store, channels, rules: rules(), linkKey, now }))
    } catch (error) {
      ports.failed(id, error)
    }
  }
  const releases = openLane(wakeOne)
  const others = openLane(wakeOne)
  const queue: WakeQueue = {
    async send(ids) {
      for (const id of ids) (kindOf(id) === 'release' ? releases : others).add(id)
    },
  }
  let lastTick = now()
  const beat = async () => {
    try {
      await tick({ store, queue, now })
      lastTick = now()
    } catch (error) {
      ports.failed('tick', error)
    }
  }
  await beat()
  const timer = setInterval(beat, ports.minuteMs)
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
    take: (event) => intake(event, { store, queue, now }),
    lastTick: () => lastTick,
    async stop() {
      clearInterval(timer)
      clearInterval(nightly)
      await comparing
      await Promise.all([releases.stop(), others.stop()])
    },
  }
}

const MINUTES_A_DAY = 24 * 60

/** Casefiles waiting to be worked on, one at a time, each waiting at most once. `work` never throws. */
function openLane(work: (id: CasefileId) => Promise<void>) {
  const waiting = new Set<CasefileId>()
  let running: Promise<void> | undefined
  const run = async () => {
    for (const id of waiting) {
      waiting.delete(id)
      await work(id)
    }
    running = undefined
  }
  return {
    add(id: CasefileId) {
      waiting.add(id)
      running ??= run()
    },
    async stop() {
      waiting.clear()
      await running
    },
  }
}
