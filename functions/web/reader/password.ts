import { type Context, Hono } from 'hono'
import { HOUR_MS } from '../../../shared/calendar/london.ts'
import type { PageVariables } from '../frame/headers.ts'
import { renderPage } from '../frame/views.ts'
import { type CookiePorts, cookies } from './cookies.ts'
import { pathOf, type SignedIn } from './sign-in.ts'
import { ownPath } from './who.ts'

export type PasswordPorts = CookiePorts & {
  /** Whether this is the password of the single account. */
  readonly isRight: (password: string) => Promise<boolean>
}

type Page = Context<PageVariables & SignedIn>

/** A working day; closing the browser ends it earlier. */
const SESSION_MS = 10 * HOUR_MS
/** Longer than any real password. */
const PASSWORD_LENGTH_MAX = 200

/**
 * Signing in to a machine's single account, and out again. Routes added after it require the password; users then say
 * themselves who they are.
 */
export function signInByPassword(ports: PasswordPorts) {
  const { keep, kept, drop } = cookies(ports)
  const app = new Hono<PageVariables & SignedIn>()
  const ask = (c: Page, facts: { back: unknown; isWrong?: boolean }) =>
    c.html(renderPage('password', { ...facts, cspNonce: c.get('secureHeadersNonce') }))

  app.get('/sign-in', (c) => ask(c, { back: c.req.query('back') ?? '/' }))
  app.post('/sign-in', async (c) => {
    const { password, back } = await c.req.parseBody()
    const isOne = typeof password === 'string' && password.length <= PASSWORD_LENGTH_MAX
    if (!isOne || !(await ports.isRight(password))) {
      c.status(403)
      return ask(c, { back, isWrong: true })
    }
    await keep(c, 'session', {}, SESSION_MS)
    return c.redirect(ownPath(back), 303)
  })
  app.get('/sign-out', (c) => {
    drop(c, 'session')
    return c.redirect('/sign-in')
  })
  app.use(async (c, next) => {
    if ((await kept(c, 'session')) !== undefined) return next()
    return c.redirect(`/sign-in?${new URLSearchParams({ back: c.req.method === 'GET' ? pathOf(c) : '/' })}`)
  })
  return app
}
