import type { Instant } from '../../shared/calendar/london.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import type { Store } from '../../shared/store/store.ts'
import type { WakeQueue } from '../tick/tick.ts'

export type IntakePorts = {
  readonly store: Pick<Store, 'append' | 'rouse'>
  readonly queue: WakeQueue
  readonly now: () => Instant
}

/** What became of one event handed in. */
export type Admission =
  | { readonly is: 'accepted'; readonly eventId: string }
  | { readonly is: 'duplicate'; readonly eventId: string }
  /** Not a type of ours: acknowledged, counted, dropped. */
  | { readonly is: 'ignored'; readonly eventType: string }
  | { readonly is: 'refused'; readonly reason: string }

/** More than any honest event needs, and less than a store's item may hold. */
export const EVENT_BYTES_MAX = 256 * 1024

/**
 * Takes one event in, one of ours or the text of any: into every casefile it concerns, each of which is then roused, and all are queued. An event that was
 * already there rouses its casefiles all the same, since whoever put it there may have died before doing so.
 */
export async function intake(
  incoming: string | OurEvent,
  { store, queue, now }: IntakePorts,
): Promise<Admission> {
  if (typeof incoming === 'string' && isTooLarge(incoming)) return TOO_LARGE
  const reading = readEvent(incoming, now())
  if (reading.is === 'refused') return reading
  if (reading.is === 'unknown-type') return { is: 'ignored', eventType: reading.eventType }
  const { event } = reading
  if (isTooLarge(JSON.stringify(event))) return TOO_LARGE
  const casefiles = casefilesOf(event)
  let isNew = false
  for (const id of casefiles) {
    if ((await store.append(id, event)) === 'added') isNew = true
    await store.rouse(id, now())
  }
  await queue.send(casefiles)
  return { is: isNew ? 'accepted' : 'duplicate', eventId: event.eventId }
}

const TOO_LARGE: Admission = { is: 'refused', reason: `event: expected at most ${EVENT_BYTES_MAX} bytes` }

function isTooLarge(text: string): boolean {
  return Buffer.byteLength(text) > EVENT_BYTES_MAX
}
