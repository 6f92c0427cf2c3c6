import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startThroughcare, type Throughcare } from '../infra/local/throughcare.ts'

/** What a message asks is done where its link leads, without a script: from the outbox to the event in the casefile. */

const CHROMIUM = '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const PHONE = { width: 390, height: 844 }
/** Where pictures of the pages are put, for somebody to look at. */
const PICTURES = process.env.THROUGHCARE_PICTURES

describe.runIf(existsSync(CHROMIUM))('what a message asks', () => {
  let throughcare: Throughcare
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const wrong: string[] = []
  beforeAll(async () => {
    throughcare = await startThroughcare()
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  })
  afterAll(async () => {
    await browser?.close()
    await throughcare?.stop()
  })
  beforeEach(async () => {
    context = await browser.newContext({
      baseURL: throughcare.address,
      javaScriptEnabled: false,
      viewport: PHONE,
    })
    page = await context.newPage()
    wrong.length = 0
  })
  afterEach(() => context.close())

  const heading = async () => (await page.getByRole('heading', { level: 1 }).textContent())?.trim()
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()

  /** Looks at a page for what would keep somebody from using it: by rules, and by its width on a telephone. */
  async function inspect(name: string) {
    const scripted = await browser.newContext({ viewport: PHONE })
    const copy = await scripted.newPage()
    await copy.route('**/*', async (route) => {
      const isPage = route.request().isNavigationRequest()
      return isPage
        ? route.fulfill({ contentType: 'text/html', body: await page.content() })
        : route.continue()
    })
    await copy.goto(page.url())
    const { violations } = await new AxeBuilder({ page: copy }).withTags(RULES).analyze()
    wrong.push(...violations.map(({ id, nodes }) => `${name} ${id}: ${nodes[0]?.html}`))
    const width = await copy.evaluate('document.documentElement.scrollWidth')
    if (width !== PHONE.width) wrong.push(`${name} is ${width} wide`)
    await scripted.close()
    if (PICTURES === undefined) return
    for (const wide of [PHONE.width, 1280]) {
      await page.setViewportSize({ width: wide, height: PHONE.height })
      await page.screenshot({ path: `${PICTURES}/${name}-${wide}.png`, fullPage: true })
    }
    await page.setViewportSize(PHONE)
  }

  /** Moves the clock on until a row's message is in the outbox, follows its link, and goes on as who was given it. */
  async function follow(row: string) {
    const link = page
      .locator('tbody tr')
      .filter({ hasText: row })
      .locator('.throughcare-text a[href*="/notices/"]')
      .first()
    await page.goto('/given')
    for (let tries = 0; tries < 300 && (await link.count()) === 0; tries++) await press('Next notice')
    await page.goto((await link.getAttribute('href')) ?? '')
    expect(await heading()).toBe('Who are you?')
    await inspect('who')
    await press(/Go on as/)
  }

  test('a case manager fills in the contact sheet on a telephone, and books the next appointment with it', async () => {
    await follow('FAX-01 prompt')
    expect(await heading()).toBe('You were told')
    await inspect('notice')
    await page.getByRole('button', { name: /Fill in the contact sheet/ }).click()
    await inspect('sheet')

    await press('Continue')
    expect(await page.getByRole('alert').textContent()).toContain('Answer “Did they come?”')
    await inspect('sheet-wrong')
    await page.getByLabel('Yes', { exact: true }).check()
    await page.getByLabel('I will book it here').check()
    await page.getByLabel('Day', { exact: true }).fill('31')
    await page.getByLabel('Month').fill('3')
    await page.getByLabel('Year').fill('2027')
    await page.getByLabel('Time').fill('2:30pm')
    await page.getByLabel('Another objective of the plan (optional)').fill('Keeps a diary')
    await page.getByLabel('Progress with it (optional)').fill('Was arrested on Friday')
    await press('Continue')
    expect(await page.getByRole('alert').textContent()).toContain('say “arrested” by telephone')
    await page.getByLabel('Progress with it (optional)').fill('Wrote in it every day')
    await page.getByLabel('Please ring me').check()
    await press('Continue')
    expect(await heading()).toBe('Check your answers')
    expect(await page.locator('dl').textContent()).toContain('Wednesday 31 March at 2:30pm')
    await inspect('sheet-check')
    await press('Change')
    expect(await page.getByLabel('Progress with it (optional)').inputValue()).toBe('Wrote in it every day')
    await press('Continue')
    await press('Send')
    expect(await heading()).toBe('Recorded')
    await inspect('done')

    await page.getByRole('link', { name: /Go on to order/ }).click()
    expect(await page.getByRole('heading', { name: 'Contact sheet submitted' }).count()).toBeGreaterThan(0)
    expect(await page.locator('.moj-timeline__item').filter({ hasText: 'act/' }).count()).toBe(2)
    await inspect('casefile')
    expect(wrong).toEqual([])
  })

  test('the offender manager reads the update, and says so with one button', async () => {
    await follow('FAX-01 update')
    await page.getByRole('button', { name: /Read the update/ }).click()
    await inspect('sheet-to-read')
    const shown = await page.locator('dl').textContent()
    for (const said of ['Keeps a diary', 'Wrote in it every day', 'Please ring me', 'Written by']) {
      expect(shown).toContain(said)
    }
    await press('I have read this')
    expect(await heading()).toBe('Recorded')
    expect(wrong).toEqual([])
  })
})
