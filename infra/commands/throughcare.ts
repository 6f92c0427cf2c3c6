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
    says: 'runs the service on one machine, or without --data a sample caseload with a clock to move',
    load: () => import('../local/start.ts'),
  },
  replay: {
    says: 'runs a caseload through a virtual clock: who is told what',
    load: () => import('./replay.ts'),
  },
  plan: {
    says: 'shows what a casefile will tell, what it will not, and why',
    load: () => import('./plan.ts'),
  },
  why: {
    says: 'shows one notice: its duty and passage, the events, the decision, the receipts',
    load: () => import('./why.ts'),
  },
  doctor: {
    says: 'checks that one machine is set up correctly, and says how to fix what is not',
    load: () => import('./doctor.ts'),
  },
  backup: { says: 'copies the folder of one machine while it runs', load: () => import('./backup.ts') },
  import: { says: 'takes events in from a file', load: () => import('./import.ts') },
  export: {
    says: 'writes out everything held, or everything about one person',
    load: () => import('./export.ts'),
  },
  reconcile: {
    says: 'compares every plan with what was told, and changes nothing',
    load: () => import('./reconcile.ts'),
  },
  sample: { says: 'prints the sample caseload, one event per line', load: () => import('./sample.ts') },
  duties: { says: 'lists every duty, with its source and texts', load: () => import('./duties.ts') },
  forget: { says: 'removes a casefile, and its copies in others', load: () => import('./forget.ts') },
  'dead-letters': {
    says: 'on AWS: lists what could not be taken in, and puts it back',
    load: () => import('./dead-letters.ts'),
  },
  contract: {
    says: 'writes docs/contract from the schemas (in a checkout)',
    load: inCheckout('infra/commands/contract.ts'),
  },
  simulate: {
    says: 'runs the whole system under seeded faults (in a checkout)',
    load: inCheckout('tests/simulation/simulate.ts'),
  },
  bench: {
    says: 'measures what one machine can do, compared with queues (in a checkout)',
    load: inCheckout('tests/bench/bench.ts'),
  },
  rehearse: {
    says: 'runs the functions of AWS on emulators, compared with a replay (in a checkout)',
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

  throughcare COMMAND --help lists its options.
`

const [name] = process.argv.splice(2, 1)
if (name === '--help' || name === '-h') exitAnswering(USAGE)
if (name === '--version') exitAnswering(manifest.version)
if (name === undefined) exitWith(USAGE)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (!command) exitWith(`there is no command ${JSON.stringify(name)}; throughcare --help lists the commands`)
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
      exitWith(`${name} works only in a checkout of the repository, not in the package`)
    }
    for (const file of files) await import(pathToFileURL(file).href)
  }
}
