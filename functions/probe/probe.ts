import { HOUR_MS, type Instant, londonDate, writeInstant } from '../../shared/calendar/london.ts'
import { type CasefileId, casefileId, probeId } from '../../shared/casefile/ids.ts'
import { type OurEvent, ourEvent } from '../../shared/casefile/our-event.ts'
import type { Store } from '../../shared/store/store.ts'
import { removalOf, remove } from '../forget/removal.ts'

export type ProbePorts = {
  readonly store: Pick<Store, 'open' | 'events' | 'texts' | 'forget' | 'forgetHead'>
  /** Sends an event the way every other event arrives. */
  readonly send: (event: OurEvent) => Promise<unknown>
  readonly now: () => Instant
}

/** Amazon SES, mailbox simulator: it accepts every message and reports it as delivered, in the sandbox too. */
export const MAILBOX = 'success@simulator.amazonses.com'
/** Everybody on the order, so that anything else told about it within the hour goes to the same mailbox. */
const EVERYBODY = 'PROBE'
/** If probes did not run, one of the next day's forgets what they left behind. */
const HOURS_BACK = 24

/**
 * Sends the events of this hour's probe: an order about nobody, and a change in risk, of which its offender manager is
 * told immediately at any hour. Then it forgets the earlier probes, and returns whether the last one was reported as
 * delivered.
 */
export async function probe({ store, send, now }: ProbePorts): Promise<'delivered' | 'not delivered'> {
  const hour = Math.floor(now() / HOUR_MS) * HOUR_MS
  for (const event of eventsOf(hour)) await send(event)
  const last = await store.open(casefileOf(hour - HOUR_MS))
  for (let before = 1; before <= HOURS_BACK; before++) {
    const parts = await removalOf(casefileOf(hour - before * HOUR_MS), store)
    for (const part of parts) await remove(part, store)
  }
  return last?.events.some(({ type }) => type === 'notice.delivered') ? 'delivered' : 'not delivered'
}

/** The casefile of an hour's probe. */
export function casefileOf(hour: Instant): CasefileId {
  return casefileId('order', orderOf(hour))
}

function orderOf(hour: Instant): string {
  return probeId(writeInstant(hour).slice(0, 'yyyy-mm-ddThh'.length))
}

function eventsOf(hour: Instant): OurEvent[] {
  const orderId = orderOf(hour)
  const eventId = (name: string) => ({ eventId: `${orderId}-${name}` })
  const workers = { offenderManager: EVERYBODY, caseManager: EVERYBODY, probationOffice: EVERYBODY }
  return [
    // Always the same event, so that the contact does not grow.
    ourEvent(
      'contact.updated',
      SINCE,
      { contactId: EVERYBODY, name: 'Probe', email: MAILBOX, prefers: 'email' },
      { eventId: probeId('contact') },
    ),
    ourEvent(
      'order.made',
      hour,
      {
        ...workers,
        orderId,
        sentencedOn: londonDate(hour),
        lengthMonths: LENGTH_MONTHS,
        person: probeId('person'),
        provider: EVERYBODY,
        seriousness: 'low',
        offenderManagementTier: 1,
      },
      eventId('made'),
    ),
    ourEvent('risk.changed', hour, { orderId, by: probeId('sender') }, eventId('risk')),
  ]
}

/** Any day before the first probe. */
const SINCE = Date.parse('2026-01-01T00:00:00Z')
/** Long enough that none of its meetings is due within the hour. */
const LENGTH_MONTHS = 36
