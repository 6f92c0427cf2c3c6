import type { Instant } from '../calendar/london.ts'
import type { ChannelName, Language, Reason, Writing } from '../casefile/ledger.ts'
import type { Letterhead } from '../messages/letterheads.ts'
import type { Text } from '../messages/text.ts'

/** One message on its way to one address. */
export type Message = Text & {
  /** Derived, so that a provider can be asked what became of it. A legal tag and header value. */
  readonly messageId: string
  readonly channel: ChannelName
  readonly address: string
  readonly language?: Language
  /** From which address or number of ours it goes; from the stage's own, where that is not said. */
  readonly letterhead?: Pick<Letterhead, 'email' | 'number'>
}

/** What a provider made of a message. No reason holds anything of an address or a text. */
export type SendResult =
  | { readonly is: 'accepted' }
  /** It was not taken, and may be sent again after a while. */
  | { readonly is: 'throttled'; readonly retryAfterMs: number }
  /** It will never be taken, for what it is or where it goes. What would befall any message alike throws. */
  | { readonly is: 'rejected'; readonly reason: Reason }
  /** It may have been taken: ask, or let the lease run out. */
  | { readonly is: 'unknown'; readonly reason: Reason }

/** A way to reach people. Broken infrastructure throws; everything a provider says is a result. */
export type Channel = {
  send(message: Message, now: Instant): Promise<SendResult>
  /**
   * Whether the provider took a message, asked by our own reference before anything in it is sent again. Only a
   * provider that can be asked has it; of any other, a lapsed claim is sent again.
   */
  find?(messageId: string): Promise<Finding>
}

/** A channel whose provider can be asked. */
export type AskableChannel = Channel & Required<Pick<Channel, 'find'>>

/** `unknown`: the provider cannot say now, so ask again before sending. */
export type Finding = 'accepted' | 'absent' | 'unknown'

/** The channel for each way in which somebody may be reached; where nobody can be rung, none that calls. */
export type Channels = Readonly<Record<Writing, Channel>> & { readonly call?: Channel }

/** The name under which a message bears its messageId, and a receipt brings it back. */
export const RECEIPT_TAG = 'notice'
