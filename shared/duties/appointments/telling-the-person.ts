import type { Instant } from '../../calendar/london.ts'
import { stamp } from '../../casefile/ids.ts'
import type { Reason } from '../../casefile/ledger.ts'
import type { Slot } from '../../casefile/order.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { resolve } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import type { Facts } from '../../messages/text.ts'
import type { Bound, Planned } from '../../planning/duty.ts'
import type { OpenOrder } from '../orders/open-order.ts'

/** When and where; the renderer says what of it the reader may be told. */
export function slotFacts(slot: Slot): Facts {
  return { start: slot.startsAt, place: slot.place ?? '' }
}

/** What a person may be told: with an address that is not safe, day and time alone. */
export function toPerson(open: OpenOrder, neighbours: Neighbours, facts: Facts): Bound {
  const { details } = neighbours.get('contact', open.terms.person)
  const safe = details?.addressIsSafe === true
  return {
    to: [{ contactId: open.terms.person, role: 'person' }],
    facts: { ...facts, place: safe ? facts.place : '', safe, wales: open.terms.wales === true },
  }
}

/** Whether a notice was given and is not known to have failed. */
export function isGiven({ casefile: { ledger } }: OpenOrder, { noticeId }: Planned): boolean {
  return ledger.entry(noticeId)?.is === 'sent' && ledger.failedAt(noticeId) === undefined
}

/** Skipped for reasons of ours: it was never meant to reach anybody. */
const NOT_MEANT: readonly string[] = ['before-go-live', 'shadow']

/** Why something did not reach the person; undefined while it may, and for what was never meant to. */
export function missedBecause(
  { casefile, terms }: OpenOrder,
  { noticeId }: Planned,
  neighbours: Neighbours,
  now: Instant,
): Reason | undefined {
  if (casefile.ledger.failedAt(noticeId) !== undefined) {
    const failed = new Set(casefile.ledger.sendingsBefore(noticeId).barred)
    const again = resolve(roles.person(terms), neighbours, { failed }, now)
    return again.is === 'nobody' ? 'not-delivered' : undefined
  }
  const entry = casefile.ledger.entry(noticeId)
  return entry?.is === 'skipped' && !NOT_MEANT.includes(entry.reason) ? entry.reason : undefined
}

/** What tells one start of an appointment from another. */
export function occasionOf(appointmentId: string, slot: Slot): string {
  return `${appointmentId}_${stamp(slot.startsAt)}`
}
