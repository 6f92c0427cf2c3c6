import {
  addDays,
  dayOfWeek,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
} from '../../calendar/london.ts'
import { dayOf as dayOfSlot, standing } from '../../casefile/appointment.ts'
import { booked, bookedBetweenSince, isBookedBetween } from '../../casefile/booked.ts'
import { treatmentBegan, treatmentHeldSince } from '../../casefile/contact-sheets.ts'
import { latest } from '../../casefile/order.ts'
import { orderStart, requirementEnd, requirementStart } from '../../casefile/order-days.ts'
import { promptOnOrBefore } from '../../planning/ladder.ts'
import { all, any, onlyIf } from '../../planning/rows.ts'
import { daysBefore, when } from '../../planning/when.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import {
  about,
  aboutDay,
  BOOK,
  caseManager,
  dayOf,
  every,
  everyDaysAfter,
  type OrderSubject,
  type OrderUntil,
  offenderManager,
  orderDuty,
  until,
} from '../orders/rows.ts'
import { bookedAhead } from './booking.ts'
import { APPOINTMENT_TEXTS as TEXTS } from './texts.ts'

const TREATMENT_HELD: OrderUntil<OpenOrder> = {
  says: 'a treatment appointment was held',
  met: treatmentBegan,
  since: ({ order }) => treatmentHeldSince(order),
}

const OVERDUE = { afterWorkingDays: 2, everyDays: 7 }

export const commence = orderDuty((open) => aboutDay(open, 'commenceBy', open.terms.commenceBy))({
  id: 'ATR-04',
  title: {
    en: 'Treatment starts within the time told to the court',
    cy: 'Mae triniaeth yn dechrau o fewn yr amser a ddywedwyd wrth y llys',
  },
  source: '003:376, "within the timescales indicated to the court at the time of sentence"',
  hours: 'office',
  until: TREATMENT_HELD,
  asks: BOOK,
  rows: {
    'commence-by': {
      to: offenderManager,
      when: daysBefore(dayOf('`commenceBy`'), 14, 7, 1),
      until: {
        says: 'a treatment appointment is booked on or before it',
        met: (order, _, { day }) => booked(order, 'treatment').some((one) => dayOfSlot(standing(one)) <= day),
      },
      text: TEXTS.commenceBy,
    },
    overdue: {
      overdue: true,
      to: all(offenderManager, caseManager),
      when: every(
        `${OVERDUE.afterWorkingDays} working days after \`commenceBy\`, then every ${OVERDUE.everyDays} days`,
        OVERDUE.everyDays,
        ({ rules, day }) => rules.days.after(day, OVERDUE.afterWorkingDays),
      ),
      text: TEXTS.commenceOverdue,
    },
  },
})

export const supportWhileWaiting = orderDuty((open) => aboutDay(open, 'sentencedOn', open.terms.sentencedOn))(
  {
    id: 'ATR-07',
    title: {
      en: 'Support the person while they wait for treatment',
      cy: 'Cefnogi’r person wrth iddynt aros am driniaeth',
    },
    source:
      '003:386, "the offender is supported where immediate access to specialist treatment is not available"',
    hours: 'office',
    until: any(TREATMENT_HELD, bookedAhead()),
    asks: 'conversation',
    rows: {
      waiting: { to: offenderManager, when: everyDaysAfter(dayOf('sentence'), 14), text: TEXTS.waiting },
    },
  },
)

/** "held fortnightly" (003:261); "regular (fortnightly reviews of 30-60 minutes)" (003:355). */
const FORTNIGHT_DAYS = 14

export const preparationReviews = orderDuty(function* (open) {
  const day = requirementStart(open.terms)
  yield about(open, { occasion: day }, { day })
})({
  id: 'ATR-10',
  title: {
    en: 'Fortnightly diary reviews in the preparation phase',
    cy: 'Adolygiadau o’r dyddiadur bob pythefnos yn y cyfnod paratoi',
  },
  source: '003:261, "Short 1:1 meetings held fortnightly to review the drink diary"',
  hours: 'office',
  until: any(until('core-programme.started', 'core programme started'), bookedAhead('review')),
  asks: BOOK,
  rows: {
    'diary-review': {
      to: caseManager,
      when: onlyIf(
        'if the order has `preparationReviews`',
        ({ terms }) => terms.preparationReviews === true,
        everyDaysAfter(dayOf('the start of the requirement'), FORTNIGHT_DAYS),
      ),
      text: TEXTS.diaryReview,
    },
  },
})

/** "for the first 16 weeks" (003:414) */
const FILLED_WEEKS = 16

/** The Thursday on which the next week is checked, and the bounds of that week's starts. */
type Week = OrderSubject & { readonly thursday: LocalDate; readonly from: Instant; readonly to: Instant }

export const fillWeeks = orderDuty(weeksToFill)({
  id: 'ATR-16',
  title: {
    en: 'Fill the weeks without treatment, for the first sixteen',
    cy: 'Llenwi’r wythnosau heb driniaeth, am yr un ar bymtheg cyntaf',
  },
  source: '003:414, "schedule additional appointments for the first 16 weeks"',
  hours: 'office',
  until: {
    says: 'an appointment is booked in the next week',
    met: (order, _, { from, to }) => isBookedBetween(order, from, to),
    since: ({ order, from, to }) => bookedBetweenSince(order, from, to),
  },
  stale: ({ rules, thursday }) => promptOnOrBefore(rules, addDays(thursday, 7)),
  asks: BOOK,
  rows: {
    'empty-week': {
      to: offenderManager,
      when: onlyIf(
        'where seriousness is medium or high',
        ({ terms }) => terms.seriousness !== 'low',
        when(`Thursdays of weeks 1 to ${FILLED_WEEKS} of the order`, ({ rules, thursday }) => [
          { due: promptOnOrBefore(rules, thursday) },
        ]),
      ),
      text: TEXTS.emptyWeek,
    },
  },
})

function* weeksToFill(open: OpenOrder): Iterable<Week> {
  const start = orderStart(open.terms)
  const firstThursday = addDays(start, 4 - dayOfWeek(start))
  for (let week = 1; week <= FILLED_WEEKS; week++) {
    const thursday = addDays(firstThursday, 7 * (week - 1))
    if (thursday < start) continue
    const monday = addDays(thursday, 4)
    const from = londonTime(monday, '00:00') - 1
    const to = londonTime(addDays(monday, 7), '00:00')
    yield about(open, { occasion: monday, facts: { weekOf: monday } }, { thursday, from, to })
  }
}

export const reviewAfterProgramme = orderDuty(function* (open) {
  const completed = latest(open.order, 'core-programme.completed')
  if (!completed) return
  const { on } = completed.info
  yield about(
    open,
    { occasion: on, facts: { completedOn: on }, because: [completed.eventId] },
    { day: on, everyDays: open.terms.reviewEveryDays ?? FORTNIGHT_DAYS },
  )
})({
  id: 'ATR-18',
  title: {
    en: 'Reviews after the core programme, until the requirement ends',
    cy: 'Adolygiadau ar ôl y rhaglen graidd, nes i’r gofyniad ddod i ben',
  },
  source: '003:355, "holding regular (fortnightly reviews of 30-60 minutes)"',
  hours: 'office',
  until: any(
    {
      says: 'the requirement has ended (R)',
      met: (_, due, { terms }) => londonDate(due) > requirementEnd(terms),
    },
    until('treatment.ended', 'treatment ended'),
    bookedAhead(),
  ),
  asks: BOOK,
  rows: {
    review: {
      to: offenderManager,
      when: every(
        `every \`reviewEveryDays\` (if none are given, ${FORTNIGHT_DAYS}) after the core programme was completed`,
        ({ everyDays }) => everyDays,
        ({ day, everyDays }) => addDays(day, everyDays),
      ),
      text: TEXTS.review,
    },
  },
})
