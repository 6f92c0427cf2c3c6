import { type App, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import {
  BANK_HOLIDAYS_PATTERN,
  DUTY_MODES_PATTERN,
  parameterNames,
} from '../../functions/runtime/settings.ts'
import type { Stage } from './constructs/stage.ts'

/**
 * What is set while the service runs. AWS::SSM::Parameter, update: when any of its properties changes, even a tag,
 * CloudFormation writes the template's Value again. So the parameters are a separate stack whose template never
 * changes, and no deploy of the service touches them.
 */
export class Settings extends Stack {
  constructor(scope: App, id: string, stage: Stage) {
    super(scope, id, {
      env: { account: stage.account, region: stage.region },
      terminationProtection: !stage.unprotected,
    })
    const { dutyModes, bankHolidays } = parameterNames(stage)
    const parameters = [
      new StringParameter(this, 'DutyModes', {
        parameterName: dutyModes,
        description: 'Duties that are paused, as {"FAX-01":"paused"}, or in "shadow"',
        stringValue: '{}',
        allowedPattern: DUTY_MODES_PATTERN,
      }),
      new StringParameter(this, 'BankHolidays', {
        parameterName: bankHolidays,
        description: 'The bank holidays of England and Wales, as GOV.UK last had them',
        stringValue: '[]',
        allowedPattern: BANK_HOLIDAYS_PATTERN,
      }),
    ]
    for (const parameter of parameters) parameter.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
  }
}
