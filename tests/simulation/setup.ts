import type { Instant } from '../../shared/calendar/london.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Items } from '../../shared/store/items.ts'
import type { Faults } from './faults.ts'
import type { Invariants } from './invariants.ts'
import type { Kept } from './kept.ts'
import { Broken, type Ended, type Scheduler } from './scheduler.ts'

/** A mutant of our own making, to see that it is found: what takes the place of a port. */
export type Mutant = {
  readonly items?: (items: Items) => Items
  /** What a waker takes for the present. */
  readonly now?: (now: Instant) => Instant
}

/** What every part of one run stands on. */
export type World = {
  readonly seed: number
  readonly scheduler: Scheduler
  readonly faults: Faults
  readonly kept: Kept
  readonly invariants: Invariants
  readonly rules: Rules
  readonly calm: Instant
  readonly mutant: Mutant
}

/** Whether an invocation ended with an error that no fault brought about. */
export function isOursToExplain(end: Ended): end is Extract<Ended, { how: 'failed' }> {
  return end.how === 'failed' && !(end.error instanceof Broken)
}

export function inFull(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
