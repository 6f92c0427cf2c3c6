import { type Context, Hono } from 'hono'
import { decodeJwt } from 'jose'
import * as oidc from 'openid-client'
import * as z from 'zod'
import { HOUR_MS, MINUTE_MS } from '../../../shared/calendar/london.ts'
import type { SignInSettings } from '../../runtime/sign-in-settings.ts'
import type { PageVariables } from '../frame/headers.ts'
import { renderPage } from '../frame/views.ts'
import { type CookiePorts, cookies } from './cookies.ts'

export type SignInPorts = CookiePorts & {
  readonly settings: SignInSettings
  /** The public address of our pages. */
  readonly address: string
  readonly clientSecret: () => Promise<string>
}

/** Somebody the issuer signed in. */
const Person = z.object({
  /** Undefined unless verified. */
  email: z.string().optional(),
  isSupport: z.boolean(),
  /** They answer subject access requests, and may export names and numbers. */
  isDataProtection: z.boolean().default(false),
})
export type Person = z.input<typeof Person>

/** What handlers find in a page's context once somebody has signed in. */
export type SignedIn = { Variables: { person: Person } }

/** What is remembered while somebody is at the issuer. */
const SignInAttempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  path: z.string(),
})

type Page = Context<PageVariables & SignedIn>

/** After this a browser goes to the issuer again, so that an account closed there is closed here. */
const SESSION_MS = HOUR_MS
const SIGN_IN_MS_MAX = 10 * MINUTE_MS

/**
 * Signing in with any OpenID Connect issuer, by authorization code and PKCE, and out again. Routes added after it
 * require sign-in. The session is an encrypted cookie and nothing else. A page throws if there is no key to encrypt it
 * with.
 */
export function signIn(ports: SignInPorts) {
  const { settings, address } = ports
  const provider = providerOf(ports)
  const { keep, kept, drop } = cookies(ports)
  const app = new Hono<PageVariables & SignedIn>()

  app.get('/callback', async (c) => {
    const { data: attempt } = SignInAttempt.safeParse(await kept(c, 'sign-in-attempt'))
    drop(c, 'sign-in-attempt')
    const person = attempt && (await personLetIn(c, attempt))
    if (!person) return sayWhy(c, 403, 'not-signed-in')
    await keep(c, 'session', person, SESSION_MS)
    return c.redirect(address + attempt.path)
  })
  app.get('/sign-out', async (c) => {
    drop(c, 'session')
    const config = await provider()
    if (config.serverMetadata().end_session_endpoint === undefined) return c.redirect('/signed-out')
    const back = `${address}/signed-out`
    // Cognito has its own parameter for the return address.
    const url = oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: back, logout_uri: back })
    return c.redirect(url.href)
  })
  app.get('/signed-out', (c) => sayWhy(c, 200, 'signed-out'))
  app.use(async (c, next) => {
    const { data: person } = Person.safeParse(await kept(c, 'session'))
    if (!person) return goToIssuer(c)
    c.set('person', person)
    return next()
  })
  return app

  async function goToIssuer(c: Page) {
    const attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      path: pathOf(c),
    }
    await keep(c, 'sign-in-attempt', attempt, SIGN_IN_MS_MAX)
    const url = oidc.buildAuthorizationUrl(await provider(), {
      redirect_uri: `${address}/callback`,
      scope: settings.scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    })
    return c.redirect(url.href)
  }

  /** The person the issuer signed in; undefined if it refused, or this is not the attempt we started. */
  async function personLetIn(c: Page, attempt: z.infer<typeof SignInAttempt>): Promise<Person | undefined> {
    const config = await provider()
    try {
      const tokens = await oidc.authorizationCodeGrant(
        config,
        new URL(address + pathOf(c)),
        {
          pkceCodeVerifier: attempt.verifier,
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          idTokenExpected: true,
        },
        { redirect_uri: `${address}/callback` },
      )
      return personOf(await claimsOf(config, tokens), settings)
    } catch (error) {
      if (isRefusal(error)) return undefined
      throw error
    }
  }

  function sayWhy(c: Page, status: 200 | 403, is: 'signed-out' | 'not-signed-in') {
    c.status(status)
    return c.html(renderPage('sign-in', { is, cspNonce: c.get('secureHeadersNonce') }))
  }
}

/** The requested URL, as the browser sees it. */
export function pathOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}

/** The issuer's own metadata, read once; our client secret may be rotated at any time. */
function providerOf({ settings, clientSecret }: Pick<SignInPorts, 'settings' | 'clientSecret'>) {
  const { issuer, clientId } = settings
  // Plain HTTP is allowed only from a machine to itself.
  const isHere = new URL(issuer).hostname === '127.0.0.1'
  const execute = isHere ? [oidc.allowInsecureRequests] : []
  let described: Promise<oidc.ServerMetadata> | undefined
  return async () => {
    described ??= oidc
      .discovery(new URL(issuer), clientId, undefined, oidc.None(), { execute })
      .then((found) => found.serverMetadata())
    try {
      const secret = await clientSecret()
      const config = new oidc.Configuration(await described, clientId, {}, oidc.ClientSecretBasic(secret))
      for (const allow of execute) allow(config)
      return config
    } catch (error) {
      described = undefined
      throw error
    }
  }
}

type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>

/**
 * All claims about somebody. HMPPS Auth lists authorities only in the access token, which came directly from the issuer
 * over TLS, so nobody else can have written it.
 */
async function claimsOf(config: oidc.Configuration, tokens: Tokens): Promise<Record<string, unknown>> {
  const id = tokens.claims()
  if (!id) throw new Error('an issuer of OpenID Connect gave no ID token')
  const info = config.serverMetadata().userinfo_endpoint
    ? await oidc.fetchUserInfo(config, tokens.access_token, id.sub)
    : {}
  return { ...claimsIn(tokens.access_token), ...info, ...id }
}

/** The claims in an access token, if it is a JWT. */
function claimsIn(token: string): Record<string, unknown> {
  try {
    return decodeJwt(token)
  } catch {
    return {}
  }
}

function personOf(claims: Record<string, unknown>, settings: SignInSettings): Person {
  const isVerified = settings.givesVerifiedEmailOnly || claims.email_verified === true
  const says = ({ claim, value }: SignInSettings['support']) => {
    const said = claims[claim]
    return Array.isArray(said) ? said.includes(value) : said === value
  }
  return {
    ...(isVerified && typeof claims.email === 'string' && { email: claims.email }),
    isSupport: says(settings.support),
    isDataProtection: settings.dataProtection !== undefined && says(settings.dataProtection),
  }
}

/** The issuer refused, or returned something unexpected: the person may try again, and we are not at fault. */
function isRefusal(error: unknown): boolean {
  if (error instanceof oidc.AuthorizationResponseError) return true
  if (error instanceof oidc.ResponseBodyError) return error.error === 'invalid_grant'
  return error instanceof oidc.ClientError && error.code === 'OAUTH_INVALID_RESPONSE'
}
