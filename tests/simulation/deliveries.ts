import type { Admission } from '../../functions/intake/intake.ts'
import { DAY_MS, type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { Fault } from './faults.ts'
import type { Hardship } from './hardships.ts'
import { randomOf } from './random.ts'
import type { Invocation, Step } from './scheduler.ts'
import { inFull, isOursToExplain, type World } from './setup.ts'

/** How long a queue waits for the acknowledgement of what it handed out. */
export const REDELIVERED_AFTER_MINUTES = [1, 12] as const

/** What is handed in, under a name of its own; whether it must, or may, be refused. */
export type Delivery = {
  readonly title: string
  readonly at: Instant
  readonly refusal?: Hardship['refusal'] | undefined
}

/** Begins an invocation, and another whenever the one before did not end well. */
export function untilTaken(
  world: World,
  { title, at, refusal }: Delivery,
  work: (invocation: Invocation, step: Step) => Promise<Admission>,
): void {
  const { scheduler, invariants } = world
  const begin = () =>
    scheduler.begin(
      title,
      async (invocation, step) => {
        const admission = await work(invocation, step)
        if (admission.is === 'refused' && refusal === undefined) {
          invariants.accuse(`${title} is refused: ${admission.reason}`)
        }
        if (admission.is !== 'refused' && refusal === 'certain') invariants.accuse(`${title} is taken in`)
      },
      (end, { random }) => {
        if (isOursToExplain(end)) invariants.accuse(`${title} threw: ${inFull(end.error)}`)
        const again = scheduler.now() + random.between(...REDELIVERED_AFTER_MINUTES) * MINUTE_MS
        if (end.how !== 'done') untilTaken(world, { title, at: again, refusal }, work)
      },
    )
  scheduler.at(at, begin)
}

/** A sender that delivers at least once: late, twice, or not before it is asked again. */
export function deliverer(
  { seed, faults }: World,
  handIn: (delivery: Delivery & { readonly body: string }, happened: Instant) => void,
): (delivery: Delivery & { readonly body: string }) => void {
  return (delivery) => {
    const { title, at } = delivery
    const random = randomOf(seed, 'delivery', title)
    const strikes = (fault: Fault) => faults.strikes(fault, random)
    const late = strikes('event delayed') ? lateness({ random }) : 0
    const lost = strikes('event lost and redelivered') ? random.between(1, 30) * MINUTE_MS : 0
    handIn({ ...delivery, at: at + late + lost }, at)
    if (strikes('event delivered twice')) {
      handIn({ ...delivery, at: at + random.pick([0, 0, lateness({ random }), DAY_MS / 2]) }, at)
    }
  }
}

/** From seconds to hours. */
export function lateness({ random }: Pick<Invocation, 'random'>): number {
  return random.pick([1, 10, 100, 1000, 5000]) * random.between(200, 2000)
}
