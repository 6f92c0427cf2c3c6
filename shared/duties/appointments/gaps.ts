import { addDays, type Instant, type LocalDate, londonDate, londonTime } from '../../calendar/london.ts'
import { stamp } from '../../casefile/ids.ts'
import {
  endOf,
  happened,
  isBookedBetween,
  type Order,
  requirementEnd,
  requirementStart,
  treatmentBegan,
} from '../../casefile/order.ts'
import type { Duty } from '../../planning/duty.ts'
import { ladder, promptOnOrAfter } from '../../planning/ladder.ts'
import { caseFacts, type OpenOrder } from '../orders/open-order.ts'

/** So many days without an appointment are a gap in the requirement. */
const GAP_DAYS = 28

export const fillGap: Duty<OpenOrder> = {
  id: 'ATR-15',
  title: 'Spread appointments so that the requirement has no gap',
  source: '003:414, "allows the total treatment episode to be spread over the minimum ATR duration"',
  steps: {
    gap: {
      to: 'offender manager, case manager',
      when: 'when 28 days lie ahead with nothing booked while the requirement runs, once per gap, at the next 09:00 of a working day',
      until: 'booked; R',
    },
  },
  *plan(open) {
    const { casefile, rules, tell } = open
    const runsUntil = requirementEnd(open.terms)
    for (const opened of gaps(open)) {
      const today = londonDate(opened)
      const prompt = promptOnOrAfter(rules, today)
      const due = prompt >= opened ? prompt : promptOnOrAfter(rules, addDays(today, 1))
      yield* ladder(casefile, {
        duty: 'ATR-15',
        occasion: stamp(opened),
        hours: 'office',
        because: open.because,
        facts: { ...caseFacts(open), from: addDays(today, 1), to: addDays(today, GAP_DAYS), runsUntil },
        rungs: [{ step: 'gap', due, tell: [tell.offenderManager, tell.caseManager] }],
        stale: endOfDay(runsUntil),
        until: (order) => !treatmentBegan(order) || isBookedInGap(order, opened),
      })
    }
  },
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
  const moments = [...new Set([start, ...changes, ...ends])].filter((moment) => moment >= start)
  let wasOpen = false
  return moments
    .sort((a, b) => a - b)
    .filter((moment) => {
      const then = casefile.asOf(moment)
      const runsOn = addDays(londonDate(moment), GAP_DAYS) <= requirementEnd(terms)
      const isOpen = runsOn && treatmentBegan(then) && !isBookedInGap(then, moment)
      const opens = isOpen && !wasOpen
      wasOpen = isOpen
      return opens
    })
}

/** Whether anything is booked from a moment until the end of the 28 days that follow its day. */
function isBookedInGap(order: Order, opened: Instant): boolean {
  return isBookedBetween(order, opened - 1, endOfDay(addDays(londonDate(opened), GAP_DAYS)))
}

function endOfDay(day: LocalDate): Instant {
  return londonTime(addDays(day, 1), '00:00')
}
