import { aboutOf, openQuestionsAt } from '../../functions/answers/questions.ts'
import { isQuiet } from '../../shared/calendar/hours.ts'
import { HOUR_MS, type Instant } from '../../shared/calendar/london.ts'
import { fold, openCasefile } from '../../shared/casefile/casefile.ts'
import { compareEvents, type DomainEvent } from '../../shared/casefile/events.ts'
import {
  addressKey,
  type CasefileId,
  casefileId,
  casefileOfNotice,
  kindOf,
} from '../../shared/casefile/ids.ts'
import type { Entry, Role } from '../../shared/casefile/ledger.ts'
import type { Message } from '../../shared/channels/channel.ts'
import { neighboursOf } from '../../shared/directory/neighbours.ts'
import type { Candidate } from '../../shared/directory/reach.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { decide } from '../../shared/planning/decide.ts'
import type { Notice } from '../../shared/planning/duty.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Items } from '../../shared/store/items.ts'
import { forbidden } from './forbidden.ts'
import { clock, LAG_MS } from './scheduler.ts'
import type { Appended, Turn } from './seen.ts'

const NOTHING = { noticeId: '', duty: '', step: '', occasion: '' }
const EVER = Number.POSITIVE_INFINITY
/** By then a reply that broke off half way came again. */
const REDELIVERED_MS = 6 * HOUR_MS
/** Whoever may hear of nothing once the number said STOP: a worker still hears of what must not wait. */
const PRIVATE: readonly Role[] = ['person', 'holder', 'meeter']

/** What judges read: what truly lies in the store, what came into it, and what became of every notice. */
type Evidence = {
  readonly truth: Items
  readonly rules: Rules
  readonly now: () => Instant
  readonly appended: readonly Appended[]
  readonly ledger: ReadonlyMap<CasefileId, ReadonlyMap<string, Entry>>
}

/** Say what is wrong with telling a notice, and with what somebody's answer was taken for. */
export function judgesOf({ truth, rules, now, appended, ledger }: Evidence) {
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
      if (!decision.ways.some(({ reach }) => reach.address === message.address))
        return `${noticeId} is told to another than ${decision.to.contactId}`
      if (decision.to.role === 'person' && isQuietAt(at))
        return `${noticeId} disturbs a person at ${clock(at)}`
      const why = forbidden(casefile.id, stored.events, notice, decision.to.role, at)
      if (why) return `${noticeId} is told to the ${decision.to.role}, though ${why}`
      // Neighbours are read when something is about to be told: what was said meanwhile may have been heard or not.
      const [early, late] = [turn.appended, appended.length]
      const refusal =
        refusalOf(decision.to, notice, message, early) && refusalOf(decision.to, notice, message, late)
      if (refusal) return `${noticeId} is told to ${decision.to.contactId}, who ${refusal}`
    }
    return undefined
  }
  const { quiet } = rules.settings
  /** By the taker's clock, and by the wall's where the two being askew cannot explain it. */
  const isQuietAt = (at: Instant) =>
    isQuiet(quiet, at) || [now(), now() - LAG_MS, now() + LAG_MS].every((one) => isQuiet(quiet, one))

  /** Why somebody would not be told on this channel, as far as anybody had said. */
  const refusalOf = (
    { contactId, role }: Candidate,
    { casefile, despiteStop }: Pick<Notice, 'casefile' | 'despiteStop'>,
    message: Message,
    known: number,
  ): string | undefined => {
    const { channel, address } = message
    const mustHear = !PRIVATE.includes(role) && (despiteStop === true || kindOf(casefile) === 'release')
    let isOut = false
    let isStopped = false
    let isClosed = false
    for (const { id, event, at } of appended
      .slice(0, known)
      .sort((a, b) => compareEvents(a.event, b.event))) {
      const { type, info } = event
      if (type === 'contact.updated' && info.contactId === contactId) isClosed = info.doNotMessage === true
      if (type !== 'contact.opted-out' && type !== 'contact.opted-in') continue
      if (info.channel !== channel && info.channel !== 'all') continue
      // Said from a number it is the number's wish, and no contact's own: once it stands there, or should have long since.
      const stands = kindOf(id) === 'address' || at <= now() - REDELIVERED_MS
      if (info.address === address && stands) isStopped = type === 'contact.opted-out'
      if (info.address === undefined && info.contactId === contactId) isOut = type === 'contact.opted-out'
    }
    if (isClosed) return 'is not to be messaged'
    return isOut || (isStopped && !mustHear) ? `opted out of ${channel}` : undefined
  }

  const entryOf = (noticeId: string) => {
    const casefile = casefileOfNotice(noticeId)
    const entries = casefile && ledger.get(casefile)?.values()
    return entries && [...entries].find((entry) => entry.noticeId === noticeId)
  }
  /** What is wrong with taking an answer for one to its question, when somebody had these notices before them. */
  const mistakes = async (before: readonly string[], { eventId, at }: DomainEvent) => {
    const [, noticeId = ''] = /^answer\/([^/]+)\//.exec(eventId) ?? []
    const taken = entryOf(noticeId)
    const asked = before.flatMap((one) => aboutOf(entryOf(one) ?? NOTHING) ?? [])
    if (!taken || !('address' in taken) || asked.includes(aboutOf(taken) ?? '')) return undefined
    const number = casefileId('address', addressKey(taken.address))
    // Asked there again, it is the same question, whoever of those who share the number was asked last.
    const { questions } = fold('address', await truth.events(number, ['contact', 'address']))
    const open = (await openQuestionsAt(questions, truth, at)).find((one) =>
      asked.includes(aboutOf(one) ?? ''),
    )
    return open && `an answer to ${open.noticeId} is taken for one to ${noticeId}`
  }
  return { wrongTo, mistakes }
}
