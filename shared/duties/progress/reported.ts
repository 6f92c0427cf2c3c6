import { HOUR_MS, type Instant } from '../../calendar/london.ts'
import { type Appointment, endOf, type Slot } from '../../casefile/appointment.ts'
import { sheetsAbout, sheetsOf, slotOf } from '../../casefile/contact-sheets.ts'
import { factStamp } from '../../casefile/ids.ts'
import { isSuperseded, type Order, type Sheet } from '../../casefile/order.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import { about, type OrderSubject } from '../orders/rows.ts'

/** The subject of section 3 of the schedule: the contact sheet of every appointment except `supervision`. */

/** The appointments that need a contact sheet. */
export function reported(order: Order): Appointment[] {
  return Object.values(order.appointments).filter(({ kind }) => kind !== 'supervision')
}

/** Whether the order ended before this slot was to begin. */
export function isCutOff({ ended }: Order, slot: Slot): boolean {
  return ended !== undefined && ended.at <= slot.startsAt
}

/** How long after an appointment's end an update counts as missing. */
export const MISSING_AFTER_HOURS = 24

/** When an update that has not come counts as missing. */
export function missingAt(slot: Slot): Instant {
  return endOf(slot) + MISSING_AFTER_HOURS * HOUR_MS
}

/** A contact sheet, and the slot it is about. */
export type Submitted = OrderSubject & {
  readonly appointment: Appointment
  readonly sheet: Sheet
  readonly slot: Slot
}

/** Every sheet of an order, or those that `says` selects. */
export function* submittedSheets(
  open: OpenOrder,
  says: (info: Sheet['info']) => boolean = () => true,
): Iterable<Submitted> {
  for (const appointment of reported(open.order)) {
    for (const sheet of sheetsOf(open.order, appointment.appointmentId)) {
      if (!says(sheet.info)) continue
      const slot = slotOf(open.order, appointment, sheet)
      const occasion = `${appointment.appointmentId}_${factStamp(sheet.at)}`
      const thing = { occasion, facts: { start: slot.startsAt }, because: [sheet.eventId] }
      yield about(open, thing, { appointment, sheet, slot })
    }
  }
}

/** Whether a later sheet about the same slot replaced this one. */
export function isCorrected(state: Order, { sheet, slot }: Submitted): boolean {
  return isSuperseded(sheet, sheetsAbout(state, sheet.info.appointmentId, slot))
}
