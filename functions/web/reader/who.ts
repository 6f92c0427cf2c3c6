import type { Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Reader } from '../../../shared/directory/readers.ts'
import type { StaffPages } from './reader.ts'

/** The one who sits at a machine without sign-in sees everything, until they say who they are. */

const COOKIE = 'who'
const HERE = { path: '/', httpOnly: true, sameSite: 'Lax' } as const

/** The contact that the one who sits here said they are; undefined before they have. */
export function saidWho(c: Context<StaffPages>): string | undefined {
  return getCookie(c, COOKIE)
}

/** What the one who sits here is to us. */
export function readerHere(c: Context<StaffPages>): Reader {
  const contactId = saidWho(c)
  return contactId === undefined ? { reads: 'everything' } : { reads: 'their own', contactIds: [contactId] }
}

/** Takes in who sits here, and goes back to where they were: an empty `contactId` is everybody again. */
export function serveWho(app: Hono<StaffPages>): void {
  app.post('/who', async (c) => {
    const { contactId, back } = await c.req.parseBody()
    if (typeof contactId === 'string' && contactId !== '') setCookie(c, COOKIE, contactId, HERE)
    else deleteCookie(c, COOKIE, HERE)
    return c.redirect(ownPath(back), 303)
  })
}

/** A path of ours to go back to; the first page, for anything else. */
export function ownPath(back: unknown): string {
  return /^\/(?![/\\])/.test(String(back)) ? String(back) : '/'
}
