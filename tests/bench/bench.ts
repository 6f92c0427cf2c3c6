import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { readArguments } from '../../infra/command-line.ts'
import { startMachine } from '../../infra/local/machine.ts'
import { type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { Message, SendResult } from '../../shared/channels/channel.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { booking, cancellation, EVENING, move, NOON, opening } from './load.ts'
import { cpuMs, perSecond, quantile, rateAtOnce } from './measure.ts'
import { bareSqlite } from './peers/bare-sqlite.ts'
import { measurePeers, type PeerFigures } from './peers/measured.ts'

/**
 * `throughcare bench`: one machine on its file on disk, as it is shipped but for the nightly audit, with full
 * rules and real texts and a channel that takes everything; beside it what a queue does with jobs that do nothing, in
 * the same run, and the queues that one would pick instead, where they are installed (docs/performance.md). The clock of
 * a shared machine says little: read the ratios on the last lines.
 */

const USAGE = `usage: throughcare bench [--quick]

  --quick    a tenth of the load, under four minutes
`

const OPTIONS = { quick: { type: 'boolean', default: false } } as const
const { quick } = readArguments({ options: OPTIONS }, USAGE).values
const ORDERS = quick ? 1_000 : 10_000
const STEADY = quick ? { perSecond: 50, seconds: 10 } : { perSecond: 200, seconds: 30 }
const SENDERS = 32
const folder = mkdtempSync(join(tmpdir(), 'throughcare-bench-'))
const file = join(folder, 'throughcare.db')
const say = (line: string) => process.stdout.write(`${line}\n`)

try {
  await run()
} finally {
  rmSync(folder, { recursive: true })
}

async function run(): Promise<void> {
  const evening = await open(() => EVENING)
  for (let number = 0; number < ORDERS; number++) for (const told of opening(number)) await evening.take(told)
  await evening.idle()
  const intake = await rateAtOnce(ORDERS, SENDERS, (number) => evening.take(booking(number, NOON)))
  await evening.idle()
  const moved = await evening.settled(ORDERS / 10, (number) => evening.take(move(number * 10, NOON)))
  const cancelled = await evening.settled(ORDERS / 20, (number) =>
    evening.take(cancellation(number * 20 + 5)),
  )
  await evening.close()
  const bytes = statSync(file).size / ORDERS

  const before = cpuMs()
  const noon = await open(() => NOON)
  const begun = performance.now()
  await noon.idle()
  const drain = perSecond(noon.sent.length, begun)
  const notices = noon.sent.length
  const cpu = (cpuMs() - before) / notices
  await noon.close()
  const late = await lateness()

  const bare = bareSqlite(join(folder, 'bare.db'), ORDERS)
  const memory = Math.round(process.resourceUsage().maxRSS / 1_024)
  const figure = (value: number) => value.toFixed(value < 10 ? 2 : 0)
  say(`bookings taken in and planned: ${figure(intake)}/s, ${SENDERS} at once`)
  say(`moved, three people told of each: ${figure(moved)}/s; cancelled: ${figure(cancelled)}/s`)
  say(`drained: ${notices} notices due at once, ${figure(drain)}/s, ${figure(cpu)} ms of processor each`)
  say(
    `late at ${STEADY.perSecond}/s: median ${figure(quantile(late, 0.5))} ms, p99 ${figure(quantile(late, 0.99))} ms`,
  )
  say(`${memory} MB at most; ${Math.round(bytes)} bytes an order with its people, events and ledger`)
  say(
    `a bare SQLite queue: in ${figure(bare.intake)}/s, off ${figure(bare.cancel)}/s, out ${figure(bare.drain)}/s`,
  )
  const ratios = {
    intake: intake / bare.intake,
    cancel: cancelled / bare.cancel,
    drain: drain / bare.drain,
    cpu: cpu / bare.cpuMs,
  }
  const written = Object.entries(ratios).map(([name, ratio]) => `${name} ${ratio.toFixed(3)}`)
  say(`ratios to a bare SQLite queue whose jobs do nothing: ${written.join(', ')}`)

  const ours = { bulk: intake, intake, move: moved, cancel: cancelled, drain, cpuMs: cpu }
  const { measured, absent } = await measurePeers(ORDERS)
  for (const [name, figures] of measured) {
    const parts = Object.entries(figures).map(([what, value]) => {
      const ratio = ours[what as keyof PeerFigures] / value
      return `${what} ${ratio.toFixed(3)} (${figure(value)}${what === 'cpuMs' ? ' ms' : '/s'})`
    })
    say(`ratios to ${name} (and its own figures), ${ORDERS} jobs that do nothing: ${parts.join(', ')}`)
  }
  if (absent.length > 0) say(`not measured: ${absent.join(', ')}`)
}

/** One machine on the file, whose clock stands or runs as `now` says. */
async function open(now: () => Instant) {
  const sent: { readonly at: Instant; readonly messageId: string }[] = []
  const send = async ({ messageId }: Message): Promise<SendResult> => {
    sent.push({ at: now(), messageId })
    return { is: 'accepted' }
  }
  const store = sqliteStore(file)
  const rules = rulesWith()
  const machine = await startMachine({
    // The audit that begins with a machine reads everything there is; it is no part of the loop.
    store: { ...store, casefiles: async () => [] },
    channels: { email: { send }, sms: { send } },
    rules: () => rules,
    now,
    minuteMs: MINUTE_MS,
    linkKey: 'bench',
    given() {},
    failed(what, error) {
      throw new Error(`${what} failed`, { cause: error })
    },
    reconciled() {},
  })
  const idle = async () => {
    while ((await store.due({ until: now() }, 1)).length > 0) await setTimeout(1)
  }
  return {
    sent,
    idle,
    async take(told: object) {
      const { is } = await machine.take(JSON.stringify(told))
      if (is !== 'accepted') throw new Error(`an event of the benchmark was ${is}`)
    },
    /** How often a second something is done and all that it makes due is told. */
    async settled(count: number, work: (number: number) => Promise<unknown>) {
      const begun = performance.now()
      await rateAtOnce(count, SENDERS, work)
      await idle()
      return perSecond(count, begun)
    },
    async close() {
      await machine.stop()
      store.close()
    },
  }
}

/** How late notices are that fall due one after another, in milliseconds. */
async function lateness(): Promise<number[]> {
  for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) rmSync(file + end)
  const count = STEADY.perSecond * STEADY.seconds
  const dueOf = (number: number) => NOON + number * (1_000 / STEADY.perSecond)
  const evening = await open(() => EVENING)
  for (let number = 0; number < count; number++) {
    for (const told of [...opening(number), booking(number, dueOf(number))]) await evening.take(told)
  }
  await evening.idle()
  await evening.close()
  const shift = NOON - 1_000 - Date.now()
  const noon = await open(() => Date.now() + shift)
  while (noon.sent.length < count && Date.now() + shift < dueOf(count) + MINUTE_MS) await setTimeout(50)
  await noon.close()
  if (noon.sent.length < count) throw new Error(`${count - noon.sent.length} notices were not told`)
  return noon.sent.map(({ at, messageId }) => at - dueOf(Number(/_A-(\d+)_/.exec(messageId)?.[1])))
}
