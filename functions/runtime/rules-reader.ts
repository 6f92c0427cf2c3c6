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

/** A parameter as it was written, and which version that is. */
export type ParameterVersion = { readonly value: string; readonly version: number }

/** Reads a parameter as it is, or one version of it. */
export type ReadParameter = (name: string, version?: number) => Promise<ParameterVersion>

/** How many versions are looked through for one that can be read. */
const VERSIONS_MAX = 10

/**
 * The rules as they are now. Part of them is settled while the service runs and without a deploy: the modes of duties, by
 * the people on call, and the bank holidays, by the function that looks them up. What cannot be read is counted and
 * logged, and the version before it applies, in every process alike. The rules are the same object for as long as
 * nothing changes. Throws where no version can be read, and at once where the letterheads are none.
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
 * The modes of duties. An id that is mistyped may be that of a duty that was paused until now, so the modes of the last
 * version without one stay in force under what is written.
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

/** The newest version of a parameter that can be read. */
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
