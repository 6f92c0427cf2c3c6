import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments } from '../../infra/command-line.ts'
import { killAndRestart } from './kill.ts'
import { quantile } from './measure.ts'
import { bareSqlite } from './peers/bare-sqlite.ts'
import { measurePeers } from './peers/measured.ts'
import { besideSlowProvider, copyOf, drain, fill, lateness, planOf } from './phases.ts'

/**
 * `throughcare bench`: one machine on its file on disk, as it is shipped but for the nightly audit, with full rules and
 * real texts and a provider that takes everything; beside it what a queue does with jobs that do nothing, in the same
 * run, and the queues that one would pick instead, where they are installed (docs/performance.md). The clock of a shared
 * machine says little: read the ratios, which come first.
 */

const USAGE = `usage: throughcare bench [--quick]

  --quick    a tenth of the load: a minute, up to three with all peers
`

const OPTIONS = { quick: { type: 'boolean', default: false } } as const
const { quick } = readArguments({ options: OPTIONS }, USAGE).values
const ORDERS = quick ? 1_000 : 10_000
const STEADY = quick ? { rate: 50, seconds: 10 } : { rate: 200, seconds: 15 }
const PROVIDER_RATE = 100
const folder = mkdtempSync(join(tmpdir(), 'throughcare-bench-'))
const say = (line: string) => process.stdout.write(`${line}\n`)
const progress = (line: string) =>
  process.stderr.write(`${Math.round(performance.now() / 1_000)} s: ${line}\n`)

try {
  await run()
} finally {
  rmSync(folder, { recursive: true })
}

async function run(): Promise<void> {
  const file = join(folder, 'throughcare.db')
  progress(`${ORDERS} orders come in …`)
  const filled = await fill(file, ORDERS)
  progress('all that is due at once is told …')
  const drained = await drain(file)
  const memory = Math.round(process.resourceUsage().maxRSS / 1_024)
  progress(`it is told to a provider that takes ${PROVIDER_RATE} a second …`)
  const slow = await besideSlowProvider(file, drained.notices, PROVIDER_RATE)
  progress('it is told, and killed meanwhile …')
  const killed = await killAndRestart(copyOf(file), drained.notices)
  progress(`${STEADY.rate} fall due each second …`)
  const late = await lateness(join(folder, 'steady.db'), STEADY.rate, STEADY.seconds)
  const plans = { small: planOf(500), large: planOf(5_000) }
  progress('a bare SQLite queue …')
  const bare = bareSqlite(join(folder, 'bare.db'), ORDERS)
  const { measured, absent } = await measurePeers({ jobs: ORDERS, ...STEADY }, folder, progress)

  const ours = {
    ...{ bulk: filled.intake, intake: filled.intake, move: filled.move, cancel: filled.cancel },
    ...{ drain: drained.drain, cpuMs: drained.cpuMs, lateMs: quantile(late, 0.99) },
  }
  say(`${ORDERS} jobs that do nothing, beside as many notices of ours: ours to each, and what it does itself`)
  for (const [name, figures] of [['a bare SQLite queue', bare] as const, ...measured]) {
    const parts = Object.entries(figures).map(([what, value]) => {
      const ratio = ours[what as keyof typeof ours] / value
      return `${what} ${ratio.toFixed(3)} (${figure(value)}${what.endsWith('Ms') ? ' ms' : '/s'})`
    })
    say(`${name}: ${parts.join(', ')}`)
  }
  if (absent.length > 0) say(`not measured: ${absent.join(', ')}`)
  say(
    `${drained.notices} due at once, a provider that takes ${PROVIDER_RATE} a second: ${slow.ratio.toFixed(2)} times its own time; a gate alert that comes meanwhile waits ${figure(slow.urgentMs)} ms`,
  )
  say(
    `killed with ${killed.onTheirWay} on their way: all told ${figure(killed.wholeMs)} ms later, ${killed.twice} twice, ${killed.lost} lost`,
  )
  say(
    `late at ${STEADY.rate}/s: median ${figure(quantile(late, 0.5))} ms, p99 ${figure(quantile(late, 0.99))} ms`,
  )
  say(
    `a tick with nothing due: ${figure(filled.tickBesideFew * 1_000)} µs beside ${ORDERS / 10} orders at rest, ${figure(filled.tickBesideMany * 1_000)} µs beside ${ORDERS}`,
  )
  say(`one plan: ${figure(plans.small)} ms of an order with 500 events, ${figure(plans.large)} ms with 5,000`)
  say(`bookings taken in and planned: ${figure(filled.intake)}/s`)
  say(`moved, three people told of each: ${figure(filled.move)}/s; cancelled: ${figure(filled.cancel)}/s`)
  say(
    `drained: ${drained.notices} due at once, ${figure(drained.drain)}/s, ${figure(drained.cpuMs)} ms of processor each`,
  )
  say(`${memory} MB at most; ${Math.round(filled.bytes)} bytes an order with its people, events and ledger`)
}

function figure(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0)
}
