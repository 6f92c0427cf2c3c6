import type { Instant } from '../calendar/london.ts'
import type { ChannelName } from '../casefile/ledger.ts'
import type { Text } from '../messages/render.ts'

/** One message on its way to one address. */
export type Message = Text & {
  /** Derived, so that a provider can be asked what became of it. A legal tag and header value. */
  readonly messageId: string
  readonly channel: ChannelName
  readonly address: string
}

/** What a provider made of a message. */
export type Answer =
  | { readonly is: 'accepted' }
  | { readonly is: 'throttled'; readonly retryAfterMs: number }
  | { readonly is: 'rejected'; readonly reason: string }
  /** It may have been taken: ask, or let the lease run out. */
  | { readonly is: 'unknown'; readonly reason: string }

/** A way to reach people. Broken infrastructure throws; everything a provider says is an answer. */
export type Channel = {
  send(message: Message, now: Instant): Promise<Answer>
}

/** The channel for each way in which somebody may be reached. */
export type Channels = Readonly<Record<ChannelName, Channel>>
