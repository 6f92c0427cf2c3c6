import { addDays, type LocalDate, londonDate, londonTime } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import {
  documentsSent,
  happened,
  isSuperseded,
  type Order,
  requirementEnd,
  type Terms,
} from '../../casefile/order.ts'
import type { Duty } from '../../planning/duty.ts'
import { ladder, promptOnOrAfter, promptOnOrBefore, promptWorkingDaysAfter } from '../../planning/ladder.ts'
import { caseFacts, type OpenOrder } from '../orders/open-order.ts'

/** Section 3 of the schedule: the papers that pass between court, probation and provider. */

const COURT_PAPERS = ['court-order', 'pre-sentence-report', 'risk-assessment', 'outline-plan'] as const

const sendCourtPapers: Duty<OpenOrder> = {
  id: 'DOC-02',
  title: 'The provider has the papers within days of the sentence',
  source: '003:466, "the following documents within 2/5 working days of the sentence"',
  steps: {
    send: {
      to: 'offender manager',
      when: 'sentence + 2 working days (tier 4 or priority: overdue then)',
      until: 'court-order, pre-sentence-report, risk-assessment and outline-plan all sent',
    },
    overdue: { to: 'offender manager', when: 'sentence + 5 working days', until: 'same' },
  },
  *plan(open) {
    const { casefile, order, terms, rules, because } = open
    const { sentencedOn } = terms
    const tell = [open.tell.offenderManager]
    yield* ladder(casefile, {
      duty: 'DOC-02',
      occasion: sentencedOn,
      hours: 'office',
      because,
      facts: { ...caseFacts(open), sentencedOn, unsent: unsentPapers(order).join(' ') },
      rungs: [
        {
          step: 'send',
          due: promptWorkingDaysAfter(rules, sentencedOn, 2),
          tell,
          ...(isUrgent(terms) && { text: 'overdue' }),
        },
        { step: 'overdue', due: promptWorkingDaysAfter(rules, sentencedOn, 5), tell },
      ],
      until: (state) => unsentPapers(state).length === 0,
    })
  },
}

function unsentPapers(order: Order): string[] {
  return COURT_PAPERS.filter((paper) => documentsSent(order, paper).length === 0)
}

/** National Standards give less time to tier 4 and to priority offenders. */
function isUrgent({ offenderManagementTier, priorityOffender }: Terms): boolean {
  return offenderManagementTier === 4 || priorityOffender === true
}

/** DOC-04's date: when the initial sentence plan is to be completed. */
function planDueOn(terms: Terms): LocalDate {
  return addDays(terms.sentencedOn, isUrgent(terms) ? 5 : 15)
}

function isPlanCompleted(order: Order): boolean {
  return happened(order, 'sentence-plan.completed').length > 0
}

const speakBeforePlan: Duty<OpenOrder> = {
  id: 'DOC-03',
  title: 'Speak to the case manager before the sentence plan is completed',
  source: '003:473, "contact the ATR case manager ... prior to completion of the initial sentence plan"',
  steps: {
    'speak-first': {
      to: 'offender manager',
      when: 'DOC-04’s date − 2 working days',
      until: 'sentence plan completed',
    },
  },
  *plan(open) {
    const dueOn = planDueOn(open.terms)
    yield* ladder(open.casefile, {
      duty: 'DOC-03',
      occasion: dueOn,
      hours: 'office',
      because: open.because,
      facts: { ...caseFacts(open), dueOn },
      rungs: [
        {
          step: 'speak-first',
          due: promptWorkingDaysAfter(open.rules, dueOn, -2),
          tell: [open.tell.offenderManager],
        },
      ],
      until: isPlanCompleted,
    })
  },
}

const completePlan: Duty<OpenOrder> = {
  id: 'DOC-04',
  title: 'The initial sentence plan is completed in time',
  source:
    '003:485, "within 5 days of sentence for Tier 4 cases or PPOs and 15 days for offenders in other Tiers"',
  steps: {
    due: {
      to: 'offender manager',
      when: 'sentence + 5 days (tier 4 or priority), else + 15 days: 3 and 1 days before, on the day',
      until: 'sentence plan completed',
    },
    overdue: { to: 'offender manager, probation office', when: 'day after', until: 'same' },
  },
  *plan(open) {
    const { rules, tell } = open
    const dueOn = planDueOn(open.terms)
    yield* ladder(open.casefile, {
      duty: 'DOC-04',
      occasion: dueOn,
      hours: 'office',
      because: open.because,
      facts: { ...caseFacts(open), dueOn },
      rungs: [
        ...[3, 1, 0].map((days) => ({
          step: 'due',
          label: days === 0 ? 'on-the-day' : `${days}-days`,
          due: promptOnOrBefore(rules, addDays(dueOn, -days)),
          tell: [tell.offenderManager],
        })),
        {
          step: 'overdue',
          due: promptOnOrAfter(rules, addDays(dueOn, 1)),
          tell: [tell.offenderManager, tell.probationOffice],
        },
      ],
      until: isPlanCompleted,
    })
  },
}

const COPY_BY = '17:00'

const copyPlan: Duty<OpenOrder> = {
  id: 'DOC-05',
  title: 'The provider has a copy of the sentence plan within a day',
  source: '003:475, "give a copy to the treatment provider within one day of completion"',
  steps: {
    copy: { to: 'offender manager', when: 'at once on completion', until: '`sentence-plan` sent' },
    overdue: { to: 'offender manager', when: '17:00 next day, every day', until: 'same' },
  },
  *plan(open) {
    const tell = [open.tell.offenderManager]
    for (const completed of happened(open.order, 'sentence-plan.completed')) {
      const { on } = completed.info
      const overdue = { step: 'overdue', due: londonTime(addDays(on, 1), COPY_BY), tell }
      yield* ladder(open.casefile, {
        duty: 'DOC-05',
        occasion: factStamp(completed.at),
        hours: 'any',
        because: [...open.because, completed.eventId],
        facts: { ...caseFacts(open), on },
        // Recorded later than its copy was due, a plan is overdue from the first.
        rungs: overdue.due > completed.at ? [{ step: 'copy', due: completed.at, tell }, overdue] : [overdue],
        until: (state) =>
          documentsSent(state, 'sentence-plan').some(({ at }) => londonDate(at) >= on) ||
          isSuperseded(completed, happened(state, 'sentence-plan.completed')),
      })
    }
  },
}

const SCORED_WITHIN_DAYS = 28

const scoreAtEnd: Duty<OpenOrder> = {
  id: 'DOC-08',
  title: 'A second AUDIT is done at the end of the requirement',
  source: '003:511, "At the end of the ATR, a second AUDIT should be carried out"',
  steps: {
    score: {
      to: 'case manager, offender manager',
      when: 'R − 14, R − 3',
      until: 'AUDIT or AUDIT-C scored on or after R − 28',
    },
    overdue: { to: 'case manager, offender manager', when: 'R + 1', until: 'same' },
  },
  *plan(open) {
    const { rules } = open
    const end = requirementEnd(open.terms)
    const scoredFrom = addDays(end, -SCORED_WITHIN_DAYS)
    const tell = [open.tell.caseManager, open.tell.offenderManager]
    yield* ladder(open.casefile, {
      duty: 'DOC-08',
      occasion: end,
      hours: 'office',
      because: open.because,
      facts: { ...caseFacts(open), end },
      rungs: [
        ...[14, 3].map((days) => ({
          step: 'score',
          label: `${days}-days`,
          due: promptOnOrBefore(rules, addDays(end, -days)),
          tell,
        })),
        { step: 'overdue', due: promptOnOrAfter(rules, addDays(end, 1)), tell },
      ],
      until: (state) => happened(state, 'audit.scored').some(({ info }) => info.on >= scoredFrom),
    })
  },
}

const adviseAtEnd: Duty<OpenOrder> = {
  id: 'DOC-09',
  title: 'Support goes on after the requirement, or at least advice on where to find it',
  source: '003:590, "liaise with the treatment provider(s) to ensure ... ongoing treatment needs are met"',
  steps: {
    'what-next': { to: 'offender manager', when: 'R − 14', until: 'order ended' },
  },
  *plan(open) {
    const end = requirementEnd(open.terms)
    yield* ladder(open.casefile, {
      duty: 'DOC-09',
      occasion: end,
      hours: 'office',
      because: open.because,
      facts: { ...caseFacts(open), end },
      rungs: [
        {
          step: 'what-next',
          due: promptOnOrBefore(open.rules, addDays(end, -14)),
          tell: [open.tell.offenderManager],
        },
      ],
      until: (state) => state.ended !== undefined,
    })
  },
}

export const PAPERS_DUTIES = [
  sendCourtPapers,
  speakBeforePlan,
  completePlan,
  copyPlan,
  scoreAtEnd,
  adviseAtEnd,
] as const
