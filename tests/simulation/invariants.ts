import { type Instant, monthsAfter } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import {
  type Entry,
  entryId,
  isAddressed,
  isLapsed,
  isSettled,
  replaceableAs,
} from '../../shared/casefile/ledger.ts'
import type { Message } from '../../shared/channels/channel.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Items } from '../../shared/store/items.ts'
import { judgesOf } from './judges.ts'
import { clock, type Invocation, LAG_MS } from './scheduler.ts'
import type { Acceptance, Appended, Seen, Taken, Turn } from './seen.ts'

/** What is said back to whoever wrote is in no plan. */
const isSaidBack = (noticeId: string) => noticeId.startsWith('address_')
const LEGAL_ID = /^[A-Za-z0-9_-]{1,256}$/

export type Invariants = ReturnType<typeof invariantsOf>

/**
 * Sees everything that is stored and sent, and says what must not have been. What it judges by it reads from `truth`
 * itself; `items` is the same, unless a mutation stands in between.
 */
export function invariantsOf(truth: Items, items: Items, rules: Rules, now: () => Instant) {
  const ledger = new Map<CasefileId, Map<string, Entry>>()
  const versions = new Map<CasefileId, number>()
  /** With which version a head began, as first read. */
  const begins = new Map<CasefileId, number>()
  const appended: Appended[] = []
  const turns = new Map<Invocation, Turn>()
  /** By which the next wake of each casefile was last set. */
  const lastTurns = new Map<CasefileId, Turn>()
  /** What each invocation holds: by messageId, the notices in it and what tells their entries apart. */
  const claims = new Map<Invocation, Map<string, Map<string, string>>>()
  const acceptances: Acceptance[] = []
  const messagesTaken: string[] = []
  /** The notices that somebody had before them as they wrote what an invocation reads. */
  const meant = new Map<Invocation, readonly string[]>()
  /** What receipts said did not arrive. */
  const failed = new Set<string>()
  /** Events that were taken out of their casefiles, by both. */
  const forgotten = new Set<string>()
  let problem: string | undefined

  const accuse = (what: string) => {
    problem ??= `${clock(now())} ${what}`
  }
  /** Only a message that did not arrive is replaced, and what was no longer true; what arrived has arrived for good. */
  const mayReplace = (standing: Entry, entry: Entry) => {
    if (!('replaces' in entry) || entry.replaces !== replaceableAs(standing)) return false
    if (!isAddressed(standing)) return isLapsed(standing)
    if (entry.is !== 'claimed') return false
    const { noticeId, messageId } = standing
    const about = [noticeId, messageId]
    return standing.is === 'failed' || about.some((one) => failed.has(one))
  }
  const written = (id: CasefileId, entry: Entry) => {
    const entries = ledger.get(id) ?? new Map<string, Entry>()
    ledger.set(id, entries)
    const standing = entries.get(entryId(entry))
    if (!LEGAL_ID.test(entry.noticeId)) accuse(`"${entry.noticeId}" is no legal noticeId`)
    if (isSettled(standing) && !isSettled(entry) && !mayReplace(standing, entry)) {
      accuse(`${entry.noticeId} was ${standing.is} and becomes ${entry.is}`)
    }
    entries.set(entryId(entry), entry)
  }
  const claimsOf = (invocation: Invocation) => {
    const known = claims.get(invocation) ?? new Map<string, Map<string, string>>()
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
    async raise(id, ...from) {
      versions.set(id, (versions.get(id) ?? 0) + 1)
      await items.raise(id, ...from)
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
      const entry = 'entry' in item ? ledger.get(id)?.get(entryId(item.entry)) : undefined
      const at = 'event' in item ? item.event.at : entry?.at
      if (at !== undefined && monthsAfter(at, rules.settings.retentionMonths) > now() + LAG_MS) {
        accuse(`${id} forgets what is of ${clock(at)}`)
      }
      await items.forget(id, item)
    },
    async forgetHead(id, read) {
      const answer = await items.forgetHead(id, read)
      if (answer === 'forgotten') for (const known of [versions, begins]) known.delete(id)
      return answer
    },
  }
  const { wrongTo, mistakes } = judgesOf({ truth, rules, now, appended, ledger })

  return {
    items: watched,
    accuse,
    appended: () => appended,
    ledger: () => ledger,
    seen: { truth, rules, versions, appended, forgotten, acceptances, lastTurns } satisfies Seen,
    problem: () => problem,
    messages: () => messagesTaken.length,
    wasAccepted: (messageId: string) => messagesTaken.includes(messageId),
    /** The items as an invocation has them, whose reading and claiming is remembered. */
    watch(invocation: Invocation): Items {
      return {
        ...watched,
        async putEvent(id, event) {
          const mistaken = await mistakes(meant.get(invocation) ?? [], event)
          if (mistaken) accuse(mistaken)
          return watched.putEvent(id, event)
        },
        async open(id) {
          const stored = await items.open(id)
          if (!stored) return stored
          const begun = stored.head.version - (versions.get(id) ?? 0)
          if (!begins.has(id)) begins.set(id, begun)
          if (begun !== begins.get(id)) {
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
          // What a turn decides on is what it read first: an address is read again before it is asked there.
          const known = turns.get(invocation)?.neighbours
          if (known && !known.has(id)) known.set(id, events)
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
            const held = known.get(entry.messageId) ?? new Map<string, string>()
            known.set(entry.messageId, held.set(entry.noticeId, entryId(entry)))
          }
          return standing
        },
        async putEntry(id, entry) {
          await watched.putEntry(id, entry)
          // What was given back may be told by another by the time that the same message goes again.
          if (entry.is === 'throttled') claimsOf(invocation).get(entry.messageId)?.delete(entry.noticeId)
          for (const one of acceptances) {
            if (one.invocation === invocation && one.entryId === entryId(entry)) one.isUnrecorded = false
          }
        },
      }
    },
    /** An invocation reads what somebody wrote back to a message. */
    means(invocation: Invocation, { messageId }: Message) {
      const answered = acceptances.filter((one) => one.messageId === messageId)
      meant.set(
        invocation,
        answered.map(({ noticeId }) => noticeId),
      )
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
      const held = [...(claimsOf(invocation).get(message.messageId) ?? [])]
      if (!turn || held.length === 0) accuse(`${message.messageId} is sent and was not claimed`)
      else {
        const noticeIds = held.map(([noticeId]) => noticeId)
        const wrong = noticeIds.every(isSaidBack) ? undefined : await wrongTo(turn, noticeIds, message, at)
        if (wrong) accuse(`${invocation.name}: ${wrong}`)
      }
      for (const [noticeId, entryId] of held) {
        const { messageId } = message
        // A receipt names a reference: what a crash made go twice under it came back twice, for all anybody can tell.
        const isBounced = failed.has(messageId)
        acceptances.push({ noticeId, entryId, messageId, invocation, isUnrecorded: true, isBounced })
      }
      if (taken === 'unsaid') invocation.isBroken = true
      return nth
    },
  }
}
