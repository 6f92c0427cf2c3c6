import { join } from 'node:path'
import { FileSystem } from 'aws-cdk-lib'
import { ROOT } from './folder-function.ts'
import type { Stage } from './stages.ts'

/**
 * What whoever plans must know besides the casefile. The build is a print of all that plans are made of: when a line
 * of it changes, reconcile wakes whatever was planned under the old one.
 */
export function rulesOf({ goLive, address }: Stage) {
  return { GO_LIVE: goLive, ADDRESS: address, BUILD: FileSystem.fingerprint(join(ROOT, 'shared')) }
}
