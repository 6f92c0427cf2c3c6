import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { order, PEOPLE } from '../story.ts'
import { startIssuer } from './issuer.ts'
import { openPages } from './pages.ts'

const AT = londonTime('2026-03-10', '12:00')
const ADDRESS = 'https://throughcare.example.org'
const MANAGER = { email: 'c-om@example.com', isSupport: false }
const STORY = [...PEOPLE, order()]

/** The pages, with an issuer that can be gone to. */
async function withIssuer(look: (pages: Awaited<ReturnType<typeof openPages>>) => Promise<void>) {
  const issuer = await startIssuer(ADDRESS)
  try {
    await look(await openPages(AT, STORY, { address: ADDRESS, issuer: issuer.url }))
  } finally {
    await issuer.stop()
  }
}

describe('a person who is not signed in', () => {
  test.each(['/', '/casefiles', '/casefiles/order/O-1', '/nowhere'])(
    'is sent from %s to the issuer, with a challenge that only this browser can meet',
    async (path) => {
      await withIssuer(async ({ app }) => {
        const response = await app.request(path)
        expect(response.status).toBe(302)
        const asked = Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams)
        expect(asked).toMatchObject({
          redirect_uri: `${ADDRESS}/callback`,
          response_type: 'code',
          scope: 'openid email',
          code_challenge_method: 'S256',
        })
        expect([asked.state, asked.nonce, asked.code_challenge].every((one) => one && one.length > 20)).toBe(
          true,
        )
        const cookie = response.headers.get('set-cookie') ?? ''
        expect(cookie).toMatch(/^__Host-sign-in-attempt=/)
        for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=600']) {
          expect(cookie).toContain(part)
        }
        expect(cookie).not.toContain(asked.state)
      })
    },
  )

  test.each(['/a/rR-9abcde0123456789a', '/govuk-frontend.css', '/throughcare.css'])(
    'is shown %s',
    async (path) => {
      const { app } = await openPages(AT, STORY)
      expect([200, 403]).toContain((await app.request(path)).status)
    },
  )

  test('learns no more from an answer of the issuer to a question that this browser did not ask', async () => {
    await withIssuer(async ({ app }) => {
      const [attempt = ''] = ((await app.request('/')).headers.get('set-cookie') ?? '').split(';')
      const strange = [
        ['/callback?code=1&state=2', ''],
        ['/callback?code=1&state=2', attempt],
        ['/callback?error=access_denied&state=2', attempt],
        ['/callback', attempt],
      ] as const
      for (const [path, cookie] of strange) {
        const response = await app.request(path, { headers: { cookie } })
        expect(response.status).toBe(403)
        expect(response.headers.get('set-cookie') ?? '').not.toContain('__Host-session=ey')
      }
    })
  })

  test('is not let in by the cookie of their attempt to sign in, under any name', async () => {
    await withIssuer(async ({ app }) => {
      const [attempt = ''] = ((await app.request('/')).headers.get('set-cookie') ?? '').split(';')
      const cookie = attempt.replace('sign-in-attempt', 'session')
      expect((await app.request('/', { headers: { cookie } })).status).toBe(302)
    })
  })
})

describe('a session', () => {
  test('ends after its hour', async () => {
    await withIssuer(async ({ look }) => {
      expect((await look('/', MANAGER, AT + 1)).status).toBe(200)
      expect((await look('/', MANAGER, AT)).status).toBe(302)
    })
  })

  test('outlives its key being rotated once, and not twice', async () => {
    await withIssuer(async ({ look, turnKey }) => {
      turnKey('another')
      expect((await look('/', MANAGER)).status).toBe(200)
      turnKey('a third')
      expect((await look('/', MANAGER)).status).toBe(302)
    })
  })
})
