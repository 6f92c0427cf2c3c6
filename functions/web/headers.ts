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

/** Told to a browser once, it never asks for us again but over TLS. */
export const overTlsAlone: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('strict-transport-security', `max-age=${TWO_YEARS_S}; includeSubDomains`)
}

const TWO_YEARS_S = 2 * 365 * 24 * 60 * 60
