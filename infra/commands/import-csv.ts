import { readFileSync } from 'node:fs'
import { readCaseload, takeCaseload } from '../../functions/acts/caseload.ts'
import { foresee } from '../../functions/web/acts/foresee.ts'
import { LINE_KINDS, type LineKindName } from '../../shared/acts/lines.ts'
import { exitWith, print, printError } from '../command-line.ts'
import { openBeside, openStopped, takingInto } from './data-source.ts'

type Asked = {
  readonly file: string
  readonly kind: string | undefined
  readonly folder: string
  readonly isDry: boolean
}

/** Takes in a caseload from a CSV file, all of it or nothing, or only reports what would be taken in. */
export async function importCsv({ file, kind: said, folder, isDry }: Asked): Promise<void> {
  const names = Object.keys(LINE_KINDS) as LineKindName[]
  const kind = names.find((one) => one === said) ?? exitWith(`--kind: expected one of ${names.join(', ')}`)
  const { store, rules, close } = isDry ? openBeside(folder) : openStopped(folder)
  const ports = { store, rules: () => rules, now: Date.now }
  const caseload = await readCaseload(readFileSync(file, 'utf8'), kind, { reads: 'everything' }, ports)
  if (caseload.is === 'wrong') {
    for (const { line, column, words } of caseload.wrong) {
      printError([`line ${line}`, column, words].filter((one) => one !== undefined).join(': '))
    }
    close()
    exitWith(`${caseload.wrong.length} wrong; nothing was taken in`, 1)
  }
  const { lines, events, would, known } = caseload
  const { told, untold } = await foresee(would, ports)
  if (!isDry) await takeCaseload(events, takingInto(store))
  close()
  print(`${lines} lines: ${events.length} ${isDry ? 'to be taken in' : 'taken in'}, ${known} known already`)
  print(`in four weeks: ${told} to be told, ${untold} deliberately not`)
}
