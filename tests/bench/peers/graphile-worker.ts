import type { Job, OpenPeer } from './peer.ts'

/** graphile-worker on PostgreSQL, with a local queue and completion in batches. */
export const openGraphileWorker: OpenPeer = async (load, server) => {
  const [{ Logger, makeWorkerUtils, run }, { Pool }] = [await load('graphile-worker'), await load('pg')]
  const pgPool = new Pool({ connectionString: server, max: 20 })
  pgPool.on('error', () => {})
  pgPool.on('connect', (client: { on(what: string, hear: () => void): void }) => client.on('error', () => {}))
  const logger = new Logger(() => () => {})
  await pgPool.query('drop schema if exists graphile_worker cascade')
  const utils = await makeWorkerUtils({ pgPool, logger })
  await utils.migrate()
  const spec = ({ key, due }: Job) => ({
    ...{ identifier: 'send', payload: { key }, jobKey: key, runAt: new Date(due), maxAttempts: 5 },
  })
  const put = ({ key, due }: Job) =>
    utils.addJob('send', { key }, { jobKey: key, runAt: new Date(due), maxAttempts: 5 })
  const batches = { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 }
  const preset = { worker: { concurrentJobs: 50, pollInterval: 100, maxPoolSize: 20, ...batches } }
  let runner: { stop(): Promise<unknown> } | undefined
  return {
    putAll: (jobs) => utils.addJobs(jobs.map(spec)),
    put,
    move: put,
    cancel: (key) => pgPool.query('select graphile_worker.remove_job($1)', [key]),
    async start(done) {
      const taskList = { send: async ({ key }: { key: string }) => done(key) }
      runner = await run({ pgPool, preset, logger, noHandleSignals: true, taskList })
    },
    async close() {
      await runner?.stop()
      await utils.release()
      await pgPool.end()
    },
  }
}
