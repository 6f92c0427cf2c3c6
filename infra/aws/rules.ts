import { join } from 'node:path'
import { FileSystem, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { parameterNames } from '../../functions/runtime/settings.ts'
import { ROOT } from './constructs/function.ts'
import type { Platform } from './constructs/platform.ts'

/**
 * What a plan depends on besides the casefile. The build is a hash of all code that makes plans: when it changes,
 * reconcile wakes every casefile that was planned by the previous one. Duty modes and bank holidays are parameters.
 */
export class Rules extends Construct {
  readonly environment
  readonly readPermission: PolicyStatement
  /** The name and ARN of the parameter that holds the bank holidays. */
  readonly bankHolidays: { readonly name: string; readonly arn: string }

  constructor(scope: Construct, id: string, { stage, monitoring }: Platform) {
    super(scope, id)
    const { dutyModes, bankHolidays } = parameterNames(stage)
    const arnOf = (name: string) => Stack.of(this).formatArn({ service: 'ssm', resource: `parameter${name}` })
    this.bankHolidays = { name: bankHolidays, arn: arnOf(bankHolidays) }
    this.environment = {
      GO_LIVE: stage.goLive,
      ADDRESS: stage.address,
      LETTERHEADS: JSON.stringify(stage.letterheads),
      CALL_FROM: stage.callNumberArn ?? '',
      BUILD: FileSystem.fingerprint(join(ROOT, 'shared')),
      DUTY_MODES_PARAMETER: dutyModes,
      BANK_HOLIDAYS_PARAMETER: bankHolidays,
    }
    this.readPermission = new PolicyStatement({
      actions: ['ssm:GetParameter'],
      resources: [arnOf(dutyModes), arnOf(bankHolidays)],
    })
    monitoring.alarm(this, 'SettingsWrong', {
      metric: monitoring.metric('SettingsWrong'),
      threshold: { atLeast: 1 },
      missingData: 'notBreaching',
      impact: 'people under a duty that was to be paused and is not, or prompted on a bank holiday.',
      runbook: 'settings-wrong',
    })
  }
}
