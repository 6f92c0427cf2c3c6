import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { callbacks } from '../../functions/receipts/callbacks.ts'
import type { Replied } from '../../functions/replies/replies.ts'
import type { answerPages } from '../../functions/web/answer-pages.ts'
import type { webPages } from '../../functions/web/web.ts'
import manifest from '../../package.json' with { type: 'json' }
import { MINUTE_MS, writeInstant } from '../../shared/calendar/london.ts'
import { Inbound } from '../../shared/channels/inbound.ts'
import { eventsOverHttp } from './events.ts'
import type { Machine } from './machine.ts'

/** Nothing but this machine is served. */
const HOST = '127.0.0.1'
const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]']
const PORT_FIRST = 3_000
const PORT_LAST = 3_099
/** Without a tick for so long, the machine is down. */
const HEARTBEAT_MS_MAX = 5 * MINUTE_MS
/** How long those who are being served have until the door is shut on them. */
const CLOSING_MS_MAX = 5_000

/** Takes the asked port, else the first free one from 3000 on. Nobody is answered until `answerWith` is called. */
export async function openServer(asked: number | undefined) {
  const server = createServer()
  if (asked !== undefined) await listen(server, asked)
  else await listenOnFirstFree(server, PORT_FIRST)
  const { port } = server.address() as AddressInfo
  return {
    address: `http://${HOST}:${port}`,
    answerWith: (app: Hono) => void server.on('request', getRequestListener(app.fetch)),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const impatience = setTimeout(() => server.closeAllConnections(), CLOSING_MS_MAX)
      await closed
      clearTimeout(impatience)
    },
  }
}

/** All that there is to show: to anybody who holds the link of a message, and to staff. */
export type Pages = {
  readonly answers: ReturnType<typeof answerPages>
  readonly staff: ReturnType<typeof webPages>
  /** Only where GOV.UK Notify was given a token to report with. */
  readonly callbacks?: ReturnType<typeof callbacks>
}

/**
 * All that is answered here: events, replies to text messages, how the machine is, and the pages. A browser that tells nobody where it comes
 * from, as it is told to on the pages for answering, gives no origin of ours; they stand before the question.
 */
export function answers(
  machine: Machine,
  pages: Pages,
  hear: (inbound: Inbound) => Promise<Replied>,
  failed: (error: unknown) => void,
) {
  const app = new Hono()
  app.use(async (c, next) => {
    const { hostname } = new URL(c.req.url)
    if (!LOCAL_NAMES.includes(hostname)) return c.text('This is a service of another name.', 421)
    return next()
  })
  app.route('/', pages.answers)
  app.use(async (c, next) => {
    const { origin } = new URL(c.req.url)
    const from = c.req.header('origin')
    if (c.req.method !== 'GET' && from !== undefined && from !== origin) {
      return c.text('Pages of others may not speak for you here.', 403)
    }
    return next()
  })
  app.onError((error, c) => {
    if (!c.req.raw.signal.aborted) failed(error)
    return c.text('That did not work. It was written down; please try again.', 500)
  })
  app.get('/ping', (c) => c.text('pong'))
  app.get('/health', (c) => {
    const age = machine.now() - machine.lastTick()
    const isWell = age <= HEARTBEAT_MS_MAX
    return c.json(
      {
        status: isWell ? 'UP' : 'DOWN',
        now: writeInstant(machine.now()),
        heartbeat: { lastTick: writeInstant(machine.lastTick()), ageSeconds: Math.round(age / 1_000) },
      },
      isWell ? 200 : 503,
    )
  })
  app.get('/info', (c) => c.json({ build: { name: manifest.name, version: manifest.version } }))
  app.route('/', eventsOverHttp(machine.take))
  app.post('/replies', async (c) => {
    const inbound = Inbound.safeParse(await c.req.json().catch(() => undefined))
    return inbound.success ? c.json({ is: await hear(inbound.data) }) : c.json({ is: 'refused' }, 400)
  })
  if (pages.callbacks) app.route('/', pages.callbacks)
  app.route('/', pages.staff)
  return app
}

async function listenOnFirstFree(server: Server, port: number): Promise<void> {
  try {
    await listen(server, port)
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!isTaken || port === PORT_LAST) throw error
    await listenOnFirstFree(server, port + 1)
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
