import { DAY_MS, type Instant, londonTime, monthsAfter } from '../calendar/london.ts'
import { type Casefile, openCasefile, type States } from '../casefile/casefile.ts'
import { lapseOf } from '../casefile/clearance.ts'
import { compareEvents, type DomainEvent, type EventType } from '../casefile/events.ts'
import { type Kind, kindOf } from '../casefile/ids.ts'
import { type Entry, isAddressed, isSettled } from '../casefile/ledger.ts'
import { orderEnd, orderRunsUntil } from '../casefile/order-days.ts'
import { repliesIn } from '../casefile/replies.ts'
import type { Planned } from '../planning/duty.ts'
import type { Rules } from '../planning/rules.ts'
import { around, plan } from './all.ts'
import { superseded } from './superseded.ts'

/**
 * What may be forgotten. An order, a clearance, a release or a person is forgotten as a whole, once nothing has
 * happened, been told or been due in it for the months of retention. A contact, a prison, a rota and an address last:
 * only what is that old and superseded is forgotten.
 */

/** The content of a casefile, as read. */
type Contents = { readonly events: readonly DomainEvent[]; readonly entries: readonly Entry[] }

/**
 * Items to be forgotten one by one, each list in order and one list after another: after an interruption, what is left
 * tells nothing that the whole would not have told, and can be forgotten later.
 */
export type Forgettable = Contents & {
  /** Texts by messageId, and words by replyId: deleted before the entries that refer to them. */
  readonly texts: readonly string[]
  /** Receipts refer to entries, and are deleted after them. */
  readonly receipts: readonly DomainEvent[]
}

/** How long a casefile is kept. */
export type Keeping = {
  /** All of it may be forgotten, and nothing in it is owed any more. */
  readonly isOver: boolean
  /** What may be forgotten in one that is not over. */
  readonly expired: Forgettable
  /** When there may next be something to forget. */
  readonly next: Instant
}

/** The content of a casefile, and the wake that led to this look, if it was one. */
type Woken = Contents & { readonly head?: { readonly wake: Instant } }

/**
 * How long a casefile with these notices around `now` is kept, and what in it may be forgotten now. `beyond` is when
 * the first notice after the plan's end falls due.
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
 * How many days a reply's words are kept after it was read. They are deleted in the turn for which the casefile is
 * woken then, and in any other turn within a day, in case that one was interrupted; and not again.
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

/** Often enough for what ages a little every day, and rare enough to cost nothing. */
const LOOK_EVERY_MONTHS = 1

const NOTHING: Forgettable = { events: [], texts: [], entries: [], receipts: [] }

/** The kinds of casefile that are never over: only superseded events in them are forgotten. */
export const LASTING: readonly Kind[] = ['contact', 'prison', 'rota', 'address']

function isLongLived({ id }: Casefile): boolean {
  return LASTING.includes(kindOf(id))
}

/** The last moment at which anything happens in a casefile, as far as known. */
function lastOf(casefile: Casefile, contents: Contents, notices: readonly Planned[]): Instant {
  const due = notices
    .filter(({ untold, noticeId }) => !untold && !casefile.ledger.isDone(noticeId))
    .map((notice) => notice.due)
  return Math.max(0, ...endsOf(casefile, contents), ...due, ...happenedIn(contents))
}

function happenedIn({ events, entries }: Contents): Instant[] {
  return [...events, ...entries].map(({ at }) => at)
}

/**
 * An order continues when everything about it has been told; a person is kept as long as anything that names them
 * continues.
 */
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

/** The event that opens a matter, without which its other events plan nothing. */
const FOUNDING: readonly EventType[] = [
  'order.made',
  'clearance.applied',
  'clearance.confirmed',
  'release.planned',
  'release.possible',
]

/**
 * A whole casefile in the order in which it is forgotten: what opened it before what ended it, older events before the
 * newer ones that replaced them; the ledger when there is nothing left to plan.
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

/** What is old and superseded in a casefile that lasts. */
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

/** The texts of a notice's last message, and of its first, which had the notice's own id. */
function textsOf(entry: Entry): string[] {
  return isAddressed(entry) ? [...new Set([entry.messageId, entry.noticeId])] : []
}
