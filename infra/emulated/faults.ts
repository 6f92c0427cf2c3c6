import { Agent, request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import type { Provider, Refusal } from './providers.ts'

/** What can go wrong in a rehearsal, in words, and for how long. */
export const FAULTS = {
  settings: { words: 'neither parameter can be read, for an hour', lastsMs: HOUR_MS },
  store: { words: 'the table refuses every request, for ten minutes', lastsMs: 10 * MINUTE_MS },
  providers: { words: 'no provider takes a message, for an hour', lastsMs: HOUR_MS },
  answers: {
    words: 'each provider takes a message and breaks off before it answers, for ten minutes',
    lastsMs: 10 * MINUTE_MS,
  },
} as const
export type FaultName = keyof typeof FAULTS

/** A fault, with its start and end. */
export type Fault = { readonly name: FaultName; readonly from: Instant; readonly until: Instant }

/** A fault that starts at that instant, for as long as it lasts. */
export function faultFrom(name: FaultName, from: Instant): Fault {
  return { name, from, until: from + FAULTS[name].lastsMs }
}

/** The value of each parameter while none can be read: the runbook's own examples, mistyped. */
export const MISTYPED = { 'duty-modes': '{"FAX-01":"paused"', 'bank-holidays': '["2027-12-27",]' } as const

/** What a provider answers while it is down. */
export const DOWN: Refusal = { status: 503, name: 'ServiceUnavailableException', message: 'Down.' }

/**
 * A proxy in front of DynamoDB that passes everything on, except while it is told to refuse requests as a throttled
 * table does.
 */
export async function openThrottle(endpoint: string, refuses: () => boolean): Promise<Provider> {
  const agent = new Agent({ keepAlive: true })
  const server = createServer((request, response) => {
    if (refuses()) {
      request.resume()
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(THROTTLED))
      return
    }
    const { method, url = '', headers } = request
    const onward = ask(endpoint + url, { method, headers, agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      agent.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

const THROTTLED = {
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  message: 'The level of configured provisioned throughput for the table was exceeded.',
}
