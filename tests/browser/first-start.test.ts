import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOUR_MS, londonClock, londonDate, MINUTE_MS } from '../../shared/calendar/london.ts'
import { eventually, startThroughcare, type Throughcare } from '../infra/local/throughcare.ts'
import { type Boxes, day, doAct, heading } from './forms.ts'
import { CHROMIUM, FLAGS, hasBrowser, openJudge, PHONE } from './signed-in.ts'

/**
 * A service of one machine in a folder that is new, as `npm start -- --data` starts it, on its own clock: by the password
 * that it shows once, on a telephone, without a script and without one event that was sent to it.
 */

describe.runIf(hasBrowser)('a machine that was started for the first time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'first-start-'))
  let throughcare: Throughcare
  let browser: Browser
  let page: Page
  let judge: (page: Page) => Promise<string[]>
  beforeAll(async () => {
    throughcare = await startThroughcare(['--data', folder])
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
    judge = await openJudge(browser)
    const baseURL = throughcare.address
    page = await (await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: PHONE })).newPage()
    page.setDefaultTimeout(30_000)
  })
  afterAll(async () => {
    await browser?.close()
    await throughcare?.stop()
    rmSync(folder, { recursive: true })
  })

  const opens = async (event: string, boxes: Boxes) => {
    await page.getByRole('link', { name: 'New', exact: true }).click()
    await doAct(page, event, boxes)
  }
  const seeEverything = () => page.getByRole('button', { name: 'See everything' }).click()

  /** Follows the link in the newest message of a row, once it is given, and goes on as who it is for. */
  async function follow(row: string, name: string) {
    await page.goto('/given')
    const link = page
      .locator('tbody tr')
      .filter({ hasText: row })
      .locator('.throughcare-text a[href*="/notices/"]')
    await eventually(async () => {
      if ((await link.count()) > 0) return true
      await page.reload()
      return undefined
    }, 150_000)
    await page.goto((await link.first().getAttribute('href')) ?? '')
    await page.getByRole('button', { name: `Go on as ${name}` }).click()
  }

  test('lets in who knows its password, and is filled and used by pages alone', async () => {
    const wrong: string[] = []
    await page.goto('/')
    await page.getByLabel('Password', { exact: true }).fill('not this one')
    await page.getByRole('button', { name: 'Sign in' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('That is not the password')
    wrong.push(...(await judge(page)))
    const [, password = ''] = /with the password (\S+)/.exec(throughcare.written()) ?? []
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    expect(await heading(page)).toBe('Nothing has reached Throughcare yet')
    wrong.push(...(await judge(page)))

    for (const [who, more] of Object.entries({
      om: { probation: true },
      cm: { treatment: true },
      office: {},
      charity: {},
      pat: {},
    }))
      await opens('contact.updated', {
        name: `${who} Person`,
        email: `${who}@example.com`,
        ...(more as Boxes),
      })
    await opens('order.made', {
      ...{ person: 'pat@example.com', offenderManager: 'om@example.com', caseManager: 'cm@example.com' },
      ...{ probationOffice: 'office@example.com', provider: 'charity@example.com' },
      ...{ ...day('sentencedOn', londonDate(Date.now() - 48 * HOUR_MS)), lengthMonths: '6' },
      ...{ seriousness: 'low', offenderManagementTier: '2' },
    })
    await page.getByRole('link', { name: /Go on to order/ }).click()
    await page.getByRole('button', { name: /Go on as cm Person/ }).click()
    // An hour that ends with this minute: what was over before the first start is told to nobody.
    const [date = '', time = ''] = londonClock(Date.now() + MINUTE_MS - HOUR_MS).split('T')
    await doAct(page, 'appointment.booked', {
      ...{ kind: 'treatment', ...day('startsAt', date), 'startsAt-time': time.slice(0, 5) },
    })
    await seeEverything()

    await follow('FAX-01 prompt', 'cm Person')
    await doAct(page, 'contact-sheet.submitted', { attendance: 'attended', nextAppointment: 'none-booked' })
    await seeEverything()
    await follow('FAX-01 update', 'om Person')
    wrong.push(...(await judge(page)))
    await doAct(page, 'contact-sheet.read', {})
    await page.getByRole('link', { name: /Go on to order/ }).click()
    expect(await page.textContent('main')).toContain('Contact sheet read')
    expect(wrong).toEqual([])
  })
})
