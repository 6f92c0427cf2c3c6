import type { Instant } from '../calendar/london.ts'
import type { Casefile } from '../casefile/casefile.ts'
import { type Kind, kindOf } from '../casefile/routing.ts'
import { APPOINTMENT_DUTIES } from './appointments.ts'
import { DAY_LIST_DUTIES } from './day-list.ts'
import type { Duty, Planned, Series } from './duty.ts'
import { FOLLOW_UP_DUTIES } from './follow-up.ts'
import { GATE_MEETING_DUTIES } from './gate-meeting.ts'
import { type OpenOrder, openOrder, planningEnd } from './open-order.ts'
import type { OpenRelease } from './open-release.ts'
import { PAPERS_DUTIES } from './papers.ts'
import { PARTNERSHIP_DUTIES } from './partnership.ts'
import { PROGRESS_DUTIES } from './progress.ts'
import { RELEASE_CHECK_DUTIES } from './release-checks.ts'
import { RETURN_DUTIES } from './return.ts'
import { ROTA_DUTIES } from './rota.ts'
import type { Rules } from './rules.ts'
import { CLEARANCE_DUTIES } from './standard-plus.ts'
import { THREE_WAY_DUTIES } from './three-way.ts'

/** What a casefile's events and ledger say should be told, and what is deliberately not, each with its reason. */
export type Plan = {
  readonly notices: readonly Planned[]
  readonly series: readonly Series[]
}

const ORDER_DUTIES: readonly Duty<OpenOrder>[] = [
  ...APPOINTMENT_DUTIES,
  ...THREE_WAY_DUTIES,
  ...PROGRESS_DUTIES,
  ...PAPERS_DUTIES,
]

const RELEASE_DUTIES: readonly Duty<OpenRelease>[] = [
  ...RELEASE_CHECK_DUTIES,
  ...GATE_MEETING_DUTIES,
  ...FOLLOW_UP_DUTIES,
]

const CONTACT_DUTIES = [...DAY_LIST_DUTIES, ...RETURN_DUTIES]

/** Every duty, in the order of the schedule. */
export const DUTIES = [
  ...CONTACT_DUTIES,
  ...ORDER_DUTIES,
  ...CLEARANCE_DUTIES,
  ...PARTNERSHIP_DUTIES,
  ...RELEASE_DUTIES,
  ...ROTA_DUTIES,
]

/**
 * Plans a casefile: a pure and total function of its events, its ledger and the rules. It does not know what time
 * it is, nor who its neighbours are.
 */
export function plan(casefile: Casefile, rules: Rules): Plan {
  const planned = [...plans[kindOf(casefile.id)](casefile as never, rules)]
  const notices = planned.filter((one): one is Planned => !('around' in one))
  return {
    // Two facts of one moment may speak of one notice: the last stands, as it does in the fold.
    notices: [...new Map(notices.map((one) => [one.noticeId, one])).values()],
    series: planned.filter((one): one is Series => 'around' in one),
  }
}

/** The notices of a plan, with the latest behind and the first ahead of each series. */
export function around({ notices, series }: Plan, now: Instant): Planned[] {
  return [...notices, ...series.flatMap((one) => one.around(now))]
}

const plans: { readonly [K in Kind]: (casefile: Casefile<K>, rules: Rules) => Iterable<Planned | Series> } = {
  *order(casefile, rules) {
    const open = openOrder(casefile, rules)
    if (!open) return
    for (const duty of ORDER_DUTIES) yield* withinOrder(open, duty)
  },
  *clearance(casefile, rules) {
    for (const clearance of Object.values(casefile.state)) {
      for (const duty of CLEARANCE_DUTIES) yield* duty.plan({ casefile, clearance, rules })
    }
  },
  *release(casefile, rules) {
    for (const release of Object.values(casefile.state.byId)) {
      for (const duty of RELEASE_DUTIES) yield* duty.plan({ casefile, release, rules })
    }
  },
  *contact(casefile, rules) {
    for (const duty of CONTACT_DUTIES) yield* duty.plan({ casefile, rules })
  },
  *prison(casefile, rules) {
    for (const duty of PARTNERSHIP_DUTIES) yield* duty.plan({ casefile, rules })
  },
  *address() {},
  *rota(casefile, rules) {
    for (const duty of ROTA_DUTIES) yield* duty.plan({ casefile, rules })
  },
}

/**
 * Nothing is planned long after the order. Its end stops every duty that does not outlive it, and a death stops
 * them all: what was already due and not yet given is no longer true.
 */
function* withinOrder(open: OpenOrder, duty: Duty<OpenOrder>): Iterable<Planned | Series> {
  const { ended } = open.order
  const end = planningEnd(open.terms)
  const stopped = ended && (ended.info.reason === 'died' || !duty.outlivesOrder) ? ended.at : undefined
  for (const planned of duty.plan(open)) {
    if ('around' in planned) yield planned
    else if (planned.due >= end) continue
    else if (stopped === undefined) yield planned
    else if (planned.due < stopped) yield planned.untold ? planned : { ...planned, untold: 'no-longer-true' }
  }
}
