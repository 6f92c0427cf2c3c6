import { addDays, HOUR_MS, londonDate, londonTime } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import {
  documentsSent,
  firstSince,
  happened,
  isSuperseded,
  type Order,
  sheetsOf,
  slotOf,
} from '../../casefile/order.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Candidate } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import type { Facts } from '../../messages/text.ts'
import type { Duty } from '../../planning/duty.ts'
import { ladder, promptWorkingDaysAfter, type Recipient } from '../../planning/ladder.ts'
import { atOnce, caseFacts, type OpenOrder } from '../orders/open-order.ts'
import { isCorrected, reported, sheetOccasion } from './updates.ts'

export const passOnDisclosure: Duty<OpenOrder> = {
  id: 'FAX-05',
  title: 'Pass on something important that had not been disclosed',
  source: '003:452, "information that is shared with the treatment provider that is important"',
  steps: {
    flagged: {
      to: 'offender manager or duty officer',
      when: 'at once on `disclosure.flagged`: a flag and a number to ring, never the substance',
      until: '`disclosure.acknowledged`',
    },
    unseen: {
      to: 'duty officer; then probation office',
      when: '+ 2 h unseen: duty officer; next working day: probation office',
      until: 'same',
    },
  },
  *plan(open) {
    const { casefile, order, rules, terms } = open
    for (const flagged of happened(order, 'disclosure.flagged')) {
      const facts = (neighbours: Neighbours): Facts => ({
        ...caseFacts(open),
        flaggedAt: flagged.at,
        number: numberOf(neighbours, flagged.info.by) ?? numberOf(neighbours, terms.caseManager) ?? '',
      })
      const tell = (role: Recipient['role'], to: readonly Candidate[]): Recipient => ({
        role,
        to: (neighbours) => ({ to, facts: facts(neighbours) }),
      })
      const plan = {
        duty: 'FAX-05',
        occasion: factStamp(flagged.at),
        because: [...open.because, flagged.eventId],
        until: (state: Order) => firstSince(state, 'disclosure.acknowledged', flagged.at) !== undefined,
      }
      // The flag is a ladder of its own: telling somebody else that it was not seen never takes its place.
      yield* ladder(casefile, {
        ...plan,
        hours: 'any',
        rungs: [
          {
            step: 'flagged',
            due: flagged.at,
            tell: [tell('offender-manager', roles.offenderManagerOrDutyOfficer(terms))],
          },
        ],
      })
      yield* ladder(casefile, {
        ...plan,
        hours: 'office',
        rungs: [
          {
            step: 'unseen',
            label: '2-hours',
            due: flagged.at + 2 * HOUR_MS,
            hours: 'any',
            tell: [tell('duty-officer', roles.dutyOfficer(terms))],
          },
          {
            step: 'unseen',
            label: 'next-working-day',
            due: promptWorkingDaysAfter(rules, londonDate(flagged.at), 1),
            tell: [tell('probation-office', roles.probationOffice(terms))],
          },
        ],
      })
    }
  },
}

/** The number that staff may give out for a contact, else their mobile. */
function numberOf(neighbours: Neighbours, contactId: string): string | undefined {
  const { details } = neighbours.get('contact', contactId)
  return details?.phone ?? details?.mobile
}

const NEXT_DAY = '17:00'

export const discussWithdrawal: Duty<OpenOrder> = {
  id: 'FAX-07',
  title: 'Nothing is withdrawn before it was discussed with the offender manager',
  source: '003:499, "should not be withdrawn ... without prior discussion with the OM"',
  steps: {
    proposed: {
      to: 'offender manager or duty officer',
      when: 'at once on `withdrawal.proposed`',
      until: '`withdrawal.discussed`',
    },
    undiscussed: { to: 'offender manager or duty officer', when: '17:00 next day, every day', until: 'same' },
  },
  *plan(open) {
    const tell = [open.tell.offenderManagerOrDutyOfficer]
    for (const proposed of happened(open.order, 'withdrawal.proposed')) {
      yield* ladder(open.casefile, {
        duty: 'FAX-07',
        occasion: factStamp(proposed.at),
        hours: 'any',
        because: [...open.because, proposed.eventId],
        facts: { ...caseFacts(open), proposedAt: proposed.at },
        rungs: [
          { step: 'proposed', due: proposed.at, tell },
          {
            step: 'undiscussed',
            due: londonTime(addDays(londonDate(proposed.at), 1), NEXT_DAY),
            tell,
          },
        ],
        until: (state) => firstSince(state, 'withdrawal.discussed', proposed.at) !== undefined,
      })
    }
  },
}

export const tellOfBreach: Duty<OpenOrder> = {
  id: 'FAX-08',
  title: 'Tell those who work with the person of a breach, and of its outcome',
  source: '003:501, "OMs will advise treatment staff and other agencies ... of decisions to breach"',
  outlivesOrder: true,
  steps: {
    decided: { to: 'case manager, provider manager', when: 'at once on `breach.decided`', until: '' },
    concluded: { to: 'case manager, provider manager', when: 'at once on `breach.concluded`', until: '' },
  },
  *plan(open) {
    const { order, tell } = open
    for (const fact of [...happened(order, 'breach.decided'), ...happened(order, 'breach.concluded')]) {
      yield* atOnce(open, {
        duty: 'FAX-08',
        step: fact.type === 'breach.decided' ? 'decided' : 'concluded',
        occasion: factStamp(fact.at),
        at: fact.at,
        because: fact.eventId,
        tell: [tell.caseManager, tell.providerManager],
        facts: () => ({ ...caseFacts(open), at: fact.at }),
      })
    }
  },
}

export const informCourtReview: Duty<OpenOrder> = {
  id: 'FAX-12',
  title: 'Information for the court’s review reaches it in time',
  source: '003:449, "Information for any review reports that may be required by the courts"',
  steps: {
    'review-information': {
      to: 'case manager; offender manager too at 3',
      when: '10, 5, 3 working days before `hearingOn`',
      until: '`review-information` sent',
    },
  },
  *plan(open) {
    const { casefile, order, rules, tell } = open
    const hearings = Map.groupBy(happened(order, 'court-review.listed'), ({ info }) => info.hearingOn)
    for (const [hearingOn, [first, ...again]] of hearings) {
      if (!first) continue
      const listed = again.at(-1) ?? first
      yield* ladder(casefile, {
        duty: 'FAX-12',
        occasion: hearingOn,
        hours: 'office',
        because: [...open.because, listed.eventId],
        facts: { ...caseFacts(open), hearingOn },
        rungs: [10, 5, 3].map((count) => ({
          step: 'review-information',
          label: `${count}-working-days`,
          due: promptWorkingDaysAfter(rules, hearingOn, -count),
          tell: [tell.caseManager, ...(count === 3 ? [tell.offenderManager] : [])],
        })),
        until: (state) =>
          documentsSent(state, 'review-information').some(({ at }) => at >= first.at) ||
          isSuperseded(listed, happened(state, 'court-review.listed')),
      })
    }
  },
}

export const agreeSupport: Duty<OpenOrder> = {
  id: 'ATR-20',
  title: 'Agree a plan when somebody needs more support',
  source: '003:497, "the offender manager should be notified and a plan of action agreed"',
  steps: {
    need: {
      to: 'offender manager or duty officer',
      when: 'at once on a sheet with `supportNeed`',
      until: '`support-plan.agreed`',
    },
    'no-plan': { to: 'offender manager or duty officer', when: '+ 5 working days', until: 'same' },
  },
  *plan(open) {
    const { casefile, order, rules } = open
    const tell = [open.tell.offenderManagerOrDutyOfficer]
    for (const appointment of reported(order)) {
      for (const sheet of sheetsOf(order, appointment.appointmentId)) {
        if (!sheet.info.supportNeed) continue
        const slot = slotOf(appointment, sheet)
        yield* ladder(casefile, {
          duty: 'ATR-20',
          occasion: sheetOccasion(sheet),
          hours: 'office',
          because: [...open.because, sheet.eventId],
          facts: { ...caseFacts(open), start: slot.startsAt },
          rungs: [
            { step: 'need', due: sheet.at, hours: 'any', tell },
            { step: 'no-plan', due: promptWorkingDaysAfter(rules, londonDate(sheet.at), 5), tell },
          ],
          until: (state) =>
            firstSince(state, 'support-plan.agreed', sheet.at) !== undefined ||
            isCorrected(state, sheet, slot),
        })
      }
    }
  },
}
