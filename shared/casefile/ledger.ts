import { type Instant, MINUTE_MS } from '../calendar/london.ts'
import { add } from './draft.ts'
import type { DomainEvent } from './events.ts'
import { type Failure, failureOf } from './failures.ts'

/** Longer than a waker can live, so that only a dead sender's lease runs out. */
export const LEASE_MS = 15 * MINUTE_MS

/** The roles in which somebody is told something. */
export type Role =
  | 'person'
  | 'offender-manager'
  | 'duty-officer'
  | 'probation-office'
  | 'case-manager'
  | 'provider-manager'
  | 'worker'
  | 'governor'
  | 'deputy-governor'
  | 'vetting-contact'
  | 'holder'
  | 'partnership-lead'
  | 'on-call'
  | 'meeter'
  | 'key-worker'
  | 'rota-owner'

export type ChannelName = 'email' | 'sms'
export type Language = 'en' | 'cy' | 'both'

/** Why somebody could not be told, or a notice was not given, in a word a worker can read. */
export type Reason =
  | 'stale'
  | 'before-go-live'
  | 'no-longer-true'
  | 'not-needed'
  | 'quiet-hours-until-stale'
  | 'no-usable-address'
  | 'opted-out'
  | 'do-not-message'
  | 'address-shared'
  | 'not-theirs'
  | 'absent'
  | 'nobody-on-call'
  | 'told-already'
  | 'told-of-move'
  | 'in-custody'
  | 'died'
  | 'shadow'
  | 'paused'
  | 'permanent'
  | 'passing'
  | 'message'
  | 'not-delivered'
  | 'not-known'
  | 'no-answer'
  | 'answer-not-understood'
  | 'provider-failed'

/** Somebody who should have been told and could not be. */
export type Miss = { readonly contactId: string; readonly reason: Reason }

/** What every entry says of its notice. */
type Named = {
  readonly noticeId: string
  readonly duty: string
  readonly step: string
  readonly occasion: string
  readonly due: Instant
  readonly because: readonly string[]
  /** When this became of it. */
  readonly at: Instant
}

/** To whom a notice went, or was about to go, and how. */
export type Address = {
  readonly to: string
  readonly role: Role
  readonly channel: ChannelName
  readonly address: string
  readonly language: Language
  /** Those who were passed over on the way to `to`. */
  readonly misses: readonly Miss[]
  /** Shared by the notices that go as one message; the reference under which the channel knows it. */
  readonly messageId: string
  /** Addresses at which this notice did not arrive before it was sent to this one. */
  readonly failed: readonly string[]
  /** Its message was refused for what it said, and is said here in as few words as can be. */
  readonly shortest?: true
  /** From when it could have been told: due, known to us, and not in hours that it waits for. */
  readonly since?: Instant
}

/** What became of one notice. At most one entry a notice; a later state replaces an earlier one. */
export type Entry =
  | (Named &
      Address & {
        readonly is: 'claimed'
        readonly leaseUntil: Instant
        /** The message that did not arrive, in whose place this one is sent. */
        readonly replaces?: string
      })
  | (Named & Address & { readonly is: 'throttled'; readonly retryAt: Instant; readonly replaces?: string })
  | (Named & Address & { readonly is: 'sent' })
  | (Named & Address & { readonly is: 'failed'; readonly reason: Reason })
  | (Named & {
      readonly is: 'skipped'
      readonly reason: Reason
      readonly role: Role
      readonly to: string | undefined
      readonly misses: readonly Miss[]
    })

/** An entry that nothing will follow: the notice was given, or it never will be. */
export type Settled = Extract<Entry, { is: 'sent' | 'failed' | 'skipped' }>

/** Whether nothing will follow an entry: neither a live claim nor a message given back. */
export function isSettled(entry: Entry | undefined): entry is Settled {
  return entry !== undefined && entry.is !== 'claimed' && entry.is !== 'throttled'
}

/** What became of each notice of a casefile, with the receipts that came back. */
export type Ledger = {
  readonly entries: readonly Entry[]
  entry(noticeId: string): Entry | undefined
  /** How the last message of a notice was found not to have arrived, and when; undefined while nothing says so. */
  failure(noticeId: string): { readonly kind: Failure; readonly at: Instant } | undefined
  /** When that was. */
  failedAt(noticeId: string): Instant | undefined
  /** What the next sending of a notice has to know of those before it. */
  sendingsBefore(noticeId: string): SendingsBefore
  /** A notice that nothing more is to be done about: skipped, or sent and not found to have failed. */
  isDone(noticeId: string): boolean
  /** What became of one step of a duty on one occasion, oldest first: an entry for each who was to be told. */
  of(duty: string, step: string, occasion: string): readonly Entry[]
  isDelivered(noticeId: string): boolean
}

/** Earlier sendings of one notice, none of which is known to have arrived. */
export type SendingsBefore = {
  /** Where they did not arrive, in order. */
  readonly failed: readonly string[]
  /** The last of them that did not, in whose place the next one is sent. */
  readonly messageId: string | undefined
  /** The next one says as little as can be, since what was said was refused. */
  readonly shortest: boolean
  /** Where the next one is not to go. */
  readonly barred: readonly string[]
}

/** Reads a ledger out of its entries and the receipts among the casefile's events, oldest first. */
export function openLedger(entries: readonly Entry[], events: readonly DomainEvent[]): Ledger {
  const byId = new Map(entries.map((entry) => [entry.noticeId, entry]))
  const byStep = Map.groupBy(entries, ({ duty, step, occasion }) => `${duty} ${step} ${occasion}`)
  const { deliveries, failures } = receiptsIn(events)
  const entry = (noticeId: string) => byId.get(noticeId)
  const deliveredAt = (noticeId: string) => {
    const known = entry(noticeId)
    const ofNotice = deliveries.get(noticeId)
    if (!isAddressed(known)) return ofNotice
    const isOfThisSending = known.failed.length === 0 || (ofNotice ?? 0) > known.at
    return deliveries.get(known.messageId) ?? (isOfThisSending ? ofNotice : undefined)
  }
  const failure = (noticeId: string): ReceivedFailure | undefined => {
    const known = entry(noticeId)
    if (!isAddressed(known) || known.is === 'throttled') return undefined
    if (known.is === 'failed') {
      return known.reason === NOT_KNOWN ? undefined : { kind: failureOf(known.reason), at: known.at }
    }
    // A receipt may speak of the message, or of the notice: of its first sending first, then of the next.
    const ofMessage = known.messageId === noticeId ? [] : (failures.get(known.messageId) ?? [])
    const received = [...ofMessage, ...(failures.get(noticeId) ?? []).slice(known.failed.length)]
    const delivered = deliveredAt(noticeId)
    if (delivered === undefined) return received[0]
    // What was delivered as a text has arrived; a mailbox may take an e-mail and then say that there is no such reader.
    return received.find(
      ({ kind, at }) => known.channel === 'email' && kind === 'permanent' && at >= delivered,
    )
  }
  const failedAt = (noticeId: string) => failure(noticeId)?.at
  const sendingsBefore = (noticeId: string): SendingsBefore => {
    const known = entry(noticeId)
    if (!isAddressed(known)) return { failed: [], messageId: undefined, shortest: false, barred: [] }
    const { failed, address, messageId, shortest = false } = known
    const how = failure(noticeId)
    if (!how && !isSettled(known)) {
      const barred = shortest ? failed.filter((one) => one !== address) : failed
      return { failed, messageId: known.replaces, shortest, barred }
    }
    const again = how?.kind === 'message' && !shortest
    return {
      failed: [...failed, address],
      messageId,
      shortest: again,
      barred: again ? failed : [...failed, address],
    }
  }
  return {
    entries,
    entry,
    failure,
    failedAt,
    sendingsBefore,
    isDelivered: (noticeId) => deliveredAt(noticeId) !== undefined && failure(noticeId) === undefined,
    isDone: (noticeId) => isSettled(entry(noticeId)) && failure(noticeId) === undefined,
    of(duty, step, occasion) {
      const told = byStep.get(`${duty} ${step} ${occasion}`) ?? []
      return told.toSorted((a, b) => a.at - b.at || (a.noticeId < b.noticeId ? -1 : 1))
    },
  }
}

/** What somebody was told, or may have been: whoever corrects it has to reach them too. */
export function mayHaveBeenTold(entry: Entry): entry is Extract<Settled, Address> {
  return entry.is === 'sent' || (entry.is === 'failed' && entry.reason === NOT_KNOWN)
}

/** Why a notice failed whose sender died, and of which nobody can say whether it went. */
export const NOT_KNOWN = 'not-known'

/** An entry of something that went, or was about to go, to an address. */
export function isAddressed(entry: Entry | undefined): entry is Extract<Entry, Address> {
  return entry !== undefined && 'messageId' in entry
}

type ReceivedFailure = { readonly kind: Failure; readonly at: Instant }

/** The receipts among events, by the notice or message they speak of. Who complains of a message has got it. */
function receiptsIn(events: readonly DomainEvent[]) {
  const deliveries = new Map<string, Instant>()
  const failures = new Map<string, readonly ReceivedFailure[]>()
  for (const event of events) {
    if (event.type !== 'notice.delivered' && event.type !== 'notice.failed') continue
    const { noticeId, reason } = event.info
    const kind = event.type === 'notice.failed' ? failureOf(reason) : 'complaint'
    if (kind !== 'complaint')
      failures.set(noticeId, add(failures.get(noticeId) ?? [], { kind, at: event.at }))
    else if (!deliveries.has(noticeId)) deliveries.set(noticeId, event.at)
  }
  return { deliveries, failures }
}
