import { failureOf } from '../../shared/casefile/failures.ts'
import { isOfProbe, kindOf } from '../../shared/casefile/ids.ts'
import { rowsOf } from '../../shared/duties/catalogue.ts'
import type { Alarm } from '../../shared/planning/duty.ts'
import type { Count, Telemetry } from '../runtime/telemetry.ts'
import type { Outcome } from './ports.ts'

const COUNTS = { sent: 'NoticesSent', failed: 'NoticesFailed', skipped: 'NoticesSkipped' } as const
const ALARMS: Readonly<Record<Alarm, Count>> = { 'release-uncovered': 'ReleasesUncovered' }

/** Emits the metrics and log lines of what a wake settled, without identifying anybody. */
export function emitWakeMetrics(outcomes: readonly Outcome[], { count, measure, logInfo }: Telemetry): void {
  for (const { casefile, entry } of outcomes) {
    const { noticeId, is } = entry
    if (isOfProbe(casefile)) continue
    count(COUNTS[is])
    if (is === 'skipped' && entry.reason === 'stale') count('NoticesStale')
    if (is === 'sent' && entry.since !== undefined) {
      measure(kindOf(casefile) === 'release' ? 'ReleaseLateness' : 'OtherLateness', entry.at - entry.since)
    }
    const alarm = rowsOf(entry).find((row) => row.alarm)?.alarm
    if (alarm && is !== 'skipped') count(ALARMS[alarm])
    if (entry.is === 'failed' && failureOf(entry.reason) === 'message') count('WordsRefused')
    logInfo('notice settled', {
      casefile,
      noticeId,
      outcome: is,
      reason: 'reason' in entry ? entry.reason : undefined,
    })
  }
}
