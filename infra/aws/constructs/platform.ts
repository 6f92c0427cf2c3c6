import type { EncryptionKeys } from './encryption-keys.ts'
import type { Monitoring } from './monitoring.ts'
import type { Rollout } from './rollout.ts'
import type { Stage } from './stage.ts'

/** What every part of the service needs. */
export type Platform = {
  readonly stage: Stage
  readonly keys: EncryptionKeys
  readonly monitoring: Monitoring
  readonly rollout: Rollout
}
