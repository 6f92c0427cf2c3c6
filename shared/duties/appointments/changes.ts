import { londonDate } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import { type Appointment, dayOf, standing } from '../../casefile/order.ts'
import type { Duty } from '../../planning/duty.ts'
import { promptWorkingDaysAfter, type Recipient } from '../../planning/ladder.ts'
import { atOnce, caseFacts, type OpenOrder } from '../orders/open-order.ts'
import { whileNothingBooked } from './booking.ts'
import {
  cancelledOccasion,
  cancelledPerson,
  movedOccasion,
  movedPerson,
  slotFacts,
  slotKnown,
} from './telling-the-person.ts'

export const tellOfMove: Duty<OpenOrder> = {
  id: 'ATR-08',
  title: 'Tell everybody about a rearranged appointment',
  source:
    '003:493, "these should be notified to the OM in advance or on the day of the original appointment"',
  steps: {
    moved: {
      to: 'person; offender manager, case manager, `with` (not `by`)',
      when: 'at once (person: quiet hours apply)',
      until: 'person: new start passed; workers: never, told late and marked late',
    },
  },
  *plan(open) {
    for (const appointment of Object.values(open.order.appointments)) {
      for (const slot of appointment.slots.slice(1)) {
        const known = slotKnown(open, appointment, slot, 'workers')
        yield* movedPerson(open, appointment, slot)
        yield* atOnce(open, {
          duty: 'ATR-08',
          step: 'moved',
          occasion: movedOccasion(appointment, slot),
          at: slot.setAt,
          left: slot.leftAt,
          because: slot.eventId,
          text: 'moved-worker',
          tell: workersOf(open, appointment, slot.by, open.tell.offenderManagerOrDutyOfficer),
          facts: (now) => ({
            ...slotFacts(slot),
            ...caseFacts(open),
            was: known.startsAt,
            late: londonDate(now) > dayOf(known),
          }),
        })
      }
    }
  },
}

export const tellOfCancellation: Duty<OpenOrder> = {
  id: 'CUS-13',
  title: 'Tell everybody that an appointment is off, and have another booked',
  source: '003:493 by analogy; the custom of services that remind',
  steps: {
    cancelled: {
      to: 'person; each worker of that appointment (not `by`)',
      when: 'at once (person: quiet hours apply)',
      until: 'start passed',
    },
    rebook: {
      to: 'case manager',
      when: '1 working day after a cancellation, nothing booked ahead',
      until: 'booked',
    },
  },
  *plan(open) {
    for (const appointment of Object.values(open.order.appointments)) {
      const { cancelled, appointmentId } = appointment
      if (!cancelled) continue
      const slot = standing(appointment)
      yield* cancelledPerson(open, appointment)
      if (cancelled.at < slot.startsAt) {
        yield* atOnce(open, {
          duty: 'CUS-13',
          step: 'cancelled',
          occasion: cancelledOccasion(appointment),
          at: cancelled.at,
          stale: slot.startsAt,
          because: cancelled.eventId,
          text: 'cancelled-worker',
          tell: workersOf(open, appointment, cancelled.info.by, open.tell.offenderManager),
          facts: () => ({ ...slotFacts(slot), ...caseFacts(open) }),
        })
      }
      yield* whileNothingBooked(open, {
        duty: 'CUS-13',
        occasion: `${appointmentId}_${factStamp(cancelled.at)}`,
        because: cancelled.eventId,
        rungs: [
          {
            step: 'rebook',
            due: promptWorkingDaysAfter(open.rules, londonDate(cancelled.at), 1),
            tell: [open.tell.caseManager],
          },
        ],
        facts: { start: slot.startsAt },
      })
    }
  },
}

/** Offender manager, case manager and whoever the appointment is with, but not whoever made the change. */
function workersOf(
  open: OpenOrder,
  appointment: Appointment,
  by: string | undefined,
  offenderManager: Recipient,
): Recipient[] {
  const { terms, tell } = open
  const own: [string, Recipient][] = [
    [terms.offenderManager, offenderManager],
    [terms.caseManager, tell.caseManager],
  ]
  const other = appointment.with
  if (other !== undefined && !own.some(([contactId]) => contactId === other)) {
    own.push([other, tell.worker(other)])
  }
  return own.filter(([contactId]) => contactId !== by).map(([, recipient]) => recipient)
}
