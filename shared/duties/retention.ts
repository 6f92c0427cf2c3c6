import { DAY_MS, type Instant, londonTime, monthsAfter } from '../calendar/london.ts'
import { type Casefile, openCasefile, type States } from '../casefile/casefile.ts'
import { lapseOf } from '../casefile/clearance.ts'
import { compareEvents, type DomainEvent, type EventType } from '../casefile/events.ts'
import { type Kind, kindOf } from '../casefile/ids.ts'
import { type Entry, isAddressed, isSettled } from '../casefile/ledger.ts'
import { orderEnd, orderRunsUntil } from '../casefile/order.ts'
import { repliesIn } from '../casefile/replies.ts'
import type { Planned } from '../planning/duty.ts'
import type { Rules } from '../planning/rules.ts'
import { around, plan } from './all.ts'
import { superseded } from './superseded.ts'

/**
 * What may be forgotten. An order, a clearance, a release or a person is forgotten whole, once for the months of
 * retention nothing has happened in it, nothing was told and nothing was due. A contact, a prison, a rota and an address last:
 * of these goes what is that old and says nothing any more.
 */

/** What lies in a casefile, as it was read. */
type Contents = { readonly events: readonly DomainEvent[]; readonly entries: readonly Entry[] }

/**
 * Things to be forgotten one by one, each list in its order and one list after another: what is left, wherever that
 * is broken off, tells nothing that the whole would not have told, and may be forgotten later.
 */
export type Forgettable = Contents & {
  /** Texts by messageId, and words by replyId: they go before the entries that lead to them. */
  readonly texts: readonly string[]
  /** Receipts speak of entries, and go after them. */
  readonly receipts: readonly DomainEvent[]
}

/** How long a casefile is kept. */
export type Keeping = {
  /** All of it may go, and nothing of it is owed to anybody any more. */
  readonly isOver: boolean
  /** What may go of one that is not over. */
  readonly expired: Forgettable
  /** When there may next be something to forget. */
  readonly next: Instant
}

/** What lies in a casefile, and since when it was to be looked at, where it is woken for that. */
type Woken = Contents & { readonly head?: { readonly wake: Instant } }

/**
 * How long a casefile with these notices around `now` is kept, and what of it may go now. `beyond` is when the first
 * notice falls due that the plan did not look as far ahead as.
 */
export function keepingOf(
  casefile: Casefile,
  contents: Woken,
  notices: readonly Planned[],
  rules: Rules,
  now: Instant,
  beyond?: Instant,
): Keeping {
  const keeping = keepingOfMatter(casefile, contents, notices, rules, now, beyond)
  const words = repliesIn(contents.events).flatMap(({ received, readAt }) =>
    readAt === undefined ? [] : [{ replyId: received.info.replyId, until: readAt + WORDS_DAYS * DAY_MS }],
  )
  const since = Math.min(contents.head?.wake ?? 0, now - DAY_MS)
  const gone = words.filter(({ until }) => since <= until && until <= now).map(({ replyId }) => replyId)
  const ahead = words.map(({ until }) => until).filter((until) => until > now)
  return {
    ...keeping,
    expired: { ...keeping.expired, texts: [...keeping.expired.texts, ...gone] },
    next: Math.min(keeping.next, ...ahead),
  }
}

/**
 * How many days what somebody wrote is kept after it was read. It goes in the turn for which the casefile is woken
 * then; in the others of one day too, should that turn have broken off; and not again.
 */
const WORDS_DAYS = 90

function keepingOfMatter(
  casefile: Casefile,
  contents: Contents,
  notices: readonly Planned[],
  rules: Rules,
  now: Instant,
  beyond?: Instant,
): Keeping {
  const months = rules.settings.retentionMonths
  if (!isLongLived(casefile) || contents.events.length === 0) {
    const next = monthsAfter(Math.max(lastOf(casefile, contents, notices), beyond ?? 0), months)
    return { isOver: next <= now, expired: NOTHING, next }
  }
  const horizon = monthsAfter(now, -months)
  const isOld = (instant: Instant) => instant <= horizon
  const oldest = Math.min(now, ...happenedIn(contents).filter((at) => !isOld(at)))
  const next = Math.max(monthsAfter(oldest, months), monthsAfter(now, LOOK_EVERY_MONTHS))
  return { isOver: false, expired: expired(casefile, contents, rules, now, isOld), next }
}

/** Often enough for what wears out a little every day, and rare enough to cost nothing. */
const LOOK_EVERY_MONTHS = 1

const NOTHING: Forgettable = { events: [], texts: [], entries: [], receipts: [] }

/** The kinds of casefile that are never over: of these goes what is superseded. */
export const LASTING: readonly Kind[] = ['contact', 'prison', 'rota', 'address']

function isLongLived({ id }: Casefile): boolean {
  return LASTING.includes(kindOf(id))
}

/** The last moment at which anything happens in a casefile, as far as is known. */
function lastOf(casefile: Casefile, contents: Contents, notices: readonly Planned[]): Instant {
  const due = notices
    .filter(({ untold, noticeId }) => !untold && !casefile.ledger.isDone(noticeId))
    .map((notice) => notice.due)
  return Math.max(0, ...endsOf(casefile, contents), ...due, ...happenedIn(contents))
}

function happenedIn({ events, entries }: Contents): Instant[] {
  return [...events, ...entries].map(({ at }) => at)
}

/** An order runs on when all has been said about it; a person is known for as long as anything that names them runs. */
function endsOf({ id, state }: Casefile, { events }: Contents): Instant[] {
  switch (kindOf(id)) {
    case 'order': {
      const order = state as States['order']
      return order.terms ? [londonTime(orderRunsUntil(order, order.terms), '23:59')] : []
    }
    case 'person':
      return events.flatMap(endNamedBy)
    default:
      return []
  }
}

function endNamedBy(event: DomainEvent): Instant[] {
  switch (event.type) {
    case 'order.made':
      return [londonTime(orderEnd(event.info), '23:59')]
    case 'clearance.confirmed':
      return [londonTime(lapseOf(event), '00:00')]
    case 'release.planned':
      return [londonTime(event.info.releaseOn, '23:59')]
    default:
      return []
  }
}

/** What opens a matter, without which the rest of its events plan nothing. */
const FOUNDING: readonly EventType[] = [
  'order.made',
  'clearance.applied',
  'clearance.confirmed',
  'release.planned',
  'release.possible',
]

/**
 * A whole casefile in the order in which it is forgotten: what opened it before what ended it, and the older before
 * the newer that took its place; the ledger when there is nothing left to plan.
 */
export function inOrder({ events, entries }: Contents): Forgettable {
  const sorted = events.filter((event) => !isReceipt(event)).toSorted(compareEvents)
  const isFounding = (event: DomainEvent) => FOUNDING.includes(event.type)
  return {
    events: [...sorted.filter(isFounding), ...sorted.filter((event) => !isFounding(event))],
    texts: entries.flatMap(textsOf),
    entries,
    receipts: events.filter(isReceipt),
  }
}

/** What is old and says nothing any more of a casefile that lasts. */
function expired(
  { id }: Casefile,
  contents: Contents,
  rules: Rules,
  now: Instant,
  isOld: (instant: Instant) => boolean,
): Forgettable {
  if (!happenedIn(contents).some(isOld)) return NOTHING
  const { events, entries } = contents
  const facts = events.filter((event) => !isReceipt(event)).toSorted(compareEvents)
  const gone = superseded(kindOf(id), facts, isOld)
  const left = facts.filter((event) => !gone.has(event))
  const planned = new Set(
    around(plan(openCasefile(id, left, []), rules), now).map(({ noticeId }) => noticeId),
  )
  const isSpent = (entry: Entry) => isSettled(entry) && isOld(entry.at) && !planned.has(entry.noticeId)
  const kept = new Set(
    entries.filter((entry) => !isSpent(entry)).flatMap((entry) => [entry.noticeId, ...textsOf(entry)]),
  )
  const spent = entries.filter(isSpent)
  return {
    events: facts.filter((event) => gone.has(event)),
    texts: spent.flatMap(textsOf).filter((messageId) => !kept.has(messageId)),
    entries: spent,
    receipts: events.filter((event) => isReceipt(event) && isOld(event.at) && !kept.has(event.info.noticeId)),
  }
}

type Receipt = Extract<DomainEvent, { type: `notice.${string}` }>

function isReceipt(event: DomainEvent): event is Receipt {
  return event.type.startsWith('notice.')
}

/** Of the last message of a notice, and of its first, which bore the notice's own id. */
function textsOf(entry: Entry): string[] {
  return isAddressed(entry) ? [...new Set([entry.messageId, entry.noticeId])] : []
}
