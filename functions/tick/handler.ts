import { casefileStore, wakeQueue } from '../runtime/clients.ts'
import { count, instrumented } from '../runtime/telemetry.ts'
import { tick } from './tick.ts'

const ports = { store: casefileStore(), queue: wakeQueue(), now: Date.now }

/** Runs every minute. It counts what it handed over even when that is nothing: an alarm sounds when no count comes. */
export const handler = instrumented(async () => count('WakesHandedOver', await tick(ports)))
