import { londonDate, londonTime } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import {
  type Appointment,
  booked,
  isBookedBetween,
  kept,
  type Order,
  type Slot,
  sheetsAbout,
} from '../../casefile/order.ts'
import type { Facts } from '../../messages/text.ts'
import type { Duty, Planned } from '../../planning/duty.ts'
import { ladder, type Rung } from '../../planning/ladder.ts'
import { all } from '../../planning/rows.ts'
import { nextWorkingDayAt } from '../../planning/when.ts'
import { caseFacts, type OpenOrder } from '../orders/open-order.ts'
import { aboutDay, caseManager, dayOf, offenderManager, orderDuty } from '../orders/rows.ts'
import { APPOINTMENT_TEXTS } from './texts.ts'

export const rebookMissed: Duty<OpenOrder> = {
  id: 'ATR-09',
  title: 'Give another appointment to somebody who came intoxicated or did not come',
  source: '003:11, "They should then be given another appointment"',
  steps: {
    rebook: {
      to: 'case manager, offender manager',
      when: '17:00 on the next working day after `attended-intoxicated` or `did-not-attend`, nothing booked ahead',
      until: 'booked',
    },
  },
  *plan(open) {
    for (const appointment of Object.values(open.order.appointments)) {
      for (const slot of kept(appointment)) yield* rebookSlot(open, appointment, slot)
    }
  },
}

function* rebookSlot(open: OpenOrder, { appointmentId }: Appointment, slot: Slot): Iterable<Planned> {
  const sheets = (order: Order) => sheetsAbout(order, appointmentId, slot)
  const missed = sheets(open.order).find((sheet) => sheet.info.attendance !== 'attended')
  if (!missed) return
  yield* whileNothingBooked(open, {
    duty: 'ATR-09',
    occasion: `${appointmentId}_${factStamp(missed.at)}`,
    because: missed.eventId,
    rungs: [
      {
        step: 'rebook',
        due: londonTime(open.rules.days.after(londonDate(missed.at), 1), '17:00'),
        tell: [open.tell.caseManager, open.tell.offenderManager],
      },
    ],
    facts: { start: slot.startsAt, attended: missed.info.attendance === 'attended-intoxicated' },
    unless: (order) => sheets(order).at(-1)?.info.attendance === 'attended',
  })
}

export const bookFirst = orderDuty((open) => aboutDay(open, 'sentencedOn', open.terms.sentencedOn))({
  id: 'ATR-03',
  title: 'First appointments are confirmed when the order is made',
  source: '003:462, "advise that the order has been made and confirm first appointments"',
  hours: 'office',
  until: { says: 'anything is booked', met: (order) => booked(order).length > 0 },
  rows: {
    'nothing-booked': {
      to: all(offenderManager, caseManager),
      when: nextWorkingDayAt('17:00', dayOf('sentence')),
      text: APPOINTMENT_TEXTS['ATR-03 nothing-booked'],
    },
  },
})

export function* whileNothingBooked(
  open: OpenOrder,
  plan: {
    duty: string
    occasion: string
    because: string
    rungs: readonly Rung[]
    facts: Facts
    unless?: (order: Order) => boolean
  },
): Iterable<Planned> {
  yield* ladder(open.casefile, {
    duty: plan.duty,
    occasion: plan.occasion,
    hours: 'office',
    because: [...open.because, plan.because],
    facts: { ...caseFacts(open), ...plan.facts },
    rungs: plan.rungs,
    until: (order, due) => isBookedBetween(order, due) || plan.unless?.(order) === true,
  })
}
