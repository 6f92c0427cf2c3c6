import * as z from 'zod'
import type { LocalDate } from '../../shared/calendar/london.ts'
import { DutyModes } from '../../shared/planning/rules.ts'

/** What is set while the service runs, in parameters of Systems Manager. */

/** The names of the parameters of a stage. */
export function parameterNames({ name }: { readonly name: string }) {
  return { dutyModes: `/throughcare/${name}/duty-modes`, bankHolidays: `/throughcare/${name}/bank-holidays` }
}

/** The pattern for duty modes: the duties that are paused or in shadow, without spaces. */
export const DUTY_MODES_PATTERN = '^\\{("[A-Z]+-[0-9]+":"(paused|shadow)"(,(?=")|(?=\\})))*\\}$'

/** The pattern for bank holidays: dates, without spaces. */
export const BANK_HOLIDAYS_PATTERN = '^\\[("20[0-9]{2}-[01][0-9]-[0-3][0-9]"(,(?=")|(?=\\])))*\\]$'

const BankHolidays = z.array(z.iso.date())

/** Parses duty modes; undefined if they are invalid. */
export function readDutyModes(written: string): DutyModes | undefined {
  return read(DutyModes, written)
}

/** Parses bank holidays, in order; undefined if they are invalid. */
export function readBankHolidays(written: string): LocalDate[] | undefined {
  return read(BankHolidays, written)?.sort()
}

function read<Value>(schema: z.ZodType<Value>, written: string): Value | undefined {
  try {
    return schema.parse(JSON.parse(written))
  } catch {
    return undefined
  }
}
