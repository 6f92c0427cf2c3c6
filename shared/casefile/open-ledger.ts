import type { Instant } from '../calendar/london.ts'
import { add } from './draft.ts'
import type { DomainEvent } from './events.ts'
import { type Failure, failureOf as kindOf } from './failures.ts'
import {
  type Address,
  type ChannelName,
  type Entry,
  isAddressed,
  isLapsed,
  isSettled,
  mayHaveBeenTold,
  NOT_KNOWN,
  replaceableAs,
} from './ledger.ts'

/** What became of each notice of a casefile, with the receipts that came back. */
export type Ledger = {
  readonly entries: readonly Entry[]
  /** The entry that best says what became of a notice: if it went by several channels, one that went and did not fail. */
  entry(noticeId: string): Entry | undefined
  /** The entries of a notice's last sending: one for each channel. */
  lastSending(noticeId: string): readonly Entry[]
  /** How a notice's last sending failed by every channel; undefined while any may have arrived, or may still. */
  failure(noticeId: string): ReceivedFailure | undefined
  /** The same for the channels that were begun, whatever becomes of the rest. */
  failureSoFar(noticeId: string): ReceivedFailure | undefined
  /** When that was. */
  failedAt(noticeId: string): Instant | undefined
  /** The same for one entry, whatever became of its notice by another channel. */
  failureOf(entry: Entry): ReceivedFailure | undefined
  hasArrived(entry: Entry): boolean
  /** What the next sending of a notice needs to know of earlier ones: by `channel`, if it goes by several. */
  sendingsBefore(noticeId: string, channel?: ChannelName): SendingsBefore
  /** Whether a notice was settled by each of its channels. */
  isGiven(noticeId: string): boolean
  /** Whether a notice needs nothing more: settled, not known to have failed, and not owed if it becomes true again. */
  isDone(noticeId: string): boolean
  /** What became of one step of a duty on one occasion, oldest first. */
  of(duty: string, step: string, occasion: string): readonly Entry[]
  isDelivered(noticeId: string): boolean
}

/** How something failed to arrive, and when that became known. */
export type ReceivedFailure = { readonly kind: Failure; readonly at: Instant }

/** Earlier sendings of one notice, none of which is known to have arrived. */
export type SendingsBefore = {
  /** The addresses where they did not arrive, in order. */
  readonly failed: readonly string[]
  /** The last that did not arrive, or an entry that it was no longer true: the next one replaces it. */
  readonly messageId: string | undefined
  /** The next one must be as short as possible, because the text was refused. */
  readonly shortest: boolean
  /** Addresses the next one must not go to. */
  readonly barred: readonly string[]
}

/** Reads a ledger from its entries and the receipts among the casefile's events, oldest first. */
export function openLedger(entries: readonly Entry[], events: readonly DomainEvent[]): Ledger {
  const byNotice = Map.groupBy(entries, ({ noticeId }) => noticeId)
  let byStep: ReadonlyMap<string, readonly Entry[]> | undefined
  const receipts = receiptsIn(events)
  const lastSending = (noticeId: string): readonly Entry[] => {
    const all = byNotice.get(noticeId) ?? []
    if (all.length < 2) return all
    const round = Math.max(...all.map(failedBefore))
    const last = all.filter((entry) => failedBefore(entry) === round)
    const byChannel = last.filter((entry) => isAddressed(entry) && entry.ways)
    return byChannel.length > 0 ? byChannel : last
  }
  const failureOf = (entry: Entry) => failureIn(receipts, entry)
  const failureSoFar = (noticeId: string) => failureOfAll(writtenIn(lastSending(noticeId)), failureOf)
  const isGivenUp = (noticeId: string) =>
    byNotice.get(noticeId)?.some((one) => one.is === 'skipped' && !isLapsed(one)) === true
  const failure = (noticeId: string) => {
    const ahead = notBegun(lastSending(noticeId)).filter((way) => way !== 'call')
    return ahead.length === 0 || isGivenUp(noticeId) ? failureSoFar(noticeId) : undefined
  }
  const entry = (noticeId: string) => {
    const [best] = writtenIn(lastSending(noticeId)).toSorted(
      (a, b) => rankOf(a, failureOf(a)) - rankOf(b, failureOf(b)) || a.at - b.at,
    )
    return best
  }
  const hasArrived = (entry: Entry) =>
    deliveredAt(receipts, entry) !== undefined && failureOf(entry) === undefined
  const isGiven = (noticeId: string) => {
    const last = lastSending(noticeId)
    return last.length > 0 && last.every(isSettled) && (notBegun(last).length === 0 || isGivenUp(noticeId))
  }
  const isDone = (noticeId: string) =>
    isGiven(noticeId) && !failure(noticeId) && !lastSending(noticeId).some(isLapsed)
  const sendingsBefore = (noticeId: string, channel?: ChannelName): SendingsBefore => {
    const last = lastSending(noticeId).filter(isAddressed)
    const [first] = last
    if (!first) {
      const [messageId] = lastSending(noticeId).map(replaceableAs)
      return { failed: [], messageId, shortest: false, barred: [] }
    }
    const isOwn = (entry: Entry) => isAddressed(entry) && (!entry.ways || entry.channel === channel)
    const own = last.find(isOwn)
    const hasFailed = failure(noticeId) !== undefined || (own !== undefined && isSettled(own))
    const standing = own ?? byNotice.get(noticeId)?.filter(isAddressed).find(isOwn)
    if (!hasFailed) {
      const shortened = last.flatMap(({ shortest, address }) => (shortest ? [address] : []))
      const messageId = own && 'replaces' in own ? own.replaces : own ? undefined : standing?.messageId
      const barred = first.failed.filter((address) => !shortened.includes(address))
      return { failed: first.failed, messageId, shortest: own?.shortest ?? false, barred }
    }
    const isSaidAgain = (entry: Extract<Entry, Address>) =>
      failureOf(entry)?.kind === 'message' && !entry.shortest
    const written = writtenIn(last)
    const gaveOut = written.filter((entry) => !isSaidAgain(entry)).map(({ address }) => address)
    return {
      failed: [...first.failed, ...written.map(({ address }) => address)],
      messageId: standing?.messageId,
      shortest: own !== undefined && isSaidAgain(own),
      barred: [...first.failed, ...gaveOut],
    }
  }
  return {
    entries,
    entry,
    lastSending,
    failure,
    failureSoFar,
    failedAt: (noticeId) => failure(noticeId)?.at,
    failureOf,
    hasArrived,
    sendingsBefore,
    isDelivered: (noticeId) => writtenIn(lastSending(noticeId)).some(hasArrived),
    isGiven,
    isDone: amongThese(() => [...byNotice.keys()].filter(isDone)),
    of(duty, step, occasion) {
      byStep ??= Map.groupBy(entries, (one) => `${one.duty} ${one.step} ${one.occasion}`)
      const told = byStep.get(`${duty} ${step} ${occasion}`) ?? []
      return told.toSorted((a, b) => a.at - b.at || (a.noticeId < b.noticeId ? -1 : 1))
    },
  }
}

/** The last known failure, if all of the entries failed; undefined if any may have arrived. */
function failureOfAll(
  entries: readonly Entry[],
  failureOf: Ledger['failureOf'],
): ReceivedFailure | undefined {
  const all = entries.map((entry) => ({ entry, failure: failureOf(entry) }))
  if (all.some(({ entry, failure }) => !failure && entry.is !== 'skipped')) return undefined
  return all
    .flatMap(({ failure }) => failure ?? [])
    .sort((a, b) => a.at - b.at)
    .at(-1)
}

/** What was written: a call only says that there is something to read, so its arrival or failure does not count. */
function writtenIn<E extends Entry>(sending: readonly E[]): readonly E[] {
  return sending.filter((entry) => !isAddressed(entry) || entry.channel !== 'call')
}

/** Found once for all, because every plan asks it of every notice. */
function amongThese(find: () => readonly string[]): (noticeId: string) => boolean {
  let found: ReadonlySet<string> | undefined
  return (noticeId) => {
    found ??= new Set(find())
    return found.has(noticeId)
  }
}

/** The channels of a sending that were not begun, because the process that began the sending died. */
export function notBegun(sending: readonly Entry[]): ChannelName[] {
  const begun = sending.filter(isAddressed)
  const ways = new Set(begun.flatMap(({ ways = [] }) => ways))
  return [...ways].filter((way) => !begun.some(({ channel }) => channel === way))
}

/** How many addresses had failed before an entry's sending: of two sendings the later has more. */
function failedBefore(entry: Entry): number {
  return isAddressed(entry) ? entry.failed.length : 0
}

/** The lower, the better an entry says what became of its notice. */
function rankOf(entry: Entry, failure: ReceivedFailure | undefined): number {
  if (mayHaveBeenTold(entry)) return failure ? 3 : 0
  return isSettled(entry) ? 4 : entry.is === 'claimed' ? 1 : 2
}

type Received = ReceivedFailure & { readonly channel: ChannelName | undefined }

/** The receipts of a casefile, by the notice or message they are about. */
type Receipts = {
  readonly deliveries: ReadonlyMap<string, readonly Received[]>
  readonly failures: ReadonlyMap<string, readonly Received[]>
}

/** When an entry's message is known to have arrived. A receipt may be about the message, or about the notice. */
function deliveredAt({ deliveries }: Receipts, entry: Entry): Instant | undefined {
  const ofNotice = ofChannel(deliveries.get(entry.noticeId), entry)[0]?.at
  if (!isAddressed(entry)) return ofNotice
  const isOfThisSending = entry.failed.length === 0 || (ofNotice ?? 0) > entry.at
  return deliveries.get(entry.messageId)?.[0]?.at ?? (isOfThisSending ? ofNotice : undefined)
}

function failureIn(receipts: Receipts, entry: Entry): ReceivedFailure | undefined {
  if (!isAddressed(entry) || entry.is === 'throttled') return undefined
  if (entry.is === 'failed') {
    return entry.reason === NOT_KNOWN ? undefined : { kind: kindOf(entry.reason), at: entry.at }
  }
  const { noticeId, messageId, channel, failed, ways, at } = entry
  const ofMessage = messageId === noticeId ? [] : (receipts.failures.get(messageId) ?? [])
  // Of a notice they speak of its first sending first, then of the next, and of none that came after them; of an urgent
  // one of each of those there were.
  const all = ofChannel(receipts.failures.get(noticeId), entry)
  const ofNotice = (ways ? all : all.slice(failed.length)).filter((one) => failed.length === 0 || one.at > at)
  const received = [...ofMessage, ...ofNotice]
  const delivered = deliveredAt(receipts, entry)
  if (delivered === undefined) return received[0]
  // A delivered text has arrived; a mail server may accept an e-mail and later report that there is no such mailbox.
  return received.find(({ kind, at }) => channel === 'email' && kind === 'permanent' && at >= delivered)
}

/** The receipts of a notice that may be about an entry: for one of several channels, none that names another. */
function ofChannel(receipts: readonly Received[] = [], entry: Entry): readonly Received[] {
  if (!isAddressed(entry) || !entry.ways) return receipts
  return receipts.filter(({ channel }) => channel === undefined || channel === entry.channel)
}

/** A complaint about a message means that it arrived. */
function receiptsIn(events: readonly DomainEvent[]): Receipts {
  const deliveries = new Map<string, readonly Received[]>()
  const failures = new Map<string, readonly Received[]>()
  for (const event of events) {
    if (event.type !== 'notice.delivered' && event.type !== 'notice.failed') continue
    const { noticeId, channel } = event.info
    const kind = event.type === 'notice.failed' ? kindOf(event.info.reason) : 'complaint'
    const into = kind === 'complaint' ? deliveries : failures
    into.set(noticeId, add(into.get(noticeId) ?? [], { kind, at: event.at, channel }))
  }
  return { deliveries, failures }
}
