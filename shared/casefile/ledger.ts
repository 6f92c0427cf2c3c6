import { type Instant, MINUTE_MS } from '../calendar/london.ts'
import type { DomainEvent } from './events.ts'

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
  | 'quiet-hours-until-stale'
  | 'no-usable-address'
  | 'opted-out'
  | 'do-not-message'
  | 'address-shared'
  | 'absent'
  | 'nobody-on-call'
  | 'told-already'
  | 'shadow'
  | (string & {})

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

export function isSettled(entry: Entry | undefined): entry is Settled {
  return entry !== undefined && entry.is !== 'claimed' && entry.is !== 'throttled'
}

/** What became of each notice of a casefile, with the receipts that came back. */
export type Ledger = {
  readonly entries: readonly Entry[]
  entry(noticeId: string): Entry | undefined
  /** When the last message of a notice was found not to have arrived; undefined while nothing says so. */
  failedAt(noticeId: string): Instant | undefined
  /** A notice that nothing more is to be done about: skipped, or sent and not found to have failed. */
  isDone(noticeId: string): boolean
  /** Addresses at which a message of this casefile did not arrive: they count as none. */
  readonly failedAddresses: ReadonlySet<string>
  /** What became of one step of a duty on one occasion, oldest first: an entry for each who was to be told. */
  of(duty: string, step: string, occasion: string): readonly Entry[]
  isDelivered(noticeId: string): boolean
}

/** Reads a ledger out of its entries and the receipts among the casefile's events. */
export function openLedger(entries: readonly Entry[], events: readonly DomainEvent[]): Ledger {
  const byId = new Map(entries.map((entry) => [entry.noticeId, entry]))
  const deliveries = receipts(events, 'notice.delivered')
  const failures = receipts(events, 'notice.failed')
  const entry = (noticeId: string) => byId.get(noticeId)
  const isDelivered = (noticeId: string) => {
    const known = entry(noticeId)
    return deliveries.has(noticeId) || (isAddressed(known) && deliveries.has(known.messageId))
  }
  const failedAt = (noticeId: string) => {
    const known = entry(noticeId)
    if (!isAddressed(known) || known.is === 'throttled' || isDelivered(noticeId)) return undefined
    if (known.is === 'failed') return known.reason === NOT_KNOWN ? undefined : known.at
    // A receipt may speak of the message, or of the notice: of its first sending first, then of the next.
    const ofMessage = known.messageId === noticeId ? undefined : failures.get(known.messageId)?.[0]
    return ofMessage ?? failures.get(noticeId)?.[known.failed.length]
  }
  return {
    entries,
    entry,
    isDelivered,
    failedAt,
    isDone: (noticeId) => isSettled(entry(noticeId)) && failedAt(noticeId) === undefined,
    failedAddresses: new Set(
      entries
        .filter(isAddressed)
        .flatMap((one) => (failedAt(one.noticeId) === undefined ? one.failed : [...one.failed, one.address])),
    ),
    of(duty, step, occasion) {
      return entries
        .filter((one) => one.duty === duty && one.step === step && one.occasion === occasion)
        .sort((a, b) => a.at - b.at || (a.noticeId < b.noticeId ? -1 : 1))
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

function receipts(events: readonly DomainEvent[], type: 'notice.delivered' | 'notice.failed') {
  const byId = new Map<string, Instant[]>()
  for (const event of events) {
    if (event.type !== type) continue
    const known = byId.get(event.info.noticeId) ?? []
    byId.set(event.info.noticeId, [...known, event.at])
  }
  return byId
}
