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
  readonly bulk?: number
  readonly intake: number
  readonly move?: number
  readonly cancel?: number
  readonly drain: number
  readonly cpuMs: number
  readonly lateMs?: number
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
 * what has no server keeps its file in `folder`. One that takes no jobs together is given a tenth of them, and not seen
 * how late it is. Gives the others by name, with why not.
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

async function measure(peer: Peer, load: Load): Promise<PeerFigures> {
  const { jobs } = load
  const job = (number: number): Job => ({ key: `job-${number}`, due: Date.now() + 60 * MINUTE_MS })
  const one = (number: number): Job => ({ ...job(number), key: `one-${number}` })
  const { putAll, move, cancel } = peer
  const heard = new Map<string, number>()
  if (!putAll) {
    const due = Date.now()
    const intake = await rateAtOnce(jobs / 10, SENDERS, (number) => peer.put({ ...job(number), due }))
    const drained = await drain(peer, jobs / 10, heard)
    await peer.close()
    return { intake, ...drained }
  }
  const intake = await rateAtOnce(jobs / 10, SENDERS, (number) => peer.put(one(number)))
  const cancelled = cancel && (await rateAtOnce(jobs / 10, SENDERS, (number) => cancel(one(number).key)))
  const begun = performance.now()
  // What cannot be moved is due from the beginning.
  await inBatches(putAll, jobs, (number) => (move ? job(number) : { ...job(number), due: Date.now() }))
  const bulk = perSecond(jobs, begun)
  const due = Date.now() + (jobs / 50) * 10
  const moved = move && (await rateAtOnce(jobs, SENDERS, (number) => move({ key: job(number).key, due })))
  if (move) await setTimeout(Math.max(0, due - Date.now()))
  const drained = await drain(peer, jobs, heard)
  const lateMs = await lateness(putAll, load, heard)
  await peer.close()
  const byKey = moved && cancelled ? { move: moved, cancel: cancelled } : {}
  return { bulk, intake, ...byKey, ...drained, lateMs }
}

/** Works off so many jobs that are due. `heard` keeps, from now on, when each was done. */
async function drain(peer: Peer, jobs: number, heard: Map<string, number>) {
  const [before, begun] = [cpuMs(), performance.now()]
  await peer.start((key) => heard.set(key, Date.now()))
  while (heard.size < jobs) await setTimeout(1)
  return { drain: perSecond(jobs, begun), cpuMs: (cpuMs() - before) / jobs }
}

/** How late the ninety-ninth of a hundred is, where so many fall due a second. */
async function lateness(putAll: PutAll, { rate, seconds }: Load, heard: Map<string, number>) {
  heard.clear()
  const soon = Date.now() + SOON_MS
  const dueOf = (number: number) => soon + (number * 1_000) / rate
  await inBatches(putAll, rate * seconds, (number) => ({ key: `late-${number}`, due: dueOf(number) }))
  while (heard.size < rate * seconds) await setTimeout(10)
  const late = [...heard].map(([key, at]) => at - dueOf(Number(key.slice('late-'.length))))
  return quantile(late, 0.99)
}

type PutAll = NonNullable<Peer['putAll']>

async function inBatches(putAll: PutAll, count: number, jobOf: (number: number) => Job): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from)
    await putAll(Array.from({ length: size }, (_, index) => jobOf(from + index)))
  }
}
