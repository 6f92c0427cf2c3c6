import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { encryptCookie } from '../../functions/web/reader/encrypted-cookie.ts'
import type { Person } from '../../functions/web/reader/sign-in.ts'
import { HOUR_MS, type Instant } from '../../shared/calendar/london.ts'
import type { Told } from '../story.ts'
import { SESSION_KEY, startPages } from '../web/pages.ts'

/** Pages looked at by somebody who signed in, without a script, on a telephone and on a wide screen. */

export const CHROMIUM = '/usr/bin/chromium'
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
export const PHONE = { width: 390, height: 844 }
/** Where pictures of the pages are put, for somebody to look at. */
const PICTURES = process.env.THROUGHCARE_PICTURES

export const hasBrowser = existsSync(CHROMIUM)

/** Serves the pages at a moment and after a story. */
export async function openSignedIn(at: Instant, story: readonly Told[]) {
  const pages = await startPages(at, story)
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  const wrongWith = await openJudge(browser)
  /** From now on a page is theirs. */
  async function signIn(page: Page, person: Person, until: Instant): Promise<void> {
    const value = await encryptCookie(SESSION_KEY, 'session', person, until)
    const { hostname: domain } = new URL(pages.address)
    await page.context().addCookies([{ name: '__Host-session', value, domain, path: '/', secure: true }])
  }
  return {
    ...pages,
    /** A page of somebody's who has signed in with the address that is theirs, or of support staff. */
    async as(who: string, until = at + HOUR_MS): Promise<Page> {
      const context = await browser.newContext({
        baseURL: pages.address,
        javaScriptEnabled: false,
        viewport: PHONE,
      })
      const page = await context.newPage()
      const isSupport = who === 'support'
      await signIn(
        page,
        isSupport
          ? { isSupport, isDataProtection: true }
          : { email: `${who.toLowerCase()}@example.com`, isSupport },
        until,
      )
      return page
    },
    signIn,
    /** What would keep somebody from using a page, and a picture of it for whoever asked for pictures. */
    async look(page: Page, name: string): Promise<string[]> {
      const wrong = await wrongWith(page)
      if (PICTURES !== undefined) await takePictures(page, name)
      return wrong.map((what) => `${name}: ${what}`)
    },
    async stop() {
      await browser.close()
      await pages.stop()
    },
  }
}

async function takePictures(page: Page, name: string): Promise<void> {
  for (const wide of [PHONE.width, 1280]) {
    await page.setViewportSize({ width: wide, height: PHONE.height })
    await page.screenshot({ path: `${PICTURES}/${name}-${wide}.png`, fullPage: true })
  }
  await page.setViewportSize(PHONE)
}

/** Judges pages on copies of them in one page that runs scripts: by the rules, and by their width on a telephone. */
export async function openJudge(browser: Browser) {
  const copy = await (await browser.newContext({ viewport: PHONE })).newPage()
  let shown = ''
  await copy.route('**/*', async (route) =>
    route.request().isNavigationRequest()
      ? route.fulfill({ contentType: 'text/html', body: shown })
      : route.continue(),
  )
  return async (page: Page): Promise<string[]> => {
    shown = await page.content()
    await copy.goto(page.url())
    const axe = new AxeBuilder({ page: copy }).options({ resultTypes: ['violations'] }).withTags(RULES)
    const { violations } = await axe.analyze()
    const width = await copy.evaluate('document.documentElement.scrollWidth')
    return [
      ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      ...(width === PHONE.width ? [] : [`${width} wide on a telephone`]),
    ]
  }
}
