import { join } from 'node:path'
import { FileSystem } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import { Construct } from 'constructs'
import { ROOT } from './constructs/function.ts'
import type { Platform } from './constructs/platform.ts'

/**
 * What whoever plans must know besides the casefile. The build is a print of all that plans are made of: when a line
 * of it changes, reconcile wakes whatever was planned under the old one. Two things are settled without a deploy and
 * stand in parameters: a deploy leaves them as they are, since what it says of them never changes.
 */
export class Rules extends Construct {
  readonly environment
  readonly readPermission: PolicyStatement
  readonly holidays: StringParameter

  constructor(scope: Construct, id: string, { stage }: Platform) {
    super(scope, id)
    const dutyModes = new StringParameter(this, 'DutyModes', {
      parameterName: `/throughcare/${stage.name}/duty-modes`,
      description: 'Duties that are held back, such as {"FAX-01":"paused"} or in "shadow"',
      stringValue: '{}',
      allowedPattern: ANY_HELD_BACK,
    })
    this.holidays = new StringParameter(this, 'BankHolidays', {
      parameterName: `/throughcare/${stage.name}/bank-holidays`,
      description: 'The bank holidays of England and Wales, as GOV.UK last had them',
      stringValue: '[]',
    })
    this.environment = {
      GO_LIVE: stage.goLive,
      ADDRESS: stage.address,
      BUILD: FileSystem.fingerprint(join(ROOT, 'shared')),
      DUTY_MODES_PARAMETER: dutyModes.parameterName,
      BANK_HOLIDAYS_PARAMETER: this.holidays.parameterName,
    }
    this.readPermission = new PolicyStatement({
      actions: ['ssm:GetParameter'],
      resources: [dutyModes.parameterArn, this.holidays.parameterArn],
    })
  }
}

/** What cannot be read is refused where it is written, and not by every function that reads it. */
const ANY_HELD_BACK = '^\\{("[A-Z]+-[0-9]+":"(paused|shadow)"(,(?=")|(?=\\})))*\\}$'
