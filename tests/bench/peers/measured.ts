import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { MINUTE_MS } from '../../../shared/calendar/london.ts'
import { SENDERS } from '../machine.ts'
import { cpuMs, perSecond, quantile, rateAtOnce } from '../measure.ts'
import { openBullmq } from './bullmq.ts'
import { openGraphileWorker } from './graphile-worker.ts'
import { type Job, loaderOf, type OpenPeer, type Peer } from './peer.ts'
import { openPgBoss } from './pg-boss.ts'
import { openPlainjob } from './plainjob.ts'
import { openSidequest } from './sidequest.ts'

/**
 * What a peer does a second with jobs that do nothing, the processor of our side that a drained one takes, and how late
 * the ninety-ninth of a hundred is at a steady rate, both in ms.
 */
export type PeerFigures = {
  readonly bulk: number
  readonly intake: number
  readonly move?: number
  readonly cancel?: number
  readonly drain: number
  readonly cpuMs: number
  readonly lateMs: number
}

/** How many jobs a peer is given, and how many a second for how many seconds to see how late it is. */
export type Load = { readonly jobs: number; readonly rate: number; readonly seconds: number }

/** The name of the package, and the variable that names its server, if it has one. */
const PEERS: readonly (readonly [name: string, open: OpenPeer, server?: string])[] = [
  ['bullmq', openBullmq, 'BENCH_REDIS'],
  ['graphile-worker', openGraphileWorker, 'BENCH_POSTGRES'],
  ['pg-boss', openPgBoss, 'BENCH_POSTGRES'],
  ['plainjob', openPlainjob],
  ['sidequest', openSidequest],
]

const BATCH = 500
/** How soon after jobs were put in the first of them is due. */
const SOON_MS = 3_000

/**
 * Measures every peer that is installed in the folder `BENCH_PEERS` and whose server a variable names, one after another;
 * what has no server keeps its file in `folder`. Gives the others by name, with why not.
 */
export async function measurePeers(load: Load, folder: string, say: (line: string) => void) {
  const measured: [name: string, figures: PeerFigures][] = []
  const absent: string[] = []
  const modules = process.env.BENCH_PEERS
  for (const [name, open, variable] of PEERS) {
    const at = variable === undefined ? join(folder, `${name}.db`) : process.env[variable]
    if (!modules || !at) {
      absent.push(`${name} (${modules ? variable : 'BENCH_PEERS'} is not set)`)
      continue
    }
    say(`${name} …`)
    try {
      measured.push([name, await measure(await open(loaderOf(modules), at), load)])
    } catch (error) {
      absent.push(`${name} (${error instanceof Error ? error.message : error})`)
    }
  }
  return { measured, absent }
}

async function measure(peer: Peer, { jobs, rate, seconds }: Load): Promise<PeerFigures> {
  const job = (number: number): Job => ({ key: `job-${number}`, due: Date.now() + 60 * MINUTE_MS })
  const one = (number: number): Job => ({ ...job(number), key: `one-${number}` })
  const { move, cancel } = peer
  const intake = await rateAtOnce(jobs / 10, SENDERS, (number) => peer.put(one(number)))
  const cancelled = cancel && (await rateAtOnce(jobs / 10, SENDERS, (number) => cancel(one(number).key)))
  let begun = performance.now()
  // What cannot be moved is due from the beginning.
  await putAll(peer, jobs, (number) => (move ? job(number) : { ...job(number), due: Date.now() }))
  const bulk = perSecond(jobs, begun)
  const due = Date.now() + (jobs / 50) * 10
  const moved = move && (await rateAtOnce(jobs, SENDERS, (number) => move({ key: `job-${number}`, due })))
  if (move) await setTimeout(Math.max(0, due - Date.now()))

  const heard = new Map<string, number>()
  const all = async (count: number) => {
    while (heard.size < count) await setTimeout(1)
  }
  const before = cpuMs()
  begun = performance.now()
  await peer.start((key) => heard.set(key, Date.now()))
  await all(jobs)
  const drain = perSecond(jobs, begun)
  const cpu = (cpuMs() - before) / jobs

  heard.clear()
  const soon = Date.now() + SOON_MS
  const dueOf = (number: number) => soon + (number * 1_000) / rate
  const steady = rate * seconds
  await putAll(peer, steady, (number) => ({ key: `late-${number}`, due: dueOf(number) }))
  await all(steady)
  const late = [...heard].map(([key, at]) => at - dueOf(Number(key.slice('late-'.length))))
  await peer.close()
  const byKey = moved && cancelled ? { move: moved, cancel: cancelled } : {}
  return { bulk, intake, ...byKey, drain, cpuMs: cpu, lateMs: quantile(late, 0.99) }
}

async function putAll(peer: Peer, count: number, jobOf: (number: number) => Job): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from)
    await peer.putAll(Array.from({ length: size }, (_, index) => jobOf(from + index)))
  }
}
