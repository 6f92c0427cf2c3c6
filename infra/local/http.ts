import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Admission } from '../../functions/intake/intake.ts'
import { eventsOverHttp } from '../../functions/intake/over-http.ts'
import { EVERY_KIND, type Kinds } from '../../functions/intake/senders.ts'
import { bearsToken } from '../../functions/receipts/receipts.ts'
import type { Replied } from '../../functions/replies/replies.ts'
import { type Parts, site } from '../../functions/web/site.ts'
import manifest from '../../package.json' with { type: 'json' }
import { MINUTE_MS, writeInstant } from '../../shared/calendar/london.ts'
import { Inbound } from '../../shared/channels/inbound.ts'
import type { Senders } from './data-folder.ts'
import type { Machine } from './machine.ts'
import type { Providers } from './providers.ts'
import { HERE, NAMES_OF_HERE } from './settings.ts'
import { inSpan } from './spans.ts'

const PORT_FIRST = 3_000
const PORT_LAST = 3_099
/** If the clock has not ticked for this long, the machine is unhealthy. */
const HEARTBEAT_MS_MAX = 5 * MINUTE_MS
/** How long open requests may take before the server closes. */
const CLOSING_MS_MAX = 5_000

type Asked = { readonly port: number | undefined; readonly host: string }

/**
 * Listens on the given port, else on the first free one from 3000. Requests before `answerWith` is called wait for it.
 */
export async function openServer({ port: asked, host }: Asked) {
  const { promise: app, resolve: answerWith } = Promise.withResolvers<Hono>()
  const server = createServer(getRequestListener(async (request, bound) => (await app).fetch(request, bound)))
  if (asked !== undefined) await listen(server, asked, host)
  else await listenOnFirstFree(server, PORT_FIRST, host)
  const { port } = server.address() as AddressInfo
  return {
    port,
    address: `http://${HERE}:${port}`,
    answerWith,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const impatience = setTimeout(() => server.closeAllConnections(), CLOSING_MS_MAX)
      await closed
      clearTimeout(impatience)
    },
  }
}

export type Site = Omit<Parts, 'systems' | 'origins'> & {
  readonly machine: Machine
  readonly takeEvent: (body: string) => Promise<Admission>
  readonly hear: (inbound: Inbound) => Promise<Replied>
  readonly health: Providers['health']
  /** Our public address, and the port that we listen on. */
  readonly address: string
  readonly port: number
  /** The token that a system that sends events and replies must show; undefined for a sample. */
  readonly token: string | undefined
  /** Systems that may send only some kinds of event. */
  readonly senders?: Senders
}

/**
 * Everything that is served here: the site, as on AWS, and the state of this machine. A proxy in front may keep the
 * Host header or replace it with ours.
 */
export function answers({
  machine,
  takeEvent,
  hear,
  health,
  address,
  port,
  token,
  senders,
  ...parts
}: Site): Hono {
  const app = new Hono()
  app.use(traced)
  const names = [new URL(address).hostname, ...NAMES_OF_HERE]
  app.use(async (c, next) =>
    names.includes(new URL(c.req.url).hostname) ? next() : c.text('This is a service of another name.', 421),
  )
  const systems = new Hono()
  systems.get('/ping', (c) => c.text('pong'))
  systems.get('/health', (c) => {
    const { isWell, ...state } = healthOf(machine, health())
    return c.json({ status: isWell ? 'UP' : 'DOWN', ...state }, isWell ? 200 : 503)
  })
  systems.get('/info', (c) => c.json({ build: { name: manifest.name, version: manifest.version } }))
  const kindsOf = kindsShown(token, senders)
  systems.route('/', eventsOverHttp(takeEvent, kindsOf))
  systems.post('/replies', async (c) => {
    if (!kindsOf(c)?.has(EVERY_KIND))
      return c.json({ message: 'Unauthorized' }, 401, { 'www-authenticate': 'Bearer' })
    const inbound = Inbound.safeParse(await c.req.json().catch(() => undefined))
    return inbound.success ? c.json({ is: await hear(inbound.data) }) : c.json({ is: 'refused' }, 400)
  })
  const origins = [address, ...NAMES_OF_HERE.map((name) => `http://${name}:${port}`)]
  app.route('/', site({ ...parts, systems, origins }))
  return app
}

/**
 * Each request is a span that continues the caller's trace, named by its route: a path may contain what a link opens.
 */
const traced: MiddlewareHandler = (c, next) =>
  inSpan(
    c.req.method,
    { 'http.request.method': c.req.method },
    async (span) => {
      await next()
      const route = matchedRoutes(c).findLast(({ method }) => method === c.req.method)?.path
      if (route !== undefined) span.updateName(`${c.req.method} ${route}`).setAttribute('http.route', route)
      span.setAttribute('http.response.status_code', c.res.status)
    },
    c.req.header(),
  )

function healthOf(machine: Machine, providers: ReturnType<Providers['health']>) {
  const age = machine.now() - machine.lastTick()
  const components = Object.entries(providers).map(([name, trouble]) => [
    name,
    trouble ? { status: 'DOWN', reason: trouble.reason } : { status: 'UP' },
  ])
  return {
    isWell: age <= HEARTBEAT_MS_MAX && Object.values(providers).every((trouble) => !trouble),
    now: writeInstant(machine.now()),
    heartbeat: { lastTick: writeInstant(machine.lastTick()), ageSeconds: Math.round(age / 1_000) },
    components: Object.fromEntries(components),
  }
}

/** The kinds of event that a request's token may send; undefined without a known token. */
function kindsShown(token: string | undefined, senders: Senders = {}): (c: Context) => Kinds | undefined {
  const known = [{ token, kinds: [EVERY_KIND] }, ...Object.values(senders)]
  return (c) => {
    const shown = c.req.header('authorization')
    const sender = known.find((one) => one.token === undefined || bearsToken(shown, one.token))
    return sender && new Set(sender.kinds)
  }
}

async function listenOnFirstFree(server: Server, port: number, host: string): Promise<void> {
  try {
    await listen(server, port, host)
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!isTaken || port === PORT_LAST) throw error
    await listenOnFirstFree(server, port + 1, host)
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
