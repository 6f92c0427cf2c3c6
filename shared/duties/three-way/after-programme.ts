import { type Instant, londonDate } from '../../calendar/london.ts'
import { dayOf as dayOfSlot, standing } from '../../casefile/appointment.ts'
import { factStamp } from '../../casefile/ids.ts'
import { documentsSent, latest, type Order } from '../../casefile/order.ts'
import { promptOnOrBefore } from '../../planning/ladder.ts'
import { any } from '../../planning/rows.ts'
import { atOnce, daysBefore, labelled, workingDaysAfter, workingDaysBefore } from '../../planning/when.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import {
  about,
  BOOK_THREE_WAY,
  caseManager,
  type DayOfOrder,
  dayOf,
  type OrderUntil,
  offenderManager,
  orderDuty,
} from '../orders/rows.ts'
import { threeWays } from './stages.ts'
import { THREE_WAY_TEXTS as TEXTS } from './texts.ts'

const COMPLETED = dayOf('the core programme was completed')

export const afterProgramme = orderDuty(function* (open) {
  const completed = latest(open.order, 'core-programme.completed')
  if (!completed) return
  const { at, eventId, info } = completed
  const facts = { completedOn: info.on, ...done(open.order, at) }
  yield about(
    open,
    { occasion: factStamp(at), facts, because: [eventId] },
    { day: londonDate(at), completedAt: at },
  )
})({
  id: 'TWM-06',
  title: {
    en: 'Core programme completed: a report, and a three-way meeting to review it',
    cy: 'Y rhaglen graidd wedi’i chwblhau: adroddiad, a chyfarfod tair ffordd i’w adolygu',
  },
  source: '003:509, "At this point the ATR case manager should arrange a three way"',
  hours: 'office',
  until: {
    says: '`completion-report` sent and a later three-way booked',
    met: (order, due) => {
      const { reportSent, meetingBooked } = done(order, due)
      return reportSent && meetingBooked
    },
  },
  rows: {
    completed: [
      {
        to: offenderManager,
        when: atOnce('`core-programme.completed`', ({ completedAt }) => completedAt),
        hours: 'any',
        text: TEXTS.programmeCompleted,
      },
      {
        to: offenderManager,
        when: labelled('5-working-days', workingDaysAfter(COMPLETED, 5)),
        text: TEXTS.stillOutstanding,
        asks: 'conversation',
      },
    ],
    'report-and-meeting': {
      to: caseManager,
      when: workingDaysAfter(COMPLETED, 3, 5),
      apart: true,
      text: TEXTS.reportAndMeeting,
      asks: [{ event: 'document.sent', said: { document: 'completion-report' } }, ...BOOK_THREE_WAY],
    },
  },
})

/** The day of the sentence plan's review, if one is set. */
function* planReview(open: OpenOrder): Iterable<DayOfOrder> {
  const completed = latest(open.order, 'sentence-plan.completed')
  const reviewOn = completed?.info.reviewOn
  if (!completed || reviewOn === undefined) return
  yield about(
    open,
    { occasion: reviewOn, facts: { reviewOn }, because: [completed.eventId] },
    { day: reviewOn },
  )
}

const PLAN_REVIEW = dayOf('the review of the sentence plan (`reviewOn`)')
const REVIEW_MEETING_BOOKED: OrderUntil<unknown> = {
  says: 'a three-way is booked for the day the core programme was completed or later (not completed: for the day of the prompt or later)',
  met: isReviewMeetingBooked,
}

export const beforePlanReview = orderDuty(planReview)({
  id: 'TWM-07',
  title: {
    en: 'The three-way after the core programme comes before the planned review of the sentence plan',
    cy: 'Daw’r cyfarfod tair ffordd ar ôl y rhaglen graidd cyn yr adolygiad arfaethedig o’r cynllun dedfryd',
  },
  source: '003:509, "this should take place prior to planned reviews of the sentence and care plans"',
  hours: 'office',
  until: any(
    {
      says: 'the core programme was not completed by then',
      met: (order) => latest(order, 'core-programme.completed') === undefined,
    },
    REVIEW_MEETING_BOOKED,
  ),
  // From the day of the review, TWM-08 asks.
  stale: ({ rules, day }) => promptOnOrBefore(rules, day),
  asks: BOOK_THREE_WAY,
  rows: {
    'before-review': {
      to: caseManager,
      when: workingDaysBefore(PLAN_REVIEW, 10, 5),
      text: TEXTS.beforePlanReview,
    },
  },
})

export const atPlanReview = orderDuty(planReview)({
  id: 'TWM-08',
  title: {
    en: 'Not arranged by the review of the sentence plan: the offender manager asks the case manager',
    cy: 'Heb ei drefnu erbyn adolygu’r cynllun dedfryd: mae’r rheolwr troseddwyr yn holi’r rheolwr achos',
  },
  source: '003:509, "the OM should contact the ATR case manager for an update"',
  hours: 'office',
  until: REVIEW_MEETING_BOOKED,
  asks: 'conversation',
  rows: {
    ask: [
      {
        to: offenderManager,
        when: labelled('on-the-day', daysBefore(PLAN_REVIEW, 0)),
        text: TEXTS.askCaseManager,
      },
      {
        to: offenderManager,
        when: labelled('2-working-days', workingDaysAfter(PLAN_REVIEW, 2)),
        text: TEXTS.askCaseManager,
      },
    ],
  },
})

/** Whether the three-way after the core programme is booked: since its completion or, until then, since `due`. */
function isReviewMeetingBooked(state: Order, due: Instant): boolean {
  const since = latest(state, 'core-programme.completed')?.info.on ?? londonDate(due)
  return threeWays(state).some((meeting) => dayOfSlot(standing(meeting)) >= since)
}

/** Which of the two things that follow the core programme are done. */
function done(state: Order, due: Instant) {
  return {
    reportSent: documentsSent(state, 'completion-report').length > 0,
    meetingBooked: isReviewMeetingBooked(state, due),
  }
}
