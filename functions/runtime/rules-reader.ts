import * as z from 'zod'
import { broughtUpToDate } from '../../shared/calendar/working-days.ts'
import { unknownDuties } from '../../shared/duties/all.ts'
import { HeldBack, type Rules, rulesWith, SHIPPED_HOLIDAYS } from '../../shared/planning/rules.ts'
import type { Environment } from './environment.ts'
import { complain } from './telemetry.ts'

/** What those who plan on AWS are told by their environment. */
export const RULES_VARIABLES = [
  ...(['GO_LIVE', 'ADDRESS', 'BUILD'] as const),
  ...(['HELD_BACK_PARAMETER', 'BANK_HOLIDAYS_PARAMETER'] as const),
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
      read(told.HELD_BACK_PARAMETER),
      read(told.BANK_HOLIDAYS_PARAMETER),
    ])
    const written = `${held} ${newer}`
    if (known?.written !== written) {
      const settings = { goLive: told.GO_LIVE, address: told.ADDRESS, heldBack: heldBackIn(held) }
      const holidays = broughtUpToDate(SHIPPED_HOLIDAYS, BankHolidays.parse(JSON.parse(newer)))
      known = { written, rules: rulesWith(settings, { build: told.BUILD, holidays }) }
    }
    return known.rules
  }
}

/** Somebody who is woken at three may mistype a duty: that is complained of, and keeps nobody from being told. */
function heldBackIn(written: string): HeldBack {
  const heldBack = HeldBack.parse(JSON.parse(written))
  for (const id of unknownDuties(heldBack)) complain('no such duty to be held back', {}, new Error(id))
  return heldBack
}
