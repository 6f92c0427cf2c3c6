import { officeTime } from '../../calendar/hours.ts'
import { addDays, type Instant, type LocalDate, londonDate } from '../../calendar/london.ts'
import { halfWay, latest, treatmentEnd } from '../../casefile/order.ts'
import type { Duty } from '../../planning/duty.ts'
import {
  ladder,
  promptOnOrAfter,
  promptOnOrBefore,
  promptWorkingDaysAfter,
  type Recipient,
  type Rung,
} from '../../planning/ladder.ts'
import { caseFacts, type OpenOrder } from '../orders/open-order.ts'
import { isAtEnd, stageOf, threeWays } from './stages.ts'

/**
 * Section 2 of the schedule: three-way meetings. The person is reminded of theirs as of any appointment, and the
 * workers find it in the list of their day (ATR-01); what is here sees that it is booked, and that it stands.
 */

export const firstMeeting: Duty<OpenOrder> = {
  id: 'TWM-01',
  title: 'The first meeting is a three-way meeting',
  source: '003:477, "The first meeting with the offender should be a three way meeting"',
  steps: {
    'first-meeting': {
      to: 'offender manager; +5 working days: probation office too',
      when: 'on the order (at once within 09:00–17:00 of a working day, else next 09:00), +3, +5 working days',
      until: 'a first three-way is booked',
    },
  },
  *plan(open) {
    const { casefile, order, rules, tell, because } = open
    const madeAt = order.made?.at ?? 0
    const day = londonDate(madeAt)
    const rung = (label: string, due: Instant, ...who: Recipient[]): Rung => ({
      step: 'first-meeting',
      label,
      due,
      tell: who,
    })
    const later = (count: number) => promptWorkingDaysAfter(rules, day, count)
    yield* ladder(casefile, {
      duty: 'TWM-01',
      occasion: day,
      hours: 'office',
      because,
      facts: caseFacts(open),
      rungs: [
        rung('on-the-order', officeTime(rules.settings.office, rules.days, madeAt), tell.offenderManager),
        rung('3-working-days', later(3), tell.offenderManager),
        rung('5-working-days', later(5), tell.offenderManager, tell.probationOffice),
      ],
      until: (state) => threeWays(state).some((meeting) => stageOf(open, state, meeting) === 'first'),
    })
  },
}

export const halfWayMeeting: Duty<OpenOrder> = {
  id: 'TWM-04',
  title: 'A three-way meeting at the half-way point',
  source: '003:479, "There should be further three way meetings at the half-way point of the ATR"',
  steps: {
    'half-way': {
      to: 'offender manager, case manager; H+14: probation office too',
      when: 'H−28, H−14, H−7; H+7, H+14 overdue',
      until: 'half-way booked',
    },
  },
  *plan(open) {
    const { casefile, rules, tell, terms, because } = open
    const day = halfWay(terms)
    const both = [tell.offenderManager, tell.caseManager]
    const overdue = (days: number, who: readonly Recipient[]): Rung => ({
      step: 'half-way',
      label: `${days}-days-after`,
      text: 'half-way-overdue',
      due: promptOnOrAfter(rules, addDays(day, days)),
      tell: who,
    })
    yield* ladder(casefile, {
      duty: 'TWM-04',
      occasion: day,
      hours: 'office',
      because,
      facts: { ...caseFacts(open), day },
      rungs: [
        ...weeksBefore(open, 'half-way', day),
        overdue(7, both),
        overdue(14, [...both, tell.probationOffice]),
      ],
      until: (state) => threeWays(state).some((meeting) => stageOf(open, state, meeting) === 'half-way'),
    })
  },
}

export const endMeeting: Duty<OpenOrder> = {
  id: 'TWM-05',
  title: 'A three-way meeting at the end of treatment',
  source: '003:479, "and at the end of treatment to confirm progress"',
  steps: {
    end: {
      to: 'offender manager, case manager; then probation office',
      when: 'E−28, E−14, E−7; E+1 and the 2 working days after, then probation office',
      until: 'end booked',
    },
  },
  *plan(open) {
    const { casefile, order, rules, tell, terms } = open
    const day = treatmentEnd(order, terms)
    const dayAfter = addDays(day, 1)
    const after = (count: number) => promptWorkingDaysAfter(rules, dayAfter, count)
    const overdue = (due: Instant, who: readonly Recipient[]): Rung => ({
      step: 'end',
      label: londonDate(due),
      text: 'end-overdue',
      due,
      tell: who,
    })
    // After a Friday, E+1 moves to Monday, which is the first of the two working days after it too: one prompt.
    const daily = [...new Set([promptOnOrAfter(rules, dayAfter), after(1), after(2)])]
    const ended = latest(order, 'treatment.ended')
    yield* ladder(casefile, {
      duty: 'TWM-05',
      occasion: day,
      hours: 'office',
      because: [...open.because, ...(ended ? [ended.eventId] : [])],
      facts: { ...caseFacts(open), day },
      rungs: [
        ...weeksBefore(open, 'end', day),
        ...daily.map((due) => overdue(due, [tell.offenderManager, tell.caseManager])),
        overdue(after(3), [tell.probationOffice]),
      ],
      until: (state) => threeWays(state).some((meeting) => isAtEnd(open, state, meeting)),
    })
  },
}

/** Four, two and one weeks before the day by which a meeting should be held. */
function weeksBefore({ rules, tell }: OpenOrder, step: string, day: LocalDate): Rung[] {
  return [28, 14, 7].map((days) => ({
    step,
    label: `${days}-days-before`,
    due: promptOnOrBefore(rules, addDays(day, -days)),
    tell: [tell.offenderManager, tell.caseManager],
  }))
}
