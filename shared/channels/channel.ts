import type { Instant } from '../calendar/london.ts'
import type { ChannelName, Language, Reason, Writing } from '../casefile/ledger.ts'
import type { Letterhead } from '../messages/letterheads.ts'
import type { Text } from '../messages/text.ts'

/** One message on its way to one address. */
export type Message = Text & {
  /** Derived, so that a provider can be asked about it later. A legal tag and header value. */
  readonly messageId: string
  readonly channel: ChannelName
  readonly address: string
  readonly language?: Language
  /** Which of our addresses or numbers it is sent from; default: the stage's own. */
  readonly letterhead?: Pick<Letterhead, 'email' | 'number'>
}

/** A provider's response to a message. No reason contains any of an address or a text. */
export type SendResult =
  | { readonly is: 'accepted' }
  /** It was not accepted, and may be sent again after a while. */
  | { readonly is: 'throttled'; readonly retryAfterMs: number }
  /**
   * It will never be accepted, because of its content or address. A failure that would affect any message throws
   * instead.
   */
  | { readonly is: 'rejected'; readonly reason: Reason }
  /** It may have been accepted: ask, or let the lease expire. */
  | { readonly is: 'unknown'; readonly reason: Reason }

/** A way to reach people. Broken infrastructure throws; anything a provider says is a result. */
export type Channel = {
  send(message: Message, now: Instant): Promise<SendResult>
  /**
   * Whether the provider accepted a message, asked by our own reference before it is sent again. Only present if the
   * provider can be asked; otherwise an expired claim is sent again.
   */
  find?(messageId: string): Promise<Finding>
}

/** A channel whose provider can be asked about a message. */
export type AskableChannel = Channel & Required<Pick<Channel, 'find'>>

/** `unknown`: the provider cannot say now, so ask again before sending. */
export type Finding = 'accepted' | 'absent' | 'unknown'

/** The channels by name; without `call` nobody can be called. */
export type Channels = Readonly<Record<Writing, Channel>> & { readonly call?: Channel }

/** The tag in which a message carries its messageId, and a receipt returns it. */
export const RECEIPT_TAG = 'notice'
