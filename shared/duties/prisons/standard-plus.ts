import {
  addDays,
  addMonths,
  daysBetween,
  type Instant,
  type LocalDate,
  londonDate,
  londonTime,
} from '../../calendar/london.ts'
import type { Casefile } from '../../casefile/casefile.ts'
import {
  type Clearance,
  type Clearances,
  type Confirmed,
  clearanceIn,
  expiryOf,
  isOver,
  lapseOf,
  type RenewalRequested,
  standingAt,
} from '../../casefile/clearance.ts'
import { compareEvents } from '../../casefile/events.ts'
import type { Role } from '../../casefile/ledger.ts'
import type { Prison } from '../../casefile/prison.ts'
import type { Candidate } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import type { Facts } from '../../messages/text.ts'
import type { Duty, Planned, Series } from '../../planning/duty.ts'
import {
  type Ladder,
  ladder,
  promptOnOrAfter,
  promptOnOrBefore,
  type Recipient,
  type Rung,
  weeksBefore,
} from '../../planning/ladder.ts'
import type { Rules } from '../../planning/rules.ts'

/** Section 4 of the schedule: Standard Plus. Source 000 is PHE and HMPPS, Unlocking the potential of mutual aid. */

/** One clearance at one prison, as its duties see it. */
export type OpenClearance = {
  readonly casefile: Casefile<'clearance'>
  readonly clearance: Clearance
  readonly rules: Rules
}

const renew: Duty<OpenClearance> = {
  id: 'SP-02',
  title: 'Renewal of a clearance is requested before it runs out, and every twelve months thereafter (SP-03)',
  source: '000:214, "the prison should make a request for renewal to the ACT"',
  steps: {
    renewal: {
      to: 'governor (private prison: Director; unknown sector: Governor or Director); vetting contact always, deputy from 2 weeks',
      when: '12, 8, 4, 2, 1 weeks before, on the day',
      until: 'renewed (a later `clearance.confirmed`); ended',
    },
    ending: { to: 'holder', when: '2 weeks before, once', until: 'same' },
    awaiting: {
      to: 'vetting contact; governor too from 2 weeks before',
      when: 'once `renewal-requested`, instead of the ladder: 10 and 20 working days after, then 2 weeks, 1 week, on the day',
      until: 'same',
    },
    lapsed: {
      to: 'governor, deputy, vetting contact: "renewed, left or withdrawn?"; holder once',
      when: 'day after, weekly four times, then monthly without end, every day',
      until: 'same',
    },
  },
  *plan(open) {
    for (const term of termsOf(open)) {
      yield* renewal(term)
      yield* ending(term)
      yield* awaiting(term)
      yield* lapsed(term)
    }
  },
}

function renewal(term: Term): Iterable<Planned> {
  const { governor, vettingContact, deputyGovernor } = recipientsOf(term, () => factsOf(term))
  return termLadder(term, {
    rungs: weeksBefore(term.rules, term.expiresOn, [12, 8, 4, 2, 1, 0]).map(({ weeks, ...rung }) => ({
      ...rung,
      step: 'renewal',
      tell: weeks <= 2 ? [governor, vettingContact, deputyGovernor] : [governor, vettingContact],
    })),
    stale: lapsesAt(term),
    until: (state) => isRenewedOrEnded(state, term) || requestsIn(state, term).length > 0,
  })
}

function ending(term: Term): Iterable<Planned> {
  const { holder } = recipientsOf(term, () => factsOf(term))
  const due = promptOnOrBefore(term.rules, addDays(term.expiresOn, -14))
  return termLadder(term, { rungs: [{ step: 'ending', due, tell: [holder] }], stale: lapsesAt(term) })
}

function* awaiting(term: Term): Iterable<Planned> {
  const { rules, expiresOn } = term
  const governorFrom = promptOnOrBefore(rules, addDays(expiresOn, -14))
  for (const request of requestsIn(term.casefile.state, term)) {
    const requestedOn = request.info.on
    const { governor, vettingContact } = recipientsOf(term, () => ({ ...factsOf(term), requestedOn }))
    const dues = [
      ...[10, 20].map((days) => londonTime(rules.days.after(requestedOn, days), rules.settings.promptAt)),
      ...weeksBefore(rules, expiresOn, [2, 1, 0]).map(({ due }) => due),
    ]
    const rungs = [...new Set(dues)]
      .filter((due) => due >= request.at)
      .sort((a, b) => a - b)
      .map((due) => ({
        step: 'awaiting',
        label: londonDate(due),
        due,
        tell: due >= governorFrom ? [vettingContact, governor] : [vettingContact],
      }))
    yield* termLadder(term, {
      rungs,
      because: [term.confirmed.eventId, request.eventId],
      until: (state) => isRenewedOrEnded(state, term) || requestsIn(state, term).at(-1) !== request,
    })
  }
}

function* lapsed(term: Term): Iterable<Planned | Series> {
  const { governor, deputyGovernor, vettingContact, holder } = recipientsOf(term, () => factsOf(term))
  const first = lapseOf(term.confirmed)
  const lastWeekly = addDays(first, 28)
  const rung = (day: LocalDate): Rung => ({
    step: 'lapsed',
    label: day,
    due: londonTime(day, term.rules.settings.promptAt),
    tell: [governor, deputyGovernor, vettingContact],
  })
  const monthly = (months: number) => rung(addMonths(lastWeekly, months))
  yield* termLadder(term, {
    hours: 'any',
    rungs: [{ ...rung(first), label: 'holder', tell: [holder], text: 'lapsed-holder' }],
  })
  yield* termLadder(term, {
    hours: 'any',
    rungs: [0, 7, 14, 21, 28].map((days) => rung(addDays(first, days))),
    stale: monthly(1).due,
  })
  yield {
    around(now) {
      let months = Math.max(1, Math.floor(daysBetween(lastWeekly, londonDate(now)) / 31))
      while (monthly(months + 1).due <= now) months++
      const rungs = [0, 1, 2].map((later) => monthly(months + later))
      return [...termLadder(term, { hours: 'any', rungs })]
    },
  }
}

const considerAfterHalf: Duty<OpenClearance> = {
  id: 'SP-13',
  title: 'Somebody on licence or on an order may be considered once half of it is served',
  source: '000:196, "only be considered for Standard Plus if they have served at least half"',
  steps: {
    'half-served': {
      to: 'vetting contact',
      when: '`licenceOrOrderFrom` + ⌈days/2⌉ of an applied-for psi-39-2014 clearance: may now be considered',
      until: 'confirmed; ended',
    },
  },
  *plan(open) {
    const { casefile, clearance, rules } = open
    const { applied } = clearance
    if (applied?.info.route !== 'psi-39-2014') return
    const { licenceOrOrderFrom: from, licenceOrOrderTo: to } = applied.info
    if (from === undefined || to === undefined) return
    const servedOn = addDays(from, Math.ceil((daysBetween(from, to) + 1) / 2))
    const { clearanceId, prisonId } = clearance
    const { vettingContact } = recipientsOf(open, () => ({ clearanceId, servedOn }))
    yield* ladder(casefile, {
      duty: 'SP-13',
      occasion: `${prisonId}_${servedOn}`,
      hours: 'office',
      because: [applied.eventId],
      rungs: [{ step: 'half-served', due: promptOnOrAfter(rules, servedOn), tell: [vettingContact] }],
      until: (state) => isOver(clearanceIn(state, clearance), applied),
    })
  },
}

const keepEnoughCleared: Duty<OpenClearance> = {
  id: 'SP-21',
  title: 'An organisation keeps enough people cleared for somebody always to be there',
  source: '000:128, "several volunteers cleared at establishments to ensure someone is always available"',
  steps: {
    'too-few': {
      to: 'governor, counts only',
      when: '12 weeks before an expiry that would leave an organisation fewer than 2 cleared people at that prison; once per occurrence',
      until: 'renewed; another is cleared',
    },
  },
  *plan(open) {
    for (const term of termsOf(open)) {
      const due = promptOnOrBefore(open.rules, addDays(term.expiresOn, -7 * 12))
      const { governor } = recipientsOf(term, (prison, now) => shortageAfter(term, prison, due, now))
      yield* termLadder(term, { duty: 'SP-21', rungs: [{ step: 'too-few', due, tell: [governor] }] })
    }
  },
}

const CLEARED_MIN = 2

/**
 * How many of its organisation are still cleared after a clearance runs out; undefined when they are enough, were
 * enough when the warning was due, or another clearance that runs out that day gives it.
 */
function shortageAfter(term: Term, { clearances }: Prison, due: Instant, now: Instant): Facts | undefined {
  const { expiresOn, confirmed } = term
  const { organisationId } = confirmed.info
  const clearedAt = (instant: Instant) =>
    Object.values(clearances).flatMap((one) => {
      const standing = standingAt(one, instant)
      return standing?.info.organisationId === organisationId ? [standing] : []
    })
  const leftAt = (instant: Instant) => {
    const left = clearedAt(instant).filter((one) => expiryOf(one) > expiresOn)
    return new Set(left.map((one) => one.info.holder)).size
  }
  const isGivenByAnother = clearedAt(due).some(
    (one) => expiryOf(one) === expiresOn && one.info.clearanceId < confirmed.info.clearanceId,
  )
  if (isGivenByAnother || leftAt(due) >= CLEARED_MIN || leftAt(now) >= CLEARED_MIN) return undefined
  return { organisationId, expiresOn, left: leftAt(now) }
}

export const CLEARANCE_DUTIES = [renew, considerAfterHalf, keepEnoughCleared] as const

/** The months from a confirmation to its expiry: a renewal is another term of the same clearance. */
type Term = OpenClearance & { readonly confirmed: Confirmed; readonly expiresOn: LocalDate }

/** One for every expiry ever confirmed, so that a confirmation told again is not another term. */
function termsOf(open: OpenClearance): Term[] {
  const byExpiry = new Map(open.clearance.confirmed.map((confirmed) => [expiryOf(confirmed), confirmed]))
  return [...byExpiry].map(([expiresOn, confirmed]) => ({ ...open, confirmed, expiresOn }))
}

/** A ladder about one term: prompts of SP-02 until it is over, where `plan` does not say otherwise. */
function termLadder(
  term: Term,
  plan: Pick<Ladder<'clearance'>, 'rungs'> & Partial<Ladder<'clearance'>>,
): Iterable<Planned> {
  return ladder(term.casefile, {
    duty: 'SP-02',
    occasion: `${term.clearance.prisonId}_${term.expiresOn}`,
    hours: 'office',
    because: [term.confirmed.eventId],
    until: (state) => isRenewedOrEnded(state, term),
    ...plan,
  })
}

/** SP-03: a later confirmation starts the next twelve months, and nothing of the old ladder survives it. */
function isRenewedOrEnded(state: Clearances, { clearance, confirmed }: Term): boolean {
  return isOver(clearanceIn(state, clearance), confirmed)
}

/** The requests to renew a term, oldest first. */
function requestsIn(state: Clearances, { clearance, confirmed }: Term): RenewalRequested[] {
  const { renewalRequested } = clearanceIn(state, clearance)
  return renewalRequested.filter((request) => compareEvents(request, confirmed) > 0)
}

/** When a term's clearance is first said to have lapsed: after this, no prompt speaks of an expiry ahead. */
function lapsesAt({ confirmed, rules }: Term): Instant {
  return londonTime(lapseOf(confirmed), rules.settings.promptAt)
}

/** What a message may say of a clearance: a reference, never a name, and nothing of why it was needed. */
function factsOf({ clearance, confirmed, expiresOn }: Term): Facts {
  return { clearanceId: clearance.clearanceId, role: confirmed.info.role ?? '', expiresOn }
}

/** Which prison it is, and whether a Governor or a Director is at its head. */
export function prisonFacts(prisonId: string, { details }: Prison): Facts {
  return { prison: details?.name ?? prisonId, sector: details?.sector ?? '' }
}

/**
 * The posts of the clearance's own prison and of no other, and its holder, bound at the telling; `says` gives
 * what they are told, or nothing. A prison without a deputy has none to tell: the vetting contact is told anyway.
 */
function recipientsOf(
  { clearance }: OpenClearance,
  says: (prison: Prison, now: Instant) => Facts | undefined,
) {
  const { prisonId } = clearance
  const recipient = (role: Role, holders: (prison: Prison) => Candidate[] | undefined): Recipient => ({
    role,
    to: (neighbours, now) => {
      const prison = neighbours.get('prison', prisonId)
      const to = holders(prison)
      const said = says(prison, now)
      return to && said && { to, facts: { ...prisonFacts(prisonId, prison), ...said } }
    },
  })
  return {
    governor: recipient('governor', roles.governor),
    deputyGovernor: recipient('deputy-governor', (prison) =>
      prison.details?.deputy === undefined ? undefined : roles.deputyGovernor(prison),
    ),
    vettingContact: recipient('vetting-contact', roles.vettingContact),
    holder: recipient('holder', () => roles.holder(clearance)),
  }
}
