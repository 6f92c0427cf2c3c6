import { Duration, TimeZone } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { Platform } from './constructs/platform.ts'
import { ScheduledFunction } from './constructs/scheduled-function.ts'
import type { Rules } from './rules.ts'

const FEED = 'https://www.gov.uk/bank-holidays.json'

type HolidaysProps = { readonly rules: Rules }

/** Looks up GOV.UK's bank holidays, every night before reconcile. */
export class Holidays extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, { rules }: HolidaysProps) {
    super(scope, id)
    const { name, arn } = rules.bankHolidays
    new ScheduledFunction(this, 'Holidays', {
      platform,
      folder: 'holidays',
      schedules: [ScheduleExpression.cron({ minute: '30', hour: '2', timeZone: TimeZone.EUROPE_LONDON })],
      concurrencyMax: 1,
      environment: { BANK_HOLIDAYS_PARAMETER: name, BANK_HOLIDAYS_FEED: FEED },
      permissions: [
        new PolicyStatement({
          actions: ['ssm:GetParameter', 'ssm:PutParameter'],
          resources: [arn],
        }),
      ],
      timeout: Duration.seconds(30),
      impact: 'workers: prompts arrive on a bank holiday that we do not know of, when offices are empty.',
      heartbeat: {
        metric: platform.monitoring.metric('HolidaysLookedUp', 'SampleCount', Duration.days(1)),
        periods: 3,
        judged: 'each-morning',
        runbook: 'holidays',
      },
    })
  }
}
