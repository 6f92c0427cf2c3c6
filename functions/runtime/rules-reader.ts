import * as z from 'zod'
import { mergedHolidays } from '../../shared/calendar/working-days.ts'
import { unknownDuties } from '../../shared/duties/all.ts'
import { DutyModes, type Rules, rulesWith, SHIPPED_HOLIDAYS } from '../../shared/planning/rules.ts'
import type { Environment } from './environment.ts'
import { logError } from './telemetry.ts'

type RulesVariables = Pick<
  Environment,
  'GO_LIVE' | 'ADDRESS' | 'BUILD' | 'DUTY_MODES_PARAMETER' | 'BANK_HOLIDAYS_PARAMETER'
>

const BankHolidays = z.array(z.iso.date())

/**
 * The rules as they are at this moment. Part of them is settled while the service runs and without a deploy: the
 * duties that are held back, by those on call, and the bank holidays, by the function that looks them up. They are the
 * same object for as long as nothing changes.
 */
export function rulesReader(
  env: RulesVariables,
  read: (parameter: string) => Promise<string>,
): () => Promise<Rules> {
  let known: { readonly written: string; readonly rules: Rules } | undefined
  return async () => {
    const [held, newer] = await Promise.all([
      read(env.DUTY_MODES_PARAMETER),
      read(env.BANK_HOLIDAYS_PARAMETER),
    ])
    const written = `${held} ${newer}`
    if (known?.written !== written) {
      const settings = { goLive: env.GO_LIVE, address: env.ADDRESS, dutyModes: dutyModesIn(held) }
      const holidays = mergedHolidays(SHIPPED_HOLIDAYS, BankHolidays.parse(JSON.parse(newer)))
      known = { written, rules: rulesWith(settings, { build: env.BUILD, holidays }) }
    }
    return known.rules
  }
}

/** Somebody who is woken at three may mistype a duty: that is complained of, and keeps nobody from being env. */
function dutyModesIn(written: string): DutyModes {
  const dutyModes = DutyModes.parse(JSON.parse(written))
  for (const id of unknownDuties(dutyModes)) logError('no such duty to be held back', {}, new Error(id))
  return dutyModes
}
