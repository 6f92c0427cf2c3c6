import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import manifest from '../../package.json' with { type: 'json' }
import { exitAnswering, exitWith, mistakeIn } from '../command-line.ts'

/**
 * `throughcare COMMAND`: each command is a module that runs when it is loaded and reads the arguments after its name.
 */

type Command = {
  readonly says: string
  readonly load: () => Promise<unknown>
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    says: 'the service on one machine, or without --data a sample caseload with a clock to move',
    load: () => import('../local/start.ts'),
  },
  replay: {
    says: 'who is told what of a caseload, through a virtual clock',
    load: () => import('./replay.ts'),
  },
  plan: {
    says: 'what a casefile will tell, what it will not, and why',
    load: () => import('./plan.ts'),
  },
  why: {
    says: 'one notice: its duty and passage, the events, the decision, the receipts',
    load: () => import('./why.ts'),
  },
  doctor: {
    says: 'whether one machine is set up to do its work, and how to mend what is not',
    load: () => import('./doctor.ts'),
  },
  backup: { says: 'copies the folder of one machine while it runs', load: () => import('./backup.ts') },
  import: { says: 'takes events in from a file', load: () => import('./import.ts') },
  export: {
    says: 'writes out what one machine holds, or holds of one person',
    load: () => import('./export.ts'),
  },
  reconcile: {
    says: 'compares every plan with what was told, and wakes nobody',
    load: () => import('./reconcile.ts'),
  },
  sample: { says: 'the sample caseload, one event a line', load: () => import('./sample.ts') },
  duties: { says: 'every duty, with its source and texts', load: () => import('./duties.ts') },
  forget: { says: 'removes a casefile, and what others hold of it', load: () => import('./forget.ts') },
  'dead-letters': {
    says: 'on AWS: lists what could not be taken in, and puts it back',
    load: () => import('./dead-letters.ts'),
  },
  contract: {
    says: 'writes docs/contract from the schemas (in a checkout)',
    load: inCheckout('infra/commands/contract.ts'),
  },
  simulate: {
    says: 'the whole system under seeded faults (in a checkout)',
    load: inCheckout('tests/simulation/simulate.ts'),
  },
  bench: {
    says: 'how much one machine carries, beside what queues do (in a checkout)',
    load: inCheckout('tests/bench/bench.ts'),
  },
  rehearse: {
    says: 'the functions of AWS on emulators, beside a replay (in a checkout)',
    load: inCheckout('infra/emulated/rehearse.ts'),
  },
  costs: {
    says: 'counts what a month on AWS costs (in a checkout)',
    load: inCheckout('tests/infra/costs/count.ts', 'infra/costs/page.ts'),
  },
}

const USAGE = `usage: throughcare COMMAND [OPTIONS]

${Object.entries(COMMANDS)
  .map(([name, { says }]) => `  ${name.padEnd(14)} ${says}`)
  .join('\n')}

  throughcare COMMAND --help says what its options are.
`

const [name] = process.argv.splice(2, 1)
if (name === '--help' || name === '-h') exitAnswering(USAGE)
if (name === '--version') exitAnswering(manifest.version)
if (name === undefined) exitWith(USAGE)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (!command) exitWith(`there is no command ${JSON.stringify(name)}; throughcare --help lists what there is`)
await command.load().catch((error) => {
  const mistake = mistakeIn(error)
  if (mistake === undefined) throw error
  exitWith(mistake)
})

/** Commands for developers need tests, emulators and CDK, which the package does not contain. */
function inCheckout(...modules: readonly string[]): Command['load'] {
  return async () => {
    const files = modules.map((module) => join(import.meta.dirname, '../..', module))
    if (!files.every((file) => existsSync(file))) {
      exitWith(`${name} works in a checkout of the repository alone, not in the package`)
    }
    for (const file of files) await import(pathToFileURL(file).href)
  }
}
