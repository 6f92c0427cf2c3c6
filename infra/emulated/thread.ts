import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import type { Instant } from '../../shared/calendar/london.ts'

/** One invocation of a function, and the time on its machine's clock. */
export type Invocation = { readonly event: unknown; readonly context: object; readonly at: Instant }

/** Its result, and the number of calls to each API. */
export type Return = {
  readonly result?: unknown
  /** The error that the function threw. */
  readonly fault?: string
  readonly asked: Readonly<Record<string, number>>
}

/**
 * The machine that a function runs on: a thread with its own environment, output and clock. The clock is set before any
 * code is loaded; neither our code nor the SDK is changed or knows about it.
 */
let now: Instant = 0
globalThis.Date = new Proxy(Date, {
  construct: (date, given, target) => Reflect.construct(date, given.length > 0 ? given : [now], target),
  get: (date, key) => (key === 'now' ? () => now : Reflect.get(date, key)),
})

let asked: Record<string, number> = {}
const note = (api: string) => {
  asked[api] = (asked[api] ?? 0) + 1
}
// Node itself reports every request: the SDK's, and those by `fetch`.
subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: ClientRequest }
  note(String(request.getHeader('x-amz-target') ?? `${request.method} ${request.path}`))
})
subscribe('undici:request:create', (message) => {
  const { request } = message as { request: { method: string; path: string } }
  note(`${request.method} ${request.path.replace(/\?.*/, '')}`)
})

const { handler } = await import(workerData.bundle)

parentPort?.on('message', async (invocation: Invocation | 'end') => {
  if (invocation === 'end') return parentPort?.close()
  now = invocation.at
  asked = {}
  const became = await handler(invocation.event, invocation.context).then(
    (result: unknown) => ({ result }),
    (error: unknown) => {
      // Lambda's runtime logs what a function throws.
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
      return { fault: String(error) }
    },
  )
  parentPort?.postMessage({ ...became, asked } satisfies Return)
})
