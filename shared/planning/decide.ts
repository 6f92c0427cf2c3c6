import { isQuiet, officeTime, quietUntil } from '../calendar/hours.ts'
import { HOUR_MS, type Instant, MINUTE_MS, monthsAfter } from '../calendar/london.ts'
import { kindOf } from '../casefile/ids.ts'
import {
  type ChannelName,
  type Entry,
  isAddressed,
  isLapsed,
  isSettled,
  type Miss,
  mayHaveBeenTold,
  type Reason,
} from '../casefile/ledger.ts'
import { type Ledger, notBegun, type SendingsBefore } from '../casefile/open-ledger.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import { AT_ANY_COST, type Candidate, type Reach, resolve } from '../directory/reach.ts'
import type { Facts } from '../messages/text.ts'
import type { Notice, Planned } from './duty.ts'
import type { Rules } from './rules.ts'

/** What to do about a notice now. */
export type Decision =
  | {
      readonly verb: 'send'
      readonly to: Candidate
      /** How it is sent now: by one channel or, if urgent, by those of `channels` that it has not been sent by. */
      readonly ways: readonly Way[]
      /** All channels of an urgent notice. */
      readonly channels?: readonly ChannelName[]
      readonly misses: readonly Miss[]
      readonly facts: Facts
    }
  | { readonly verb: 'wait'; readonly until: Instant }
  | {
      readonly verb: 'skip'
      readonly reason: Reason
      readonly misses: readonly Miss[]
      /** Who would have been told, if known. */
      readonly to?: string | undefined
    }
  /** It is done, or there is nothing to say. */
  | { readonly verb: 'rest' }

/** One way of sending a notice, and what was sent that way before. */
export type Way = { readonly reach: Reach; readonly before: SendingsBefore }

/** A prompt is late if it missed its time by more than ticks and queues take. */
const LATE_MS = 15 * MINUTE_MS

/** How often a paused duty is checked, so that it resumes soon after it may. */
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
  const freely = decideFreely(planned, ledger, neighbours, rules, now)
  const decision =
    freely.verb === 'skip' ? unlessHeld(freely, ledger.lastSending(planned.noticeId), now) : freely
  const mode = rules.settings.dutyModes[planned.duty]
  if (decision.verb !== 'send' || mode === undefined) return decision
  if (mode === 'paused')
    return wait(Math.min(now + PAUSED_LOOK_MS, planned.stale ?? Number.POSITIVE_INFINITY))
  return isSettled(ledger.entry(planned.noticeId))
    ? REST
    : skip('shadow', decision.misses, decision.to.contactId)
}

/** Why something is not told, as far as the ledger records it once due; other reasons leave no line. */
const IS_SAID: readonly Reason[] = ['no-longer-true', 'in-custody']

function decideFreely(
  planned: Planned,
  ledger: Ledger,
  neighbours: Neighbours,
  rules: Rules,
  now: Instant,
): Decision {
  const { noticeId, due, untold, despiteStop = false } = planned
  if (ledger.isDone(noticeId)) return REST
  const sending = ledger.lastSending(noticeId)
  const isOwedAgain = sending.some(isLapsed)
  const isRetry = sending.some(isSettled) && !isOwedAgain
  const lease = heldUntil(sending, now, ({ is }) => is === 'claimed')
  if (lease !== undefined) return wait(lease)
  if (untold && !IS_SAID.includes(untold)) return REST
  if (due > now) return untold === 'no-longer-true' ? REST : wait(due)
  const held = heldUntil(sending, now, () => true)
  if (held !== undefined) return wait(held)
  const bound = planned.bind(neighbours, now)
  if (!bound) return untold ? REST : lookAgain(planned, rules, now)
  const first = bound.to[0]?.contactId
  if ((isRetry || isOwedAgain) && (untold || isStale(planned, rules, now))) return REST
  if (due < rules.settings.goLive) return skip('before-go-live', [], first)
  if (untold) return skip(untold, [], first)
  if (isStale(planned, rules, now)) return skip('stale', [], first)
  const hours = outsideHours(planned, rules, now)
  if (hours === 'too-late') return isRetry ? REST : skip('quiet-hours-until-stale', [], first)
  if (hours) return hours
  const isOfGate = kindOf(planned.casefile) === 'release'
  const failed = new Set(ledger.sendingsBefore(noticeId).barred)
  const isRung = planned.urgent === 'rung' && rules.settings.rings
  const trying = { failed, despiteStop, isRung, ...(isOfGate && AT_ANY_COST) }
  const found = resolve(bound.to, neighbours, trying, now)
  if (found.is === 'nobody' && isRetry) return atRest(sending, ledger)
  if (found.is === 'nobody') {
    return skip(found.misses[0]?.reason ?? bound.nobody ?? 'no-usable-address', found.misses, first)
  }
  const { to, misses, reaches } = found
  if (to.notBefore !== undefined && to.notBefore > now) return wait(to.notBefore)
  const send = { verb: 'send', to, misses, facts: factsFor(bound.facts, to, neighbours, isRung) } as const
  const wayOf = (reach: Reach) => ({ reach, before: ledger.sendingsBefore(noticeId, reach.channel) })
  if (!planned.urgent) return { ...send, ways: reaches.slice(0, 1).map(wayOf) }
  const { channels, ready } = waysNow(planned, ledger, { to, reaches }, now)
  return ready.length > 0 ? { ...send, ways: ready.map(wayOf), channels } : atRest(sending, ledger)
}

/** Nothing is left to do. Where all that was begun of a sending failed, and the rest can be begun no more, that is said. */
function atRest(sending: readonly Entry[], ledger: Ledger): Decision {
  const [first] = sending.filter(isAddressed)
  if (!first || !sending.every(isSettled) || ledger.failure(first.noticeId)) return REST
  return ledger.failureSoFar(first.noticeId) ? skip('no-usable-address', [], first.to) : REST
}

/** What somebody is sending by one channel is not skipped before they have done so, or died. */
function unlessHeld(skipped: Decision, sending: readonly Entry[], now: Instant): Decision {
  const leases = sending.flatMap((entry) => (entry.is === 'claimed' ? (holdOf(entry, now) ?? []) : []))
  return leases.length > 0 ? wait(Math.min(...leases)) : skipped
}

/** What a message may say to its recipient; a call asks for them by name. */
function factsFor(
  facts: Facts,
  { contactId, role }: Candidate,
  neighbours: Neighbours,
  isRung: boolean,
): Facts {
  const name = neighbours.get('contact', contactId).details?.name
  return { ...facts, reader: role, ...(isRung && { name }) }
}

/** When something can next be done about a sending whose unsettled entries are all held; undefined: now. */
function heldUntil(
  sending: readonly Entry[],
  now: Instant,
  isHeld: (entry: Entry) => boolean,
): Instant | undefined {
  const unfinished = sending.filter((entry) => !isSettled(entry))
  const until = unfinished.filter(isHeld).flatMap((entry) => holdOf(entry, now) ?? [])
  if (until.length === 0 || until.length < unfinished.length || notBegun(sending).length > 0) return undefined
  return Math.min(...until)
}

/** Until when another waker holds an entry, or it must be left alone. */
function holdOf(entry: Entry, now: Instant): Instant | undefined {
  const until = entry.is === 'claimed' ? entry.leaseUntil : entry.is === 'throttled' ? entry.retryAt : now
  return until > now ? until : undefined
}

/**
 * Of the ways to reach somebody, those by which an urgent notice is to go now. What went to somebody by one channel
 * goes to nobody else by another, and by no more channels than it was to go by then; nor does the rest of what failed.
 */
function waysNow(
  { noticeId }: Notice,
  ledger: Ledger,
  { to, reaches }: { readonly to: Candidate; readonly reaches: readonly Reach[] },
  now: Instant,
): { readonly channels: readonly ChannelName[]; readonly ready: readonly Reach[] } {
  const all = reaches.map(({ channel }) => channel).sort()
  const sending = ledger.lastSending(noticeId).filter(isAddressed)
  if (ledger.failure(noticeId)) return { channels: all, ready: reaches }
  const told = sending.find(
    (entry) =>
      (mayHaveBeenTold(entry) && !ledger.failureOf(entry)) ||
      (entry.is === 'claimed' && holdOf(entry, now) !== undefined),
  )
  const gone = told ?? (sending.every(isSettled) ? sending[0] : undefined)
  if (gone && gone.to !== to.contactId) return { channels: [], ready: [] }
  const channels = gone?.ways ?? all
  const isReady = ({ channel }: Reach) => {
    const own = sending.find((entry) => entry.channel === channel)
    return channels.includes(channel) && (!own || (!isSettled(own) && holdOf(own, now) === undefined))
  }
  return { channels, ready: reaches.filter(isReady) }
}

function wait(until: Instant): Decision {
  return { verb: 'wait', until }
}

function skip(reason: Reason, misses: readonly Miss[], to?: string): Decision {
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
