import { type Instant, type LocalDate, londonDate } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import { dayOf, documentsSent, latest, type Order, standing } from '../../casefile/order.ts'
import type { Duty, Planned } from '../../planning/duty.ts'
import { ladder, promptOnOrBefore, promptWorkingDaysAfter, type Rung } from '../../planning/ladder.ts'
import { caseFacts, type OpenOrder } from '../orders/open-order.ts'
import { threeWays } from './stages.ts'

export const afterProgramme: Duty<OpenOrder> = {
  id: 'TWM-06',
  title: 'Core programme completed: a report, and a three-way meeting to review it',
  source: '003:509, "At this point the ATR case manager should arrange a three way"',
  steps: {
    completed: {
      to: 'offender manager',
      when: 'at once; again at +5 working days',
      until: '`completion-report` sent and a later three-way booked',
    },
    'report-and-meeting': {
      to: 'case manager (report, meeting)',
      when: '+3 and +5 working days',
      until: '`completion-report` sent and a later three-way booked',
    },
  },
  *plan(open) {
    const { casefile, rules, tell } = open
    const completed = latest(open.order, 'core-programme.completed')
    if (!completed) return
    const after = (count: number) => promptWorkingDaysAfter(rules, londonDate(completed.at), count)
    const common = {
      duty: 'TWM-06',
      occasion: factStamp(completed.at),
      hours: 'office',
      because: [...open.because, completed.eventId],
      facts: { ...caseFacts(open), completedOn: completed.info.on, ...done(open.order, completed.at) },
      until: (state: Order, due: Instant) => {
        const { reportSent, meetingBooked } = done(state, due)
        return reportSent && meetingBooked
      },
    } as const
    yield* ladder(casefile, {
      ...common,
      rungs: [
        { step: 'completed', due: completed.at, hours: 'any', tell: [tell.offenderManager] },
        {
          step: 'completed',
          label: '5-working-days',
          text: 'completed-outstanding',
          due: after(5),
          tell: [tell.offenderManager],
        },
      ],
    })
    yield* ladder(casefile, {
      ...common,
      rungs: [3, 5].map((count) => ({
        step: 'report-and-meeting',
        label: `${count}-working-days`,
        due: after(count),
        tell: [tell.caseManager],
      })),
    })
  },
}

export const beforePlanReview: Duty<OpenOrder> = {
  id: 'TWM-07',
  title: 'The three-way after the core programme comes before the planned review of the sentence plan',
  source: '003:509, "this should take place prior to planned reviews of the sentence and care plans"',
  steps: {
    'before-review': {
      to: 'case manager',
      when: '10 and 5 working days before `reviewOn`, core programme completed, none booked',
      until: 'booked',
    },
  },
  *plan(open) {
    yield* aroundPlanReview(open, 'TWM-07', (reviewOn) => ({
      rungs: [10, 5].map((count) => ({
        step: 'before-review',
        label: `${count}-working-days`,
        due: promptWorkingDaysAfter(open.rules, reviewOn, -count),
        tell: [open.tell.caseManager],
      })),
      until: (state, due) =>
        latest(state, 'core-programme.completed') === undefined || isReviewMeetingBooked(state, due),
    }))
  },
}

export const atPlanReview: Duty<OpenOrder> = {
  id: 'TWM-08',
  title: 'Not arranged by the review of the sentence plan: the offender manager asks the case manager',
  source: '003:509, "the OM should contact the ATR case manager for an update"',
  steps: {
    ask: {
      to: 'offender manager',
      when: 'on `reviewOn`, + 2 working days: ask the case manager',
      until: 'booked',
    },
  },
  *plan(open) {
    const { rules, tell } = open
    yield* aroundPlanReview(open, 'TWM-08', (reviewOn) => ({
      rungs: [
        { label: 'on-the-day', due: promptOnOrBefore(rules, reviewOn) },
        { label: '2-working-days', due: promptWorkingDaysAfter(rules, reviewOn, 2) },
      ].map((rung) => ({ step: 'ask', ...rung, tell: [tell.offenderManager] })),
      until: isReviewMeetingBooked,
    }))
  },
}

/** Whether the three-way that reviews the core programme is booked: after its completion or, till then, from `due` on. */
function isReviewMeetingBooked(state: Order, due: Instant): boolean {
  const since = latest(state, 'core-programme.completed')?.info.on ?? londonDate(due)
  return threeWays(state).some((meeting) => dayOf(standing(meeting)) >= since)
}

/** What of the two things that follow the core programme is done. */
function done(state: Order, due: Instant) {
  return {
    reportSent: documentsSent(state, 'completion-report').length > 0,
    meetingBooked: isReviewMeetingBooked(state, due),
  }
}

/** The ladder of one duty around the day on which the sentence plan is to be reviewed, if one is set. */
function* aroundPlanReview(
  open: OpenOrder,
  duty: string,
  plan: (reviewOn: LocalDate) => {
    rungs: readonly Rung[]
    until: (state: Order, due: Instant) => boolean
  },
): Iterable<Planned> {
  const completed = latest(open.order, 'sentence-plan.completed')
  const reviewOn = completed?.info.reviewOn
  if (!completed || reviewOn === undefined) return
  yield* ladder(open.casefile, {
    duty,
    occasion: reviewOn,
    hours: 'office',
    because: [...open.because, completed.eventId],
    facts: { ...caseFacts(open), reviewOn },
    ...plan(reviewOn),
  })
}
