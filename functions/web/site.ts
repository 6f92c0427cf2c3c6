import { Hono } from 'hono'
import type { callbacks } from '../receipts/callbacks.ts'
import type { answerPages } from './answer-pages.ts'
import { ownForms } from './frame/headers.ts'
import type { webPages } from './web.ts'

/** To anybody, of whom nothing may be known any more. */
const FAILED = `That did not work. It was written down; please try again.
Ni weithiodd hynny. Fe’i cofnodwyd; rhowch gynnig arall arni.`

export type Parts = {
  /** For anybody who holds the link of a message. */
  readonly answers: ReturnType<typeof answerPages>
  /** For other systems, each of which has shown that it may use it. */
  readonly systems: Hono
  /** Only if GOV.UK Notify was given a token to report with. */
  readonly callbacks?: ReturnType<typeof callbacks>
  readonly pages: ReturnType<typeof webPages>
  /** The origins of our pages, as browsers know them. */
  readonly origins: readonly string[]
  readonly failed: (error: unknown) => void
}

/**
 * Everything served over HTTP, on one machine as on AWS: the same request has the same response. On the answer pages
 * browsers are told to send no referrer, and so do not send our origin; those pages come before the origin check.
 */
export function site({ answers, systems, callbacks, pages, origins, failed }: Parts): Hono {
  const app = new Hono()
  app.onError((error, c) => {
    if (!c.req.raw.signal.aborted) failed(error)
    return c.text(FAILED, 500)
  })
  app.route('/', answers)
  app.use(ownForms(origins))
  app.route('/', systems)
  if (callbacks) app.route('/', callbacks)
  app.route('/', pages)
  return app
}
