import { type Instant, MINUTE_MS } from '../calendar/london.ts'

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

/** How somebody is written to; and rung, to have them read what was written. */
export type Writing = 'email' | 'sms'
export type ChannelName = Writing | 'call'
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

/** Why nobody could be reached, so that somebody has to pick up a telephone. */
export const UNREACHED: ReadonlySet<Reason> = new Set([
  ...(['no-usable-address', 'opted-out', 'do-not-message', 'address-shared', 'not-theirs'] as const),
  ...(['nobody-on-call', 'quiet-hours-until-stale', 'not-known', 'not-delivered'] as const),
])

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
  /** All channels by which an urgent notice goes at once: it has an entry for each, of which this is one. */
  readonly ways?: readonly ChannelName[]
}

/**
 * What became of one notice; of an urgent one, by one of its channels. At most one entry for each of these; a later
 * state replaces an earlier one.
 */
export type Entry =
  | (Named &
      Address & {
        readonly is: 'claimed'
        readonly leaseUntil: Instant
        /** What stood in the ledger, in whose place this one is sent: see `replaceableAs`. */
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

/** What tells an entry from the others of its casefile: its notice, and of an urgent one the channel. */
export function entryId(entry: Entry): string {
  const ways = isAddressed(entry) ? entry.ways : undefined
  return ways && isAddressed(entry) ? `${entry.noticeId}/${entry.channel}` : entry.noticeId
}

/** An entry that nothing will follow: the notice was given, or it never will be. */
export type Settled = Extract<Entry, { is: 'sent' | 'failed' | 'skipped' }>

/** Whether nothing will follow an entry: neither a live claim nor a message given back. */
export function isSettled(entry: Entry | undefined): entry is Settled {
  return entry !== undefined && entry.is !== 'claimed' && entry.is !== 'throttled'
}

/** What was no longer true before it could be told: should it be true again, it is owed again. */
export function isLapsed(entry: Entry): boolean {
  return entry.is === 'skipped' && entry.reason === 'no-longer-true'
}

/**
 * What a claim names of a settled entry to take its place, so that only one who has read it can: the message that did
 * not arrive, or that nothing was told; undefined where nothing takes its place.
 */
export function replaceableAs(entry: Entry): string | undefined {
  return isAddressed(entry) ? entry.messageId : isLapsed(entry) ? 'no-longer-true' : undefined
}

/** What somebody was told, or may have been: who corrects it has to reach them too. */
export function mayHaveBeenTold(entry: Entry): entry is Extract<Settled, Address> {
  return entry.is === 'sent' || (entry.is === 'failed' && entry.reason === NOT_KNOWN)
}

/** Why a notice failed whose sender died, and of which nobody can say whether it went. */
export const NOT_KNOWN = 'not-known'

/** An entry of something that went, or was about to go, to an address. */
export function isAddressed(entry: Entry | undefined): entry is Extract<Entry, Address> {
  return entry !== undefined && 'messageId' in entry
}
