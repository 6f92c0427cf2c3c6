import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { DAY_MS } from '../../shared/calendar/london.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import type { ActPorts } from '../acts/acts.ts'
import { linksTo, serveActs } from './act-pages.ts'
import { type CasefilePorts, casefilePage, casefilesPage, ownCasefiles, SHOWN_KINDS } from './casefiles.ts'
import { type GivenNotices, givenPage } from './given.ts'
import { guarded, ownForms, uncached } from './headers.ts'
import { readerOf, type StaffPages } from './reader.ts'
import { withoutAnswer } from './rows.ts'
import { pathOf, type signIn } from './sign-in.ts'
import { FRONTEND, renderPage, STYLES } from './views.ts'
import { ownPath, readerHere, saidWho, serveWho } from './who.ts'
import { inWords } from './words.ts'

/** A clock that a person may move. It never goes back. */
export type ClockControl = {
  /** How much faster than real time it runs; 0 while it stands still. */
  speed(): number
  runAt(speed: number): Promise<void>
  /** Moves on by so much, and stands still there. */
  moveBy(milliseconds: number): Promise<void>
  /** Moves on until something is given, and stands still there. */
  moveToNextNotice(): Promise<void>
}

/** One machine shows everything to the person at it, and what was given in all casefiles together. */
type OnOneMachine = {
  readonly given: GivenNotices
  /** Only where the clock is virtual. */
  readonly clock?: ClockControl
  /** Ways of reaching people by which nothing leaves this machine. */
  readonly caught: readonly string[]
}

/** Elsewhere people sign in, and see what is theirs. */
type BehindSignIn = { readonly signIn: ReturnType<typeof signIn> }

export type WebPorts = CasefilePorts & ActPorts & (OnOneMachine | BehindSignIn)

/** A week in a minute is the last and the one we offer first. */
const SPEEDS = [
  { speed: 1, words: 'as time passes' },
  { speed: 60, words: 'an hour a minute' },
  { speed: 24 * 60, words: 'a day a minute' },
  { speed: 7 * 24 * 60, words: 'a week a minute' },
]

type Page = Context<StaffPages>

/** The staff pages: every one is complete without a script, and none writes anything but an act. */
export function webPages(ports: WebPorts) {
  const app = new Hono<StaffPages>()
  const machine = 'given' in ports ? ports : undefined
  const clock = machine?.clock
  const show = (c: Page, view: string, facts: object) => {
    const common = {
      now: ports.now(),
      path: pathOf(c),
      caught: machine?.caught.map(inWords),
      isSignedIn: !machine,
      readsEverything: c.get('reader').reads === 'everything',
      saidWho: machine && saidWho(c),
      ...(clock && { speed: clock.speed(), speeds: SPEEDS }),
    }
    return c.html(renderPage(view, { ...common, cspNonce: c.get('secureHeadersNonce'), ...facts }))
  }
  const notFound = (c: Page) => {
    c.status(404)
    return show(c, 'not-found', {})
  }
  app.use('/assets/*', serveStatic({ root: FRONTEND, rewriteRequestPath: (path) => `/dist/govuk${path}` }))
  app.get('/govuk-frontend.css', serveStatic({ root: FRONTEND, path: 'dist/govuk/govuk-frontend.min.css' }))
  app.get('/throughcare.css', (c) => c.body(STYLES, 200, { 'content-type': 'text/css; charset=utf-8' }))

  app.use(guarded('same-origin'), uncached, ownForms)

  if ('signIn' in ports) app.route('/', ports.signIn)
  app.use(async (c, next) => {
    c.set('reader', machine ? readerHere(c) : await readerOf(c.get('person'), ports.store))
    await next()
  })

  app.get('/', async (c) => {
    const reader = c.get('reader')
    if (machine && reader.reads === 'everything') {
      const listed = await givenPage(
        { store: ports.store, given: machine.given },
        Number(c.req.query('page')),
      )
      return show(c, 'given', listed)
    }
    const own = reader.reads === 'everything' ? [] : await ownCasefiles(reader.contactIds, ports)
    return show(c, 'own', { casefiles: own })
  })
  app.get('/casefiles', (c) => c.redirect('/casefiles/order'))
  app.get('/casefiles/:kind', async (c) => {
    const kind = SHOWN_KINDS.find((one) => one === c.req.param('kind'))
    if (!kind || c.get('reader').reads !== 'everything') return notFound(c)
    const listed = await casefilesPage(kind, Number(c.req.query('page')), ports)
    return show(c, 'casefiles', { kind, kinds: SHOWN_KINDS, ...listed })
  })
  app.get('/casefiles/:kind/:key', async (c) => {
    const kind = SHOWN_KINDS.find((one) => one === c.req.param('kind'))
    const reader = c.get('reader')
    const page = kind && (await casefilePage(casefileId(kind, c.req.param('key')), reader, ports))
    if (!page) return notFound(c)
    const isOutbox = machine && reader.reads === 'everything'
    return show(c, 'casefile', {
      ...page,
      given: isOutbox ? page.given : page.given.map(withoutAnswer),
      acts: await linksTo(
        page.offers.filter(({ about }) => !about.subject.isAgain),
        ports,
      ),
      corrections: await linksTo(
        page.offers.filter(({ about }) => about.subject.isAgain),
        ports,
      ),
      people: isOutbox ? page.people : [],
    })
  })
  serveActs(app, ports, { show, notFound, maySayWho: machine !== undefined })
  if (machine) serveWho(app)
  if (clock) {
    app.post('/clock', async (c) => {
      const { move, speed, back } = await c.req.parseBody()
      await moveClock(clock, String(move), Number(speed))
      return c.redirect(ownPath(back), 303)
    })
  }
  app.all('*', notFound)
  return app
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
