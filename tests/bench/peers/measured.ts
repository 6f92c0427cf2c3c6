import { setTimeout } from 'node:timers/promises'
import { MINUTE_MS } from '../../../shared/calendar/london.ts'
import { cpuMs, perSecond, rateAtOnce } from '../measure.ts'
import { openBullmq } from './bullmq.ts'
import { openGraphileWorker } from './graphile-worker.ts'
import { loaderOf, type OpenPeer } from './peer.ts'
import { openPgBoss } from './pg-boss.ts'

/** What a peer does a second with jobs that do nothing, and the processor of our side that a drained one takes, in ms. */
export type PeerFigures = Readonly<Record<'bulk' | 'intake' | 'move' | 'cancel' | 'drain' | 'cpuMs', number>>

const PEERS: readonly (readonly [name: string, server: string, open: OpenPeer])[] = [
  ['bullmq', 'BENCH_REDIS', openBullmq],
  ['graphile-worker', 'BENCH_POSTGRES', openGraphileWorker],
  ['pg-boss', 'BENCH_POSTGRES', openPgBoss],
]

const BATCH = 500
const SENDERS = 32

/**
 * Measures every peer that is installed in the folder `BENCH_PEERS` and whose server `BENCH_REDIS` or `BENCH_POSTGRES`
 * names, one after another, with as many jobs as Throughcare has notices. Gives the others by name, with why not.
 */
export async function measurePeers(jobs: number) {
  const measured: [name: string, figures: PeerFigures][] = []
  const absent: string[] = []
  for (const [name, variable, open] of PEERS) {
    const { BENCH_PEERS: folder, [variable]: server } = process.env
    if (folder && server) measured.push([name, await measure(open, folder, server, jobs)])
    else absent.push(`${name} (${folder ? variable : 'BENCH_PEERS'} is not set)`)
  }
  return { measured, absent }
}

async function measure(open: OpenPeer, folder: string, server: string, jobs: number): Promise<PeerFigures> {
  const peer = await open(loaderOf(folder), server)
  const later = Date.now() + 60 * MINUTE_MS
  const jobOf = (number: number) => ({ key: `job-${number}`, due: later })
  const all = Array.from({ length: jobs }, (_, number) => jobOf(number))
  const one = (number: number) => ({ ...jobOf(number), key: `one-${number}` })
  let begun = performance.now()
  for (let from = 0; from < jobs; from += BATCH) await peer.putAll(all.slice(from, from + BATCH))
  const bulk = perSecond(jobs, begun)
  const intake = await rateAtOnce(jobs / 10, SENDERS, (number) => peer.put(one(number)))
  const cancel = await rateAtOnce(jobs / 10, SENDERS, (number) => peer.cancel(one(number).key))
  const due = Date.now() + (jobs / 50) * 10
  const move = await rateAtOnce(jobs, SENDERS, (number) => peer.move({ key: `job-${number}`, due }))
  await setTimeout(Math.max(0, due - Date.now()))
  let done = 0
  const before = cpuMs()
  begun = performance.now()
  await peer.start(() => done++)
  while (done < jobs) await setTimeout(1)
  const drain = perSecond(jobs, begun)
  const cpu = (cpuMs() - before) / jobs
  await peer.close()
  return { bulk, intake, move, cancel, drain, cpuMs: cpu }
}
