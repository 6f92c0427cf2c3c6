import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { encryptCookie } from '../../functions/web/encrypted-cookie.ts'
import { HOUR_MS, type Instant } from '../../shared/calendar/london.ts'
import type { Told } from '../story.ts'
import { SESSION_KEY, startPages } from '../web/pages.ts'

/** Pages looked at by somebody who signed in, without a script, on a telephone and on a wide screen. */

const CHROMIUM = '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const PHONE = { width: 390, height: 844 }
/** Where pictures of the pages are put, for somebody to look at. */
const PICTURES = process.env.THROUGHCARE_PICTURES

export const hasBrowser = existsSync(CHROMIUM)

/** Serves the pages at a moment and after a story. */
export async function openSignedIn(at: Instant, story: readonly Told[]) {
  const pages = await startPages(at, story)
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  return {
    ...pages,
    /** A page of somebody's who has signed in with the address that is theirs, or of support staff. */
    async as(who: string, until = at + HOUR_MS): Promise<Page> {
      const context = await browser.newContext({
        baseURL: pages.address,
        javaScriptEnabled: false,
        viewport: PHONE,
      })
      const isSupport = who === 'support'
      const person = isSupport ? { isSupport } : { email: `${who.toLowerCase()}@example.com`, isSupport }
      const value = await encryptCookie(SESSION_KEY, 'session', person, until)
      const { hostname: domain } = new URL(pages.address)
      await context.addCookies([{ name: '__Host-session', value, domain, path: '/', secure: true }])
      return context.newPage()
    },
    look: (page: Page, name: string) => lookAt(page, name, browser),
    async stop() {
      await browser.close()
      await pages.stop()
    },
  }
}

/** What would keep somebody from using a page: by the rules, and by its width on a telephone. */
async function lookAt(page: Page, name: string, browser: Browser): Promise<string[]> {
  const scripted = await browser.newContext({ viewport: PHONE })
  const wrong = await wrongWith(page, scripted)
  await scripted.close()
  if (PICTURES !== undefined) {
    for (const wide of [PHONE.width, 1280]) {
      await page.setViewportSize({ width: wide, height: PHONE.height })
      await page.screenshot({ path: `${PICTURES}/${name}-${wide}.png`, fullPage: true })
    }
    await page.setViewportSize(PHONE)
  }
  return wrong.map((what) => `${name}: ${what}`)
}

async function wrongWith(page: Page, scripted: BrowserContext): Promise<string[]> {
  const copy = await scripted.newPage()
  await copy.route('**/*', async (route) =>
    route.request().isNavigationRequest()
      ? route.fulfill({ contentType: 'text/html', body: await page.content() })
      : route.continue(),
  )
  await copy.goto(page.url())
  const { violations } = await new AxeBuilder({ page: copy }).withTags(RULES).analyze()
  const width = await copy.evaluate('document.documentElement.scrollWidth')
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    ...(width === PHONE.width ? [] : [`${width} wide on a telephone`]),
  ]
}
