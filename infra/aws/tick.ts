import { Duration } from 'aws-cdk-lib'
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import type { Platform } from './constructs/platform.ts'
import { Rhythm } from './constructs/scheduled-function.ts'
import type { WakeQueues } from './wake-queues.ts'

type TickProps = { readonly casefiles: Casefiles; readonly wakes: WakeQueues }

/** Every minute: hands over the casefiles whose wake has come. Nothing that is due by the clock is told without it. */
export class Tick extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, { casefiles, wakes }: TickProps) {
    super(scope, id)
    const { operations } = platform
    const minutely = operations.counted('WakesHandedOver', 'SampleCount', Duration.minutes(1))
    new Rhythm(this, 'Tick', {
      platform,
      folder: 'tick',
      every: ScheduleExpression.rate(Duration.minutes(1)),
      parts: 1,
      environment: { TABLE: casefiles.table.tableName, ...wakes.environment },
      may: [...casefiles.allowing('due', 'postpone'), ...wakes.sending],
      timeout: Duration.minutes(1),
      hurts: 'everybody who should be told something at a certain time: nobody is told anything any more.',
      heartbeat: { metric: minutely, periods: 5, runbook: 'silent-tick' },
    })
    operations.graph('Wakes handed over', [operations.counted('WakesHandedOver')])
  }
}
