import { londonDate } from '../../calendar/london.ts'
import { type Appointment, cancellations, kept } from '../../casefile/appointment.ts'
import { booked, isBookedBetween } from '../../casefile/booked.ts'
import { sheetsAbout } from '../../casefile/contact-sheets.ts'
import { factStamp } from '../../casefile/ids.ts'
import type { Order } from '../../casefile/order.ts'
import { all, any } from '../../planning/rows.ts'
import { nextWorkingDayAt, workingDaysAfter } from '../../planning/when.ts'
import {
  about,
  aboutDay,
  BOOK,
  caseManager,
  dayOf,
  type OrderUntil,
  offenderManager,
  orderDuty,
} from '../orders/rows.ts'
import { tellOfCancellation } from './changes.ts'
import { APPOINTMENT_TEXTS as TEXTS } from './texts.ts'

/** Until an appointment, of one of these kinds where any are named, is booked that starts after the prompt. */
export function bookedAhead(...kinds: readonly Appointment['kind'][]): OrderUntil<unknown> {
  return {
    says: `${kinds.length === 0 ? 'an appointment' : `a ${kinds.join(' or ')}`} is booked ahead`,
    met: (order, due) => isBookedBetween(order, due, undefined, ...kinds),
  }
}

export const rebookCancelled = orderDuty(function* (open) {
  for (const appointment of Object.values(open.order.appointments)) {
    const { appointmentId } = appointment
    for (const { cancelled, slot } of cancellations(appointment)) {
      yield about(
        open,
        {
          occasion: `${appointmentId}_${factStamp(cancelled.at)}`,
          facts: { start: slot.startsAt },
          because: [cancelled.eventId],
        },
        { day: londonDate(cancelled.at), cancelled },
      )
    }
  }
})({
  id: tellOfCancellation.id,
  title: tellOfCancellation.title,
  source: tellOfCancellation.source,
  hours: 'office',
  until: any(bookedAhead(), {
    says: 'another time is set for it',
    met: ({ appointments }, _, { cancelled }) =>
      appointments[cancelled.info.appointmentId]?.cancelled?.eventId !== cancelled.eventId,
  }),
  asks: BOOK,
  rows: {
    rebook: {
      to: caseManager,
      when: workingDaysAfter(dayOf('a cancellation'), 1),
      text: TEXTS.rebookCancelled,
    },
  },
})

export const rebookMissed = orderDuty(function* (open) {
  for (const appointment of Object.values(open.order.appointments)) {
    for (const slot of kept(appointment)) {
      const { appointmentId } = appointment
      const sheets = (order: Order) => sheetsAbout(order, appointmentId, slot)
      const missed = sheets(open.order).find((sheet) => sheet.info.attendance !== 'attended')
      if (!missed) continue
      yield about(
        open,
        {
          occasion: `${appointmentId}_${factStamp(missed.at)}`,
          facts: { start: slot.startsAt, attended: missed.info.attendance === 'attended-intoxicated' },
          because: [missed.eventId],
        },
        { day: londonDate(missed.at), sheets },
      )
    }
  }
})({
  id: 'ATR-09',
  title: {
    en: 'Give another appointment to somebody who came intoxicated or did not come',
    cy: 'Rhoi apwyntiad arall i rywun a ddaeth yn feddw neu na ddaeth',
  },
  source: '003:11, "They should then be given another appointment"',
  hours: 'office',
  until: any(bookedAhead(), {
    says: 'a later sheet says that they attended',
    met: (order, _, { sheets }) => sheets(order).at(-1)?.info.attendance === 'attended',
  }),
  asks: BOOK,
  rows: {
    rebook: {
      to: all(caseManager, offenderManager),
      when: nextWorkingDayAt('17:00', dayOf('a sheet with `attended-intoxicated` or `did-not-attend`')),
      text: TEXTS.rebookMissed,
    },
  },
})

export const bookFirst = orderDuty((open) => aboutDay(open, 'sentencedOn', open.terms.sentencedOn))({
  id: 'ATR-03',
  title: {
    en: 'First appointments are confirmed when the order is made',
    cy: 'Cadarnheir yr apwyntiadau cyntaf pan wneir y gorchymyn',
  },
  source: '003:462, "advise that the order has been made and confirm first appointments"',
  hours: 'office',
  until: { says: 'anything is booked', met: (order) => booked(order).length > 0 },
  asks: BOOK,
  rows: {
    'nothing-booked': {
      to: all(offenderManager, caseManager),
      when: nextWorkingDayAt('17:00', dayOf('sentence')),
      text: TEXTS.nothingBooked,
    },
  },
})
