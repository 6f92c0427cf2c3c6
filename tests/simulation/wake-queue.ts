import { tick } from '../../functions/tick/tick.ts'
import { wake } from '../../functions/wake/wake.ts'
import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Channels } from '../../shared/channels/channel.ts'
import { lateness, REDELIVERED_AFTER_MINUTES } from './deliveries.ts'
import type { Fault } from './faults.ts'
import { storeFor } from './kept.ts'
import { randomOf } from './random.ts'
import { Broken, type Invocation, type Step } from './scheduler.ts'
import { inFull, isOursToExplain, type World } from './setup.ts'

export type Queue = ReturnType<typeof queueIn>
type Waiting = { readonly id: CasefileId; readonly at: Instant }

const BATCH_MAX = 3

/** The wake queue: what is in it is handed out in small batches, until each is acknowledged; some of it twice. */
export function queueIn(world: World) {
  const { scheduler, faults, invariants, mutant, rules } = world
  const waiting: Waiting[] = []
  const awake = new Map<CasefileId, number>()
  let channels: ((invocation: Invocation, step: Step) => Channels) | undefined

  const put = (id: CasefileId, at: Instant) => {
    waiting.push({ id, at })
    scheduler.at(at, handOut)
  }
  const handOut = () => {
    const here = waiting.filter(({ at }) => at <= scheduler.now())
    const [first] = here
    if (!first || !channels) return
    const size = randomOf(world.seed, 'batch', first.id, scheduler.now()).between(1, BATCH_MAX)
    const batch = here.slice(0, size)
    for (const one of batch) waiting.splice(waiting.indexOf(one), 1)
    const failed = new Set<Waiting>()
    const serve = channels
    const again = (ones: Iterable<Waiting>, { random }: Invocation) => {
      for (const { id } of ones)
        put(id, scheduler.now() + random.between(...REDELIVERED_AFTER_MINUTES) * MINUTE_MS)
    }
    scheduler.begin(
      `wake ${batch.map(({ id }) => id).join(' ')}`,
      async (invocation, step) => {
        for (const one of batch) {
          const others = awake.get(one.id) ?? 0
          if (others > 0) faults.count('casefile woken twice at once')
          awake.set(one.id, others + 1)
          const now = () => {
            const present = scheduler.now() + invocation.skew
            return invariants.tellTime(invocation, mutant.now ? mutant.now(present) : present)
          }
          try {
            await wake(one.id, {
              store: storeFor(world, invocation, step),
              channels: serve(invocation, step),
              rules,
              linkKey: 'simulation',
              now,
            })
          } catch (error) {
            if (!(error instanceof Broken)) invariants.accuse(`waking ${one.id} threw: ${inFull(error)}`)
            failed.add(one)
            invariants.broke(invocation)
          }
          awake.set(one.id, (awake.get(one.id) ?? 1) - 1)
        }
        if (failed.size > 0 && failed.size < batch.length) faults.count('batch that fails in part')
      },
      ({ how }, invocation) => {
        if (how === 'died') {
          for (const { id } of batch) awake.set(id, 0)
          again(batch, invocation)
        } else again(failed, invocation)
      },
    )
  }
  return {
    /** Without faults, for what is known on the first day. */
    plain: {
      async send(ids: readonly CasefileId[]) {
        for (const id of ids) put(id, scheduler.now())
      },
    },
    serve(by: (invocation: Invocation, step: Step) => Channels) {
      channels = by
    },
    for: (invocation: Invocation, step: Step) => ({
      async send(ids: readonly CasefileId[]) {
        const strikes = (fault: Fault) => faults.strikes(fault, invocation.random)
        for (const id of ids) {
          await step(`queues ${id}`, 'queue', async () => {
            if (strikes('queue refuses')) throw new Broken('queue refuses')
            if (strikes('queue message lost')) return scheduler.say('the queue', `loses ${id}`)
            const late = strikes('queue message delayed') ? lateness(invocation) : 0
            put(id, scheduler.now() + late)
            if (strikes('queue message twice'))
              put(id, scheduler.now() + invocation.random.pick([0, 0, lateness(invocation)]))
          })
        }
      },
    }),
  }
}

/** Begins a tick. */
export function beginTick(world: World, queue: Queue) {
  const { scheduler, invariants } = world
  scheduler.begin(
    'tick',
    async (invocation, step) => {
      const ports = { store: storeFor(world, invocation, step), queue: queue.for(invocation, step) }
      await tick({ ...ports, now: () => scheduler.now() + invocation.skew })
    },
    (end) => {
      if (isOursToExplain(end)) invariants.accuse(`tick threw: ${inFull(end.error)}`)
    },
  )
}
