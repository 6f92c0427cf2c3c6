import { exitWithReader, print, readArguments, readWhole } from '../command-line.ts'
import { sampleCaseload } from '../local/sample/caseload.ts'

/** `throughcare sample`: the sample caseload, one event a line, for a replay. */

const USAGE = `usage: throughcare sample [--seed N]

  --seed N    another caseload like it
`

const OPTIONS = { seed: { type: 'string', default: '1' } } as const
const { seed } = readArguments({ options: OPTIONS }, USAGE).values
exitWithReader()
for (const event of sampleCaseload(readWhole(seed, '--seed'))) {
  print(JSON.stringify(event))
}
