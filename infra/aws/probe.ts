import { Duration } from 'aws-cdk-lib'
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import { SECRETS_EXTENSION } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import { ScheduledFunction } from './constructs/scheduled-function.ts'
import type { Intake } from './intake.ts'
import type { Rules } from './rules.ts'

type ProbeProps = { readonly casefiles: Casefiles; readonly intake: Intake; readonly rules: Rules }

/**
 * Sends an event every hour and checks that its notice was delivered, through everything that a real event passes. It
 * also reports whether offices are open in that hour, and so whether other systems should be sending events.
 */
export class Probe extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, { casefiles, intake, rules }: ProbeProps) {
    super(scope, id)
    const { queue, sendPermission } = intake.workQueue
    new ScheduledFunction(this, 'Probe', {
      platform,
      folder: 'probe',
      schedules: [ScheduleExpression.cron({ minute: '0' })],
      concurrencyMax: 1,
      environment: {
        TABLE: casefiles.table.tableName,
        EVENTS_QUEUE_URL: queue.queueUrl,
        ...rules.environment,
      },
      permissions: [
        ...casefiles.permissions('open', 'texts', 'forget', 'forgetHead'),
        sendPermission,
        rules.readPermission,
      ],
      paramsAndSecrets: SECRETS_EXTENSION,
      timeout: Duration.minutes(1),
      impact: 'everybody, probably: what the service told itself for two hours did not arrive.',
      heartbeat: {
        metric: platform.monitoring.metric('ProbesDelivered', 'Sum', Duration.hours(1)),
        periods: 2,
        fromGoLive: true,
        runbook: 'probe-missed',
      },
    })
  }
}
