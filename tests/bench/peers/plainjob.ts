import type { Job, OpenPeer } from './peer.ts'

const LOOKS_EACH_MS = 10

/**
 * plainjob in one SQLite file, on disk before a job is acknowledged, as ours. It knows no keys: there is nothing to move
 * or to cancel by, and many jobs are put in in one transaction by hand.
 */
export const openPlainjob: OpenPeer = async (load, file) => {
  const [{ better, defineQueue, defineWorker }, Database] = [
    await load('plainjob'),
    await load('better-sqlite3'),
  ]
  const db = new Database(file)
  const logger = { debug() {}, info() {}, warn() {}, error() {} }
  const queue = defineQueue({ connection: better(db), logger })
  db.pragma('synchronous = full')
  const put = async ({ key, due }: Job) => {
    queue.add('send', { key }, { delay: Math.max(0, due - Date.now()) })
  }
  const putAll = db.transaction((jobs: readonly Job[]) => jobs.forEach(put))
  let worker: { start(): Promise<unknown>; stop(): Promise<unknown> } | undefined
  return {
    putAll: async (jobs) => putAll(jobs),
    put,
    async start(done) {
      const work = async ({ data }: { data: string }) => done(JSON.parse(data).key)
      worker = defineWorker('send', work, { queue, logger, pollIntervall: LOOKS_EACH_MS })
      worker?.start().catch((error) => {
        throw error
      })
    },
    async close() {
      await worker?.stop()
      queue.close()
    },
  }
}
