import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { Casefile } from '../../shared/casefile/casefile.ts'
import { type CasefileId, digest, keyOf, kindOf, placeOf } from '../../shared/casefile/ids.ts'
import { type Entry, isAddressed, isSettled, NOT_KNOWN, type Reason } from '../../shared/casefile/ledger.ts'
import type { Ledger } from '../../shared/casefile/open-ledger.ts'
import { letterheadOf } from '../../shared/directory/letterhead.ts'
import type { Neighbours } from '../../shared/directory/neighbours.ts'
import type { Letterhead } from '../../shared/messages/letterheads.ts'
import { type Decision, decide, type Way } from '../../shared/planning/decide.ts'
import type { Notice, Planned } from '../../shared/planning/duty.ts'
import type { Rules } from '../../shared/planning/rules.ts'

/** What a casefile is to do at one instant, and how long it may then be left alone. */
export type Turn = {
  readonly messages: readonly Message[]
  /** What is not told, with its reason. */
  readonly closings: readonly Closing[]
  /** The earliest of what waits; undefined when nothing does. */
  readonly next: Instant | undefined
}

/** What goes to one recipient together. */
export type Message = {
  readonly messageId: string
  readonly letterhead: Letterhead
  readonly sends: readonly Send[]
}

/** A notice on one of the ways in which it goes. */
export type Send = {
  readonly notice: Notice
  readonly decision: Extract<Decision, { verb: 'send' }>
  readonly way: Way
  /** From when it could have been told. */
  readonly since: Instant
}

export type Closing = Extract<Entry, { is: 'failed' | 'skipped' }>

/** What a turn is made from besides its notices. */
export type TurnInput = {
  readonly casefile: Casefile
  readonly neighbours: Neighbours
  readonly rules: Rules
  /** Notices of which a provider cannot say now whether it took them: it is asked again first. */
  readonly unknown: ReadonlySet<string>
  /** When the casefile was to be woken for this turn. */
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
    } else if (!isSettled(ledger.entry(notice.noticeId))) {
      const { misses, to } = decision
      closings.push(...skip(notice, { reason: 'told-already', misses, to: to.contactId }, ledger, now))
    }
  }
  for (const entry of ledger.entries) {
    if (isSettled(entry) || accountedFor.has(entry.noticeId)) continue
    // By a clock that is behind it is not due yet, and so in no plan.
    if (entry.due > now) ahead.push(entry.due)
    else if (entry.is === 'claimed' && entry.leaseUntil > now) ahead.push(entry.leaseUntil)
    else closings.push(closed(entry, 'no-longer-true', now))
  }
  const next = ahead.length > 0 ? Math.min(...ahead) : undefined
  return { messages: messagesOf(input, sends), closings, next }
}

/** A wake is when the first notice could be told. One that a provider gave back could be told before that. */
function sinceOf({ noticeId, due }: Notice, { reach }: Way, ledger: Ledger, wake: Instant): Instant {
  const begun = ledger
    .lastSending(noticeId)
    .find((entry) => !isSettled(entry) && (!entry.ways || entry.channel === reach.channel))
  return (begun && isAddressed(begun) ? begun.since : undefined) ?? Math.max(due, wake)
}

/** What every entry says of its notice. */
export function named(notice: Notice, at: Instant) {
  const { noticeId, duty, step, occasion, due, because } = notice
  return { noticeId, duty, step, occasion, due, because, at }
}

/** Throttled casefiles come back over a minute, each at its own second, not all at once. */
export function spread(casefile: CasefileId): number {
  return placeOf(casefile) % MINUTE_MS
}

/** A notice that is not told; of an urgent one that was begun, each of its channels. */
function skip(
  notice: Notice,
  { reason, misses, to }: Omit<Extract<Decision, { verb: 'skip' }>, 'verb'>,
  ledger: Ledger,
  at: Instant,
): Closing[] {
  const sending = ledger.lastSending(notice.noticeId)
  const begun = sending.flatMap((entry) => (isSettled(entry) || !entry.ways ? [] : [entry]))
  if (begun.length > 0) return begun.map((entry) => closed(entry, reason, at))
  return [{ ...named(notice, at), is: 'skipped', reason, misses, to, role: notice.role }]
}

/**
 * What was begun and is not told, once nobody holds it: a claim may have gone, what was given back did not. Of what
 * goes by several channels only the whole can be skipped: by one of them it has failed.
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

/** Somebody who would get one step twice gets it once. */
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

/** One message per recipient and channel; what must go alone goes alone. */
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
 * A first message of one notice bears its id; one of several, one sent in place of another, or one beside another by
 * another channel, a digest. Receipts route by either.
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
