import { type Instant, MINUTE_MS } from '../calendar/london.ts'

/** Longer than a waker can live, so that only a dead sender's lease expires. */
export const LEASE_MS = 15 * MINUTE_MS

/** The roles in which people are told something. */
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

/** The channels for writing to people, and for calling them to read what was written. */
export type Writing = 'email' | 'sms'
export type ChannelName = Writing | 'call'
export type Language = 'en' | 'cy' | 'both'

/** Why somebody could not be told, or a notice was not given: a code that workers see in words. */
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

/** Reasons why nobody could be reached, so that somebody has to telephone. */
export const UNREACHED: ReadonlySet<Reason> = new Set([
  ...(['no-usable-address', 'opted-out', 'do-not-message', 'address-shared', 'not-theirs'] as const),
  ...(['nobody-on-call', 'quiet-hours-until-stale', 'not-known', 'not-delivered'] as const),
])

/** Somebody who should have been told but could not be. */
export type Miss = { readonly contactId: string; readonly reason: Reason }

/** What every entry says about its notice. */
type Named = {
  readonly noticeId: string
  readonly duty: string
  readonly step: string
  readonly occasion: string
  readonly due: Instant
  readonly because: readonly string[]
  /** When this happened. */
  readonly at: Instant
}

/** Who a notice was or is to be sent to, and how. */
export type Address = {
  readonly to: string
  readonly role: Role
  readonly channel: ChannelName
  readonly address: string
  readonly language: Language
  /** The candidates passed over before `to`. */
  readonly misses: readonly Miss[]
  /** Shared by the notices of one message; the reference under which the channel knows it. */
  readonly messageId: string
  /** Addresses at which this notice did not arrive earlier. */
  readonly failed: readonly string[]
  /** Its message was refused for its words, and is sent again in as few words as possible. */
  readonly shortest?: true
  /** From when it could have been told: due, known to us, and outside hours that it waits for. */
  readonly since?: Instant
  /** All channels of an urgent notice, which has one entry for each; this is one of them. */
  readonly ways?: readonly ChannelName[]
}

/**
 * What became of one notice, or of an urgent one on one channel. There is at most one entry for each; a later state
 * replaces an earlier one.
 */
export type Entry =
  | (Named &
      Address & {
        readonly is: 'claimed'
        readonly leaseUntil: Instant
        /** The earlier entry that this one replaces: see `replaceableAs`. */
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
      /** The earlier entry that this one replaces. */
      readonly replaces?: string | undefined
    })

/** Identifies an entry within its casefile: its notice, and for an urgent one the channel. */
export function entryId(entry: Entry): string {
  const ways = isAddressed(entry) ? entry.ways : undefined
  return ways && isAddressed(entry) ? `${entry.noticeId}/${entry.channel}` : entry.noticeId
}

/** A final entry: the notice was given, or never will be. */
export type Settled = Extract<Entry, { is: 'sent' | 'failed' | 'skipped' }>

/** Whether an entry is final: not a claim, and not a message given back. */
export function isSettled(entry: Entry | undefined): entry is Settled {
  return entry !== undefined && entry.is !== 'claimed' && entry.is !== 'throttled'
}

/** It stopped being true before it could be told: if it becomes true again, it is owed again. */
export function isLapsed(entry: Entry): boolean {
  return entry.is === 'skipped' && entry.reason === 'no-longer-true'
}

/**
 * What a claim must name to replace a settled entry, so that only somebody who has read it can: the message that did
 * not arrive, or that nothing was told; undefined if the entry cannot be replaced.
 */
export function replaceableAs(entry: Entry): string | undefined {
  return isAddressed(entry) ? entry.messageId : isLapsed(entry) ? 'no-longer-true' : undefined
}

/** Whether somebody was told, or may have been, so that a correction must reach them too. */
export function mayHaveBeenTold(entry: Entry): entry is Extract<Settled, Address> {
  return entry.is === 'sent' || (entry.is === 'failed' && entry.reason === NOT_KNOWN)
}

/** The reason of a notice whose sender died, so that nobody knows whether it was sent. */
export const NOT_KNOWN = 'not-known'

/** An entry with an address: something sent, or about to be. */
export function isAddressed(entry: Entry | undefined): entry is Extract<Entry, Address> {
  return entry !== undefined && 'messageId' in entry
}
