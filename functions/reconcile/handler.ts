import * as z from 'zod'
import { casefileStore, currentRules } from '../runtime/clients.ts'
import { count, instrumented, logInfo } from '../runtime/telemetry.ts'
import { emitReconcileMetrics } from './metrics.ts'
import { reconcile } from './reconcile.ts'

const ports = { store: casefileStore({ mayLag: true }), now: Date.now }
const readRules = currentRules()

/** A schedule names its part. A run by hand without one covers all of them. */
const Asked = z.union([z.object({ part: z.int(), of: z.int() }), z.object({}).transform(() => undefined)])

/** Runs every night, part by part, and by hand after a deploy. Each part emits its metrics even if all is well. */
export const handler = instrumented(async (event: unknown) => {
  const rules = await readRules()
  emitReconcileMetrics(await reconcile({ ...ports, rules }, Asked.parse(event)), rules, { count, logInfo })
})
