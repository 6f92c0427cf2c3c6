import { Duration } from 'aws-cdk-lib'
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import type { Platform } from './constructs/platform.ts'
import { ScheduledFunction } from './constructs/scheduled-function.ts'
import type { WakeQueues } from './wake-queues.ts'

type TickProps = { readonly casefiles: Casefiles; readonly wakeQueues: WakeQueues }

/**
 * Queues the casefiles whose wake has come, every minute. Without it nothing that is due at a certain time is told.
 */
export class Tick extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, { casefiles, wakeQueues }: TickProps) {
    super(scope, id)
    const { monitoring } = platform
    const perMinute = monitoring.metric('WakesHandedOver', 'SampleCount', Duration.minutes(1))
    new ScheduledFunction(this, 'Tick', {
      platform,
      folder: 'tick',
      schedules: [ScheduleExpression.rate(Duration.minutes(1))],
      concurrencyMax: 1,
      environment: { TABLE: casefiles.table.tableName, ...wakeQueues.environment },
      permissions: [...casefiles.permissions('due'), ...wakeQueues.sendPermissions],
      timeout: Duration.minutes(1),
      failuresMin: 3,
      impact: 'everybody: nothing that is due at a certain time is told any more.',
      heartbeat: { metric: perMinute, periods: 5, runbook: 'tick-missed' },
    })
    monitoring.graph('Wakes handed over', [monitoring.metric('WakesHandedOver')])
  }
}
