import { exitWithReader, print, readArguments } from '../command-line.ts'
import { sampleCaseload } from '../local/sample/caseload.ts'

/** `npm run sample`: the sample caseload, one event a line, for a replay. `--seed N` makes another. */

const OPTIONS = { seed: { type: 'string', default: '1' } } as const
const { seed } = readArguments({ options: OPTIONS }, 'usage: npm run sample [-- --seed N]').values
exitWithReader()
for (const event of sampleCaseload(Number(seed))) {
  print(JSON.stringify(event))
}
