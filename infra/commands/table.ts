import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { parameterNames, readBankHolidays, readDutyModes } from '../../functions/runtime/settings.ts'
import { mergedHolidays } from '../../shared/calendar/working-days.ts'
import { type Rules, rulesWith, SHIPPED_HOLIDAYS } from '../../shared/planning/rules.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { exitWith } from '../command-line.ts'

/** The casefiles of a stage on AWS, for anybody who may read its table. */
export function openTable(name: string) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient())
  return { store: dynamoStore({ client, table: name }), close: () => client.destroy() }
}

/**
 * The rules of a stage, with its current duty modes and bank holidays. They have no go-live: what it held back is in
 * the ledgers. Ends the process if a parameter cannot be read.
 */
export async function rulesOfStage(name: string): Promise<Rules> {
  const ssm = new SSMClient()
  const { dutyModes, bankHolidays } = parameterNames({ name })
  const read = async <Value>(Name: string, how: (written: string) => Value | undefined): Promise<Value> => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }))
    return how(Parameter?.Value ?? '') ?? exitWith(`${Name} has a value that cannot be read`)
  }
  const [modes, holidays] = await Promise.all([
    read(dutyModes, readDutyModes),
    read(bankHolidays, readBankHolidays),
  ])
  return rulesWith({ dutyModes: modes }, { holidays: mergedHolidays(SHIPPED_HOLIDAYS, holidays) })
}
