import { Duration, TimeZone } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { Platform } from './constructs/platform.ts'
import { Rhythm } from './constructs/scheduled-function.ts'
import type { Rules } from './rules.ts'

const FEED = 'https://www.gov.uk/bank-holidays.json'

type HolidaysProps = { readonly rules: Rules }

/** Every night before reconcile: whether GOV.UK knows of another bank holiday. */
export class Holidays extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, { rules }: HolidaysProps) {
    super(scope, id)
    const { parameterName, parameterArn } = rules.holidays
    new Rhythm(this, 'Holidays', {
      platform,
      folder: 'holidays',
      parts: 1,
      every: ScheduleExpression.cron({ minute: '30', hour: '2', timeZone: TimeZone.EUROPE_LONDON }),
      environment: { BANK_HOLIDAYS_PARAMETER: parameterName, BANK_HOLIDAYS_FEED: FEED },
      may: [
        new PolicyStatement({
          actions: ['ssm:GetParameter', 'ssm:PutParameter'],
          resources: [parameterArn],
        }),
      ],
      timeout: Duration.seconds(30),
      hurts: 'workers, in the end: on a bank holiday that we do not know of, prompts come to empty offices.',
      heartbeat: {
        metric: platform.operations.counted('HolidaysLookedUp', 'SampleCount', Duration.days(1)),
        periods: 3,
        runbook: 'holidays',
      },
    })
  }
}
