import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { readEnvironment } from '../runtime/environment.ts'
import { count, instrumented, traced } from '../runtime/telemetry.ts'
import { refreshHolidays } from './holidays.ts'

const PATIENCE_MS = 10_000

const env = readEnvironment(process.env, ['BANK_HOLIDAYS_PARAMETER', 'BANK_HOLIDAYS_FEED'])
const { BANK_HOLIDAYS_PARAMETER: Name, BANK_HOLIDAYS_FEED: FEED } = env
const ssm = traced(new SSMClient())
const ports = {
  async fetchFeed() {
    const response = await fetch(FEED, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (!response.ok) throw new Error(`GOV.UK answers ${response.status}`)
    return response.json()
  },
  async read() {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }))
    return JSON.parse(Parameter?.Value ?? '[]') as string[]
  },
  async keep(holidays: readonly string[]) {
    await ssm.send(new PutParameterCommand({ Name, Value: JSON.stringify(holidays), Overwrite: true }))
  },
}

/** Runs every night, before reconcile does. */
export const handler = instrumented(async () => {
  const refreshed = await refreshHolidays(ports)
  if (refreshed.is === 'refused') throw new Error(`the bank holidays were refused: ${refreshed.reason}`)
  count('HolidaysLookedUp')
})
