import type { MiddlewareHandler } from 'hono'
import { NONCE, type SecureHeadersVariables, secureHeaders } from 'hono/secure-headers'

/** What a page's handlers find in its context. */
export type PageVariables = { Variables: SecureHeadersVariables }

/** No script but our own few, no frame, no form to elsewhere, and nothing of the address told to others. */
export function guarded(referrerPolicy: 'same-origin' | 'no-referrer'): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: [NONCE],
      imgSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy,
    strictTransportSecurity: false,
  })
}

/** What stands on a page is nobody's to keep. */
export const uncached: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('cache-control', 'no-store')
}

/** A form is sent from a page of ours: what a browser says comes from elsewhere than these origins is not taken. */
export function ownForms(origins: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const from = c.req.header('sec-fetch-site') ?? 'same-origin'
    const origin = c.req.header('origin')
    const isOwn =
      (from === 'same-origin' || from === 'none') && (origin === undefined || origins.includes(origin))
    return c.req.method === 'GET' || isOwn
      ? next()
      : c.text('Pages of others may not speak for you here.', 403)
  }
}

/** Told to a browser once, it never asks for us again but over TLS. */
export const overTlsAlone: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('strict-transport-security', `max-age=${TWO_YEARS_S}; includeSubDomains`)
}

const TWO_YEARS_S = 2 * 365 * 24 * 60 * 60
