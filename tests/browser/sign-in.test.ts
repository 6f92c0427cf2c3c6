import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { contact, order, PEOPLE, together } from '../story.ts'
import { startPages } from '../web/pages.ts'

/** Signing in with a real issuer, in a real browser, as on AWS. */

const CHROMIUM = '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const STORY = [
  ...together(PEOPLE, AROUND_A_RELEASE),
  contact('C-UNVERIFIED', { email: 'unverified-c-om@example.com' }),
  order(),
  contact('C-OM-2'),
  ALWAYS_ON_CALL,
  release(),
  order({ orderId: 'O-2', offenderManager: 'C-OM-2', caseManager: 'C-UNVERIFIED' }),
]

describe.runIf(existsSync(CHROMIUM))('signed in', () => {
  let pages: Awaited<ReturnType<typeof startPages>>
  let browser: Browser
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    pages = await startPages(londonTime('2026-03-10', '12:00'), STORY)
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  })
  afterAll(async () => {
    await browser?.close()
    await pages?.stop()
  })
  beforeEach(async () => {
    context = await browser.newContext({ baseURL: pages.address })
    // What the issuer's own pages ask of elsewhere.
    await context.route(
      ({ hostname }) => hostname !== '127.0.0.1',
      (route) => route.abort(),
    )
    page = await context.newPage()
  })
  afterEach(() => context.close())

  async function signInAs(name: string, path = '/') {
    await page.goto(path)
    expect(page.url().startsWith(pages.issuer)).toBe(true)
    await page.locator('[name=login]').fill(name)
    await page.locator('[name=password]').fill('any')
    await page.getByRole('button').click()
    await page.getByRole('button').click()
    await page.waitForURL(`${pages.address}/**`)
  }
  const sessionCookie = async () =>
    (await context.cookies(pages.address)).find(({ name }) => name === '__Host-session')
  const heading = () => page.getByRole('heading', { level: 1 }).textContent()

  test('an offender manager comes to the page they asked for, and from there to all that is theirs', async () => {
    await signInAs('c-om', '/casefiles/order/O-1')
    expect(new URL(page.url()).pathname).toBe('/casefiles/order/O-1')
    expect(await heading()).toBe('Name of C-PERSON')
    await page.getByRole('link', { name: 'Your casefiles' }).click()
    await page.waitForURL(`${pages.address}/casefiles`)
    expect(await page.locator('main li a:not(nav a)').allTextContents()).toEqual([
      'Order O-1, Name of C-PERSON',
      'Your own details',
    ])
  })

  test('whoever holds the link of a message answers without signing in', async () => {
    const [link = ''] = /http\S+\/a\/\S+/.exec(pages.sent.join('\n')) ?? []
    await page.goto(link)
    await page.getByRole('button', { name: 'Yes, I can' }).click()
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    expect(await sessionCookie()).toBeUndefined()
  })

  test('the pages of signing in and out, and one’s own, can be used by everybody', async () => {
    const wrong: string[] = []
    await signInAs('c-om')
    for (const path of ['/', '/casefiles/order/O-1', '/signed-out', '/callback']) {
      await page.goto(path)
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
      wrong.push(...violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`))
    }
    expect(wrong).toEqual([])
  })

  test('another worker’s order is not there, and neither is one that does not exist', async () => {
    await signInAs('c-om')
    const seen = await Promise.all(
      ['/casefiles/order/O-2', '/casefiles/order/O-9', '/casefiles/order', '/casefiles/contact/C-OM-2'].map(
        async (path) => {
          const response = await page.request.get(path)
          return [response.status(), (await response.text()).replaceAll(/nonce="[^"]*"/g, '')]
        },
      ),
    )
    expect(new Set(seen.map(([status]) => status))).toEqual(new Set([404]))
    expect(new Set(seen.map(([, text]) => text)).size).toBe(1)
  })

  test('support staff have the lists, and every casefile on them', async () => {
    await signInAs('support')
    await page.getByRole('link', { name: 'Casefiles', exact: true }).click()
    await page.waitForURL('**/casefiles/order')
    expect(await page.locator('main .throughcare-list a').allTextContents()).toEqual(['O-1', 'O-2'])
    await page.getByRole('link', { name: 'O-2' }).click()
    await page.waitForURL('**/casefiles/order/O-2')
    expect(await heading()).toBe('Name of C-PERSON')
  })

  test.each(['unverified-c-om', 'nobody-we-know'])('%s sees that nothing is theirs', async (name) => {
    await signInAs(name)
    expect(await heading()).toBe('Your casefiles')
    expect(await page.locator('main a').count()).toBe(0)
  })

  test('signed out here is signed out there', async () => {
    await signInAs('c-om')
    await page.getByRole('link', { name: 'Sign out' }).click()
    await page.getByRole('button').first().click()
    await page.waitForURL('**/signed-out')
    expect(await heading()).toBe('You are signed out')
    expect(await sessionCookie()).toBeUndefined()
    await page.goto('/casefiles/order/O-1')
    expect(await page.locator('[name=login]').isVisible()).toBe(true)
  })

  test('a session stands in a cookie that no script reads, no other site sends and no other host gets', async () => {
    await signInAs('c-om')
    const session = await sessionCookie()
    expect(session).toMatchObject({ path: '/', secure: true, httpOnly: true, sameSite: 'Lax' })
    expect(session?.value).not.toBe('')
  })

  test('a session that was tampered with is none', async () => {
    await signInAs('c-om')
    const session = await sessionCookie()
    if (!session) throw new Error('nobody was signed in')
    const value = session.value.replace(/.{4}$/, (end) => (end === 'AAAA' ? 'BBBB' : 'AAAA'))
    await context.clearCookies()
    await context.addCookies([{ ...session, value }])
    await page.goto('/')
    expect(await page.locator('[name=login]').isVisible()).toBe(true)
  })
})
