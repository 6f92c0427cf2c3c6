import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startThroughcare, type Throughcare } from '../infra/local/throughcare.ts'

/** The pages against the Web Content Accessibility Guidelines 2.2 AA, as far as a machine can judge. */

const CHROMIUM = '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describe.runIf(existsSync(CHROMIUM))('the pages can be used by everybody', () => {
  let throughcare: Throughcare
  let browser: Browser
  beforeAll(async () => {
    throughcare = await startThroughcare()
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  })
  afterAll(async () => {
    await browser?.close()
    await throughcare?.stop()
  })

  test.each([
    '/',
    '/given',
    '/tomorrow',
    '/releases',
    '/rotas',
    '/clearances',
    '/casefiles/order',
    '/casefiles/order/O-1001',
    '/casefiles/release',
    '/help',
    '/new',
    '/privacy-notice',
    '/accessibility',
    '/nowhere',
    '/a/x',
  ])('%s', async (path) => {
    const context = await browser.newContext({ baseURL: throughcare.address })
    const page = await context.newPage()
    await page.goto(path)
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    await context.close()
  })
})
