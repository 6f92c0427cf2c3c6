import type { Context } from 'hono'
import type { Instant } from '../../../shared/calendar/london.ts'
import { renderPage } from '../frame/views.ts'
import { inWords } from '../frame/words.ts'
import { answersRequests, type StaffPages } from './reader.ts'
import { pathOf } from './sign-in.ts'
import { saidWho } from './who.ts'

export type Page = Context<StaffPages>
export type Answer = Response | Promise<Response>

/** How a staff page is shown, whichever it is. */
export type Showing = {
  readonly show: (c: Page, view: string, facts: object) => Answer
  readonly notFound: (c: Page) => Answer
  /** Whether a reader of everything may say who they are. */
  readonly maySayWho: boolean
}

type Shown = {
  readonly now: () => Instant
  /** Ways of reaching people by which nothing is really sent. */
  readonly caught: readonly string[]
  readonly maySayWho: boolean
  readonly maySignOut: boolean
  /** Whether the first page of a reader of everything is what was given. */
  readonly showsGiven: boolean
  /** What the page shows of a clock that can be moved, if there is one. */
  readonly clock: () => object
}

/** Writes each page in the frame that all of them share. */
export function showingOf({ now, caught, maySayWho, maySignOut, showsGiven, clock }: Shown): Showing {
  const show = (c: Page, view: string, facts: object) => {
    const common = {
      now: now(),
      path: pathOf(c),
      caught: caught.map((one) => inWords(one, c.get('language'))),
      maySignOut,
      name: c.get('name'),
      language: c.get('language'),
      answersRequests: answersRequests(c.get('reader'), c.get('person')),
      readsEverything: c.get('reader').reads === 'everything',
      showsGiven: showsGiven && c.get('reader').reads === 'everything',
      saidWho: maySayWho ? saidWho(c) : undefined,
      ...clock(),
    }
    return c.html(renderPage(view, { ...common, cspNonce: c.get('secureHeadersNonce'), ...facts }))
  }
  const notFound = (c: Page) => {
    c.status(404)
    return show(c, 'not-found', {})
  }
  return { show, notFound, maySayWho }
}
