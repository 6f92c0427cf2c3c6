import type { Instant } from '../calendar/london.ts'
import { type Appointment, kept, type Slot, standing } from './appointment.ts'
import { happened, type Order, type Sheet } from './order.ts'

/** The contact sheets about one appointment, oldest first. */
export function sheetsOf(order: Order, appointmentId: string): readonly Sheet[] {
  return order.sheets[appointmentId] ?? []
}

/** When a contact sheet was first read; undefined until it was. */
export function readAt({ reads }: Order, { at, info }: Sheet): Instant | undefined {
  return reads[info.appointmentId]?.find((read) => read >= at)
}

/** The slot that a contact sheet is about: the last one kept that had started, else the current one. */
export function slotOf(order: Order, appointment: Appointment, sheet: Sheet): Slot {
  return slotsWrittenUp(order, appointment).of.get(sheet) ?? standing(appointment)
}

/** The contact sheets about one slot of an appointment, oldest first. */
export function sheetsAbout(order: Order, appointmentId: string, slot: Slot): readonly Sheet[] {
  const appointment = order.appointments[appointmentId]
  return appointment ? (slotsWrittenUp(order, appointment).sheets.get(slot.startsAt) ?? []) : []
}

/** The slot of each contact sheet of an appointment, and the sheets of each start. */
type WrittenUp = {
  readonly count: number
  readonly of: ReadonlyMap<Sheet, Slot>
  readonly sheets: ReadonlyMap<Instant, readonly Sheet[]>
}

/** Cached by appointment object, which a fold replaces whenever a slot changes. */
const WRITTEN_UP = new WeakMap<Appointment, WrittenUp>()

/** Computed once for each appointment and its sheets, since every slot and sheet asks for it. */
function slotsWrittenUp(order: Order, appointment: Appointment): WrittenUp {
  const sheets = sheetsOf(order, appointment.appointmentId)
  const known = WRITTEN_UP.get(appointment)
  if (known?.count === sheets.length) return known
  const slots = kept(appointment)
    .map((slot, nth) => ({ slot, nth }))
    .sort((a, b) => a.slot.startsAt - b.slot.startsAt)
  let begun = 0
  let last: { readonly slot: Slot; readonly nth: number } | undefined
  const of = new Map(
    sheets.map((sheet) => {
      for (let next = slots[begun]; next && next.slot.startsAt <= sheet.at; next = slots[++begun]) {
        if (!last || next.nth > last.nth) last = next
      }
      return [sheet, last?.slot ?? standing(appointment)]
    }),
  )
  const found = {
    count: sheets.length,
    of,
    sheets: Map.groupBy(sheets, (sheet) => of.get(sheet)?.startsAt ?? 0),
  }
  WRITTEN_UP.set(appointment, found)
  return found
}

/** "Held": the last report on one of its slots says that the person attended. */
export function isHeld(order: Order, { appointmentId, slots }: Appointment): boolean {
  if (sheetsOf(order, appointmentId).length === 0) return false
  return slots.some((slot) => sheetsAbout(order, appointmentId, slot).at(-1)?.info.attendance === 'attended')
}

/** Whether a treatment appointment has been held. */
export function treatmentBegan(order: Order): boolean {
  return happened(order, 'contact-sheet.submitted').some(({ info }) => {
    const appointment = order.appointments[info.appointmentId]
    return info.attendance === 'attended' && appointment?.kind === 'treatment' && isHeld(order, appointment)
  })
}

/** From when on a treatment appointment has been held, whatever sheets say of others: an instant in ms. */
export function treatmentHeldSince(order: Order): Instant | undefined {
  const bookedAt = new Map(
    happened(order, 'appointment.booked').map(({ at, info }) => [info.appointmentId, at]),
  )
  const since = Object.values(order.appointments).flatMap(({ appointmentId, kind }) => {
    const [first, ...more] = sheetsOf(order, appointmentId)
    if (kind !== 'treatment' || !first || [first, ...more].some(isNotAttended)) return []
    return Math.max(first.at, bookedAt.get(appointmentId) ?? 0)
  })
  return since.length > 0 ? since.reduce((a, b) => Math.min(a, b)) : undefined
}

/** Whether a sheet says that the person did not attend. */
export function isNotAttended({ info }: Sheet): boolean {
  return info.attendance !== 'attended'
}
