import type { Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Reader } from '../../../shared/directory/readers.ts'
import type { StaffPages } from './reader.ts'

/** Whoever uses a machine without sign-in sees everything, until they say who they are. */

const COOKIE = 'who'
const HERE = { path: '/', httpOnly: true, sameSite: 'Lax' } as const

/** The contact that the user said they are; undefined before they have. */
export function saidWho(c: Context<StaffPages>): string | undefined {
  return getCookie(c, COOKIE)
}

/** The reader for whoever uses this machine. */
export function readerHere(c: Context<StaffPages>): Reader {
  const contactId = saidWho(c)
  return contactId === undefined ? { reads: 'everything' } : { reads: 'their own', contactIds: [contactId] }
}

/** Records who the user says they are, and returns to their page; an empty `contactId` means everybody again. */
export function serveWho(app: Hono<StaffPages>): void {
  app.post('/who', async (c) => {
    const { contactId, back } = await c.req.parseBody()
    if (typeof contactId === 'string' && contactId !== '') setCookie(c, COOKIE, contactId, HERE)
    else deleteCookie(c, COOKIE, HERE)
    return c.redirect(ownPath(back), 303)
  })
}

/** One of our paths to return to; the first page for anything else. */
export function ownPath(back: unknown): string {
  return /^\/(?![/\\])/.test(String(back)) ? String(back) : '/'
}
