import {
  addDays,
  addMonths,
  daysBetween,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
} from '../../calendar/london.ts'
import { type Clearances, clearanceIn, lapseOf, type RenewalRequested } from '../../casefile/clearance.ts'
import { compareEvents } from '../../casefile/events.ts'
import { promptOnOrBefore, promptWorkingDaysAfter } from '../../planning/ladder.ts'
import { all, type Due, dutyOf, type When } from '../../planning/rows.ts'
import { daysBefore, weeksBefore, when } from '../../planning/when.ts'
import {
  clearanceRows,
  deputyGovernor,
  governor,
  holder,
  isRenewedOrEnded,
  lapsesAt,
  type OpenClearance,
  RENEWED_OR_ENDED,
  type Term,
  termsOf,
  vettingContact,
} from './rows.ts'
import { STANDARD_PLUS_TEXTS as TEXTS } from './standard-plus-texts.ts'

/** Section 4 of the schedule: Standard Plus. Source 000 is PHE and HMPPS, Unlocking the potential of mutual aid. */

const EXPIRY = { says: 'the last valid day', of: ({ expiresOn }: Pick<Term, 'expiresOn'>) => expiresOn }

/** Once a renewal is asked for, the prompts to ask for it stop and those that ask for its outcome begin. */
const askForRenewal = clearanceRows(termsOf)({
  hours: 'office',
  until: {
    says: `${RENEWED_OR_ENDED.says}; \`renewal-requested\``,
    met: (state, _, term) => isRenewedOrEnded(state, term) || requestsIn(state, term).length > 0,
  },
  stale: lapsesAt,
  asks: [{ event: 'clearance.renewal-requested' }, { event: 'clearance.ended' }],
  rows: {
    renewal: [
      { to: all(governor, vettingContact), when: weeksBefore(EXPIRY, 12, 8, 4), text: TEXTS.renewal },
      {
        to: all(governor, vettingContact, deputyGovernor),
        when: weeksBefore(EXPIRY, 2, 1, 0),
        text: TEXTS.renewalSoon,
      },
    ],
  },
})

const tellHolder = clearanceRows(termsOf)({
  hours: 'office',
  until: RENEWED_OR_ENDED,
  stale: lapsesAt,
  asks: 'conversation',
  rows: { ending: { to: holder, when: daysBefore(EXPIRY, 14), text: TEXTS.ending } },
})

type Requested = Term & { readonly request: RenewalRequested }

function* requestedTerms(open: OpenClearance): Iterable<Requested> {
  for (const term of termsOf(open)) {
    for (const request of requestsIn(term.casefile.state, term)) {
      const { on: requestedOn } = request.info
      const because = [term.confirmed.eventId, request.eventId]
      yield { ...term, request, because, facts: { ...term.facts, requestedOn } }
    }
  }
}

/** The requests to renew a term, oldest first. */
function requestsIn(state: Clearances, { clearance, confirmed }: Term): RenewalRequested[] {
  const { renewalRequested } = clearanceIn(state, clearance)
  return renewalRequested.filter((request) => compareEvents(request, confirmed) > 0)
}

const GOVERNOR_FROM_DAYS = 14

const askForOutcome = clearanceRows(requestedTerms)({
  hours: 'office',
  until: {
    says: `${RENEWED_OR_ENDED.says}; asked for again`,
    met: (state, _, term) => isRenewedOrEnded(state, term) || requestsIn(state, term).at(-1) !== term.request,
  },
  asks: [{ event: 'clearance.confirmed' }],
  rows: {
    awaiting: [
      {
        to: vettingContact,
        when: when(
          '10 and 20 working days after `renewal-requested`, until 2 weeks before the last valid day',
          (term) => awaitingDues(term).filter(({ due }) => due < governorFrom(term)),
        ),
        text: TEXTS.awaiting,
      },
      {
        to: all(vettingContact, governor),
        when: when(
          'those from 2 weeks before the last valid day on; 2 weeks and 1 week before it, and on the day',
          (term) => awaitingDues(term).filter(({ due }) => due >= governorFrom(term)),
        ),
        text: TEXTS.awaiting,
      },
    ],
  },
})

function governorFrom({ rules, expiresOn }: Term): Instant {
  return promptOnOrBefore(rules, addDays(expiresOn, -GOVERNOR_FROM_DAYS))
}

/** Two that fall on one morning are one. */
function awaitingDues({ rules, expiresOn, request }: Requested): Due[] {
  const dues = [
    ...[10, 20].map((days) => promptWorkingDaysAfter(rules, request.info.on, days)),
    ...[14, 7, 0].map((days) => promptOnOrBefore(rules, addDays(expiresOn, -days))),
  ]
  return [...new Set(dues)]
    .filter((due) => due >= request.at)
    .sort((a, b) => a - b)
    .map((due) => ({ label: londonDate(due), due }))
}

const WEEKLY_DAYS = [0, 7, 14, 21, 28]

/** 09:00 of a day, on whatever day that is. */
function onDay({ rules }: Term, day: LocalDate): Due {
  return { label: day, due: londonTime(day, rules.settings.promptAt) }
}

function monthLater(term: Term, months: number): Due {
  return onDay(term, addMonths(addDays(lapseOf(term.confirmed), WEEKLY_DAYS.at(-1) ?? 0), months))
}

/** Without end: a clearance that ran out stays a question until somebody answers it. */
const monthly: When<Term> = {
  says: 'then every month without end, every day',
  dues: () => [],
  around: (term, now) => {
    const lastWeekly = addDays(lapseOf(term.confirmed), WEEKLY_DAYS.at(-1) ?? 0)
    let months = Math.max(1, Math.floor(daysBetween(lastWeekly, londonDate(now)) / 31))
    while (monthLater(term, months + 1).due <= now) months++
    return [0, 1, 2].map((later) => monthLater(term, months + later))
  },
}

const askWhatBecame = clearanceRows(termsOf)({
  hours: 'any',
  until: RENEWED_OR_ENDED,
  stale: (term) => monthLater(term, 1).due,
  asks: [{ event: 'clearance.confirmed' }, { event: 'clearance.ended' }],
  rows: {
    lapsed: [
      {
        overdue: true,
        to: all(governor, deputyGovernor, vettingContact),
        when: when('the day after, then weekly four times, every day', (term) =>
          WEEKLY_DAYS.map((days) => onDay(term, addDays(lapseOf(term.confirmed), days))),
        ),
        text: TEXTS.lapsed,
      },
      { overdue: true, to: all(governor, deputyGovernor, vettingContact), when: monthly, text: TEXTS.lapsed },
    ],
  },
})

const tellHolderOfLapse = clearanceRows(termsOf)({
  hours: 'any',
  until: RENEWED_OR_ENDED,
  asks: 'conversation',
  rows: {
    lapsed: {
      overdue: true,
      to: holder,
      when: when('the day after, once, every day', (term) => [
        { ...onDay(term, lapseOf(term.confirmed)), label: 'holder' },
      ]),
      text: TEXTS.lapsedHolder,
    },
  },
})

export const renew = dutyOf(
  {
    id: 'SP-02',
    title: {
      en: 'Renewal of a clearance is requested before it runs out, and every twelve months thereafter (SP-03)',
      cy: 'Gofynnir am adnewyddu cliriad cyn iddo ddod i ben, a phob deuddeg mis wedyn (SP-03)',
    },
    source: '000:214, "the prison should make a request for renewal to the ACT"',
  },
  askForRenewal,
  tellHolder,
  askForOutcome,
  tellHolderOfLapse,
  askWhatBecame,
)
