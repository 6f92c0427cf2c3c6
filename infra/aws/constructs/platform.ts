import type { Keys } from './encryption-keys.ts'
import type { Operations } from './operations.ts'
import type { Rollout } from './rollout.ts'
import type { Stage } from './stage.ts'

/** What every part of the service stands on. */
export type Platform = {
  readonly stage: Stage
  readonly keys: Keys
  readonly operations: Operations
  readonly rollout: Rollout
}
