import { holidaysParameter } from '../runtime/clients.ts'
import { variables } from '../runtime/environment.ts'
import { count, instrumented } from '../runtime/telemetry.ts'
import { refreshHolidays } from './holidays.ts'

/** How long GOV.UK has to answer. */
const TIMEOUT_MS = 10_000

const { BANK_HOLIDAYS_FEED } = variables('BANK_HOLIDAYS_FEED')
const parameter = holidaysParameter()
const ports = {
  async fetchFeed() {
    const response = await fetch(BANK_HOLIDAYS_FEED, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok) throw new Error(`GOV.UK answers ${response.status}`)
    return response.json()
  },
  read: parameter.read,
  write: parameter.write,
}

/** Runs every night, before reconcile does. */
export const handler = instrumented(async () => {
  const refreshed = await refreshHolidays(ports)
  if (refreshed.is === 'refused') throw new Error(`the bank holidays were refused: ${refreshed.reason}`)
  count('HolidaysLookedUp')
})
