import type { Admission } from '../../functions/intake/intake.ts'
import type { Outcome } from '../../functions/wake/ports.ts'
import type { Instant } from '../../shared/calendar/london.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import type { Arrival } from './arrivals.ts'
import { openWorld, type WorldPorts } from './world.ts'

export type TimelinePorts = Omit<WorldPorts, 'now'> & {
  /** The events still to come, as `byArrival` orders them. */
  readonly coming: readonly Arrival[]
}

/** What happened at one instant: what became of each event that arrived, and of each notice that was owed. */
export type Moment = {
  readonly admissions: readonly { readonly line: number; readonly admission: Admission }[]
  readonly outcomes: readonly Outcome[]
}

/** A caseload on a clock that moves only when told to. */
export type Timeline = {
  now(): Instant
  /** When the next event arrives or the next casefile wakes; undefined if nothing more will happen. */
  ahead(): Promise<Instant | undefined>
  /** Moves to `instant`, takes in everything that arrives by then, and only then sends what is owed. */
  goTo(instant: Instant): Promise<Moment>
  /** Takes in one more event now. */
  take(event: string | OurEvent): Promise<Admission>
}

/** Opens a caseload on a clock that shows 1970 until it is first moved. */
export function openTimeline({ coming, ...ports }: TimelinePorts): Timeline {
  let now = 0
  let next = 0
  const world = openWorld({ ...ports, now: () => now })
  return {
    now: () => now,
    async ahead() {
      const instants = [coming[next]?.at, await world.nextWake()].filter((at) => at !== undefined)
      return instants.length > 0 ? Math.max(now, Math.min(...instants)) : undefined
    },
    async goTo(instant) {
      now = Math.max(now, instant)
      const admissions: { line: number; admission: Admission }[] = []
      for (let arrival = coming[next]; arrival !== undefined && arrival.at <= now; arrival = coming[++next]) {
        admissions.push({ line: arrival.line, admission: await world.take(arrival.body) })
      }
      return { admissions, outcomes: await world.settle() }
    },
    take: world.take,
  }
}
