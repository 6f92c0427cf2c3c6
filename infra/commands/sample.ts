import { sampleCaseload } from '../local/sample/caseload.ts'
import { exitWithReader, print } from './output.ts'

/** `npm run sample`: the sample caseload, one event a line, for a replay. `--seed N` makes another. */

const [, seed] = /--seed[ =](\d+)/.exec(process.argv.join(' ')) ?? []
exitWithReader()
for (const event of sampleCaseload(seed === undefined ? undefined : Number(seed))) {
  print(JSON.stringify(event))
}
