import type { Instant } from '../../calendar/london.ts'
import type { Slot } from '../../casefile/appointment.ts'
import { stamp } from '../../casefile/ids.ts'
import type { Reason } from '../../casefile/ledger.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { resolve } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import type { Facts } from '../../messages/text.ts'
import type { Bound, Planned, Told } from '../../planning/duty.ts'
import { numberOf } from '../orders/number-to-ring.ts'
import type { OpenOrder, ToldOrder } from '../orders/open-order.ts'

/** When and where; the renderer decides which of it the reader may be told. */
export function slotFacts(slot: Slot): Facts {
  return { start: slot.startsAt, place: slot.place ?? '' }
}

/**
 * What a person may be told: at an address that is not safe, only the day and time; at a safe one also the place, the
 * first name of the worker they will meet, and the office's number.
 */
export function toPerson(open: OpenOrder, neighbours: Neighbours, facts: Facts, workerId?: string): Bound {
  const { person, caseManager, probationOffice, wales } = open.terms
  const safe = neighbours.get('contact', person).details?.addressIsSafe === true
  const worker = neighbours.get('contact', workerId ?? caseManager).details?.name
  const whomToRing = { worker: firstName(worker), number: numberOf(neighbours, [probationOffice]) }
  const ifSafe = safe ? { place: facts.place, ...whomToRing } : { place: '', worker: '', number: '' }
  return {
    to: [{ contactId: person, role: 'person' }],
    facts: { ...facts, ...ifSafe, safe, wales: wales === true },
  }
}

function firstName(name = ''): string {
  return name.split(' ')[0] ?? ''
}

/** Whether a notice was given and is not known to have failed. */
export function isGiven({ ledger }: Told, { noticeId }: Planned): boolean {
  return ledger.entry(noticeId)?.is === 'sent' && ledger.failedAt(noticeId) === undefined
}

/** Reasons for skipping that are ours, or that it was overtaken: it was not meant to reach anybody. */
const NOT_MEANT: readonly string[] = ['before-go-live', 'shadow', 'no-longer-true']

/** Why something did not reach the person; undefined while it may, and for what was never meant to. */
export function missedBecause(
  { ledger, terms }: ToldOrder,
  { noticeId }: Planned,
  neighbours: Neighbours,
  now: Instant,
): Reason | undefined {
  if (ledger.failedAt(noticeId) !== undefined) {
    const failed = new Set(ledger.sendingsBefore(noticeId).barred)
    const again = resolve(roles.person(terms), neighbours, { failed }, now)
    return again.is === 'nobody' ? 'not-delivered' : undefined
  }
  const entry = ledger.entry(noticeId)
  return entry?.is === 'skipped' && !NOT_MEANT.includes(entry.reason) ? entry.reason : undefined
}

/** Distinguishes one start of an appointment from another. */
export function occasionOf(appointmentId: string, slot: Slot): string {
  return `${appointmentId}_${stamp(slot.startsAt)}`
}
