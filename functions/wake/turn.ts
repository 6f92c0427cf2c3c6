import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { Casefile } from '../../shared/casefile/casefile.ts'
import { type CasefileId, digest, keyOf, kindOf, placeOf } from '../../shared/casefile/ids.ts'
import {
  type Entry,
  isAddressed,
  isLapsed,
  isSettled,
  NOT_KNOWN,
  type Reason,
  replaceableAs,
} from '../../shared/casefile/ledger.ts'
import type { Ledger } from '../../shared/casefile/open-ledger.ts'
import { letterheadOf } from '../../shared/directory/letterhead.ts'
import type { Neighbours } from '../../shared/directory/neighbours.ts'
import type { Letterhead } from '../../shared/messages/letterheads.ts'
import { type Decision, decide, type Way } from '../../shared/planning/decide.ts'
import type { Notice, Planned } from '../../shared/planning/duty.ts'
import type { Rules } from '../../shared/planning/rules.ts'

/** What a casefile should do at one instant, and how long it may then rest. */
export type Turn = {
  readonly messages: readonly Message[]
  /** What is not told, with its reason. */
  readonly closings: readonly Closing[]
  /** The earliest time of what waits; undefined if nothing does. */
  readonly next: Instant | undefined
}

/** The notices that go to one recipient together. */
export type Message = {
  readonly messageId: string
  readonly letterhead: Letterhead
  readonly sends: readonly Send[]
}

/** A notice, and one of the ways it is sent. */
export type Send = {
  readonly notice: Notice
  readonly decision: Extract<Decision, { verb: 'send' }>
  readonly way: Way
  /** From when it could have been told. */
  readonly since: Instant
}

export type Closing = Extract<Entry, { is: 'failed' | 'skipped' }>

/** The input of a turn besides its notices. */
export type TurnInput = {
  readonly casefile: Casefile
  readonly neighbours: Neighbours
  readonly rules: Rules
  /** Notices about which a provider currently cannot say whether it accepted them: it is asked again first. */
  readonly unknown: ReadonlySet<string>
  /** The wake that led to this turn. */
  readonly wake: Instant
  readonly now: Instant
}

/** How soon a provider that could not say is asked again. */
const ASK_AGAIN_MS = MINUTE_MS

/** Decides about each notice of a plan: a pure function of the casefile, its neighbours and the time. */
export function turnOf(notices: readonly Planned[], input: TurnInput): Turn {
  const { casefile, neighbours, rules, unknown, wake, now } = input
  const { ledger } = casefile
  const ahead: Instant[] = unknown.size > 0 ? [now + ASK_AGAIN_MS + spread(casefile.id)] : []
  const sends: Send[] = []
  const closings: Closing[] = []
  const accountedFor = new Set(unknown)
  for (const notice of notices) {
    if (unknown.has(notice.noticeId)) continue
    const decision = decide(notice, ledger, neighbours, rules, now)
    if (decision.verb === 'rest') continue
    accountedFor.add(notice.noticeId)
    if (decision.verb === 'wait') {
      ahead.push(decision.until)
    } else if (decision.verb === 'skip') {
      closings.push(...skip(notice, decision, ledger, now))
    } else if (!toldAlready(casefile, sends, notice, decision)) {
      sends.push(
        ...decision.ways.map((way) => ({ notice, decision, way, since: sinceOf(notice, way, ledger, wake) })),
      )
    } else if (isOpen(ledger.entry(notice.noticeId))) {
      const { misses, to } = decision
      closings.push(...skip(notice, { reason: 'told-already', misses, to: to.contactId }, ledger, now))
    }
  }
  for (const entry of ledger.entries) {
    if (isSettled(entry) || accountedFor.has(entry.noticeId)) continue
    // If this clock is behind, it is not due yet, and so in no plan.
    if (entry.due > now) ahead.push(entry.due)
    else if (entry.is === 'claimed' && entry.leaseUntil > now) ahead.push(entry.leaseUntil)
    else closings.push(closed(entry, 'no-longer-true', now))
  }
  const next = ahead.length > 0 ? Math.min(...ahead) : undefined
  return { messages: messagesOf(input, sends), closings, next }
}

/** Nothing was said of it yet, or only that it was no longer true. */
function isOpen(entry: Entry | undefined): boolean {
  return !isSettled(entry) || isLapsed(entry)
}

/** A wake is when the first notice could be told. A notice that a provider gave back could be told before that. */
function sinceOf({ noticeId, due }: Notice, { reach }: Way, ledger: Ledger, wake: Instant): Instant {
  const begun = ledger
    .lastSending(noticeId)
    .find((entry) => !isSettled(entry) && (!entry.ways || entry.channel === reach.channel))
  return (begun && isAddressed(begun) ? begun.since : undefined) ?? Math.max(due, wake)
}

/** The fields that every entry has about its notice. */
export function named(notice: Notice, at: Instant) {
  const { noticeId, duty, step, occasion, due, because } = notice
  return { noticeId, duty, step, occasion, due, because, at }
}

/** Throttled casefiles are retried over a minute, each at its own second. */
export function spread(casefile: CasefileId): number {
  return placeOf(casefile) % MINUTE_MS
}

/** A notice that is not told; for an urgent one already begun, one entry for each channel. */
function skip(
  notice: Notice,
  { reason, misses, to }: Omit<Extract<Decision, { verb: 'skip' }>, 'verb'>,
  ledger: Ledger,
  at: Instant,
): Closing[] {
  const sending = ledger.lastSending(notice.noticeId)
  const begun = sending.flatMap((entry) => (isSettled(entry) || !entry.ways ? [] : [entry]))
  if (begun.length > 0) return begun.map((entry) => closed(entry, reason, at))
  const [lapsed] = sending.filter(isLapsed)
  const replaces = lapsed && { replaces: replaceableAs(lapsed) }
  return [{ ...named(notice, at), is: 'skipped', reason, misses, to, role: notice.role, ...replaces }]
}

/**
 * An entry that was begun and will not be completed, once nobody holds it: a claim may have been sent, a message given
 * back was not. A notice with several channels can only be skipped as a whole: on one channel it has failed.
 */
function closed(
  unfinished: Extract<Entry, { is: 'claimed' | 'throttled' }>,
  why: Reason,
  at: Instant,
): Closing {
  const { noticeId, duty, step, occasion, due, because } = unfinished
  const { to, role, channel, address, language, misses, messageId, failed, ways } = unfinished
  const said = { noticeId, duty, step, occasion, due, because, at, to, role, misses }
  if (unfinished.is === 'throttled' && !ways) return { ...said, is: 'skipped', reason: why }
  const reason = unfinished.is === 'claimed' ? NOT_KNOWN : why
  return {
    ...said,
    ...{ channel, address, language, messageId, failed, is: 'failed', reason },
    ...(ways && { ways }),
  }
}

/** Nobody is told the same step twice. */
function toldAlready(
  casefile: Casefile,
  sends: readonly Send[],
  notice: Notice,
  decision: Send['decision'],
): boolean {
  const { duty, step, occasion } = notice
  const to = decision.to.contactId
  return (
    sends.some(
      (send) =>
        send.decision.to.contactId === to &&
        send.notice.noticeId !== notice.noticeId &&
        send.notice.duty === duty &&
        send.notice.step === step &&
        send.notice.occasion === occasion,
    ) ||
    casefile.ledger
      .of(duty, step, occasion)
      .some((entry) => entry.is === 'sent' && entry.to === to && entry.noticeId !== notice.noticeId)
  )
}

/** One message per recipient and channel; notices that must be alone get their own. */
function messagesOf({ casefile, neighbours, rules }: TurnInput, sends: readonly Send[]): Message[] {
  const groups = Map.groupBy(sends, ({ notice, decision, way: { reach, before } }) =>
    notice.alone || before.shortest
      ? [notice.noticeId, reach.channel].join(' ')
      : [decision.to.contactId, reach.address, reach.language].join(' '),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const letterhead = letterheadOf(casefile, first.decision.to, neighbours, rules.settings.letterheads)
    return [{ messageId: messageIdOf(casefile.id, group), letterhead, sends: group }]
  })
}

/**
 * The first message of a single notice has the notice's id; a message of several notices, a replacement, or one of
 * several channels has a digest. Receipts can be routed by either.
 */
function messageIdOf(casefile: CasefileId, sends: readonly Send[]): string {
  const [first] = sends
  if (!first) throw new Error('a message is of one notice at least')
  const { decision, way } = first
  const isByMore = decision.channels !== undefined && decision.channels.length > 1
  const isFirst = sends.length === 1 && way.before.failed.length === 0
  if (isFirst && !isByMore) return first.notice.noticeId
  const channel = isByMore ? [way.reach.channel] : []
  const ids = sends.flatMap(({ notice, way: { before } }) => [notice.noticeId, ...before.failed, ...channel])
  return `${kindOf(casefile)}_${keyOf(casefile)}_message_${digest(ids.join(' '), 24)}`
}
