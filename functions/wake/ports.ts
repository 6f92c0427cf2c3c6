import type { Instant } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Settled } from '../../shared/casefile/ledger.ts'
import type { Channels } from '../../shared/channels/channel.ts'
import type { Text } from '../../shared/messages/text.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Store } from '../../shared/store/store.ts'

export type WakePorts = {
  readonly store: Store
  readonly channels: Channels
  readonly rules: Rules
  /** The key that answer links are signed with. */
  readonly linkKey: string
  readonly now: () => Instant
}

/** A notice that was settled in this wake, and its text if it was sent. */
export type Outcome = { readonly casefile: CasefileId; readonly entry: Settled; readonly text?: Text }
