import { addDays, endOfDay, type Instant, londonDate, londonTime } from '../../calendar/london.ts'
import { type Appointment, endOf } from '../../casefile/appointment.ts'
import { bookedBetweenSince, isBookedBetween } from '../../casefile/booked.ts'
import { sheetsOf, treatmentBegan, treatmentHeldSince } from '../../casefile/contact-sheets.ts'
import type { EventOf } from '../../casefile/events.ts'
import { stamp } from '../../casefile/ids.ts'
import { happened, type Order } from '../../casefile/order.ts'
import { requirementEnd, requirementStart } from '../../casefile/order-days.ts'
import { promptOnOrAfter } from '../../planning/ladder.ts'
import { all } from '../../planning/rows.ts'
import { when } from '../../planning/when.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import { about, BOOK, caseManager, type OrderSubject, offenderManager, orderDuty } from '../orders/rows.ts'
import { APPOINTMENT_TEXTS } from './texts.ts'

/** The days without an appointment that make a gap in the requirement. */
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
  title: {
    en: 'Spread appointments so that the requirement has no gap',
    cy: 'Gwasgaru apwyntiadau fel nad oes bwlch yn y gofyniad',
  },
  source: '003:414, "allows the total treatment episode to be spread over the minimum ATR duration"',
  hours: 'office',
  until: {
    says: 'an appointment is booked in them; the requirement has ended (R)',
    met: (order, _, { opened }) =>
      isBookedBetween(order, opened - 1, endOfGap(opened)) || !treatmentBegan(order),
    since: ({ order, opened }) => bookedBetweenSince(order, opened - 1, endOfGap(opened)),
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

/** When a gap opened, or will if nothing changes: a meeting ends, or something is booked or cancelled. */
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
  // Treatment cannot begin before somebody attends something: a casefile may hold years of moments to skip.
  const from = Math.max(start, attended.at)
  const tooLate = endOfDay(addDays(requirementEnd(terms), -GAP_DAYS))
  const moments = [...new Set([start, ...changes, ...ends])].filter((moment) => moment >= from)
  const isFilled = within(Object.values(order.appointments).flatMap((one) => [...filling(order, one)]))
  const heldSince = treatmentHeldSince(order) ?? Number.POSITIVE_INFINITY
  const hasBegun = (moment: Instant) => moment >= heldSince || casefile.asOf(moment, treatmentBegan)
  let wasOpen = false
  return moments
    .sort((a, b) => a - b)
    .filter((moment) => {
      const isOpen = moment < tooLate && !isFilled(moment) && hasBegun(moment)
      const opens = isOpen && !wasOpen
      wasOpen = isOpen
      return opens
    })
}

/** From when, and until just before when. */
type Period = readonly [from: Instant, until: Instant]

/** The periods in which an appointment was booked for within the next 28 days, for each of its starts. */
function* filling(order: Order, { appointmentId, slots }: Appointment): Iterable<Period> {
  for (const { startsAt, setAt, leftAt = Number.POSITIVE_INFINITY } of slots) {
    const soonest = londonTime(addDays(londonDate(startsAt), -GAP_DAYS), '00:00')
    const ahead = (from: Instant, until: Instant): Period => [
      Math.max(from, soonest),
      Math.min(until, startsAt + 1),
    ]
    let from: Instant | undefined = setAt
    for (const sheet of sheetsOf(order, appointmentId)) {
      if (sheet.at < setAt || sheet.at >= leftAt) continue
      if (isAttended(sheet)) from ??= sheet.at
      else if (from !== undefined) {
        yield ahead(from, sheet.at)
        from = undefined
      }
    }
    if (from !== undefined) yield ahead(from, leftAt)
  }
}

/** Whether a moment is within any of the periods; must be called with moments in order, oldest first. */
function within(periods: readonly Period[]): (moment: Instant) => boolean {
  const sorted = periods.toSorted(([a], [b]) => a - b)
  let next = 0
  let furthest = Number.NEGATIVE_INFINITY
  return (moment) => {
    for (let one = sorted[next]; one && one[0] <= moment; one = sorted[++next]) {
      furthest = Math.max(furthest, one[1])
    }
    return moment < furthest
  }
}

function isAttended({ info }: EventOf<'contact-sheet.submitted'>): boolean {
  return info.attendance === 'attended'
}

/** The end of the 28 days that follow the day on which a gap opens. */
function endOfGap(opened: Instant): Instant {
  return endOfDay(addDays(londonDate(opened), GAP_DAYS))
}
