import { plannedOutsideQuiet } from '../../calendar/hours.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../calendar/london.ts'
import { factStamp, stamp } from '../../casefile/ids.ts'
import { isSettled } from '../../casefile/ledger.ts'
import { type Appointment, type Slot, standing } from '../../casefile/order.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Facts } from '../../messages/text.ts'
import { type Bound, notice, type Planned } from '../../planning/duty.ts'
import type { OpenOrder } from '../orders/open-order.ts'

/** How long `moved` does for the reminder a day before. */
const MOVED_REMINDS_MS = 12 * HOUR_MS
/** A reminder a day before is of no use this near the start. */
const DAY_BEFORE_STALE_MS = 3 * HOUR_MS

/** What the person is to be reminded of one start with: a day before it, and two hours. */
export function* reminders(open: OpenOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  const { casefile, rules, because } = open
  const { appointmentId } = appointment
  const outsideQuiet = (instant: Instant) => plannedOutsideQuiet(rules.settings.quiet, instant)
  const steps = [
    {
      step: 'day-before',
      due: outsideQuiet(slot.startsAt - DAY_MS),
      stale: slot.startsAt - DAY_BEFORE_STALE_MS,
    },
    { step: 'same-day', due: outsideQuiet(slot.startsAt - 2 * HOUR_MS), stale: slot.startsAt },
  ]
  for (const { step, due, stale } of steps) {
    if (slot.leftAt !== undefined && slot.leftAt <= due) continue
    const toldOfMove = step === 'day-before' && isToldOfMove(open, appointment, slot, due)
    const untold = slot.leftAt !== undefined ? 'no-longer-true' : toldOfMove ? 'told-of-move' : undefined
    yield notice(casefile, {
      duty: 'ATR-01',
      step,
      occasion: occasionOf(appointmentId, slot),
      role: 'person',
      due,
      stale,
      hours: 'person',
      alone: true,
      because: [...because, slot.eventId],
      untold,
      to: (neighbours) => toPerson(open, neighbours, { ...slotFacts(slot) }),
    })
  }
}

/** Whether `moved` told the person of this very start late enough to spare them the reminder a day before. */
function isToldOfMove(open: OpenOrder, appointment: Appointment, slot: Slot, due: Instant): boolean {
  const moved = recentMove(open, appointment, slot, due)
  if (!moved) return false
  return isGiven(open, moved) || !isSettled(open.casefile.ledger.entry(moved.noticeId))
}

/** The word to the person that moved them to this very start: still to come, or of the 12 hours before `due`. */
export function recentMove(
  open: OpenOrder,
  appointment: Appointment,
  slot: Slot,
  due: Instant,
): Planned | undefined {
  const [moved] = movedPerson(open, appointment, slot)
  const entry = moved && open.casefile.ledger.entry(moved.noticeId)
  return !isSettled(entry) || entry.at >= due - MOVED_REMINDS_MS ? moved : undefined
}

export function* movedPerson(open: OpenOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  if (!isMove(appointment, slot) || slot.setAt >= slot.startsAt) return
  if (slot.leftAt !== undefined && slot.leftAt <= slot.setAt) return
  const known = slotKnown(open, appointment, slot, 'person')
  yield notice(open.casefile, {
    duty: 'ATR-08',
    step: 'moved',
    occasion: movedOccasion(appointment, slot),
    role: 'person',
    due: slot.setAt,
    stale: slot.startsAt,
    hours: 'person',
    alone: true,
    because: [...open.because, slot.eventId],
    untold: slot.leftAt === undefined ? undefined : 'no-longer-true',
    to: (neighbours) => toPerson(open, neighbours, { ...slotFacts(slot), was: known.startsAt }),
  })
}

/**
 * Where the person, or the workers, believe an appointment to be before it moves to `slot`: not where it was moved
 * and moved on from before they could be told.
 */
export function slotKnown(
  { casefile, terms }: OpenOrder,
  appointment: Appointment,
  slot: Slot,
  whom: 'person' | 'workers',
): Slot {
  const [asBooked, ...moves] = appointment.slots.slice(0, appointment.slots.indexOf(slot))
  const known = moves.findLast((move) =>
    casefile.ledger.of('ATR-08', 'moved', movedOccasion(appointment, move)).some((entry) => {
      const isTheirs = 'to' in entry && (entry.to === terms.person) === (whom === 'person')
      return isTheirs && !(entry.is === 'skipped' && entry.reason === 'no-longer-true')
    }),
  )
  return known ?? asBooked ?? slot
}

export function* cancelledPerson(open: OpenOrder, appointment: Appointment): Iterable<Planned> {
  const { cancelled } = appointment
  const slot = standing(appointment)
  if (!cancelled || cancelled.at >= slot.startsAt) return
  yield notice(open.casefile, {
    duty: 'CUS-13',
    step: 'cancelled',
    occasion: cancelledOccasion(appointment),
    role: 'person',
    due: cancelled.at,
    stale: slot.startsAt,
    hours: 'person',
    alone: true,
    because: [...open.because, cancelled.eventId],
    to: (neighbours) => toPerson(open, neighbours, slotFacts(slot)),
  })
}

/** When and where; the renderer says what of it the reader may be told. */
export function slotFacts(slot: Slot): Facts {
  return { start: slot.startsAt, place: slot.place ?? '' }
}

/** What a person may be told: with an address that is not safe, day and time alone. */
function toPerson(open: OpenOrder, neighbours: Neighbours, facts: Facts): Bound {
  const { details } = neighbours.get('contact', open.terms.person)
  const safe = details?.addressIsSafe === true
  return {
    to: [{ contactId: open.terms.person, role: 'person' }],
    facts: { ...facts, place: safe ? facts.place : '', safe },
  }
}

function isMove(appointment: Appointment, slot: Slot): boolean {
  return appointment.slots[0] !== slot
}

export function isGiven({ casefile: { ledger } }: OpenOrder, { noticeId }: Planned): boolean {
  return ledger.entry(noticeId)?.is === 'sent' && ledger.failedAt(noticeId) === undefined
}

export function occasionOf(appointmentId: string, slot: Slot): string {
  return `${appointmentId}_${stamp(slot.startsAt)}`
}

export function movedOccasion(appointment: Appointment, slot: Slot): string {
  return `${occasionOf(appointment.appointmentId, slot)}_${factStamp(slot.setAt)}`
}

export function cancelledOccasion(appointment: Appointment): string {
  return `${appointment.appointmentId}_${factStamp(appointment.cancelled?.at ?? 0)}`
}
