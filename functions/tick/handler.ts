import { casefileStore, wakeQueue } from '../runtime/clients.ts'
import { count, instrumented } from '../runtime/telemetry.ts'
import { tick } from './tick.ts'

const ports = { store: casefileStore(), queue: wakeQueue(), now: Date.now }

/** Runs every minute. It counts what it handed over even if that is nothing: no count raises an alarm. */
export const handler = instrumented(async () => count('WakesHandedOver', await tick(ports)))
