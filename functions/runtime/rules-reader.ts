import { mergedHolidays } from '../../shared/calendar/working-days.ts'
import { unknownDuties } from '../../shared/duties/all.ts'
import { Letterheads } from '../../shared/messages/letterheads.ts'
import { type DutyModes, type Rules, rulesWith, SHIPPED_HOLIDAYS } from '../../shared/planning/rules.ts'
import type { Environment } from './environment.ts'
import { readBankHolidays, readDutyModes } from './settings.ts'
import { count, logError } from './telemetry.ts'

type RulesVariables = Pick<
  Environment,
  | 'GO_LIVE'
  | 'ADDRESS'
  | 'LETTERHEADS'
  | 'CALL_FROM'
  | 'BUILD'
  | 'DUTY_MODES_PARAMETER'
  | 'BANK_HOLIDAYS_PARAMETER'
>

/** A version of a parameter: its value and number. */
export type ParameterVersion = { readonly value: string; readonly version: number }

/** Reads the current version of a parameter, or a given one. */
export type ReadParameter = (name: string, version?: number) => Promise<ParameterVersion>

/** How many versions are tried to find a readable one. */
const VERSIONS_MAX = 10

/**
 * Reads the current rules. Two parts change without a deploy: duty modes, set by the people on call, and bank holidays,
 * set by the function that looks them up. An unreadable value is counted and logged, and the previous version applies,
 * in every process alike. The returned object stays the same until something changes. Throws if no version can be read,
 * and immediately if the letterheads are invalid.
 */
export function rulesReader(env: RulesVariables, readParameter: ReadParameter): () => Promise<Rules> {
  const letterheads = Letterheads.parse(env.LETTERHEADS)
  let known: { readonly key: string; readonly rules: Rules } | undefined
  return async () => {
    const [modes, holidays] = await Promise.all([
      dutyModes(env.DUTY_MODES_PARAMETER, readParameter),
      lastReadable(env.BANK_HOLIDAYS_PARAMETER, readBankHolidays, readParameter),
    ])
    const key = JSON.stringify([modes, holidays])
    if (known?.key !== key) {
      const { GO_LIVE: goLive, ADDRESS: address } = env
      const rings = env.CALL_FROM !== ''
      const settings = { goLive, address, letterheads, rings, dutyModes: modes }
      const days = mergedHolidays(SHIPPED_HOLIDAYS, holidays)
      known = { key, rules: rulesWith(settings, { build: env.BUILD, holidays: days }) }
    }
    return known.rules
  }
}

/**
 * The modes of duties. A mistyped id may mean a duty that was paused until now, so the modes of the last version
 * without unknown ids stay in force under the new ones.
 */
async function dutyModes(name: string, readParameter: ReadParameter): Promise<DutyModes> {
  const written = await lastReadable(name, readDutyModes, readParameter)
  const unknown = unknownDuties(written)
  if (unknown.length === 0) return written
  for (const id of unknown) report('no duty has this id', new Error(id))
  return { ...(await lastReadable(name, readKnownDuties, readParameter)), ...written }
}

function readKnownDuties(written: string): DutyModes | undefined {
  const modes = readDutyModes(written)
  return modes && unknownDuties(modes).length === 0 ? modes : undefined
}

/** The newest readable version of a parameter. */
async function lastReadable<Value>(
  name: string,
  read: (written: string) => Value | undefined,
  readParameter: ReadParameter,
): Promise<Value> {
  let { value, version } = await readParameter(name)
  for (let nth = 1; nth <= VERSIONS_MAX; nth++) {
    const found = read(value)
    if (found !== undefined) return found
    report('a parameter cannot be read', new Error(`${name}, version ${version}`))
    if (version === 1) break
    ;({ value, version } = await readParameter(name, version - 1))
  }
  throw new Error(`no version of ${name} can be read`)
}

function report(event: string, error: Error): void {
  count('SettingsWrong')
  logError(event, {}, error)
}
