import { HOUR_MS, type Instant, londonDate, londonTime } from '../../calendar/london.ts'
import { factStamp, stamp } from '../../casefile/ids.ts'
import {
  type Appointment,
  endOf,
  happened,
  isSuperseded,
  kept,
  type Order,
  type Sheet,
  type Slot,
  sheetsAbout,
  sheetsOf,
  slotOf,
  standing,
} from '../../casefile/order.ts'
import type { Candidate } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import type { Duty, Planned } from '../../planning/duty.ts'
import { ladder, promptWorkingDaysAfter } from '../../planning/ladder.ts'
import { atOnce, caseFacts, type OpenOrder } from '../orders/open-order.ts'

/** Section 3 of the schedule: progress updates, which replace the fax. */

export const updateAfterEveryAppointment: Duty<OpenOrder> = {
  id: 'FAX-01',
  title: 'A written update after every appointment',
  source: '003:491, "Following each appointment, the ATR case manager should fax a written update"',
  outlivesOrder: true,
  steps: {
    prompt: {
      to: 'case manager',
      when: 'scheduled end, every day',
      until: 'contact sheet submitted; cancelled or rearranged before its start',
    },
    evening: {
      to: 'case manager',
      when: '16:30 the same day if that is after the end, every day',
      until: 'same',
    },
    overdue: { to: 'case manager', when: 'end + 20 h, every day', until: 'same' },
    missing: {
      to: 'offender manager (or duty officer), provider manager',
      when: 'end + 24 h, every day',
      until: 'same',
    },
    update: {
      to: 'offender manager, or the duty officer if absent that day',
      when: 'at once on submission; a second sheet is a new update marked corrected',
      until: '',
    },
    unread: {
      to: 'whoever was given the update; probation office after 2',
      when: '1 and 2 working days after',
      until: '`contact-sheet.read`',
    },
  },
  *plan(open) {
    const { order } = open
    for (const appointment of reported(order)) {
      for (const slot of kept(appointment)) {
        if (!isCutOff(order, slot)) yield* chase(open, appointment, slot)
      }
      for (const sheet of sheetsOf(order, appointment.appointmentId)) {
        if (!isCutOff(order, slotOf(appointment, sheet))) yield* update(open, appointment, sheet)
      }
    }
  },
}

/** The appointments that section 3 is about: those of every kind but `supervision`. */
export function reported(order: Order): Appointment[] {
  return Object.values(order.appointments).filter(({ kind }) => kind !== 'supervision')
}

/** The order had ended before this was to begin. */
export function isCutOff({ ended }: Order, slot: Slot): boolean {
  return ended !== undefined && ended.at <= slot.startsAt
}

const EVENING = '16:30'

/** When an update that has not come is missing. */
export function missingAt(slot: Slot): Instant {
  return endOf(slot) + 24 * HOUR_MS
}

function* chase(open: OpenOrder, { appointmentId }: Appointment, slot: Slot): Iterable<Planned> {
  const { tell } = open
  const end = endOf(slot)
  const evening = londonTime(londonDate(end), EVENING)
  yield* ladder(open.casefile, {
    duty: 'FAX-01',
    occasion: `${appointmentId}_${stamp(slot.startsAt)}`,
    hours: 'any',
    because: [...open.because, slot.eventId],
    facts: { ...caseFacts(open), start: slot.startsAt },
    rungs: [
      { step: 'prompt', due: end, tell: [tell.caseManager] },
      ...(evening > end ? [{ step: 'evening', due: evening, tell: [tell.caseManager] }] : []),
      { step: 'overdue', due: end + 20 * HOUR_MS, tell: [tell.caseManager] },
      {
        step: 'missing',
        due: missingAt(slot),
        tell: [tell.offenderManagerOrDutyOfficer, tell.providerManager],
      },
    ],
    until: (state) => sheetsAbout(state, appointmentId, slot).length > 0,
  })
}

function* update(open: OpenOrder, appointment: Appointment, sheet: Sheet): Iterable<Planned> {
  const { order, tell } = open
  const { appointmentId } = appointment
  const slot = slotOf(appointment, sheet)
  const { attendance, nextAppointment, ringMe = false } = sheet.info
  const next = order.appointments[nextAppointment]
  const told = atOnce(open, {
    duty: 'FAX-01',
    step: 'update',
    occasion: sheetOccasion(sheet),
    at: sheet.at,
    because: sheet.eventId,
    tell: [tell.offenderManagerOrDutyOfficer],
    facts: () => ({
      ...caseFacts(open),
      start: slot.startsAt,
      attendance,
      isNext: nextAppointment !== 'none-booked' && !next?.cancelled,
      next: next ? standing(next).startsAt : 0,
      corrected: sheetsAbout(order, appointmentId, slot)[0] !== sheet,
      ringMe,
    }),
  })
  for (const one of told) {
    yield one
    yield* unread(open, one, sheet, slot)
  }
}

/** Chases whoever was given an update, then the probation office, until somebody has read it. */
function* unread(open: OpenOrder, update: Planned, sheet: Sheet, slot: Slot): Iterable<Planned> {
  const { casefile, rules, terms, tell } = open
  const given = casefile.ledger.entry(update.noticeId)
  if (given?.is !== 'sent' && given?.is !== 'failed') return
  const reader: Candidate = { contactId: given.to, role: given.role, covered: true }
  const day = londonDate(given.at)
  yield* ladder(casefile, {
    duty: 'FAX-01',
    occasion: update.occasion,
    hours: 'office',
    because: update.because,
    facts: { ...caseFacts(open), start: slot.startsAt },
    rungs: [
      {
        step: 'unread',
        label: '1-working-day',
        due: promptWorkingDaysAfter(rules, day, 1),
        tell: [{ role: 'offender-manager', to: [reader, ...roles.probationOffice(terms)] }],
      },
      {
        step: 'unread',
        label: '2-working-days',
        due: promptWorkingDaysAfter(rules, day, 2),
        tell: [tell.probationOffice],
      },
    ],
    until: (state) => isRead(state, sheet) || isCorrected(state, sheet, slot),
  })
}

function isRead(state: Order, { at, info }: Sheet): boolean {
  return happened(state, 'contact-sheet.read').some(
    (read) => read.info.appointmentId === info.appointmentId && read.at >= at,
  )
}

/** Whether a later sheet about the same slot has taken this one's place. */
export function isCorrected(state: Order, sheet: Sheet, slot: Slot): boolean {
  return isSuperseded(sheet, sheetsAbout(state, sheet.info.appointmentId, slot))
}

export function sheetOccasion({ at, info }: Sheet): string {
  return `${info.appointmentId}_${factStamp(at)}`
}
