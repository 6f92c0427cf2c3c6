import {
  addDays,
  addMonths,
  daysBetween,
  type LocalDate,
  londonDate,
  londonTime,
} from '../calendar/london.ts'
import type { Casefile } from '../casefile/casefile.ts'
import { type Clearance, type Clearances, expiryOf } from '../casefile/clearance.ts'
import type { EventOf } from '../casefile/order.ts'
import * as roles from '../directory/roles.ts'
import {
  type Duty,
  type Facts,
  ladder,
  type Planned,
  promptOnOrBefore,
  type Recipient,
  type Rung,
} from './duty.ts'
import type { Rules } from './rules.ts'

/** Section 4 of the schedule: Standard Plus. Source 000 is PHE and HMPPS, Unlocking the potential of mutual aid. */

/** One clearance at one prison, as its duties see it. */
export type OpenClearance = {
  readonly casefile: Casefile<'clearance'>
  readonly clearance: Clearance
  readonly rules: Rules
}

const renew: Duty<OpenClearance> = {
  id: 'SP-02',
  title: 'Renewal of a clearance is requested before it runs out',
  source: '000:214, "the prison should make a request for renewal to the ACT"',
  steps: {
    renewal: {
      to: 'governor (private prison: Director); vetting contact always, deputy from 2 weeks',
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
      to: 'governor, deputy, vetting contact; holder once',
      when: 'day after, weekly four times, then monthly without end, every day',
      until: 'same',
    },
  },
  *plan(open) {
    for (const confirmed of open.clearance.confirmed) {
      yield* renewalLadder(open, confirmed)
      yield* awaiting(open, confirmed)
      yield* lapsed(open, confirmed)
    }
  },
}

const DEPUTY_FROM_WEEKS = 2

function* renewalLadder(open: OpenClearance, confirmed: Confirmed): Iterable<Planned> {
  const { rules } = open
  const expiry = expiryOf(confirmed)
  const tell = recipientsOf(open, confirmed)
  const rungs = [12, 8, 4, 2, 1, 0].map(
    (weeks): Rung => ({
      step: 'renewal',
      label: weeks === 0 ? 'on-the-day' : `${weeks}-weeks`,
      due: promptOnOrBefore(rules, addDays(expiry, -7 * weeks)),
      tell: [
        tell.governor,
        tell.vettingContact,
        ...(weeks <= DEPUTY_FROM_WEEKS ? [tell.deputyGovernor] : []),
      ],
    }),
  )
  yield* clearanceLadder(open, confirmed, {
    hours: 'office',
    rungs,
    until: (state) =>
      isOver(state, open, confirmed) || requestOf(clearanceIn(state, open), confirmed) !== undefined,
  })
  yield* clearanceLadder(open, confirmed, {
    hours: 'office',
    rungs: [{ step: 'ending', due: promptOnOrBefore(rules, addDays(expiry, -14)), tell: [tell.holder] }],
    until: (state) => isOver(state, open, confirmed),
  })
}

function* awaiting(open: OpenClearance, confirmed: Confirmed): Iterable<Planned> {
  const request = requestOf(open.clearance, confirmed)
  if (!request) return
  const { rules } = open
  const expiry = expiryOf(confirmed)
  const tell = recipientsOf(open, confirmed)
  const governorFrom = promptOnOrBefore(rules, addDays(expiry, -14))
  const after = [10, 20].map((count) => ({
    label: `${count}-working-days`,
    due: londonTime(rules.days.after(request.info.on, count), rules.settings.promptAt),
  }))
  const before = [2, 1, 0].map((weeks) => ({
    label: weeks === 0 ? 'on-the-day' : `${weeks}-weeks`,
    due: promptOnOrBefore(rules, addDays(expiry, -7 * weeks)),
  }))
  const rungs = [...after, ...before]
    .filter(({ due }) => due >= request.at)
    .sort((a, b) => a.due - b.due)
    .map(
      ({ label, due }): Rung => ({
        step: 'awaiting',
        label,
        due,
        tell: [tell.vettingContact, ...(due >= governorFrom ? [tell.governor] : [])],
      }),
    )
  yield* clearanceLadder(open, confirmed, {
    hours: 'office',
    because: [request.eventId],
    facts: { requestedOn: request.info.on },
    rungs,
    until: (state) => isOver(state, open, confirmed),
  })
}

function* lapsed(
  open: OpenClearance,
  confirmed: Confirmed,
): Iterable<Planned | { around: (now: number) => Planned[] }> {
  const { rules } = open
  const tell = recipientsOf(open, confirmed)
  const first = addDays(expiryOf(confirmed), 1)
  const lastWeekly = addDays(first, 28)
  const rung = (day: LocalDate): Rung => ({
    step: 'lapsed',
    label: day,
    due: londonTime(day, rules.settings.promptAt),
    tell: [tell.governor, tell.deputyGovernor, tell.vettingContact],
  })
  const monthly = (months: number) => rung(addMonths(lastWeekly, months))
  const plan = {
    hours: 'any',
    until: (state: Clearances) => isOver(state, open, confirmed),
  } as const
  const toHolder: Rung = { ...rung(first), label: 'holder', text: 'lapsed-holder', tell: [tell.holder] }
  yield* clearanceLadder(open, confirmed, { ...plan, rungs: [toHolder] })
  yield* clearanceLadder(open, confirmed, {
    ...plan,
    rungs: [0, 7, 14, 21, 28].map((days) => rung(addDays(first, days))),
    stale: monthly(1).due,
  })
  yield {
    around(now) {
      const passed = Math.floor(daysBetween(lastWeekly, londonDate(now)) / 31)
      let months = Math.max(1, passed)
      while (monthly(months + 1).due <= now) months++
      const rungs = [monthly(months), monthly(months + 1)]
      return [...clearanceLadder(open, confirmed, { ...plan, rungs })]
    },
  }
}

type Confirmed = EventOf<'clearance.confirmed'>

function* clearanceLadder(
  open: OpenClearance,
  confirmed: Confirmed,
  plan: {
    hours: 'office' | 'any'
    rungs: readonly Rung[]
    stale?: number
    because?: readonly string[]
    facts?: Facts
    until: (state: Clearances) => boolean
  },
): Iterable<Planned> {
  yield* ladder(open.casefile, {
    duty: 'SP-02',
    occasion: `${open.clearance.prisonId}_${expiryOf(confirmed)}`,
    hours: plan.hours,
    because: [confirmed.eventId, ...(plan.because ?? [])],
    rungs: plan.rungs.map((rung) => ({ ...rung, tell: rung.tell.map((one) => withFacts(one, plan.facts)) })),
    ...(plan.stale !== undefined && { stale: plan.stale }),
    until: plan.until,
  })
}

function withFacts(recipient: Recipient, facts: Facts = {}): Recipient {
  const { to } = recipient
  if (typeof to !== 'function') return recipient
  return {
    ...recipient,
    to: (neighbours, now) => {
      const bound = to(neighbours, now)
      return bound && { ...bound, facts: { ...bound.facts, ...facts } }
    },
  }
}

/** The posts of the clearance's own prison, and its holder. A post that nobody holds is told nothing. */
function recipientsOf({ clearance }: OpenClearance, confirmed: Confirmed) {
  const post = (role: Recipient['role'], holders: typeof roles.governor): Recipient => ({
    role,
    to: (neighbours) => {
      const prison = neighbours.get('prison', clearance.prisonId)
      const to = holders(prison)
      const held = role === 'governor' || to[0]?.role === role
      return held ? { to, facts: factsOf(clearance, confirmed, prison.details) } : undefined
    },
  })
  return {
    governor: post('governor', roles.governor),
    deputyGovernor: post('deputy-governor', roles.deputyGovernor),
    vettingContact: post('vetting-contact', roles.vettingContact),
    holder: {
      role: 'holder',
      to: (neighbours) => ({
        to: [{ contactId: confirmed.info.holder, role: 'holder' }],
        facts: factsOf(clearance, confirmed, neighbours.get('prison', clearance.prisonId).details),
      }),
    } satisfies Recipient,
  }
}

const HEADS = { public: 'Governor', private: 'Director', unknown: 'Governor or Director' } as const

function factsOf(
  clearance: Clearance,
  confirmed: Confirmed,
  prison: { name: string; sector?: 'public' | 'private' | undefined } | undefined,
): Facts {
  return {
    clearanceId: clearance.clearanceId,
    prison: prison?.name ?? clearance.prisonId,
    head: HEADS[prison?.sector ?? 'unknown'],
    expiresOn: expiryOf(confirmed),
    role: confirmed.info.role ?? '',
  }
}

function clearanceIn(state: Clearances, { clearance }: OpenClearance): Clearance | undefined {
  return Object.values(state).find((one) => one.prisonId === clearance.prisonId)
}

/** Renewed by a later confirmation, or ended. */
function isOver(state: Clearances, open: OpenClearance, confirmed: Confirmed): boolean {
  const clearance = clearanceIn(state, open)
  const last = clearance?.confirmed.at(-1)
  return clearance?.ended !== undefined || (last !== undefined && last.occurredAt > confirmed.occurredAt)
}

/** The first request to renew this confirmation. */
function requestOf(clearance: Clearance | undefined, confirmed: Confirmed) {
  return clearance?.renewalRequested.find((request) => request.at >= confirmed.at)
}

export const CLEARANCE_DUTIES = [renew] as const
