import { setImmediate } from 'node:timers/promises'
import { DAY_MS, type Instant } from '../../../shared/calendar/london.ts'
import { openCasefile } from '../../../shared/casefile/casefile.ts'
import type { DomainEvent } from '../../../shared/casefile/events.ts'
import { type CasefileId, kindOf } from '../../../shared/casefile/ids.ts'
import { nounOf } from '../../../shared/casefile/nouns.ts'
import { casefilesOf } from '../../../shared/casefile/routing.ts'
import { neighboursOf } from '../../../shared/directory/neighbours.ts'
import type { Rules } from '../../../shared/planning/rules.ts'
import type { Store } from '../../../shared/store/store.ts'
import { forEachConcurrently } from '../../concurrency.ts'
import { forecast } from '../casefiles/forecast.ts'

/** How far ahead notices are counted. */
const AHEAD_MS = 28 * DAY_MS
/** Casefiles read concurrently, to share the wait for a distant store. */
const AT_ONCE = 16

type Ports = {
  readonly store: Pick<Store, 'open' | 'events'>
  readonly rules: () => Rules | Promise<Rules>
  readonly now: () => Instant
}

/**
 * How many notices would be told in the next four weeks because of some events, and how many deliberately not, if they
 * were taken in now and nothing else happened: from the real plan of each casefile they concern, as far as time allows.
 * Nothing is taken in.
 */
export async function foresee(
  events: readonly DomainEvent[],
  { store, rules, now }: Ports,
  isTime = () => true,
) {
  const coming = new Map<CasefileId, DomainEvent[]>()
  for (const event of events) {
    for (const id of casefilesOf(event)) coming.set(id, [...(coming.get(id) ?? []), event])
  }
  const load = async (id: CasefileId, nouns: readonly string[]) => [
    ...(await store.events(id, nouns)),
    ...(coming.get(id) ?? []).filter((event) => nouns.includes(nounOf(event))),
  ]
  const ids = new Set(events.map(({ eventId }) => eventId))
  const [current, at] = [await rules(), now()]
  const counts = { told: 0, untold: 0, isWhole: true }
  await forEachConcurrently(coming, AT_ONCE, async ([id, ofIt]) => {
    if (kindOf(id) === 'address' || kindOf(id) === 'person') return
    await setImmediate()
    if (!isTime()) {
      counts.isWhole = false
      return
    }
    const stored = await store.open(id)
    const all = [...(stored?.events ?? []), ...ofIt]
    const casefile = openCasefile(id, all, stored?.entries ?? [])
    const rows = await neighboursOf(
      casefile,
      load,
    )((neighbours) => forecast({ casefile, neighbours, events: all, rules: current }, at, at + AHEAD_MS))
    for (const { because, outcome } of rows) {
      if (!because.some(({ eventId }) => ids.has(eventId))) continue
      counts[outcome === 'planned' ? 'told' : 'untold']++
    }
  })
  return counts
}
