import type { Instant } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import { mattersFrom } from '../../shared/casefile/routing.ts'
import { daysOwed, type SaysOfDays } from '../../shared/casefile/worker-days.ts'
import type { Store } from '../../shared/store/store.ts'

/**
 * Tells workers' casefiles on which days they may have an appointment of an order: all these days, or those that one
 * event adds. Repeating it changes nothing. Returns the workers for whom such a day has begun.
 */
export async function passOnDays(
  events: readonly DomainEvent[],
  store: Pick<Store, 'takeIn'>,
  now: Instant,
  event?: SaysOfDays,
): Promise<CasefileId[]> {
  const owed = daysOwed(events, now, event)
  await Promise.all(owed.map(({ to, fact }) => store.takeIn(to, fact, mattersFrom(to, fact, now))))
  return owed.flatMap(({ to, fact }) => (mattersFrom(to, fact, now) === now ? [to] : []))
}
