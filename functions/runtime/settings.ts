import * as z from 'zod'
import type { LocalDate } from '../../shared/calendar/london.ts'
import { DutyModes } from '../../shared/planning/rules.ts'

/** What is settled while the service runs, as it stands in parameters of Systems Manager. */

/** The names of the parameters of a stage. */
export function parameterNames({ name }: { readonly name: string }) {
  return { dutyModes: `/throughcare/${name}/duty-modes`, bankHolidays: `/throughcare/${name}/bank-holidays` }
}

/** What may be written as duty modes: the duties that are paused or in shadow, without spaces. */
export const DUTY_MODES_PATTERN = '^\\{("[A-Z]+-[0-9]+":"(paused|shadow)"(,(?=")|(?=\\})))*\\}$'

/** What may be written as bank holidays: dates, without spaces. */
export const BANK_HOLIDAYS_PATTERN = '^\\[("20[0-9]{2}-[01][0-9]-[0-3][0-9]"(,(?=")|(?=\\])))*\\]$'

const BankHolidays = z.array(z.iso.date())

/** The duty modes that are written; undefined where they cannot be read. */
export function readDutyModes(written: string): DutyModes | undefined {
  return read(DutyModes, written)
}

/** The bank holidays that are written, in order; undefined where they cannot be read. */
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
