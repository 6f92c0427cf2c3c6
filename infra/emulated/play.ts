import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { byArrival } from '../local/arrivals.ts'
import type { Rehearsal } from '../local/replay.ts'
import type { Cloud } from './cloud.ts'
import type { Fault } from './faults.ts'

export type Play = Pick<Rehearsal, 'arrivals' | 'until'> & {
  /** The faults to inject, one after another; none if left out. */
  readonly faults?: readonly Fault[]
}

/**
 * Plays a caseload on the cloud, from wake to wake as a replay does: everything that arrives at one instant is taken in
 * before anything is sent. Functions scheduled every minute run at the instants at which they find something, nightly
 * ones once at the end. Failed messages come again when their queue shows them. `passed` is called with each instant.
 */
export async function play(
  cloud: Cloud,
  { arrivals, until, faults = [] }: Play,
  passed: (now: Instant) => void = () => {},
): Promise<void> {
  const coming = arrivals.toSorted(byArrival)
  const turns = faults
    .flatMap(({ name, from, until }) => [{ at: from, fault: name }, { at: until }])
    .sort((a, b) => a.at - b.at)
  let next = 0
  let now: Instant = 0
  let ticked: Instant = -1
  for (;;) {
    const wake = await cloud.nextWake()
    // What one tick left due, for instance while functions are held, the next one finds a minute later.
    const due = wake !== undefined && wake <= ticked ? ticked + MINUTE_MS : wake
    const instants = [coming[next]?.at, due, cloud.nextMessage(), turns[0]?.at].filter(
      (at) => at !== undefined,
    )
    const ahead = Math.max(now, Math.min(...instants))
    if (instants.length === 0 || ahead > until) break
    now = ahead
    for (let turn = turns[0]; turn && turn.at <= now; turn = turns[0]) {
      cloud.disturb(turn.fault)
      turns.shift()
    }
    const first = next
    for (let one = coming[next]; one !== undefined && one.at <= now; one = coming[++next]) {
      await cloud.send(one.body)
    }
    if (next === first && due !== undefined && due <= now) {
      ticked = now
      await cloud.runScheduled('rate', now)
    }
    await cloud.settle(now)
    passed(now)
  }
  await cloud.runScheduled('cron', until)
  await cloud.settle(until)
}
