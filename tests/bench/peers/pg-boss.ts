import { createHash } from 'node:crypto'
import type { Job, OpenPeer } from './peer.ts'

const QUEUE = 'bench'
const WORKERS = 4

/** pg-boss on PostgreSQL. A job's id stands for its key; version 10 moves one by deleting it and putting it in again. */
export const openPgBoss: OpenPeer = async (load, server) => {
  const [PgBoss, { Pool }] = [await load('pg-boss'), await load('pg')]
  const pool = new Pool({ connectionString: server, max: 1 })
  await pool.query('drop schema if exists pgboss cascade')
  await pool.end()
  const boss = new PgBoss({ connectionString: server, max: 20, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  await boss.createQueue(QUEUE, { name: QUEUE })
  const put = ({ key, due }: Job) =>
    boss.send(QUEUE, { key }, { id: idOf(key), startAfter: new Date(due), retryLimit: 5 })
  return {
    putAll: (jobs) =>
      boss.insert(
        jobs.map(({ key, due }) => ({
          ...{ id: idOf(key), name: QUEUE, data: { key }, retryLimit: 5 },
          startAfter: new Date(due).toISOString(),
        })),
      ),
    put,
    async move(job) {
      await boss.deleteJob(QUEUE, idOf(job.key))
      await put(job)
    },
    cancel: (key) => boss.cancel(QUEUE, idOf(key)),
    async start(done) {
      const options = { batchSize: 500, pollingIntervalSeconds: 0.5 }
      for (let worker = 0; worker < WORKERS; worker++)
        await boss.work(QUEUE, options, async (jobs: { data: { key: string } }[]) => {
          for (const { data } of jobs) done(data.key)
        })
    },
    close: () => boss.stop({ graceful: false, close: true }),
  }
}

/** A UUID for a key, the same each time. */
function idOf(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex')
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`
}
