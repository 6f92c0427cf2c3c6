import { officeTime } from '../../calendar/hours.ts'
import { addDays, londonDate } from '../../calendar/london.ts'
import { latest } from '../../casefile/order.ts'
import { halfWay, treatmentEnd } from '../../casefile/order-days.ts'
import { promptOnOrAfter, promptWorkingDaysAfter } from '../../planning/ladder.ts'
import { all, type When } from '../../planning/rows.ts'
import { daysAfter, daysBefore, labelled, when, workingDaysAfter } from '../../planning/when.ts'
import {
  about,
  aboutDay,
  BOOK_THREE_WAY,
  caseManager,
  type DayOfOrder,
  dayOf,
  offenderManager,
  orderDuty,
  probationOffice,
} from '../orders/rows.ts'
import { isAtEnd, stageOf, threeWays } from './stages.ts'
import { THREE_WAY_TEXTS as TEXTS } from './texts.ts'

/**
 * Section 2 of the schedule: three-way meetings. The person is reminded as of any appointment, and workers see it in the
 * list of their day (ATR-01); these duties make sure that it is booked and stays booked.
 */

const ORDER_MADE = dayOf('the order was made')

export const firstMeeting = orderDuty(function* (open) {
  const madeAt = open.order.made?.at ?? 0
  const day = londonDate(madeAt)
  yield about(open, { occasion: day }, { day, madeAt })
})({
  id: 'TWM-01',
  title: {
    en: 'The first meeting is a three-way meeting',
    cy: 'Cyfarfod tair ffordd yw’r cyfarfod cyntaf',
  },
  source: '003:477, "The first meeting with the offender should be a three way meeting"',
  hours: 'office',
  until: {
    says: 'a first three-way is booked',
    met: (order, _, open) => threeWays(order).some((meeting) => stageOf(open, order, meeting) === 'first'),
  },
  asks: BOOK_THREE_WAY,
  rows: {
    'first-meeting': [
      {
        to: offenderManager,
        when: labelled(
          'on-the-order',
          when('on the order: at once in office hours, else when they next begin', ({ rules, madeAt }) => [
            { due: officeTime(rules.settings.office, rules.days, madeAt) },
          ]),
        ),
        text: TEXTS.firstMeeting,
      },
      {
        to: offenderManager,
        when: labelled('3-working-days', workingDaysAfter(ORDER_MADE, 3)),
        text: TEXTS.firstMeeting,
      },
      {
        to: all(offenderManager, probationOffice),
        when: labelled('5-working-days', workingDaysAfter(ORDER_MADE, 5)),
        text: TEXTS.firstMeeting,
      },
    ],
  },
})

const HALF_WAY = dayOf('half-way through the requirement (H)')

export const halfWayMeeting = orderDuty((open) => aboutDay(open, 'day', halfWay(open.terms)))({
  id: 'TWM-04',
  title: {
    en: 'A three-way meeting at the half-way point',
    cy: 'Cyfarfod tair ffordd ar yr hanner ffordd',
  },
  source: '003:479, "There should be further three way meetings at the half-way point of the ATR"',
  hours: 'office',
  until: {
    says: 'a half-way three-way is booked',
    met: (order, _, open) => threeWays(order).some((meeting) => stageOf(open, order, meeting) === 'half-way'),
  },
  asks: BOOK_THREE_WAY,
  rows: {
    'half-way': [
      {
        to: all(offenderManager, caseManager),
        when: labelled('before', daysBefore(HALF_WAY, 28, 14, 7)),
        text: TEXTS.halfWay,
      },
      {
        to: all(offenderManager, caseManager),
        when: labelled('7-days-after', daysAfter(HALF_WAY, 7)),
        text: TEXTS.halfWayOverdue,
        overdue: true,
      },
      {
        to: all(offenderManager, caseManager, probationOffice),
        when: labelled('14-days-after', daysAfter(HALF_WAY, 14)),
        text: TEXTS.halfWayOverdue,
        overdue: true,
      },
    ],
  },
})

const TREATMENT_END = dayOf('treatment ends (E)')

export const endMeeting = orderDuty(function* (open) {
  const day = treatmentEnd(open.order, open.terms)
  const ended = latest(open.order, 'treatment.ended')
  yield about(open, { occasion: day, facts: { day }, because: ended ? [ended.eventId] : [] }, { day })
})({
  id: 'TWM-05',
  title: {
    en: 'A three-way meeting at the end of treatment',
    cy: 'Cyfarfod tair ffordd ar ddiwedd y driniaeth',
  },
  source: '003:479, "and at the end of treatment to confirm progress"',
  hours: 'office',
  until: {
    says: 'a three-way at the end is booked',
    met: (order, _, open) => threeWays(order).some((meeting) => isAtEnd(open, order, meeting)),
  },
  asks: BOOK_THREE_WAY,
  rows: {
    end: [
      {
        to: all(offenderManager, caseManager),
        when: labelled('before', daysBefore(TREATMENT_END, 28, 14, 7)),
        text: TEXTS.end,
      },
      {
        to: all(offenderManager, caseManager),
        when: workingDaysFrom('E + 1 day and the 2 working days after', 0, 1, 2),
        text: TEXTS.endOverdue,
        overdue: true,
      },
      {
        to: probationOffice,
        when: workingDaysFrom('the third working day after E + 1 day', 3),
        text: TEXTS.endOverdue,
        overdue: true,
      },
    ],
  },
})

/** 09:00 of working days counted from the day after treatment ends, each identified by its date. */
function workingDaysFrom(says: string, ...counts: readonly number[]): When<DayOfOrder> {
  return when(says, function* ({ rules, day }) {
    const dayAfter = addDays(day, 1)
    const dues = counts.map((count) =>
      count === 0 ? promptOnOrAfter(rules, dayAfter) : promptWorkingDaysAfter(rules, dayAfter, count),
    )
    // After a Friday, E + 1 moves to Monday, which is also the first of the two working days after it: one prompt.
    for (const due of new Set(dues)) yield { label: londonDate(due), due }
  })
}
