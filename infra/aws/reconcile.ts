import { Duration, TimeZone } from 'aws-cdk-lib'
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch'
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import { SECRETS_EXTENSION } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import { ScheduledFunction } from './constructs/scheduled-function.ts'
import type { Rules } from './rules.ts'

type ReconcileProps = { readonly casefiles: Casefiles; readonly rules: Rules }

/**
 * Checks every night that each notice that fell due was given, or why it was not. Each part counts its own casefiles,
 * and the metrics are their sum. The parts start one after another, to spread their load on the table.
 */
export class Reconcile extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, { casefiles, rules }: ReconcileProps) {
    super(scope, id)
    const { stage, monitoring } = platform
    const nightly = (name: Parameters<typeof monitoring.metric>[0], statistic = 'Sum') =>
      monitoring.metric(name, statistic, Duration.days(1))
    new ScheduledFunction(this, 'Reconcile', {
      platform,
      folder: 'reconcile',
      schedules: Array.from({ length: stage.reconcileParts }, (_, part) =>
        nightlyAt(part, stage.reconcileParts),
      ),
      concurrencyMax: Math.min(stage.reconcileParts, PARTS_AT_ONCE),
      environment: { TABLE: casefiles.table.tableName, ...rules.environment },
      permissions: [...casefiles.permissions('casefiles', 'open', 'events', 'finish'), rules.readPermission],
      paramsAndSecrets: SECRETS_EXTENSION,
      timeout: PART_TIMEOUT,
      impact: 'people in a casefile that lost its wake: nothing else finds it.',
      heartbeat: {
        metric: nightly('ReconciledDue', 'SampleCount'),
        periods: 1,
        judged: 'each-morning',
        runbook: 'reconcile-missed',
      },
    })
    monitoring.alarm(this, 'NotCompared', {
      metric: nightly('ReconciledNotCompared'),
      threshold: { atLeast: 1 },
      judged: 'each-morning',
      missingData: 'notBreaching',
      impact: 'people in a casefile that could not be read last night: if it lost its wake, nobody knows.',
      runbook: 'reconcile-missed',
    })
    monitoring.alarm(this, 'Broken', {
      metric: nightly('ReconciledBroken'),
      threshold: { atLeast: 1 },
      judged: 'each-morning',
      missingData: 'notBreaching',
      impact: 'everybody in a casefile whose plan throws: nobody is told anything about it.',
      runbook: 'broken-casefile',
    })
    monitoring.alarm(this, 'WithoutOutcome', {
      metric: nightly('ReconciledUnresolved'),
      threshold: { atLeast: 1 },
      judged: 'each-morning',
      missingData: 'notBreaching',
      impact:
        'somebody released: their gate meeting is over or has no next step, and nobody recorded how it went.',
      runbook: 'release-without-outcome',
    })
    monitoring.alarm(this, 'Undelivered', {
      metric: new MathExpression({
        expression: `IF(sent > ${SENT_MIN}, 100 * delivered / sent, 100)`,
        usingMetrics: { sent: nightly('ReconciledSent'), delivered: nightly('ReconciledDelivered') },
        label: 'Delivered of sent, in percent',
        period: Duration.days(1),
      }),
      threshold: { below: DELIVERED_PERCENT_MIN },
      judged: 'each-morning',
      missingData: 'notBreaching',
      impact: 'the people whose messages a provider took and did not deliver, or never reported on.',
      runbook: 'undelivered',
    })
    monitoring.alarm(this, 'Holidays', {
      metric: nightly('HolidayDaysAhead', 'Minimum'),
      threshold: { below: HOLIDAY_DAYS_MIN },
      judged: 'each-morning',
      missingData: 'notBreaching',
      impact: 'workers: beyond the last bank holiday we know of, prompts come on days nobody works.',
      runbook: 'holidays',
    })
    monitoring.graph('Reconciled', [
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

/** From 03:30, an hour at which the clocks never change. */
const BEGINS_MINUTE = 3 * 60 + 30
export const SPREAD_OVER = Duration.hours(2)
const PART_TIMEOUT = Duration.minutes(15)
/** As many parts as can start before the first one's timeout: this bounds what they read at the same time. */
const PARTS_AT_ONCE = 7

function nightlyAt(part: number, of: number): ScheduleExpression {
  const minute = BEGINS_MINUTE + Math.floor((part * SPREAD_OVER.toMinutes()) / of)
  return ScheduleExpression.cron({
    minute: String(minute % 60),
    hour: String(Math.floor(minute / 60)),
    timeZone: TimeZone.EUROPE_LONDON,
  })
}

/** With fewer messages, a few bad addresses would raise an alarm. */
const SENT_MIN = 50
const DELIVERED_PERCENT_MIN = 80
/** GOV.UK publishes at least two years ahead; half a year is enough to find out why ours are not newer. */
const HOLIDAY_DAYS_MIN = 180
