import { addDays, endOfDay, HOUR_MS, type LocalDate, londonDate, londonTime } from '../../calendar/london.ts'
import type { EventOf } from '../../casefile/events.ts'
import { factStamp } from '../../casefile/ids.ts'
import { documentsSent, firstSince, happened, isSuperseded } from '../../casefile/order.ts'
import { all, dutyOf, NOTHING } from '../../planning/rows.ts'
import { atOnce, labelled, when, workingDaysAfter, workingDaysBefore } from '../../planning/when.ts'
import { withNumber } from '../orders/number-to-ring.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import {
  about,
  caseManager,
  dutyOfficer,
  type OrderSubject,
  type OrderUntil,
  offenderManager,
  offenderManagerOrDutyOfficer,
  orderDuty,
  orderRows,
  probationOffice,
  providerManager,
} from '../orders/rows.ts'
import { isCorrected, submittedSheets } from './reported.ts'
import { PROGRESS_TEXTS as TEXTS } from './texts.ts'

/** Section 3 of the schedule: what somebody raises between appointments. Source 003 is NOMS, as for the updates. */

type FlagType = 'disclosure.flagged' | 'withdrawal.proposed' | 'breach.decided' | 'breach.concluded'
type Raised = OrderSubject & { readonly fact: EventOf<FlagType>; readonly day: LocalDate }

/** Everything of a type that was ever raised; texts use `name` for when. */
function raised(type: FlagType, name: string) {
  return function* (open: OpenOrder): Iterable<Raised> {
    for (const fact of happened(open.order, type)) {
      const thing = { occasion: factStamp(fact.at), facts: { [name]: fact.at }, because: [fact.eventId] }
      yield about(open, thing, { fact, day: londonDate(fact.at) })
    }
  }
}

const RAISED_ON = { says: 'the day it was raised', of: ({ day }: Raised) => day }
const onceRaised = (words: string) => atOnce<Raised>(words, ({ fact }) => fact.at)

function answeredBy(type: 'disclosure.acknowledged' | 'withdrawal.discussed'): OrderUntil<Raised> {
  return { says: `\`${type}\``, met: (order, _, { fact }) => firstSince(order, type, fact.at) !== undefined }
}

const UNSEEN_HOURS = 2

export const passOnDisclosure = orderDuty(raised('disclosure.flagged', 'flaggedAt'))({
  id: 'FAX-05',
  title: {
    en: 'Pass on something important that had not been disclosed',
    cy: 'Trosglwyddo rhywbeth pwysig nad oedd wedi’i ddatgelu',
  },
  source: '003:452, "information that is shared with the treatment provider that is important"',
  hours: 'office',
  despiteStop: true,
  until: answeredBy('disclosure.acknowledged'),
  asks: [{ event: 'disclosure.acknowledged' }],
  rows: {
    flagged: {
      to: withNumber(offenderManagerOrDutyOfficer),
      when: onceRaised('`disclosure.flagged`: a flag and a number to ring, never the substance'),
      hours: 'any',
      // Telling somebody else that it was not seen never replaces it.
      apart: true,
      text: TEXTS.flagged,
    },
    unseen: [
      {
        overdue: true,
        to: withNumber(dutyOfficer),
        when: labelled(
          `${UNSEEN_HOURS}-hours`,
          when(`${UNSEEN_HOURS} h after, unseen`, ({ fact }: Raised) => [
            { due: fact.at + UNSEEN_HOURS * HOUR_MS },
          ]),
        ),
        hours: 'any',
        text: TEXTS.unseen,
      },
      {
        overdue: true,
        to: withNumber(probationOffice),
        when: labelled('next-working-day', workingDaysAfter(RAISED_ON, 1)),
        text: TEXTS.unseen,
      },
    ],
  },
})

const NEXT_DAY = '17:00'

export const discussWithdrawal = orderDuty(raised('withdrawal.proposed', 'proposedAt'))({
  id: 'FAX-07',
  title: {
    en: 'Nothing is withdrawn before it was discussed with the offender manager',
    cy: 'Ni thynnir dim yn ôl cyn ei drafod â’r rheolwr troseddwyr',
  },
  source: '003:499, "should not be withdrawn ... without prior discussion with the OM"',
  hours: 'any',
  until: answeredBy('withdrawal.discussed'),
  asks: [{ event: 'withdrawal.discussed' }],
  rows: {
    proposed: {
      to: offenderManagerOrDutyOfficer,
      when: onceRaised('`withdrawal.proposed`'),
      text: TEXTS.proposed,
    },
    undiscussed: {
      overdue: true,
      to: offenderManagerOrDutyOfficer,
      when: when(`${NEXT_DAY} the next day, every day`, ({ day }) => [
        { due: londonTime(addDays(day, 1), NEXT_DAY) },
      ]),
      text: TEXTS.undiscussed,
    },
  },
})

export const tellOfBreach = dutyOf<OpenOrder>(
  {
    id: 'FAX-08',
    title: {
      en: 'Tell those who work with the person of a breach, and of its outcome',
      cy: 'Rhoi gwybod i’r rhai sy’n gweithio gyda’r person am dorri amodau, ac am ganlyniad hynny',
    },
    source: '003:501, "OMs will advise treatment staff and other agencies ... of decisions to breach"',
    outlivesOrder: true,
  },
  orderRows(raised('breach.decided', 'at'))({
    hours: 'any',
    until: NOTHING,
    rows: {
      decided: {
        to: all(caseManager, providerManager),
        when: onceRaised('`breach.decided`'),
        text: TEXTS.decided,
        asks: 'conversation',
      },
    },
  }),
  orderRows(raised('breach.concluded', 'at'))({
    hours: 'any',
    until: NOTHING,
    rows: {
      concluded: {
        to: all(caseManager, providerManager),
        when: onceRaised('`breach.concluded`'),
        text: TEXTS.concluded,
        asks: 'conversation',
      },
    },
  }),
)

type Listed = OrderSubject & {
  readonly hearingOn: LocalDate
  readonly first: EventOf<'court-review.listed'>
  readonly listed: EventOf<'court-review.listed'>
}

/** Every day for which a review was ever listed, with its first and last listing. */
function* listedReviews(open: OpenOrder): Iterable<Listed> {
  const hearings = Map.groupBy(happened(open.order, 'court-review.listed'), ({ info }) => info.hearingOn)
  for (const [hearingOn, [first, ...again]] of hearings) {
    if (!first) continue
    const listed = again.at(-1) ?? first
    const thing = { occasion: hearingOn, facts: { hearingOn }, because: [listed.eventId] }
    yield about(open, thing, { hearingOn, first, listed })
  }
}

const HEARING = { says: '`hearingOn`', of: ({ hearingOn }: Listed) => hearingOn }

export const informCourtReview = orderDuty(listedReviews)({
  id: 'FAX-12',
  title: {
    en: 'Information for the court’s review reaches it in time',
    cy: 'Mae’r wybodaeth ar gyfer adolygiad y llys yn ei gyrraedd mewn pryd',
  },
  source: '003:449, "Information for any review reports that may be required by the courts"',
  hours: 'office',
  until: {
    says: '`review-information` sent; listed for another day',
    met: (order, _, { first, listed }) =>
      documentsSent(order, 'review-information').some(({ at }) => at >= first.at) ||
      isSuperseded(listed, happened(order, 'court-review.listed')),
  },
  stale: ({ hearingOn }) => endOfDay(hearingOn),
  asks: [{ event: 'document.sent', said: { document: 'review-information' } }],
  rows: {
    'review-information': [
      { to: caseManager, when: workingDaysBefore(HEARING, 10, 5), text: TEXTS.reviewInformation },
      {
        to: all(caseManager, offenderManager),
        when: labelled('3-working-days', workingDaysBefore(HEARING, 3)),
        text: TEXTS.reviewInformation,
      },
    ],
  },
})

export const agreeSupport = orderDuty(function* (open) {
  for (const one of submittedSheets(open, ({ supportNeed }) => Boolean(supportNeed))) {
    yield { ...one, day: londonDate(one.sheet.at) }
  }
})({
  id: 'ATR-20',
  title: {
    en: 'Agree a plan when somebody needs more support',
    cy: 'Cytuno ar gynllun pan fydd angen mwy o gymorth ar rywun',
  },
  source: '003:497, "the offender manager should be notified and a plan of action agreed"',
  hours: 'office',
  until: {
    says: '`support-plan.agreed`; a corrected sheet',
    met: (order, _, need) =>
      firstSince(order, 'support-plan.agreed', need.sheet.at) !== undefined || isCorrected(order, need),
  },
  asks: [{ event: 'support-plan.agreed' }],
  rows: {
    need: {
      to: offenderManagerOrDutyOfficer,
      when: atOnce('a sheet with `supportNeed`', ({ sheet }) => sheet.at),
      hours: 'any',
      text: TEXTS.need,
    },
    'no-plan': {
      overdue: true,
      to: offenderManagerOrDutyOfficer,
      when: workingDaysAfter({ says: 'the day of the sheet', of: ({ day }: { day: LocalDate }) => day }, 5),
      text: TEXTS.noPlan,
    },
  },
})
