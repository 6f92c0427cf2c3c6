import { addDays, dayOfWeek, londonDate, londonTime } from '../../calendar/london.ts'
import {
  booked,
  dayOf,
  happened,
  isBookedBetween,
  latest,
  orderStart,
  requirementEnd,
  requirementStart,
  standing,
  treatmentBegan,
} from '../../casefile/order.ts'
import type { Duty } from '../../planning/duty.ts'
import { ladder, promptOnOrAfter, promptOnOrBefore } from '../../planning/ladder.ts'
import { caseFacts, everyDays, type OpenOrder, prompts } from '../orders/open-order.ts'

export const commence: Duty<OpenOrder> = {
  id: 'ATR-04',
  title: 'Treatment starts within the time told to the court',
  source: '003:376, "within the timescales indicated to the court at the time of sentence"',
  steps: {
    'commence-by': {
      to: 'offender manager',
      when: '14, 7, 1 days before `commenceBy`',
      until: 'a treatment appointment is booked on or before it',
    },
    overdue: {
      to: 'offender manager, case manager',
      when: '2 working days after `commenceBy`, then weekly',
      until: 'a treatment appointment was held',
    },
  },
  *plan(open) {
    const { commenceBy } = open.terms
    if (commenceBy === undefined) return
    const { casefile, rules, tell, because } = open
    const common = {
      duty: 'ATR-04',
      hours: 'office',
      because,
      facts: { ...caseFacts(open), commenceBy },
    } as const
    const overdue = everyDays(open, rules.days.after(commenceBy, 2), 7).map((day) => ({
      step: 'overdue',
      label: day,
      due: promptOnOrAfter(rules, day),
      tell: [tell.offenderManager, tell.caseManager],
    }))
    yield* ladder(casefile, {
      ...common,
      occasion: commenceBy,
      ...(overdue[0] && { stale: overdue[0].due }),
      rungs: [14, 7, 1].map((days) => ({
        step: 'commence-by',
        label: `${days}-days`,
        due: promptOnOrBefore(rules, addDays(commenceBy, -days)),
        tell: [tell.offenderManager],
      })),
      until: (order) => booked(order, 'treatment').some((one) => dayOf(standing(one)) <= commenceBy),
    })
    yield* ladder(casefile, { ...common, occasion: commenceBy, rungs: overdue, until: treatmentBegan })
  },
}

export const supportWhileWaiting: Duty<OpenOrder> = {
  id: 'ATR-07',
  title: 'Support the person while they wait for treatment',
  source:
    '003:386, "the offender is supported where immediate access to specialist treatment is not available"',
  steps: {
    waiting: {
      to: 'offender manager',
      when: 'every 14 days from sentence with no appointment of any kind ahead',
      until: 'a treatment appointment was held',
    },
  },
  *plan(open) {
    const { sentencedOn } = open.terms
    yield* ladder(open.casefile, {
      duty: 'ATR-07',
      occasion: sentencedOn,
      hours: 'office',
      because: open.because,
      facts: { ...caseFacts(open), sentencedOn },
      rungs: prompts(open, 'waiting', everyDays(open, addDays(sentencedOn, 14), 14), [
        open.tell.offenderManager,
      ]),
      until: (order, due) => treatmentBegan(order) || isBookedBetween(order, due),
    })
  },
}

export const preparationReviews: Duty<OpenOrder> = {
  id: 'ATR-10',
  title: 'Fortnightly diary reviews in the preparation phase',
  source: '003:261, "Short 1:1 meetings held fortnightly to review the drink diary"',
  steps: {
    'diary-review': {
      to: 'case manager',
      when: 'every 14 days from requirement start, if `preparationReviews`, none booked ahead',
      until: 'core programme started',
    },
  },
  *plan(open) {
    if (!open.terms.preparationReviews) return
    const start = requirementStart(open.terms)
    yield* ladder(open.casefile, {
      duty: 'ATR-10',
      occasion: start,
      hours: 'office',
      because: open.because,
      facts: caseFacts(open),
      rungs: prompts(open, 'diary-review', everyDays(open, addDays(start, 14), 14), [open.tell.caseManager]),
      until: (order, due) =>
        happened(order, 'core-programme.started').length > 0 ||
        isBookedBetween(order, due, undefined, 'review'),
    })
  },
}

const FILLED_WEEKS = 16

export const fillWeeks: Duty<OpenOrder> = {
  id: 'ATR-16',
  title: 'Fill the weeks without treatment, for the first sixteen',
  source: '003:414, "schedule additional appointments for the first 16 weeks"',
  steps: {
    'empty-week': {
      to: 'offender manager',
      when: 'Thursdays of weeks 1–16, medium and high: next week has no appointment',
      until: 'booked',
    },
  },
  *plan(open) {
    if (open.terms.seriousness === 'low') return
    const { casefile, rules, tell, terms } = open
    const start = orderStart(terms)
    const firstThursday = addDays(start, 4 - dayOfWeek(start))
    const thursdays = Array.from({ length: FILLED_WEEKS }, (_, week) => addDays(firstThursday, 7 * week))
    for (const thursday of thursdays.filter((day) => day >= start)) {
      const monday = addDays(thursday, 4)
      const isLast = thursday === thursdays.at(-1)
      yield* ladder(casefile, {
        duty: 'ATR-16',
        occasion: monday,
        hours: 'office',
        because: open.because,
        facts: { ...caseFacts(open), weekOf: monday },
        rungs: [{ step: 'empty-week', due: promptOnOrBefore(rules, thursday), tell: [tell.offenderManager] }],
        ...(!isLast && { stale: promptOnOrBefore(rules, addDays(thursday, 7)) }),
        until: (order) =>
          isBookedBetween(order, londonTime(monday, '00:00') - 1, londonTime(addDays(monday, 7), '00:00')),
      })
    }
  },
}

const REVIEW_EVERY_DAYS = 14

export const reviewAfterProgramme: Duty<OpenOrder> = {
  id: 'ATR-18',
  title: 'Reviews after the core programme, until the requirement ends',
  source: '003:355, "holding regular (fortnightly reviews of 30-60 minutes)"',
  steps: {
    review: {
      to: 'offender manager',
      when: 'every `reviewEveryDays` (default 14) after core programme completion, nothing booked ahead',
      until: 'R; treatment ended',
    },
  },
  *plan(open) {
    const completed = latest(open.order, 'core-programme.completed')
    if (!completed) return
    const every = open.terms.reviewEveryDays ?? REVIEW_EVERY_DAYS
    const last = requirementEnd(open.terms)
    const days = everyDays(open, addDays(completed.info.on, every), every)
    yield* ladder(open.casefile, {
      duty: 'ATR-18',
      occasion: completed.info.on,
      hours: 'office',
      because: [...open.because, completed.eventId],
      facts: { ...caseFacts(open), completedOn: completed.info.on },
      rungs: prompts(open, 'review', days, [open.tell.offenderManager]),
      until: (order, due) =>
        londonDate(due) > last ||
        latest(order, 'treatment.ended') !== undefined ||
        isBookedBetween(order, due),
    })
  },
}
