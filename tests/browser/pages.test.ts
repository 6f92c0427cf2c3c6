import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startThroughcare, type Throughcare } from '../infra/local/throughcare.ts'

/** The pages in a real browser, as a worker would walk through them. */

const CHROMIUM = '/usr/bin/chromium'
const QUIETLY = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
const OFFLINE = ['--disable-background-networking', '--disable-component-update']
const hasChromium = existsSync(CHROMIUM)
if (!hasChromium)
  process.stdout.write(`The pages were not walked through: there is no browser at ${CHROMIUM}.\n`)

describe.runIf(hasChromium)('in a browser', () => {
  let throughcare: Throughcare
  let browser: Browser
  beforeAll(async () => {
    throughcare = await startThroughcare()
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...QUIETLY, ...OFFLINE] })
  })
  afterAll(async () => {
    await browser?.close()
    await throughcare?.stop()
  })

  /** Walks through the pages, and gives everything that the browser had to complain about. */
  async function walk(hasScripts: boolean, way: (page: Page) => Promise<void>): Promise<string[]> {
    const context = await browser.newContext({ javaScriptEnabled: hasScripts, baseURL: throughcare.address })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
    page.on('request', (request) => {
      const isOurs = request.url().startsWith(throughcare.address) || request.url().startsWith('data:')
      if (!isOurs) complaints.push(`elsewhere: ${request.url()}`)
    })
    await way(page)
    await context.close()
    return complaints
  }

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('from the clock to a text to a casefile and its events, %s', async (_, hasScripts) => {
    const complaints = await walk(hasScripts, async (page) => {
      await page.goto('/given')
      await page.getByRole('button', { name: 'A week on' }).click()
      await page.getByRole('button', { name: 'Next notice' }).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('What was given')
      const first = page
        .locator('tbody tr')
        .filter({ has: page.locator('details') })
        .first()
      expect(await first.locator('.throughcare-text').isVisible()).toBe(false)
      await first.locator('summary').click()
      expect(await first.locator('.throughcare-text').isVisible()).toBe(true)

      await page.getByRole('link', { name: 'Casefiles', exact: true }).click()
      await page.getByRole('link', { name: 'O-1001', exact: true }).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Aled Hughes')
      expect(await page.title()).toBe('Order O-1001 – Throughcare')
      for (const part of ['What comes next', 'Everything so far', 'Who works on it']) {
        expect(await page.getByRole('heading', { name: part }).isVisible()).toBe(true)
      }
      for (const part of ['What happened', 'What was told', 'What was not told', 'What is planned']) {
        await page.getByRole('link', { name: part }).click()
        await page.getByRole('heading', { name: part }).waitFor()
        // In its first weeks an order may have told everybody everything.
        const lines = page.locator('.moj-timeline__item').or(page.getByText('There is nothing of that here.'))
        expect(await lines.count()).toBeGreaterThan(0)
      }
    })
    expect(complaints).toEqual([])
  })

  test('a gate meeting is accepted by following the link of the message that asked, in the outbox', async () => {
    const complaints = await walk(true, async (page) => {
      const question = page.locator('.throughcare-text a[href*="/a/"]')
      await page.goto('/given')
      for (let weeks = 0; weeks < 20 && (await question.count()) === 0; weeks++) {
        await page.getByRole('button', { name: 'A week on' }).click()
      }
      const row = page
        .locator('tbody tr')
        .filter({ has: question })
        .filter({ hasText: 'GATE-01 plan' })
        .first()
      await row.locator('summary').click()
      const casefile = await row.locator('a[href^="/casefiles/release/"]').getAttribute('href')
      await row.locator('a[href*="/a/"]').click()
      expect(await page.getByRole('navigation').count()).toBe(0)
      await page.getByRole('button', { name: 'Yes, I can' }).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Thank you')
      await page.goto(`${casefile}?show=happened`)
      expect(await page.getByText('answer/release_').first().isVisible()).toBe(true)
    })
    expect(complaints).toEqual([])
  })

  test('every kind of casefile has its list, and every casefile on it a page', async () => {
    const complaints = await walk(false, async (page) => {
      await page.goto('/casefiles/order')
      const kinds = await page.getByRole('navigation', { name: 'Kinds of casefile' }).getByRole('link').all()
      const lists = await Promise.all(kinds.map((kind) => kind.getAttribute('href')))
      expect(lists).toHaveLength(6)
      for (const list of lists) {
        await page.goto(list ?? '')
        const casefiles = await page.locator('main .throughcare-list a').all()
        const paths = await Promise.all(casefiles.map((casefile) => casefile.getAttribute('href')))
        expect(paths).not.toEqual([])
        expect((await page.goto(paths[0] ?? ''))?.status()).toBe(200)
        for (const path of paths.slice(1)) expect((await page.request.get(path ?? '')).status()).toBe(200)
      }
    })
    expect(complaints).toEqual([])
  })

  test('the clock runs by itself until it is paused', async () => {
    const complaints = await walk(false, async (page) => {
      await page.goto('/given')
      const now = page.locator('.throughcare-clock strong')
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      const begun = await now.textContent()
      await expect.poll(() => now.textContent(), { timeout: 20_000 }).not.toBe(begun)
      await page.getByRole('button', { name: 'Pause' }).click()
      expect(await page.getByText('The clock is standing still.').isVisible()).toBe(true)
    })
    expect(complaints).toEqual([])
  })

  test('a page can be used on a telephone: nothing but the table is wider than the screen', async () => {
    const complaints = await walk(true, async (page) => {
      await page.setViewportSize({ width: 375, height: 800 })
      for (const path of [
        '/',
        '/given',
        '/releases',
        '/rotas',
        '/clearances',
        '/casefiles/order',
        '/casefiles/order/O-1001',
      ]) {
        await page.goto(path)
        expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(375)
      }
    })
    expect(complaints).toEqual([])
  })
})
