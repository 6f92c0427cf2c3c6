import { isQuiet } from '../../shared/calendar/hours.ts'
import { HOUR_MS, type Instant, monthsAfter } from '../../shared/calendar/london.ts'
import { fold, openCasefile } from '../../shared/casefile/casefile.ts'
import { compareEvents, type DomainEvent } from '../../shared/casefile/events.ts'
import { addressKey, type CasefileId, casefileId } from '../../shared/casefile/ids.ts'
import { type Entry, isAddressed, isSettled, type Ledger } from '../../shared/casefile/ledger.ts'
import type { Message } from '../../shared/channels/channel.ts'
import { neighboursOf } from '../../shared/directory/neighbours.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { choicesOf } from '../../shared/duties/catalogue.ts'
import { keepingOf } from '../../shared/duties/retention.ts'
import { type Decision, decide } from '../../shared/planning/decide.ts'
import type { Notice } from '../../shared/planning/duty.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Items } from '../../shared/store/items.ts'
import type { Stored } from '../../shared/store/store.ts'
import { clock, type Invocation, LAG_MS } from './scheduler.ts'

/** Whether the taker of a message was told that the provider had taken it. */
export type Taken = 'said' | 'unsaid'

/** What one invocation knew when it opened a casefile, and what it has claimed since. */
type Turn = {
  readonly id: CasefileId
  readonly stored: Stored
  readonly neighbours: Map<CasefileId, readonly DomainEvent[]>
  /** How much had been appended anywhere by then. */
  readonly appended: number
  now: Instant | undefined
}

/** A notice that the provider took, in a message. */
type Acceptance = {
  readonly noticeId: string
  readonly messageId: string
  readonly invocation: Invocation
  /** Its sender has not recorded it. */
  isUnrecorded: boolean
  /** It came back, so that the notice may be told by another channel or to somebody else. */
  isBounced: boolean
}

export type Appended = { readonly id: CasefileId; readonly event: DomainEvent; readonly at: Instant }

/** It came back, and the stand-in has been told the same: nothing more is done. */
function isToldAlready(
  ledger: Ledger,
  { noticeId, duty, step, occasion }: Notice,
  decision: Decision,
): boolean {
  if (decision.verb !== 'send' || !isSettled(ledger.entry(noticeId))) return false
  const to = decision.to.contactId
  return ledger
    .of(duty, step, occasion)
    .some((entry) => entry.is === 'sent' && entry.to === to && entry.noticeId !== noticeId)
}

const LEGAL_ID = /^[A-Za-z0-9_-]{1,256}$/
const EVER = Number.POSITIVE_INFINITY

export type Invariants = ReturnType<typeof invariantsOf>

/**
 * Sees everything that is stored and sent, and says what must not have been. What it judges by it reads from `truth`
 * itself; `items` is the same, unless a mutation stands in between.
 */
export function invariantsOf(truth: Items, items: Items, rules: Rules, now: () => Instant) {
  const ledger = new Map<CasefileId, Map<string, Entry>>()
  const versions = new Map<CasefileId, number>()
  const appended: Appended[] = []
  const turns = new Map<Invocation, Turn>()
  /** By which the next wake of each casefile was last set. */
  const lastTurns = new Map<CasefileId, Turn>()
  const claims = new Map<Invocation, Map<string, Set<string>>>()
  const acceptances: Acceptance[] = []
  const messagesTaken: string[] = []
  /** What receipts said did not arrive. */
  const failed = new Set<string>()
  /** Events that were taken out of their casefiles, by both. */
  const forgotten = new Set<string>()
  let problem: string | undefined

  const accuse = (what: string) => {
    problem ??= `${clock(now())} ${what}`
  }
  /** Only a message that did not arrive is replaced; one that did has arrived for good. */
  const mayReplace = (standing: Entry, entry: Entry) => {
    if (entry.is !== 'claimed' || !isAddressed(standing) || entry.replaces !== standing.messageId)
      return false
    const { noticeId, messageId } = standing
    const about = [noticeId, messageId]
    return standing.is === 'failed' || about.some((one) => failed.has(one))
  }
  const written = (id: CasefileId, entry: Entry) => {
    const entries = ledger.get(id) ?? new Map<string, Entry>()
    ledger.set(id, entries)
    const standing = entries.get(entry.noticeId)
    if (!LEGAL_ID.test(entry.noticeId)) accuse(`"${entry.noticeId}" is no legal noticeId`)
    if (isSettled(standing) && !isSettled(entry) && !mayReplace(standing, entry)) {
      accuse(`${entry.noticeId} was ${standing.is} and becomes ${entry.is}`)
    }
    entries.set(entry.noticeId, entry)
  }
  const claimsOf = (invocation: Invocation) => {
    const known = claims.get(invocation) ?? new Map<string, Set<string>>()
    claims.set(invocation, known)
    return known
  }

  /** The items, with every write checked. */
  const watched: Items = {
    ...items,
    async putEvent(id, event) {
      const answer = await items.putEvent(id, event)
      if (answer === 'added') appended.push({ id, event, at: now() })
      if (event.type === 'notice.failed') {
        const { noticeId } = event.info
        failed.add(noticeId)
        for (const one of acceptances) {
          if (one.messageId === noticeId || one.noticeId === noticeId) one.isBounced = true
        }
      }
      return answer
    },
    async raise(id, from) {
      versions.set(id, (versions.get(id) ?? 0) + 1)
      await items.raise(id, from)
    },
    async putClaim(id, entry, at) {
      const standing = await items.putClaim(id, entry, at)
      if (!standing) written(id, entry)
      return standing
    },
    async putEntry(id, entry) {
      await items.putEntry(id, entry)
      written(id, entry)
    },
    async forget(id, item) {
      if ('event' in item) forgotten.add(`${id} ${item.event.eventId}`)
      const entry = 'entry' in item ? ledger.get(id)?.get(item.entry.noticeId) : undefined
      const at = 'event' in item ? item.event.at : entry?.at
      if (at !== undefined && monthsAfter(at, rules.settings.retentionMonths) > now() + LAG_MS) {
        accuse(`${id} forgets what is of ${clock(at)}`)
      }
      await items.forget(id, item)
    },
    async forgetHead(id, read) {
      const answer = await items.forgetHead(id, read)
      if (answer === 'forgotten') versions.delete(id)
      return answer
    },
  }

  /** What is wrong with telling a notice on what was known; undefined when nothing is. */
  const wrongTo = async (turn: Turn, noticeIds: readonly string[], message: Message, at: Instant) => {
    const { id, stored, neighbours: known } = turn
    const casefile = openCasefile(id, stored.events, stored.entries)
    const ask = neighboursOf(casefile, async (other) => known.get(other) ?? [])
    const planned = new Map(around(plan(casefile, rules), at).map((one) => [one.noticeId, one]))
    for (const noticeId of noticeIds) {
      const notice = planned.get(noticeId)
      if (!notice) return `${noticeId} is told and not in the plan`
      if (notice.untold) return `${noticeId} is told though ${notice.untold}`
      if (notice.due > at) return `${noticeId} is told before it is due at ${clock(notice.due)}`
      const stale = notice.stale ?? EVER
      if (stale <= at) return `${noticeId} is told though stale since ${clock(stale)}`
      if (stale + LAG_MS <= now())
        return `${noticeId} is told at ${clock(now())}, stale since ${clock(stale)}`
      const decision = await ask((neighbours) => decide(notice, casefile.ledger, neighbours, rules, at))
      if (decision.verb !== 'send') {
        const why = 'reason' in decision ? ` (${decision.reason})` : ''
        return `${noticeId} is told where the casefile as it was says ${decision.verb}${why}`
      }
      if (decision.reach.address !== message.address)
        return `${noticeId} is told to another than ${decision.to.contactId}`
      if (decision.to.role === 'person' && isQuietAt(at))
        return `${noticeId} disturbs a person at ${clock(at)}`
      const refusal = refusalOf(decision.to.contactId, message, turn.appended)
      if (refusal) return `${noticeId} is told to ${decision.to.contactId}, who ${refusal}`
    }
    return undefined
  }
  const { quiet } = rules.settings
  /** By the taker's clock, and by the wall's where the two being askew cannot explain it. */
  const isQuietAt = (at: Instant) =>
    isQuiet(quiet, at) || [now(), now() - LAG_MS, now() + LAG_MS].every((one) => isQuiet(quiet, one))

  /** Why somebody would not be told on this channel, as far as anybody had said. */
  const refusalOf = (contactId: string, { channel }: Message, known: number): string | undefined => {
    const own = casefileId('contact', contactId)
    const said = appended
      .slice(0, known)
      .flatMap(({ id, event }) => (id === own ? [event] : []))
      .sort(compareEvents)
    let isOut = false
    let isClosed = false
    for (const { type, info } of said) {
      if (type === 'contact.updated') isClosed = info.doNotMessage === true
      if (type !== 'contact.opted-out' && type !== 'contact.opted-in') continue
      if (info.channel === channel || info.channel === 'all') isOut = type === 'contact.opted-out'
    }
    return isClosed ? 'is not to be messaged' : isOut ? `opted out of ${channel}` : undefined
  }

  /** Whether a question was put by text message, and the number it went to does not know what a reply is about. */
  const isUnanswerable = async (entry: Entry) => {
    if (entry.is !== 'sent' || entry.channel !== 'sms' || choicesOf(entry).length === 0) return false
    const number = await truth.open(casefileId('address', addressKey(entry.address)))
    const { questions } = fold('address', number?.events ?? [])
    return !questions.some(({ noticeId }) => noticeId === entry.noticeId)
  }

  return {
    items: watched,
    accuse,
    appended: () => appended,
    ledger: () => ledger,
    problem: () => problem,
    messages: () => messagesTaken.length,
    wasAccepted: (messageId: string) => messagesTaken.includes(messageId),
    /** The items as an invocation has them, whose reading and claiming is remembered. */
    watch(invocation: Invocation): Items {
      return {
        ...watched,
        async open(id) {
          const stored = await items.open(id)
          if (!stored) return stored
          if (stored.head.version !== (versions.get(id) ?? 0)) {
            accuse(`the version of ${id} is ${stored.head.version} after ${versions.get(id)} intakes`)
          }
          const held = items === truth ? stored : ((await truth.open(id)) ?? stored)
          turns.set(invocation, {
            id,
            stored: held,
            neighbours: new Map(),
            appended: appended.length,
            now: undefined,
          })
          return stored
        },
        async events(id, nouns) {
          const events = await items.events(id, nouns)
          turns.get(invocation)?.neighbours.set(id, events)
          return events
        },
        async setWake(id, read, wake, planned) {
          const answer = await items.setWake(id, read, wake, planned)
          const turn = turns.get(invocation)
          if (answer === 'set' && turn) lastTurns.set(id, turn)
          return answer
        },
        async putClaim(id, entry, at) {
          const standing = await watched.putClaim(id, entry, at)
          if (!standing && entry.is === 'claimed') {
            const known = claimsOf(invocation)
            known.set(entry.messageId, (known.get(entry.messageId) ?? new Set()).add(entry.noticeId))
          }
          return standing
        },
        async putEntry(id, entry) {
          await watched.putEntry(id, entry)
          // What was given back may be told by another by the time that the same message goes again.
          if (entry.is === 'throttled') claimsOf(invocation).get(entry.messageId)?.delete(entry.noticeId)
          for (const one of acceptances) {
            if (one.invocation === invocation && one.noticeId === entry.noticeId) one.isUnrecorded = false
          }
        },
      }
    },
    tellTime(invocation: Invocation, at: Instant): Instant {
      const turn = turns.get(invocation)
      if (turn) turn.now ??= at
      return at
    },
    /** An invocation met an error: what it sent and had not written down may be sent again. */
    broke(invocation: Invocation) {
      invocation.isBroken = true
    },
    /** A message was taken by the provider. Gives how many with its reference were before. */
    async accepted(message: Message, at: Instant, invocation: Invocation, taken: Taken): Promise<number> {
      const nth = messagesTaken.filter((other) => other === message.messageId).length
      messagesTaken.push(message.messageId)
      const turn = turns.get(invocation)
      const noticeIds = [...(claimsOf(invocation).get(message.messageId) ?? [])]
      if (!turn || noticeIds.length === 0) accuse(`${message.messageId} is sent and was not claimed`)
      else {
        const wrong = await wrongTo(turn, noticeIds, message, at)
        if (wrong) accuse(`${invocation.name}: ${wrong}`)
      }
      for (const noticeId of noticeIds) {
        const { messageId } = message
        // A receipt names a reference: what a crash made go twice under it came back twice, for all anybody can tell.
        const isBounced = failed.has(messageId)
        acceptances.push({ noticeId, messageId, invocation, isUnrecorded: true, isBounced })
      }
      if (taken === 'unsaid') invocation.isBroken = true
      return nth
    },
    /** What is wrong once everything has come to rest. What rests until a better hour goes into `held`. */
    async atRest(until: Instant, held: Set<string>): Promise<string | undefined> {
      const told = Map.groupBy(acceptances, ({ noticeId }) => noticeId)
      for (const [noticeId, times] of told) {
        const forgiven = times.filter((one) => one.isBounced || (one.isUnrecorded && one.invocation.isBroken))
        if (times.length > 1 + forgiven.length) {
          return `${noticeId} is told ${times.length} times, with ${forgiven.length} crashes, unknowns or bounces`
        }
      }
      for (const { id, event } of appended) {
        const { events = [] } = (await truth.open(id)) ?? {}
        const isKept = events.some(({ eventId }) => eventId === event.eventId)
        if (!isKept && !forgotten.has(`${id} ${event.eventId}`)) return `${event.eventId} is lost from ${id}`
      }
      for (const id of versions.keys()) {
        const stored = await truth.open(id)
        if (!stored) continue
        for (const entry of stored.entries) {
          if (await isUnanswerable(entry))
            return `${entry.noticeId} is asked by text message, and a reply finds no question`
        }
        const casefile = openCasefile(id, stored.events, stored.entries)
        const ask = neighboursOf(casefile, truth.events)
        const last = lastTurns.get(id)
        const askThen = neighboursOf(casefile, async (other) => last?.neighbours.get(other) ?? [])
        const wakesAt = stored.head.wake
        const { isOver, next } = keepingOf(
          casefile,
          stored,
          around(plan(casefile, rules), until),
          rules,
          until,
        )
        if (isOver && next < until - HOUR_MS) return `${id} was to be forgotten at ${clock(next)}`
        for (const notice of around(plan(casefile, rules), until)) {
          const decision = await ask((neighbours) =>
            decide(notice, casefile.ledger, neighbours, rules, until),
          )
          if (decision.verb === 'rest') continue
          if (decision.verb === 'wait' && notice.due <= until) held.add(notice.noticeId)
          if (isToldAlready(casefile.ledger, notice, decision)) continue
          // A neighbour's change moves no wake: what counts is what was to be done when it was last looked at.
          if (last?.now !== undefined && notice.due <= last.now) {
            const at = last.now
            const known = await askThen((then) => decide(notice, casefile.ledger, then, rules, at))
            if (known.verb === 'rest' || isToldAlready(casefile.ledger, notice, known)) continue
            if (known.verb === 'wait' && wakesAt <= known.until && wakesAt > until) continue
          }
          if (decision.verb !== 'wait') {
            return `${notice.noticeId}, due at ${clock(notice.due)}, is still to be ${decision.verb === 'send' ? 'sent' : 'skipped'} at ${clock(until)}`
          }
          if (decision.until < wakesAt) {
            return `${id} wakes at ${wakesAt === EVER ? 'never' : clock(wakesAt)}, too late for ${notice.noticeId} at ${clock(decision.until)}`
          }
        }
      }
      return undefined
    },
  }
}
