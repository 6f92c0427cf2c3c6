import { DAY_MS } from '../../shared/calendar/london.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Telemetry } from '../runtime/telemetry.ts'
import type { Reconciliation } from './reconcile.ts'

/** Emits the metrics of a reconciliation: due = sent + failed + skipped + open. */
export function emitReconcileMetrics(
  reconciliation: Reconciliation,
  { days }: Rules,
  { count, logInfo }: Pick<Telemetry, 'count' | 'logInfo'>,
): void {
  const skipped = Object.values(reconciliation.skipped).reduce((sum, times) => sum + times, 0)
  count('ReconciledDue', reconciliation.due)
  count('ReconciledSent', reconciliation.sent)
  count('ReconciledFailed', reconciliation.failed)
  count('ReconciledSkipped', skipped)
  count('ReconciledOpen', reconciliation.open)
  count('ReconciledDelivered', reconciliation.delivered)
  count('ReconciledWoken', reconciliation.woken.otherRules + reconciliation.woken.overdue)
  count('ReconciledBroken', reconciliation.broken.length)
  count('ReconciledNotCompared', reconciliation.notCompared.length)
  count('ReconciledUnresolved', reconciliation.unresolved.length)
  count('HolidayDaysAhead', Math.floor((Date.parse(days.knownUntil) - reconciliation.at) / DAY_MS))
  logInfo('reconciled', {
    casefiles: reconciliation.casefiles,
    due: reconciliation.due,
    open: reconciliation.open,
  })
  for (const casefile of reconciliation.broken) logInfo('its plan throws', { casefile })
  for (const casefile of reconciliation.notCompared) logInfo('it could not be read', { casefile })
  for (const { casefile } of reconciliation.unresolved)
    logInfo('its gate meeting is in nobody’s hands', { casefile })
}
