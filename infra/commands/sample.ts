import { sampleCaseload } from '../local/sample/caseload.ts'
import { endWithReader } from './output.ts'

/** `npm run sample`: the sample caseload, one event a line, for a replay. `--seed N` makes another. */

const [, seed] = /--seed[ =](\d+)/.exec(process.argv.join(' ')) ?? []
endWithReader()
for (const event of sampleCaseload(seed === undefined ? undefined : Number(seed))) {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}
