import { addDays, type LocalDate, londonDate, londonTime } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import { documentsSent, happened, isSuperseded, type Order, type Terms } from '../../casefile/order.ts'
import { requirementEnd } from '../../casefile/order-days.ts'
import { all, either, onlyIf } from '../../planning/rows.ts'
import {
  atOnce,
  daysAfter,
  daysBefore,
  when,
  workingDaysAfter,
  workingDaysBefore,
} from '../../planning/when.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import {
  about,
  aboutDay,
  caseManager,
  dayOf,
  type OrderUntil,
  offenderManager,
  orderDuty,
  probationOffice,
  until,
} from '../orders/rows.ts'
import { PAPERS_TEXTS as TEXTS } from './texts.ts'

/**
 * Section 3 of the schedule: the papers that pass between court, probation and provider. Source 003 is NOMS,
 * Delivering alcohol interventions and ATRs.
 */

const COURT_PAPERS = ['court-order', 'pre-sentence-report', 'risk-assessment', 'outline-plan'] as const
/** "within 2/5 working days": an urgent case has the shorter, and is overdue after it. */
const PAPERS_WITHIN_WORKING_DAYS = { urgent: 2, other: 5 }

const SENTENCE = dayOf('sentence')

export const sendCourtPapers = orderDuty((open) =>
  aboutDay(open, 'sentencedOn', open.terms.sentencedOn, { unsent: unsentPapers(open.order).join(' ') }),
)({
  id: 'DOC-02',
  title: {
    en: 'The provider has the papers within days of the sentence',
    cy: 'Mae’r papurau gan y darparwr o fewn dyddiau i’r ddedfryd',
  },
  source: '003:466, "the following documents within 2/5 working days of the sentence"',
  hours: 'office',
  until: { says: `${COURT_PAPERS.join(', ')} all sent`, met: (order) => unsentPapers(order).length === 0 },
  asks: [{ event: 'document.sent' }],
  rows: {
    send: {
      to: offenderManager,
      when: workingDaysAfter(SENTENCE, PAPERS_WITHIN_WORKING_DAYS.urgent),
      text: either(({ terms }) => isUrgent(terms), TEXTS.courtPapersOverdue, TEXTS.courtPapers),
    },
    overdue: {
      overdue: true,
      to: offenderManager,
      when: workingDaysAfter(SENTENCE, PAPERS_WITHIN_WORKING_DAYS.other),
      text: TEXTS.courtPapersOverdue,
    },
  },
})

function unsentPapers(order: Order): string[] {
  return COURT_PAPERS.filter((paper) => documentsSent(order, paper).length === 0)
}

/** Tier 4, or a prolific and other priority offender. */
function isUrgent({ offenderManagementTier, priorityOffender }: Terms): boolean {
  return offenderManagementTier === 4 || priorityOffender === true
}

/** "within 5 days of sentence for Tier 4 cases or PPOs and 15 days for offenders in other Tiers" (003:485) */
const PLAN_WITHIN_DAYS = { urgent: 5, other: 15 }

const PLAN_DUE = dayOf(
  `the plan is due, sentence + ${PLAN_WITHIN_DAYS.other} days (tier 4 or priority: + ${PLAN_WITHIN_DAYS.urgent})`,
)
const PLAN_COMPLETED = until('sentence-plan.completed', 'sentence plan completed')

function planDueOn({ terms }: OpenOrder): LocalDate {
  return addDays(terms.sentencedOn, isUrgent(terms) ? PLAN_WITHIN_DAYS.urgent : PLAN_WITHIN_DAYS.other)
}

export const speakBeforePlan = orderDuty((open) => aboutDay(open, 'dueOn', planDueOn(open)))({
  id: 'DOC-03',
  title: {
    en: 'Speak to the case manager before the sentence plan is completed',
    cy: 'Siarad â’r rheolwr achos cyn cwblhau’r cynllun dedfryd',
  },
  source: '003:473, "contact the ATR case manager ... prior to completion of the initial sentence plan"',
  hours: 'office',
  until: PLAN_COMPLETED,
  asks: 'conversation',
  rows: {
    'speak-first': { to: offenderManager, when: workingDaysBefore(PLAN_DUE, 2), text: TEXTS.speakFirst },
  },
})

export const completePlan = orderDuty((open) => aboutDay(open, 'dueOn', planDueOn(open)))({
  id: 'DOC-04',
  title: {
    en: 'The initial sentence plan is completed in time',
    cy: 'Cwblheir y cynllun dedfryd cychwynnol mewn pryd',
  },
  source:
    '003:485, "within 5 days of sentence for Tier 4 cases or PPOs and 15 days for offenders in other Tiers"',
  hours: 'office',
  until: PLAN_COMPLETED,
  asks: [{ event: 'sentence-plan.completed' }],
  rows: {
    due: { to: offenderManager, when: daysBefore(PLAN_DUE, 3, 1, 0), text: TEXTS.planDue },
    overdue: {
      overdue: true,
      to: all(offenderManager, probationOffice),
      when: daysAfter(PLAN_DUE, 1),
      text: TEXTS.planOverdue,
    },
  },
})

const COPY_BY = '17:00'

export const copyPlan = orderDuty(function* (open) {
  for (const completed of happened(open.order, 'sentence-plan.completed')) {
    const { on } = completed.info
    const overdueAt = londonTime(addDays(on, 1), COPY_BY)
    const occasion = factStamp(completed.at)
    yield about(open, { occasion, facts: { on }, because: [completed.eventId] }, { completed, overdueAt })
  }
})({
  id: 'DOC-05',
  title: {
    en: 'The provider has a copy of the sentence plan within a day',
    cy: 'Mae copi o’r cynllun dedfryd gan y darparwr o fewn diwrnod',
  },
  source: '003:475, "give a copy to the treatment provider within one day of completion"',
  hours: 'any',
  until: {
    says: '`sentence-plan` sent',
    met: (order, _, { completed }) =>
      documentsSent(order, 'sentence-plan').some(({ at }) => londonDate(at) >= completed.info.on) ||
      isSuperseded(completed, happened(order, 'sentence-plan.completed')),
  },
  asks: [{ event: 'document.sent', said: { document: 'sentence-plan' } }],
  rows: {
    copy: {
      to: offenderManager,
      when: onlyIf(
        'unless it is overdue by then',
        ({ completed, overdueAt }) => completed.at < overdueAt,
        atOnce('`sentence-plan.completed`', ({ completed }) => completed.at),
      ),
      text: TEXTS.planCopy,
    },
    overdue: {
      overdue: true,
      to: offenderManager,
      when: when(`${COPY_BY} of the day after completion, every day`, ({ overdueAt }) => [
        { due: overdueAt },
      ]),
      text: TEXTS.planCopyOverdue,
    },
  },
})

/** A score is one at the end from so many days before it. */
const SCORED_WITHIN_DAYS = 28
const REQUIREMENT_END = dayOf('the last day of the requirement (R)')

export const scoreAtEnd = orderDuty((open) => aboutDay(open, 'end', requirementEnd(open.terms)))({
  id: 'DOC-08',
  title: {
    en: 'A second AUDIT is done at the end of the requirement',
    cy: 'Gwneir ail AUDIT ar ddiwedd y gofyniad',
  },
  source: '003:511, "At the end of the ATR, a second AUDIT should be carried out"',
  hours: 'office',
  until: {
    says: `AUDIT or AUDIT-C scored on or after R − ${SCORED_WITHIN_DAYS} days`,
    met: (order, _, { day }) =>
      happened(order, 'audit.scored').some(({ info }) => info.on >= addDays(day, -SCORED_WITHIN_DAYS)),
  },
  asks: [{ event: 'audit.scored' }],
  rows: {
    score: {
      to: all(caseManager, offenderManager),
      when: daysBefore(REQUIREMENT_END, 14, 3),
      text: TEXTS.score,
    },
    overdue: {
      overdue: true,
      to: all(caseManager, offenderManager),
      when: daysAfter(REQUIREMENT_END, 1),
      text: TEXTS.scoreOverdue,
    },
  },
})

const ORDER_ENDED: OrderUntil = { says: 'order ended', met: (order) => order.ended !== undefined }

export const adviseAtEnd = orderDuty((open) => aboutDay(open, 'end', requirementEnd(open.terms)))({
  id: 'DOC-09',
  title: {
    en: 'Support goes on after the requirement, or at least advice on where to find it',
    cy: 'Mae cymorth yn parhau ar ôl y gofyniad, neu o leiaf cyngor ar ble i’w gael',
  },
  source: '003:590, "liaise with the treatment provider(s) to ensure ... ongoing treatment needs are met"',
  hours: 'office',
  until: ORDER_ENDED,
  asks: 'conversation',
  rows: {
    'what-next': { to: offenderManager, when: daysBefore(REQUIREMENT_END, 14), text: TEXTS.whatNext },
  },
})
