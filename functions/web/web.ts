import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { DAY_MS } from '../../shared/calendar/london.ts'
import type { DoingStore } from '../acts/doing.ts'
import { serveActs } from './act-pages.ts'
import { serveCalendar, serveCalendars } from './calendar-pages.ts'
import { serveCasefiles } from './casefile-pages.ts'
import { withoutAnswer } from './casefiles/rows.ts'
import { type CaseloadPorts, serveCaseload } from './caseload-pages.ts'
import { type DayPorts, serveDays } from './day-pages.ts'
import { givenPage } from './days/given.ts'
import { type FigurePorts, serveFigures } from './figure-pages.ts'
import { guarded, type PageVariables, uncached } from './frame/headers.ts'
import { FRONTEND, MOJ_FRONTEND, STYLES } from './frame/views.ts'
import type { AuditPorts } from './reader/audit.ts'
import { addressed, readerOf, type StaffPages } from './reader/reader.ts'
import { showingOf } from './reader/showing.ts'
import type { SignedIn } from './reader/sign-in.ts'
import { ownPath, readerHere, serveWho } from './reader/who.ts'
import { serveRecords } from './record-pages.ts'
import { serveSearch } from './search-pages.ts'

/** A clock that a person may move. It never goes back. */
export type ClockControl = {
  /** How much faster than real time it runs; 0 while it is stopped. */
  speed(): number
  runAt(speed: number): Promise<void>
  /** Moves on by a duration, and stops there. */
  moveBy(milliseconds: number): Promise<void>
  /** Moves on until something is given, and stops there. */
  moveToNextNotice(): Promise<void>
}

/** The keys that sign calendar addresses: the current one and the previous one. */
type Keys = { readonly linkKeys: () => Promise<readonly string[]> }

export type WebPorts = DayPorts &
  CaseloadPorts &
  DoingStore &
  FigurePorts &
  AuditPorts &
  Keys & {
    /** The sign-in in front of the pages. Without it they are open to anybody at the machine. */
    readonly signIn?: Hono<PageVariables & SignedIn>
    /** Whether an issuer says who looks, who sees what is theirs, or those who look say it, and else see everything. */
    readonly readers: 'known' | 'say who they are'
    /** Only where the clock is virtual. */
    readonly clock?: ClockControl
    /** Channels through which nothing leaves this machine. */
    readonly caught?: readonly string[]
  }

/** The last, a week per minute, is the one we offer first. */
const SPEEDS = [
  { speed: 1, words: 'as time passes' },
  { speed: 60, words: 'an hour a minute' },
  { speed: 24 * 60, words: 'a day a minute' },
  { speed: 7 * 24 * 60, words: 'a week a minute' },
]

/** The staff pages: each works without scripts, and only acts write anything. */
export function webPages(ports: WebPorts) {
  const app = new Hono<StaffPages>()
  const { clock, given, caught = [] } = ports
  const maySayWho = ports.readers === 'say who they are'
  const showing = showingOf({
    now: ports.now,
    caught,
    maySayWho,
    maySignOut: ports.signIn !== undefined,
    showsGiven: given !== undefined,
    clock: () => (clock ? { speed: clock.speed(), speeds: SPEEDS } : {}),
  })
  serveAssets(app)

  serveCalendars(app, ports)

  app.use(guarded('same-origin'), uncached)

  if (ports.signIn) app.route('/', ports.signIn)
  app.use(async (c, next) => {
    const reader = maySayWho ? readerHere(c) : await readerOf(c.get('person'), ports.store)
    c.set('reader', reader)
    const { name, language } = await addressed(reader, c.get('person'), ports.store)
    c.set('name', name)
    c.set('language', language)
    await next()
  })

  serveDays(app, ports, clock !== undefined, showing)
  if (given) {
    app.get('/given', async (c) => {
      if (c.get('reader').reads !== 'everything') return showing.notFound(c)
      const listed = await givenPage(given, ports, Number(c.req.query('page')))
      const rows = maySayWho ? listed.rows : listed.rows.map(withoutAnswer)
      return showing.show(c, 'given', { ...listed, rows })
    })
  }
  serveFigures(app, ports, showing)
  serveCasefiles(app, ports, showing)
  serveActs(app, ports, showing)
  serveCaseload(app, ports, showing)
  serveSearch(app, ports, showing)
  serveRecords(app, ports, showing)
  serveCalendar(app, ports, showing)
  for (const page of ['help', 'accessibility', 'privacy-notice'])
    app.get(`/${page}`, (c) => showing.show(c, page, {}))
  if (maySayWho) serveWho(app)
  if (clock) {
    app.post('/clock', async (c) => {
      const { move, speed, back } = await c.req.parseBody()
      await moveClock(clock, String(move), Number(speed))
      return c.redirect(ownPath(back), 303)
    })
  }
  app.all('*', showing.notFound)
  return app
}

/** What every page is rendered with, with and without sign-in. */
function serveAssets(app: Hono<StaffPages>): void {
  app.use('/assets/*', serveStatic({ root: FRONTEND, rewriteRequestPath: (path) => `/dist/govuk${path}` }))
  app.get('/govuk-frontend.css', serveStatic({ root: FRONTEND, path: 'dist/govuk/govuk-frontend.min.css' }))
  app.get('/moj-frontend.css', serveStatic({ root: MOJ_FRONTEND, path: 'moj/moj-frontend.min.css' }))
  app.get('/throughcare.css', (c) => c.body(STYLES, 200, { 'content-type': 'text/css; charset=utf-8' }))
}

async function moveClock(clock: ClockControl, move: string, speed: number): Promise<void> {
  switch (move) {
    case 'next-notice':
      return clock.moveToNextNotice()
    case 'day':
      return clock.moveBy(DAY_MS)
    case 'week':
      return clock.moveBy(7 * DAY_MS)
    case 'run':
      return clock.runAt(SPEEDS.some((one) => one.speed === speed) ? speed : 1)
    default:
      return clock.runAt(0)
  }
}
