import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { SAMPLE_FROM } from '../../../infra/local/sample/pen.ts'

/** A password is shown once: at the first start on its folder. */
const PASSWORDS = new Map<string, string>()

const START = join(import.meta.dirname, '../../../infra/local/start.ts')

/** `npm start` in a process of its own, as a person or a supervisor would run it. */
export type Throughcare = {
  readonly address: string
  /** What systems that send events show, where it keeps its file. */
  readonly token: string | undefined
  /** Asks for a page as somebody who has signed in, where that has to be. */
  visit(path: string, request?: RequestInit): Promise<Response>
  /** What it has written so far on standard error and standard output. */
  written(): string
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
  // The sample from its first day, which is there at once.
  const at = options.includes('--data') ? [] : ['--at', SAMPLE_FROM]
  const child = spawn(process.execPath, [START, ...at, ...options], {
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
  }
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const [, found] = /serves on (\S+)\n[\s\S]*sent.*\n/.exec(written) ?? []
      if (found !== undefined) resolve(found)
    })
    ended.then(() => reject(new Error(`it ended before it served: ${written}`)), reject)
  })
  const { values } = parseArgs({ args: [...options], options: { data: { type: 'string' } }, strict: false })
  const folder = typeof values.data === 'string' ? values.data : undefined
  const [, fresh] = /with the password (\S+)/.exec(written) ?? []
  if (folder !== undefined && fresh !== undefined) PASSWORDS.set(folder, fresh)
  let session: Promise<string> | undefined
  const signIn = async () => {
    const password = folder === undefined ? undefined : PASSWORDS.get(folder)
    if (password === undefined) return ''
    const body = new URLSearchParams({ password })
    const answer = await fetch(`${address}/sign-in`, { method: 'POST', body, redirect: 'manual' })
    return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  const signal = async (name: 'SIGTERM' | 'SIGKILL') => {
    child.kill(name)
    await ended
  }
  const limitFiles = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`])
  return {
    address,
    token: folder === undefined ? undefined : readFileSync(join(folder, 'token'), 'utf8'),
    async visit(path, request = {}) {
      session ??= signIn()
      const headers = { ...request.headers, cookie: await session }
      return fetch(address + path, { ...request, headers, redirect: 'manual' })
    },
    written: () => written,
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
  { address, token }: { readonly address: string; readonly token?: string | undefined },
  body: string | Uint8Array<ArrayBuffer>,
): Promise<{ status: number; answers: Answer[] }> {
  const response = await fetch(`${address}/events`, {
    method: 'POST',
    body,
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
  })
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
