import { count, logInfo } from '../runtime/telemetry.ts'
import type { Outcome } from './ports.ts'

const COUNTS = { sent: 'NoticesSent', failed: 'NoticesFailed', skipped: 'NoticesSkipped' } as const
/** The steps that are taken only where nobody has agreed to be at the gate. */
const UNCOVERED = ['uncovered', 'nobody']

/** Gives account of what a wake settled to those who run the service: of which notices, and of nobody in them. */
export function emitWakeMetrics(outcomes: readonly Outcome[]): void {
  for (const { casefile, entry } of outcomes) {
    const { noticeId, is, duty, step } = entry
    count(COUNTS[is])
    if (duty === 'GATE-01' && is !== 'skipped' && UNCOVERED.includes(step)) count('ReleasesUncovered')
    logInfo('notice settled', {
      casefile,
      noticeId,
      outcome: is,
      reason: 'reason' in entry ? entry.reason : undefined,
    })
  }
}
