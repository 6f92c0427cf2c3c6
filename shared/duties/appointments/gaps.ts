import { addDays, endOfDay, type Instant, londonDate, londonTime } from '../../calendar/london.ts'
import type { EventOf } from '../../casefile/events.ts'
import { stamp } from '../../casefile/ids.ts'
import {
  type Appointment,
  endOf,
  happened,
  isBooked,
  isBookedBetween,
  isHeldTreatment,
  type Order,
  requirementEnd,
  requirementStart,
  startsBetween,
  treatmentBegan,
} from '../../casefile/order.ts'
import { promptOnOrAfter } from '../../planning/ladder.ts'
import { all } from '../../planning/rows.ts'
import { when } from '../../planning/when.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import { about, BOOK, caseManager, type OrderSubject, offenderManager, orderDuty } from '../orders/rows.ts'
import { APPOINTMENT_TEXTS } from './texts.ts'

/** So many days without an appointment are a gap in the requirement. */
const GAP_DAYS = 28

type Gap = OrderSubject & { readonly opened: Instant }

export const fillGap = orderDuty(function* (open) {
  const runsUntil = requirementEnd(open.terms)
  for (const opened of gaps(open)) {
    const today = londonDate(opened)
    const facts = { from: addDays(today, 1), to: addDays(today, GAP_DAYS), runsUntil }
    yield about(open, { occasion: stamp(opened), facts }, { opened })
  }
})({
  id: 'ATR-15',
  title: 'Spread appointments so that the requirement has no gap',
  source: '003:414, "allows the total treatment episode to be spread over the minimum ATR duration"',
  hours: 'office',
  until: {
    says: 'an appointment is booked in them; the requirement has ended (R)',
    met: (order, _, { opened }) =>
      !treatmentBegan(order) || isBookedBetween(order, opened - 1, endOfGap(opened)),
  },
  stale: ({ terms, opened }) =>
    Math.min(endOfDay(requirementEnd(terms)), endOfDay(addDays(londonDate(opened), GAP_DAYS))),
  asks: BOOK,
  rows: {
    gap: {
      to: all(offenderManager, caseManager),
      when: when(
        `the next 09:00 of a working day when ${GAP_DAYS} days of the requirement lie ahead with nothing booked, once a treatment appointment was held, once per gap`,
        nextPrompt,
      ),
      text: APPOINTMENT_TEXTS.gap,
    },
  },
})

function nextPrompt({ rules, opened }: Gap) {
  const today = londonDate(opened)
  const prompt = promptOnOrAfter(rules, today)
  return [{ due: prompt >= opened ? prompt : promptOnOrAfter(rules, addDays(today, 1)) }]
}

/** The moments at which a gap opened, or will as things stand: a meeting ends, or something is booked or is off. */
function gaps({ casefile, order, terms }: OpenOrder): Instant[] {
  const start = londonTime(requirementStart(terms), '00:00')
  const changes = [
    ...happened(order, 'appointment.booked'),
    ...happened(order, 'appointment.rearranged'),
    ...happened(order, 'appointment.cancelled'),
    ...happened(order, 'contact-sheet.submitted'),
  ].map((event) => event.at)
  const ends = Object.values(order.appointments).flatMap(({ slots }) => slots.map(endOf))
  const attended = happened(order, 'contact-sheet.submitted').find(isAttended)
  if (!attended) return []
  // No treatment has begun before anybody attended anything: a casefile may hold years of moments.
  const from = Math.max(start, attended.at)
  const moments = [...new Set([start, ...changes, ...ends])].filter((moment) => moment >= from)
  const began = findingAgain(isHeldTreatment)
  const isFilled = findingAgain(
    (then, one, moment) => startsBetween(one, moment - 1, endOfGap(moment)) && isBooked(then, one),
  )
  let wasOpen = false
  return moments
    .sort((a, b) => a - b)
    .filter((moment) => {
      const runsOn = addDays(londonDate(moment), GAP_DAYS) <= requirementEnd(terms)
      const isOpen = runsOn && casefile.asOf(moment, (then) => began(then, moment) && !isFilled(then, moment))
      const opens = isOpen && !wasOpen
      wasOpen = isOpen
      return opens
    })
}

function isAttended({ info }: EventOf<'contact-sheet.submitted'>): boolean {
  return info.attendance === 'attended'
}

/**
 * Whether any appointment of an order is such a one at a moment. The one that was it at the last moment is looked at
 * first: from one moment to the next little changes, and an order may have thousands of both.
 */
function findingAgain(is: (order: Order, one: Appointment, moment: Instant) => boolean) {
  let last = ''
  return (order: Order, moment: Instant): boolean => {
    const known = order.appointments[last]
    if (known && is(order, known, moment)) return true
    const found = Object.values(order.appointments).find((one) => is(order, one, moment))
    last = found?.appointmentId ?? last
    return found !== undefined
  }
}

/** The end of the 28 days that follow the day on which a gap opens. */
function endOfGap(opened: Instant): Instant {
  return endOfDay(addDays(londonDate(opened), GAP_DAYS))
}
