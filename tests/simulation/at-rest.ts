import { HOUR_MS, type Instant } from '../../shared/calendar/london.ts'
import { fold, openCasefile } from '../../shared/casefile/casefile.ts'
import {
  addressKey,
  type CasefileId,
  casefileId,
  casefileOfNotice,
  kindOf,
} from '../../shared/casefile/ids.ts'
import { type Entry, isSettled } from '../../shared/casefile/ledger.ts'
import type { Ledger } from '../../shared/casefile/open-ledger.ts'
import { digestOf } from '../../shared/casefile/wire.ts'
import { neighboursOf } from '../../shared/directory/neighbours.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { choicesOf } from '../../shared/duties/catalogue.ts'
import { keepingOf } from '../../shared/duties/retention.ts'
import { type Decision, decide } from '../../shared/planning/decide.ts'
import type { Notice } from '../../shared/planning/duty.ts'
import { untoldOf } from './one-person.ts'
import { clock } from './scheduler.ts'
import type { Seen } from './seen.ts'

/** What is wrong once everything has come to rest. What rests until a better hour goes into `held`. */
export async function atRest(seen: Seen, until: Instant, held: Set<string>): Promise<string | undefined> {
  const wrong = toldTwice(seen) ?? (await lost(seen)) ?? (await untoldOf(seen))
  if (wrong) return wrong
  for (const id of seen.versions.keys()) {
    const left = await unfinished(id, seen, until, held)
    if (left) return left
  }
  return undefined
}

/** A notice that was told more often than crashes and bounces can explain; also of two casefiles that are one person's. */
function toldTwice({ acceptances }: Seen): string | undefined {
  for (const [what, times] of Map.groupBy(acceptances, ({ entryId }) => whateverTheNumber(entryId))) {
    const forgiven = times.filter((one) => one.isBounced || (one.isUnrecorded && one.invocation.isBroken))
    if (times.length > 1 + forgiven.length) {
      return `${what} is told ${times.length} times, with ${forgiven.length} crashes, unknowns or bounces`
    }
  }
  return undefined
}

/** A release is filed under its person's number, of which there may be two: what is told of it is the same. */
function whateverTheNumber(noticeId: string): string {
  const casefile = casefileOfNotice(noticeId)
  return casefile && kindOf(casefile) === 'release'
    ? noticeId.replace(/^release_[^_]+_/, 'release_')
    : noticeId
}

/** An event that was taken in and is gone, or is another. */
async function lost({ truth, appended, forgotten }: Seen): Promise<string | undefined> {
  for (const { id, event } of appended) {
    const { events = [] } = (await truth.open(id)) ?? {}
    const kept = events.find(({ eventId }) => eventId === event.eventId)
    if (!kept && !forgotten.has(`${id} ${event.eventId}`)) return `${event.eventId} is lost from ${id}`
    if (kept && digestOf(kept) !== digestOf(event)) return `${event.eventId} of ${id} became another event`
  }
  return undefined
}

/** What is still to be done in a casefile where all should have been, or will be too late. */
async function unfinished(
  id: CasefileId,
  seen: Seen,
  until: Instant,
  held: Set<string>,
): Promise<string | undefined> {
  const { truth, rules, lastTurns } = seen
  const stored = await truth.open(id)
  if (!stored) return undefined
  for (const entry of stored.entries) {
    if (await isUnanswerable(entry, seen))
      return `${entry.noticeId} is asked by text message, and a reply finds no question`
  }
  const casefile = openCasefile(id, stored.events, stored.entries)
  const ask = neighboursOf(casefile, truth.events)
  const last = lastTurns.get(id)
  const askThen = neighboursOf(casefile, async (other) => last?.neighbours.get(other) ?? [])
  const wakesAt = stored.head.wake
  const { isOver, next } = keepingOf(casefile, stored, around(plan(casefile, rules), until), rules, until)
  // A head of which nothing is left says nothing of anybody, and goes when it is next looked at.
  const isBare = stored.events.length + stored.entries.length === 0
  if (isOver && !isBare && next < until - HOUR_MS) return `${id} was to be forgotten at ${clock(next)}`
  for (const notice of around(plan(casefile, rules), until)) {
    const decision = await ask((neighbours) => decide(notice, casefile.ledger, neighbours, rules, until))
    if (decision.verb === 'rest') continue
    if (decision.verb === 'wait' && notice.due <= until) held.add(notice.noticeId)
    if (isToldAlready(casefile.ledger, notice, decision)) continue
    // A neighbour's change moves no wake: what counts is what was to be done when it was last looked at.
    if (last?.now !== undefined && notice.due <= last.now) {
      const at = last.now
      const known = await askThen((then) => decide(notice, casefile.ledger, then, rules, at))
      if (known.verb === 'rest' || isToldAlready(casefile.ledger, notice, known)) continue
      if (known.verb === 'wait' && wakesAt <= known.until && wakesAt > until) {
        held.add(notice.noticeId)
        continue
      }
    }
    if (decision.verb !== 'wait') {
      return `${notice.noticeId}, due at ${clock(notice.due)}, is still to be ${decision.verb === 'send' ? 'sent' : 'skipped'} at ${clock(until)}`
    }
    if (decision.until < wakesAt) {
      return `${id} wakes at ${clock(wakesAt)}, too late for ${notice.noticeId} at ${clock(decision.until)}`
    }
  }
  return undefined
}

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

/** Whether a question was put by text message, and the number it went to does not know what a reply is about. */
async function isUnanswerable(entry: Entry, { truth }: Seen): Promise<boolean> {
  if (entry.is !== 'sent' || entry.channel !== 'sms' || choicesOf(entry).length === 0) return false
  const number = await truth.open(casefileId('address', addressKey(entry.address)))
  const { questions } = fold('address', number?.events ?? [])
  return !questions.some(({ noticeId }) => noticeId === entry.noticeId)
}
