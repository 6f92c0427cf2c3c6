import { isQuiet, officeTime, quietUntil } from '../calendar/hours.ts'
import { HOUR_MS, type Instant, MINUTE_MS, monthsAfter } from '../calendar/london.ts'
import { kindOf } from '../casefile/ids.ts'
import { isSettled, type Ledger, type Miss, type Reason, type SendingsBefore } from '../casefile/ledger.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import { AT_ANY_COST, type Candidate, type Reach, resolve } from '../directory/reach.ts'
import type { Facts } from '../messages/text.ts'
import type { Notice, Planned } from './duty.ts'
import type { Rules } from './rules.ts'

/** What is to be done about a notice now. */
export type Decision =
  | {
      readonly verb: 'send'
      readonly to: Candidate
      readonly reach: Reach
      readonly misses: readonly Miss[]
      readonly facts: Facts
      readonly before: SendingsBefore
    }
  | { readonly verb: 'wait'; readonly until: Instant }
  | {
      readonly verb: 'skip'
      readonly reason: Reason
      readonly misses: readonly Miss[]
      /** Who would have been told, where that is known. */
      readonly to?: string | undefined
    }
  /** It has been dealt with, or there is nothing to say. */
  | { readonly verb: 'rest' }

/** A dated prompt is late when it missed its time by more than ticks and queues take. */
const LATE_MS = 15 * MINUTE_MS

/** How often a paused duty is looked at, so that it is taken up again soon after it may be. */
const PAUSED_LOOK_MS = HOUR_MS

const REST: Decision = { verb: 'rest' }

/**
 * What is to be done about a notice at `now`, given what became of it so far and who is who. One whose time came,
 * and which before it could be given was no longer so, is skipped; one that leaves the plan earlier leaves no trace.
 * One whose message did not arrive is sent again where another channel or stand-in is left, while it still matters.
 * What would be told under a duty that is held back is not: in shadow it is skipped, and paused it waits.
 */
export function decide(
  planned: Planned,
  ledger: Ledger,
  neighbours: Neighbours,
  rules: Rules,
  now: Instant,
): Decision {
  const decision = decideFreely(planned, ledger, neighbours, rules, now)
  const mode = rules.settings.dutyModes[planned.duty]
  if (decision.verb !== 'send' || mode === undefined) return decision
  if (mode === 'paused')
    return wait(Math.min(now + PAUSED_LOOK_MS, planned.stale ?? Number.POSITIVE_INFINITY))
  return isSettled(ledger.entry(planned.noticeId))
    ? REST
    : skip('shadow', decision.misses, decision.to.contactId)
}

/** Of what is not told, this is said in the ledger once it was due; the rest leaves no line. */
const IS_SAID: readonly Reason[] = ['no-longer-true', 'in-custody']

function decideFreely(
  planned: Planned,
  ledger: Ledger,
  neighbours: Neighbours,
  rules: Rules,
  now: Instant,
): Decision {
  const entry = ledger.entry(planned.noticeId)
  if (ledger.isDone(planned.noticeId)) return REST
  const isRetry = isSettled(entry)
  if (entry?.is === 'claimed' && entry.leaseUntil > now) return wait(entry.leaseUntil)
  if (planned.untold && !IS_SAID.includes(planned.untold)) return REST
  if (planned.due > now) return planned.untold === 'no-longer-true' ? REST : wait(planned.due)
  if (entry?.is === 'throttled' && entry.retryAt > now) return wait(entry.retryAt)
  const bound = planned.bind(neighbours, now)
  if (!bound) return planned.untold ? REST : lookAgain(planned, rules, now)
  const first = bound.to[0]?.contactId
  if (isRetry && (planned.untold || isStale(planned, rules, now))) return REST
  if (planned.due < rules.settings.goLive) return skip('before-go-live', [], first)
  if (planned.untold) return skip(planned.untold, [], first)
  if (isStale(planned, rules, now)) return skip('stale', [], first)
  const hold = outsideHours(planned, rules, now)
  if (hold === 'too-late') return isRetry ? REST : skip('quiet-hours-until-stale', [], first)
  if (hold) return hold
  const before = ledger.sendingsBefore(planned.noticeId)
  const isOfGate = kindOf(planned.casefile) === 'release'
  const { despiteStop = false } = planned
  const trying = { failed: new Set(before.barred), despiteStop, ...(isOfGate && AT_ANY_COST) }
  const found = resolve(bound.to, neighbours, trying, now)
  if (found.is === 'nobody' && isRetry) return REST
  if (found.is === 'nobody') {
    return skip(found.misses[0]?.reason ?? bound.nobody ?? 'no-usable-address', found.misses, first)
  }
  const { to, misses, channel, address, language } = found
  if (to.notBefore !== undefined && to.notBefore > now) return wait(to.notBefore)
  return { verb: 'send', to, reach: { channel, address, language }, misses, facts: bound.facts, before }
}

function wait(until: Instant): Decision {
  return { verb: 'wait', until }
}

function skip(reason: Reason, misses: readonly Miss[] = [], to?: string): Decision {
  return { verb: 'skip', reason, misses, to }
}

function lookAgain(planned: Notice, rules: Rules, now: Instant): Decision {
  const { lookAgainMs, due } = planned
  if (lookAgainMs === undefined || isStale(planned, rules, now)) return REST
  return wait(due + (Math.floor((now - due) / lookAgainMs) + 1) * lookAgainMs)
}

/** No longer worth saying; or due so long ago that what became of it may have been forgotten. */
function isStale({ due, stale }: Notice, { settings }: Rules, now: Instant): boolean {
  return (stale !== undefined && stale <= now) || due <= monthsAfter(now, -settings.retentionMonths)
}

function outsideHours(planned: Notice, rules: Rules, now: Instant): Decision | 'too-late' | undefined {
  const { settings, days } = rules
  switch (planned.hours) {
    case 'any':
      return undefined
    case 'person': {
      if (!isQuiet(settings.quiet, now)) return undefined
      const morning = quietUntil(settings.quiet, now)
      return isStale(planned, rules, morning) ? 'too-late' : wait(morning)
    }
    case 'office': {
      if (now <= planned.due + LATE_MS) return undefined
      const opening = officeTime(settings.office, days, now)
      return opening > now ? wait(opening) : undefined
    }
  }
}
