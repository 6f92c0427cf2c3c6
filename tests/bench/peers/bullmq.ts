import type { Job, OpenPeer } from './peer.ts'

/** BullMQ on Redis, which keeps what it was told where its append-only file is on. */
export const openBullmq: OpenPeer = async (load, server) => {
  const [{ Queue, Worker }, Redis] = [await load('bullmq'), await load('ioredis')]
  const connection = new Redis(server, { maxRetriesPerRequest: null })
  const queue = new Queue('bench', { connection })
  await queue.obliterate({ force: true })
  const options = ({ key, due }: Job) => ({
    ...{ jobId: key, delay: Math.max(0, due - Date.now()), attempts: 5, removeOnComplete: true },
  })
  const data = ({ key }: Job) => ({ key })
  let worker: { close(): Promise<unknown> } | undefined
  return {
    putAll: (jobs) =>
      queue.addBulk(jobs.map((job) => ({ name: 'send', data: data(job), opts: options(job) }))),
    put: (job) => queue.add('send', data(job), options(job)),
    async move({ key, due }) {
      const job = await queue.getJob(key)
      await job.changeDelay(Math.max(0, due - Date.now()))
    },
    cancel: (key) => queue.remove(key),
    async start(done) {
      worker = new Worker('bench', async (job: { data: { key: string } }) => done(job.data.key), {
        connection,
        concurrency: 100,
      })
    },
    async close() {
      await worker?.close()
      await queue.close()
      connection.disconnect()
    },
  }
}
