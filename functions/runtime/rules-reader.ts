import * as z from 'zod'
import { mergedHolidays } from '../../shared/calendar/working-days.ts'
import { unknownDuties } from '../../shared/duties/all.ts'
import { DutyModes, type Rules, rulesWith, SHIPPED_HOLIDAYS } from '../../shared/planning/rules.ts'
import type { Environment } from './environment.ts'
import { logError } from './telemetry.ts'

/** What those who plan on AWS are told by their environment. */
export const RULES_VARIABLES = [
  ...(['GO_LIVE', 'ADDRESS', 'BUILD'] as const),
  ...(['DUTY_MODES_PARAMETER', 'BANK_HOLIDAYS_PARAMETER'] as const),
] as const
type Told = Pick<Environment, (typeof RULES_VARIABLES)[number]>

const BankHolidays = z.array(z.iso.date())

/**
 * The rules as they are at this moment. Part of them is settled while the service runs and without a deploy: the
 * duties that are held back, by those on call, and the bank holidays, by the function that looks them up. They are the
 * same object for as long as nothing changes.
 */
export function rulesReader(told: Told, read: (parameter: string) => Promise<string>): () => Promise<Rules> {
  let known: { readonly written: string; readonly rules: Rules } | undefined
  return async () => {
    const [held, newer] = await Promise.all([
      read(told.DUTY_MODES_PARAMETER),
      read(told.BANK_HOLIDAYS_PARAMETER),
    ])
    const written = `${held} ${newer}`
    if (known?.written !== written) {
      const settings = { goLive: told.GO_LIVE, address: told.ADDRESS, dutyModes: dutyModesIn(held) }
      const holidays = mergedHolidays(SHIPPED_HOLIDAYS, BankHolidays.parse(JSON.parse(newer)))
      known = { written, rules: rulesWith(settings, { build: told.BUILD, holidays }) }
    }
    return known.rules
  }
}

/** Somebody who is woken at three may mistype a duty: that is complained of, and keeps nobody from being told. */
function dutyModesIn(written: string): DutyModes {
  const dutyModes = DutyModes.parse(JSON.parse(written))
  for (const id of unknownDuties(dutyModes)) logError('no such duty to be held back', {}, new Error(id))
  return dutyModes
}
