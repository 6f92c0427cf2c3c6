import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Job, OpenPeer } from './peer.ts'

const AT_ONCE = 100
const LOOKS_EACH_MS = 10

/**
 * sidequest in one SQLite file, on disk before a job is acknowledged, its jobs in this process. It knows no keys, and puts
 * in one job at a time.
 */
export const openSidequest: OpenPeer = async (load, file) => {
  const { Sidequest, Job: Base, configureLogger } = await load('sidequest')
  configureLogger({ level: 'error', json: false })
  let told: (key: string) => void = () => {}
  // It finds what a job does in a file that it loads itself.
  const script = join(dirname(file), 'sidequest-job.mjs')
  writeFileSync(script, 'export const Send = globalThis.SidequestSend\n')
  class Send extends Base {
    async run(key: string) {
      told(key)
    }
  }
  Object.assign(globalThis, { SidequestSend: Send })
  const settings = {
    ...{ backend: { driver: '@sidequest/sqlite-backend', config: file }, logger: { level: 'error' } },
    ...{ gracefulShutdown: false, fork: false, runner: 'inline', dashboard: { enabled: false } },
    ...{ manualJobResolution: true, jobsFilePath: pathToFileURL(script).href },
    ...{ maxConcurrentJobs: AT_ONCE, queues: [{ name: 'default', concurrency: AT_ONCE }] },
    jobPollingInterval: LOOKS_EACH_MS,
  }
  await Sidequest.configure(settings)
  const put = ({ key, due }: Job) => Sidequest.build(Send).availableAt(new Date(due)).enqueue(key)
  return {
    put,
    async start(done) {
      told = done
      await Sidequest.start(settings)
    },
    close: () => Sidequest.stop(),
  }
}
