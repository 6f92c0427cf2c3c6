import type { MiddlewareHandler } from 'hono'
import { NONCE, type SecureHeadersVariables, secureHeaders } from 'hono/secure-headers'

/** What a page's handlers find in its context. */
export type PageVariables = { Variables: SecureHeadersVariables }

/** No scripts but our own few, no frames, no forms to other sites, and no referrer for others. */
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

/** Pages must not be cached. */
export const uncached: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('cache-control', 'no-store')
}

/** Forms must come from our own pages: requests that a browser marks as coming from other origins are refused. */
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

/** After seeing this once, a browser uses only TLS for this site. */
export const overTlsAlone: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('strict-transport-security', `max-age=${TWO_YEARS_S}; includeSubDomains`)
}

const TWO_YEARS_S = 2 * 365 * 24 * 60 * 60
