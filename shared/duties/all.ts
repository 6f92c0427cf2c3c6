import { earliest, type Instant } from '../calendar/london.ts'
import type { Casefile, Matter } from '../casefile/casefile.ts'
import { type Kind, kindOf } from '../casefile/ids.ts'
import type { Ledger } from '../casefile/open-ledger.ts'
import { plannedHere } from '../casefile/releases.ts'
import type { Beside, Duty, Owed, Planned, Series } from '../planning/duty.ts'
import type { DutyModes, Rules } from '../planning/rules.ts'
import { bookFirst, rebookCancelled, rebookMissed } from './appointments/booking.ts'
import { tellOfCancellation, tellOfMove } from './appointments/changes.ts'
import { dayList } from './appointments/day-list.ts'
import { fillGap } from './appointments/gaps.ts'
import { ringThePrison } from './appointments/in-custody.ts'
import { tellOfOrderEnd } from './appointments/order-ends.ts'
import { remindPerson } from './appointments/reminders.ts'
import {
  commence,
  fillWeeks,
  preparationReviews,
  reviewAfterProgramme,
  supportWhileWaiting,
} from './appointments/starting.ts'
import { tellOfStop } from './appointments/stopped.ts'
import { tellOfCustody, tellOfDeath } from './orders/about-the-person.ts'
import { type OpenOrder, openOrder, planningEnd } from './orders/open-order.ts'
import {
  adviseAtEnd,
  completePlan,
  copyPlan,
  scoreAtEnd,
  sendCourtPapers,
  speakBeforePlan,
} from './papers/papers.ts'
import { unplannedRelease } from './people/unplanned.ts'
import { considerAfterHalf, keepEnoughCleared } from './prisons/clearing.ts'
import { reviewYearly } from './prisons/partnership.ts'
import { renew } from './prisons/standard-plus.ts'
import { stopEntry } from './prisons/stopping.ts'
import { safeWayHome, stayInTouch } from './progress/looking-after.ts'
import { tellWhoReturns } from './progress/return.ts'
import { passOnRisk } from './progress/risk.ts'
import { updateAfterEveryAppointment } from './progress/updates.ts'
import {
  agreeSupport,
  discussWithdrawal,
  informCourtReview,
  passOnDisclosure,
  tellOfBreach,
} from './progress/what-is-raised.ts'
import { accommodation, gpRecords, identity, money, prescription, takeHomeKit } from './releases/checks.ts'
import { tellOfDeathAfterRelease } from './releases/died.ts'
import { followUp } from './releases/follow-up.ts'
import { meetAtTheGate } from './releases/gate-meeting.ts'
import { hearing, hearingNotNeeded } from './releases/hearing.ts'
import type { OpenRelease } from './releases/open-release.ts'
import { outNow } from './releases/out-now.ts'
import { rotaGap } from './releases/rota.ts'
import { moved, tellTheOthers } from './releases/telling-the-others.ts'
import { unplanned } from './releases/unplanned.ts'
import { beforeTheWeekend } from './releases/weekend.ts'
import { sinceReplanned, whileAlive, withinOrder } from './stopped.ts'
import { afterProgramme, atPlanReview, beforePlanReview } from './three-way/after-programme.ts'
import { atRisk } from './three-way/at-risk.ts'
import { jointReviews } from './three-way/joint-reviews.ts'
import { endMeeting, firstMeeting, halfWayMeeting } from './three-way/meetings.ts'

const PROGRESS_DUTIES = [
  updateAfterEveryAppointment,
  passOnDisclosure,
  passOnRisk,
  discussWithdrawal,
  tellOfBreach,
  informCourtReview,
  agreeSupport,
] as const

/**
 * What should be told according to a casefile's events and ledger, and what is deliberately not told, each with its
 * reason.
 */
export type Plan = {
  readonly notices: readonly Planned[]
  readonly series: readonly Series[]
  /** When the first notice after its end falls due; undefined if none does. */
  readonly next: Instant | undefined
  /** The same plan after more was told. */
  after(ledger: Ledger): Plan
}

const ORDER_DUTIES: readonly Duty<OpenOrder>[] = [
  tellOfDeath,
  tellOfCustody,
  safeWayHome,
  stayInTouch,
  remindPerson,
  ringThePrison,
  tellOfMove,
  tellOfCancellation,
  tellOfOrderEnd,
  rebookCancelled,
  rebookMissed,
  bookFirst,
  commence,
  supportWhileWaiting,
  preparationReviews,
  fillGap,
  fillWeeks,
  reviewAfterProgramme,
  firstMeeting,
  halfWayMeeting,
  endMeeting,
  afterProgramme,
  beforePlanReview,
  atPlanReview,
  jointReviews,
  atRisk,
  ...PROGRESS_DUTIES,
  sendCourtPapers,
  speakBeforePlan,
  completePlan,
  copyPlan,
  scoreAtEnd,
  adviseAtEnd,
]

const RELEASE_DUTIES: readonly Duty<OpenRelease>[] = [
  tellOfDeathAfterRelease,
  prescription,
  unplanned,
  takeHomeKit,
  gpRecords,
  identity,
  accommodation,
  money,
  beforeTheWeekend,
  hearing,
  hearingNotNeeded,
  meetAtTheGate,
  outNow,
  tellTheOthers,
  moved,
  followUp,
]

const CLEARANCE_DUTIES = [renew, stopEntry, considerAfterHalf, keepEnoughCleared]

const CONTACT_DUTIES = [dayList, tellWhoReturns, tellOfStop]

/** Every duty, in the order of the schedule. */
export const DUTIES = [
  ...CONTACT_DUTIES,
  ...ORDER_DUTIES,
  ...CLEARANCE_DUTIES,
  reviewYearly,
  ...RELEASE_DUTIES,
  unplannedRelease,
  rotaGap,
]

/**
 * Plans a casefile: a pure and total function of its events, its ledger and the rules, independent of the current time
 * and of neighbours. A plan until an instant is the beginning of the full plan, and says when the first notice after it
 * falls due.
 */
export function plan(casefile: Casefile, rules: Rules, until = Number.POSITIVE_INFINITY): Plan {
  const owed = owing[kindOf(casefile.id)](casefile as never, rules)
  return planOf(owed, { ledger: casefile.ledger, until })
}

/** What depends on the facts only: what is due, and when the first later notice falls due. */
type Found = { readonly due: readonly (Planned | Series)[]; readonly beyond: Instant | undefined }

function planOf(owed: readonly Owed[], beside: Beside, found: Found = { due: [], beyond: undefined }): Plan {
  const { ledger, until } = beside
  const due = found.due.filter((one) => 'around' in one || !ledger.isDone(one.noticeId))
  let { beyond } = found
  let next = beyond
  // Two facts at the same moment may produce the same notice: the last one counts, as in the fold.
  const notices = new Map<string, Planned>()
  const series: Series[] = []
  const add = (one: Planned | Series) => {
    if ('around' in one) series.push(one)
    else notices.set(one.noticeId, one)
  }
  for (const one of due) add(one)
  for (const { by, notices } of owed) {
    for (const one of notices(beside)) {
      const isBeyond = !('around' in one) && one.due > until
      if (!isBeyond) add(one)
      else if (!one.untold || one.untold === 'in-custody') {
        next = earliest(next, one.due)
        if (by === 'facts') beyond = earliest(beyond, one.due)
      }
      if (by === 'facts' && !isBeyond) due.push(one)
    }
  }
  const byLedger = owed.filter(({ by }) => by === 'ledger')
  return { notices: [...notices.values()], series, next, after: carryingOn(byLedger, { due, beyond }, until) }
}

/** Telling more does not change what depends on the facts, except that some of it is done. */
function carryingOn(byLedger: readonly Owed[], found: Found, until: Instant): Plan['after'] {
  return (ledger) => planOf(byLedger, { ledger, until }, found)
}

/** The notices of a plan, and of each series the latest before and the first after an instant. */
export function around({ notices, series }: Plan, now: Instant): Planned[] {
  return [...notices, ...series.flatMap((one) => one.around(now))]
}

/** What is owed in a casefile, duty by duty: only parts that say so see its ledger. */
const owing: { readonly [K in Kind]: (casefile: Matter<K>, rules: Rules) => readonly Owed[] } = {
  order(casefile, rules) {
    const open = openOrder(casefile, rules)
    if (!open) return []
    const end = planningEnd(open.terms)
    return ORDER_DUTIES.flatMap((duty) => withinOrder(open, duty, end))
  },
  clearance(casefile, rules) {
    return Object.values(casefile.state.byId).flatMap((clearance) =>
      CLEARANCE_DUTIES.flatMap((duty) =>
        duty.plan({ casefile, clearance, rules }).map((owed) => whileAlive(casefile.state, owed)),
      ),
    )
  },
  release(casefile, rules) {
    return plannedHere(casefile).flatMap((release) =>
      RELEASE_DUTIES.flatMap((duty) => sinceReplanned({ casefile, release, rules }, duty)),
    )
  },
  contact: (casefile, rules) => CONTACT_DUTIES.flatMap((duty) => duty.plan({ casefile, rules })),
  prison: (casefile, rules) => reviewYearly.plan({ casefile, rules }),
  address: () => [],
  person: (casefile, rules) => unplannedRelease.plan({ casefile, rules }),
  rota: (casefile, rules) => rotaGap.plan({ casefile, rules }),
}

/** The ids that are not duties of ours, and hold nothing back. */
export function unknownDuties(dutyModes: DutyModes): string[] {
  return Object.keys(dutyModes).filter((id) => !DUTIES.some((duty) => duty.id === id))
}
