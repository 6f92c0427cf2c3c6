import { readArguments, readWhole } from '../../infra/command-line.ts'
import { KINDS } from '../../shared/casefile/ids.ts'
import { caseloadOf } from './caseload.ts'
import { CONSEQUENCES, type Counted, type Counts, FAULTS } from './faults.ts'
import { clock } from './scheduler.ts'
import { shrink } from './shrink.ts'
import { type Run, run, type Setup } from './world.ts'

/** `throughcare simulate`: that many runs of the whole system, from `--seed` on, until one fails. */

const USAGE = `usage: throughcare simulate [--seeds N] [--seed N] [--all]

  --seeds N    so many runs
  --seed N     the seed of the first
  --all        go on after a failure, and shrink none
`

const OPTIONS = {
  seeds: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  all: { type: 'boolean', default: false },
} as const
const { values } = readArguments({ options: OPTIONS }, USAGE)

const write = (line: string) => process.stdout.write(`${line}\n`)
const first = readWhole(values.seed, '--seed')
const seeds = readWhole(values.seeds, '--seeds')
const begun = performance.now()
const total = { steps: 0, messages: 0, compared: 0, failures: 0, counts: {} as Counts }

for (let seed = first; seed < first + seeds; seed++) {
  const setup: Setup = { seed, caseload: caseloadOf(seed), without: new Set() }
  const outcome = await run(setup)
  total.steps += outcome.steps
  total.messages += outcome.messages
  total.compared += outcome.compared
  for (const [fault, count] of Object.entries(outcome.counts) as [Counted, number][]) {
    total.counts[fault] = (total.counts[fault] ?? 0) + count
  }
  if (outcome.problem === undefined) continue
  total.failures++
  process.exitCode = 1
  write(`seed ${seed} fails at ${outcome.problem}`)
  write(`  npm run simulate -- --seed ${seed}`)
  if (values.all) continue
  await tellShortest(setup, outcome)
  break
}
summarise()

/** The shortest story found in which it still goes wrong: what happened, and every step on the casefile. */
async function tellShortest(setup: Setup, failing: Run): Promise<void> {
  const { caseload, without, run: shortest } = await shrink(setup, failing)
  const kinds = (Object.keys(shortest.counts) as Counted[]).filter((fault) => fault in FAULTS)
  write(`\nIt fails still with no more faults than ${kinds.join(', ') || 'none'}, and these events:`)
  for (const told of [...caseload.known, ...caseload.coming.map((one) => one.told)]) {
    write(`  ${told.occurredAt} ${told.eventType} ${JSON.stringify(told.additionalInformation)}`)
  }
  const { problem = '' } = shortest
  const [, kind, key] = new RegExp(`\\b(${KINDS.join('|')})[_:]([A-Za-z0-9-]+)`).exec(problem) ?? []
  write(`\nStep by step, what is done with ${kind}:${key} from ${clock(caseload.from)} on:`)
  const concerns = (line: string) =>
    [`${kind}:${key}`, `${kind}_${key}`].some((name) => line.includes(name)) && !line.includes(' neighbour ')
  const tell = (line: string) => concerns(line) && write(`  ${line}`)
  await run({ ...setup, caseload, without, tell })
  write(`\n${problem}`)
}

function summarise(): void {
  write('\nfaults injected')
  for (const fault of [...Object.keys(FAULTS), ...CONSEQUENCES] as Counted[]) {
    write(`  ${String(total.counts[fault] ?? 0).padStart(9)}  ${fault}`)
  }
  const seconds = (performance.now() - begun) / 1000
  const { steps, messages, compared, failures } = total
  write(`\n${seeds} seeds, ${steps} steps, ${messages} messages, ${compared} notices compared`)
  write(`${failures} failed; ${(seeds / seconds).toFixed(1)} seeds a second`)
}
