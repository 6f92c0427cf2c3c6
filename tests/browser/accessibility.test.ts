import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { releaseKey } from '../../shared/casefile/ids.ts'
import { AROUND_A_RELEASE, change, release, rota } from '../duties/releases/release-story.ts'
import { startThroughcare, type Throughcare } from '../infra/local/throughcare.ts'
import { appointment, order, PEOPLE, together } from '../story.ts'
import { hasBrowser, openSignedIn } from './signed-in.ts'

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

describe.runIf(hasBrowser)('a worker’s pages, with every fold opened', () => {
  const STORY = [
    ...together(PEOPLE, AROUND_A_RELEASE),
    ...[release(), order()],
    ...[1, 2, 3].map((nth) =>
      appointment(`2026-03-1${nth}T14:00`, { appointmentId: `A-${nth}`, with: 'C-CM' }),
    ),
    rota(
      Array.from({ length: 12 }, (_, nth): [string, string, string] => {
        const [from, to] = [`2026-03-${10 + nth}T08:00`, `2026-03-${10 + nth}T20:00`]
        return [from, to, 'C-DAY']
      }),
    ),
  ]
  const RELEASE = `/casefiles/release/${releaseKey('A9001AA')}`
  const OF: Readonly<Record<string, readonly string[]>> = {
    'C-CM': [
      '/',
      '/tomorrow',
      '/team',
      '/figures',
      '/calendar',
      '/casefiles',
      '/casefiles/order/O-1',
      '/search',
      '/new',
    ],
    'C-DAY': ['/', '/rotas', '/casefiles', '/clearances', '/caseload', '/export'],
    'C-OWNER': ['/rotas', '/casefiles/rota/NORTH'],
    'C-KEY': ['/releases', '/calendar', RELEASE, '/help', '/accessibility', '/privacy-notice'],
  }

  test.each(['en', 'cy'])(
    'in %s',
    async (language) => {
      const prefer = Object.keys(OF).map((id) => change(id, { language, by: id }))
      const service = await openSignedIn(londonTime('2026-03-10', '12:00'), [...STORY, ...prefer])
      const wrong: string[] = []
      const languages = new Set<string | null>()
      let opened = 0
      for (const [id, paths] of Object.entries(OF)) {
        const page = await service.as(id)
        for (const path of paths) {
          expect((await page.goto(path))?.status(), path).toBe(200)
          for (const fold of await page.locator('summary').all()) await fold.click()
          opened += await page.locator('details[open]').count()
          expect(await page.locator('details:not([open])').count(), path).toBe(0)
          languages.add(await page.locator('html').getAttribute('lang'))
          wrong.push(...(await service.look(page, `${id} ${path}`)))
        }
      }
      await service.stop()
      expect(wrong).toEqual([])
      expect(opened).toBeGreaterThan(5)
      expect([...languages]).toEqual([language])
    },
    240_000,
  )
})
