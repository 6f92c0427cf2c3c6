import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'

const START = join(import.meta.dirname, '../../../infra/local/start.ts')

/** `npm start` in a process of its own, as a person or a supervisor would run it. */
export type Throughcare = {
  readonly address: string
  /** How long it took from its start until it served. */
  readonly servedAfterMs: number
  /** Asks it to stop, and waits until it has. Gives its exit status. */
  stop(): Promise<number | null>
  /** `kill -9`: it learns nothing of it. */
  kill(): Promise<void>
  /** From now on no file takes another byte from it, as on a disk that is full. */
  fillDisk(): void
  makeRoom(): void
}

export async function startThroughcare(
  options: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Throughcare> {
  const begun = performance.now()
  const child = spawn(process.execPath, [START, ...options], {
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = /serves on (\S+)/.exec(line) ?? []
      if (found !== undefined) resolve(found)
    })
    ended.then(() => reject(new Error(`it ended before it served: ${complaints}`)), reject)
  })
  const signal = async (name: 'SIGTERM' | 'SIGKILL') => {
    child.kill(name)
    await ended
  }
  const limitFiles = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`])
  return {
    address,
    servedAfterMs: performance.now() - begun,
    async stop() {
      await signal('SIGTERM')
      return child.exitCode
    },
    kill: () => signal('SIGKILL'),
    fillDisk: () => limitFiles('0'),
    makeRoom: () => limitFiles('unlimited'),
  }
}

const Answer = z.object({
  line: z.number(),
  is: z.enum(['accepted', 'duplicate', 'ignored', 'refused']),
  eventId: z.string().optional(),
  eventType: z.string().optional(),
  reason: z.string().optional(),
})
type Answer = z.infer<typeof Answer>

/** Posts a body to `/events` and reads what became of each of its lines. */
export async function post(
  address: string,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<{ status: number; answers: Answer[] }> {
  const response = await fetch(`${address}/events`, { method: 'POST', body })
  const lines = (await response.text()).split('\n').filter((line) => line !== '')
  return { status: response.status, answers: lines.map((line) => Answer.parse(JSON.parse(line))) }
}

/** Looks until `find` finds something, and gives it; fails when it never does. */
export async function eventually<T>(
  find: () => T | undefined | Promise<T | undefined>,
  patienceMs = 20_000,
): Promise<T> {
  for (const until = performance.now() + patienceMs; performance.now() < until; ) {
    const found = await find()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it never came to pass')
}
