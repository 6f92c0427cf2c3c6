import type { Instant } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Items } from '../../shared/store/items.ts'
import type { Stored } from '../../shared/store/store.ts'
import type { Invocation } from './scheduler.ts'

/** Whether the taker of a message was told that the provider had taken it. */
export type Taken = 'said' | 'unsaid'

/** Everything that was seen of a run. */
export type Seen = {
  readonly truth: Items
  readonly rules: Rules
  readonly versions: ReadonlyMap<CasefileId, number>
  readonly appended: readonly Appended[]
  readonly forgotten: ReadonlySet<string>
  readonly acceptances: readonly Acceptance[]
  readonly lastTurns: ReadonlyMap<CasefileId, Turn>
}

/** What one invocation knew when it opened a casefile, and what it has claimed since. */
export type Turn = {
  readonly id: CasefileId
  readonly stored: Stored
  readonly neighbours: Map<CasefileId, readonly DomainEvent[]>
  /** How much had been appended anywhere by then. */
  readonly appended: number
  now: Instant | undefined
}

/** A notice that the provider took, in a message. */
export type Acceptance = {
  readonly noticeId: string
  readonly entryId: string
  readonly messageId: string
  readonly invocation: Invocation
  /** Its sender has not recorded it. */
  isUnrecorded: boolean
  /** It came back, so that the notice may be told by another channel or to somebody else. */
  isBounced: boolean
}

export type Appended = { readonly id: CasefileId; readonly event: DomainEvent; readonly at: Instant }
