import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { byArrival } from '../local/arrivals.ts'
import type { Rehearsal } from '../local/replay.ts'
import type { Cloud } from './cloud.ts'

/**
 * Plays a caseload on the cloud, from wake to wake as a replay goes: at one instant everything is taken in before
 * anything is given. What runs every minute is run at the instants at which it finds something, what runs every night
 * once, at the end. `passed` hears of each instant.
 */
export async function play(
  cloud: Cloud,
  { arrivals, until }: Pick<Rehearsal, 'arrivals' | 'until'>,
  passed: (now: Instant) => void = () => {},
): Promise<void> {
  const coming = arrivals.toSorted(byArrival)
  let next = 0
  let now: Instant = 0
  let ticked: Instant = -1
  for (;;) {
    const wake = await cloud.nextWake()
    // What one tick left due, as while functions are held, the next one finds a minute later.
    const due = wake !== undefined && wake <= ticked ? ticked + MINUTE_MS : wake
    const instants = [coming[next]?.at, due].filter((at) => at !== undefined)
    const ahead = Math.max(now, Math.min(...instants))
    if (instants.length === 0 || ahead > until) break
    now = ahead
    const first = next
    for (let one = coming[next]; one !== undefined && one.at <= now; one = coming[++next]) {
      await cloud.send(one.body)
    }
    if (next === first) {
      ticked = now
      await cloud.runScheduled('rate', now)
    }
    await cloud.settle(now)
    passed(now)
  }
  await cloud.runScheduled('cron', until)
  await cloud.settle(until)
}
