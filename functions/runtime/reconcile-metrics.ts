import { DAY_MS } from '../../shared/calendar/london.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import type { Report } from '../reconcile/reconcile.ts'
import { count, note } from './telemetry.ts'

/** Gives account of a night's reconciliation to those who run the service: due = sent + failed + skipped + open. */
export function account(report: Report, { days }: Rules): void {
  const skipped = Object.values(report.skipped).reduce((sum, times) => sum + times, 0)
  count('ReconciledDue', report.due)
  count('ReconciledSent', report.sent)
  count('ReconciledFailed', report.failed)
  count('ReconciledSkipped', skipped)
  count('ReconciledOpen', report.open)
  count('ReconciledDelivered', report.delivered)
  count('ReconciledWoken', report.woken.otherRules + report.woken.unheeded)
  count('ReconciledBroken', report.broken.length)
  count('ReconciledAdrift', report.adrift.length)
  count('HolidayDaysAhead', Math.floor((Date.parse(days.knownUntil) - report.at) / DAY_MS))
  note('reconciled', { casefiles: report.casefiles, due: report.due, open: report.open })
  for (const casefile of report.broken) note('its plan throws', { casefile })
  for (const { casefile } of report.adrift) note('its gate meeting is in nobody’s hands', { casefile })
}
