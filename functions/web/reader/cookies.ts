import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Instant } from '../../../shared/calendar/london.ts'
import { decryptCookie, encryptCookie } from './encrypted-cookie.ts'

export type CookiePorts = {
  /** The keys that cookies are encrypted with, newest first. */
  readonly sessionKeys: () => Promise<readonly string[]>
  readonly now: () => Instant
}

const COOKIE = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

/**
 * Cookies that a browser keeps for us, encrypted so that they can neither be read nor changed there. `keep` throws if
 * there is no key to encrypt with.
 */
export function cookies({ sessionKeys, now }: CookiePorts) {
  type Name = 'session' | 'sign-in-attempt'
  return {
    async keep(c: Context, name: Name, what: object, forMs: number) {
      const [key] = await sessionKeys()
      if (key === undefined) throw new Error('there is no key to encrypt sessions with')
      const cookie = await encryptCookie(key, name, what, now() + forMs)
      setCookie(c, name, cookie, { ...COOKIE, maxAge: forMs / 1_000 })
    },
    async kept(c: Context, name: Name) {
      const cookie = getCookie(c, name, COOKIE.prefix)
      return cookie === undefined ? undefined : decryptCookie(await sessionKeys(), name, cookie, now())
    },
    drop: (c: Context, name: Name) => void deleteCookie(c, name, COOKIE),
  }
}
