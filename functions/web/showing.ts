import type { Context } from 'hono'
import type { Instant } from '../../shared/calendar/london.ts'
import type { StaffPages } from './reader.ts'
import { pathOf } from './sign-in.ts'
import { renderPage } from './views.ts'
import { saidWho } from './who.ts'
import { inWords } from './words.ts'

export type Page = Context<StaffPages>
export type Answer = Response | Promise<Response>

/** How a staff page is shown, whichever it is. */
export type Showing = {
  readonly show: (c: Page, view: string, facts: object) => Answer
  readonly notFound: (c: Page) => Answer
  /** Whether whoever reads everything may say who they are. */
  readonly maySayWho: boolean
}

type Shown = {
  readonly now: () => Instant
  /** The machine that somebody sits at without sign-in; undefined where people sign in. */
  readonly machine: { readonly caught: readonly string[] } | undefined
  /** What the page shows of a clock that can be moved, if there is one. */
  readonly clock: () => object
}

/** Writes each page in the frame that all of them share. */
export function showingOf({ now, machine, clock }: Shown): Showing {
  const show = (c: Page, view: string, facts: object) => {
    const common = {
      now: now(),
      path: pathOf(c),
      caught: machine?.caught.map(inWords),
      isMachine: machine !== undefined,
      name: c.get('name'),
      readsEverything: c.get('reader').reads === 'everything',
      saidWho: machine && saidWho(c),
      ...clock(),
    }
    return c.html(renderPage(view, { ...common, cspNonce: c.get('secureHeadersNonce'), ...facts }))
  }
  const notFound = (c: Page) => {
    c.status(404)
    return show(c, 'not-found', {})
  }
  return { show, notFound, maySayWho: machine !== undefined }
}
