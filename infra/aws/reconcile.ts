import { Duration, TimeZone } from 'aws-cdk-lib'
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import { EXTENSION } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import { Rhythm } from './constructs/scheduled-function.ts'
import type { Rules } from './rules.ts'

type ReconcileProps = { readonly casefiles: Casefiles; readonly rules: Rules }

/**
 * Every night, when the clocks never change: whether everything that fell due was given, or why it was not. Each part
 * counts its own, and what is seen is their sum.
 */
export class Reconcile extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, { casefiles, rules }: ReconcileProps) {
    super(scope, id)
    const { stage, operations } = platform
    const nightly = (name: Parameters<typeof operations.counted>[0], statistic = 'Sum') =>
      operations.counted(name, statistic, Duration.days(1))
    new Rhythm(this, 'Reconcile', {
      platform,
      folder: 'reconcile',
      every: ScheduleExpression.cron({ minute: '30', hour: '3', timeZone: TimeZone.EUROPE_LONDON }),
      parts: stage.reconcileParts,
      environment: { TABLE: casefiles.table.tableName, ...rules.environment },
      may: [...casefiles.allowing('heads', 'open', 'events', 'setWake'), rules.reading],
      besides: EXTENSION,
      timeout: Duration.minutes(15),
      hurts: 'whoever was overlooked: nothing else looks for a casefile that lost its wake.',
      heartbeat: { metric: nightly('ReconciledDue', 'SampleCount'), periods: 1, runbook: 'silent-night' },
    })
    operations.alarm(this, 'Broken', {
      metric: nightly('ReconciledBroken'),
      rings: { from: 1 },
      silence: 'all is well',
      hurts: 'everybody in a casefile whose plan throws: it is in nobody’s hands.',
      runbook: 'broken-casefile',
    })
    operations.alarm(this, 'Adrift', {
      metric: nightly('ReconciledAdrift'),
      rings: { from: 1 },
      silence: 'all is well',
      hurts:
        'somebody released or about to be: their gate meeting has no next step, and nobody said how it went.',
      runbook: 'release-adrift',
    })
    operations.alarm(this, 'Holidays', {
      metric: nightly('HolidayDaysAhead', 'Minimum'),
      rings: { below: HOLIDAY_DAYS_MIN },
      silence: 'all is well',
      hurts: 'workers: beyond the last bank holiday we know of, prompts come on days nobody works.',
      runbook: 'holidays',
    })
    operations.graph('Reconciled', [
      nightly('ReconciledDue'),
      nightly('ReconciledSent'),
      nightly('ReconciledFailed'),
      nightly('ReconciledSkipped'),
      nightly('ReconciledOpen'),
      nightly('ReconciledDelivered'),
      nightly('ReconciledWoken'),
    ])
  }
}

/** GOV.UK publishes two years and more ahead; half a year is time enough to find out why ours are not newer. */
const HOLIDAY_DAYS_MIN = 180
