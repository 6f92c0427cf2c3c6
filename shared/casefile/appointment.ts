import { type Instant, type LocalDate, londonDate } from '../calendar/london.ts'
import type { EventInfo, EventOf } from './events.ts'

/** One time and place of an appointment: as booked, or as rearranged. */
export type Slot = {
  readonly startsAt: Instant
  readonly durationMinutes: number
  readonly place: string | undefined
  /** Since when it has had this start: another place does not undo an answer. */
  readonly startsSince: Instant
  /** When the slot was set, by whom, and by which event. */
  readonly setAt: Instant
  readonly by: string | undefined
  readonly eventId: string
  /** When the slot was given up, by a rearrangement or a cancellation. */
  readonly leftAt?: Instant
  /** The cancellation by which it was. */
  readonly cancelled?: EventOf<'appointment.cancelled'>
}

export type Appointment = {
  readonly appointmentId: string
  readonly kind: EventInfo<'appointment.booked'>['kind']
  readonly with: string | undefined
  readonly stage: EventInfo<'appointment.booked'>['stage']
  readonly enforceable: boolean
  /** Oldest first; the last is where the appointment stands, unless it is cancelled. */
  readonly slots: readonly [Slot, ...Slot[]]
  readonly cancelled: EventOf<'appointment.cancelled'> | undefined
}

/** An appointment's current slot, or its last one if it was cancelled. */
export function standing(appointment: Appointment): Slot {
  return appointment.slots.at(-1) ?? appointment.slots[0]
}

/** When a slot ends: an instant in ms. */
export function endOf(slot: Slot): Instant {
  return slot.startsAt + slot.durationMinutes * 60_000
}

/** The London day of an appointment. */
export function dayOf(slot: Slot): LocalDate {
  return londonDate(slot.startsAt)
}

/** Whether somebody who was told one place needs to hear another. A place stated for the first time is not a move. */
export function isOtherPlace(told: string | undefined, now: string | undefined): boolean {
  return told !== undefined && now !== undefined && told !== now
}

/** Moved and moved back is the same start, and listed once. */
export function lastOfEachStart({ slots }: Pick<Appointment, 'slots'>): Slot[] {
  return lastOfEach(slots)
}

/** The slots that were to be held, once for each start: those not given up before it. */
export function kept({ slots }: Appointment): Slot[] {
  return lastOfEach(slots.filter(({ startsAt, leftAt }) => leftAt === undefined || leftAt >= startsAt))
}

function lastOfEach(slots: readonly Slot[]): Slot[] {
  const last = new Map(slots.map((slot) => [slot.startsAt, slot]))
  return slots.filter((slot) => last.get(slot.startsAt) === slot)
}

/** A cancellation of an appointment, and when it was taken back by another time. */
export type Cancellation = {
  readonly cancelled: EventOf<'appointment.cancelled'>
  readonly slot: Slot
  readonly takenBackAt: Instant | undefined
}

/** The cancellations of an appointment, oldest first: of these the last may stand. */
export function cancellations({ slots }: Appointment): Cancellation[] {
  return slots.flatMap((slot, nth) =>
    slot.cancelled ? [{ slot, cancelled: slot.cancelled, takenBackAt: slots[nth + 1]?.setAt }] : [],
  )
}
