import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { releaseKey } from '../../shared/casefile/ids.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { appointment, contact, event, order } from '../story.ts'
import { hasBrowser, openSignedIn } from './signed-in.ts'

/** From an almost empty service, by pages alone and without a script: people, an order, its appointments, a calendar. */

const AT = londonTime('2026-03-11', '12:00')
const STORY = [
  contact('C-OM', { worksIn: ['probation'] }),
  contact('C-ADMIN', { worksIn: ['service'] }),
  ...['C-CM', 'C-OFFICE', 'C-PROVIDER', 'C-PERSON', 'C-GOV', 'C-HOLDER'].map((id) => contact(id)),
  order({}, '2026-03-02T09:00'),
  appointment('2026-03-09T14:00'),
  appointment('2026-03-20T14:00', { appointmentId: 'A-2', kind: 'three-way' }),
  ...['disclosure.flagged', 'risk.changed', 'withdrawal.proposed', 'breach.decided'].map((type) =>
    event('2026-03-10T10:00', type, { orderId: 'O-1', by: 'C-CM' }),
  ),
  event('2026-01-01T00:00', 'prison.updated', { prisonId: 'QAA', name: 'HMP Fenmarsh', governor: 'C-GOV' }),
  event('2026-01-02T10:00', 'clearance.confirmed', {
    ...{ clearanceId: 'CL-1', prisonId: 'QAA', holder: 'C-HOLDER', organisationId: 'ORG-1' },
    confirmedOn: '2026-01-02',
  }),
  ...[...AROUND_A_RELEASE, ALWAYS_ON_CALL, release()],
]
/** Who finds what to do, and where: their order, their prison, a clearance, a release, themself. */
const WORKERS: readonly (readonly [string, string])[] = [
  ['C-OM', '/casefiles/order/O-1'],
  ['C-CM', '/casefiles/order/O-1'],
  ['C-GOV', '/casefiles/prison/QAA'],
  ['C-GOV', '/casefiles/clearance/CL-1'],
  ['C-KEY', `/casefiles/release/${releaseKey('A9001AA')}`],
  ['C-ADMIN', '/casefiles/contact/C-ADMIN'],
]

describe.runIf(hasBrowser)('without any other system', () => {
  let service: Awaited<ReturnType<typeof openSignedIn>>
  const wrong: string[] = []
  beforeAll(async () => {
    service = await openSignedIn(AT, STORY)
  })
  afterAll(() => service?.stop())

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const heading = async (page: Page) => (await page.getByRole('heading', { level: 1 }).textContent())?.trim()
  const inspect = async (page: Page, name: string) => void wrong.push(...(await service.look(page, name)))
  async function day(page: Page, group: string, [d, m, y]: readonly [number, number, number]) {
    const boxes = page.getByRole('group', { name: group })
    await boxes.getByLabel('Day', { exact: true }).fill(String(d))
    await boxes.getByLabel('Month').fill(String(m))
    await boxes.getByLabel('Year').fill(String(y))
  }
  async function begin(page: Page, act: string) {
    await page.getByRole('link', { name: 'New', exact: true }).click()
    await page.getByRole('link', { name: act }).click()
  }

  test('an offender manager enters a person and their order, and books a series with a look at what is sent', async () => {
    const page = await service.as('C-OM')
    await page.goto('/')
    await page.getByRole('link', { name: 'New', exact: true }).click()
    await inspect(page, 'new')

    await begin(page, 'Contact details: somebody new')
    await inspect(page, 'contact')
    await page.getByLabel('Name', { exact: true }).fill('Pat Person')
    await page.getByLabel('E-mail address (optional)').fill('pat@example.com')
    await press(page, 'Continue')
    await inspect(page, 'contact-check')
    await press(page, 'Send')
    expect(await page.locator('main').textContent()).toMatch(/Its reference is\s+C-[0-9a-f]{12}/)
    await inspect(page, 'contact-done')

    await begin(page, 'Enter an order')
    await inspect(page, 'order')
    await press(page, 'Continue')
    await inspect(page, 'order-wrong')
    expect(await page.getByRole('alert').getByRole('link').count()).toBeGreaterThan(5)
    await page.getByLabel('The person', { exact: true }).fill('pat@example.com')
    await day(page, 'Day of sentence', [9, 3, 2026])
    await page.getByLabel('Length of the order in months').fill('6')
    await page.getByLabel('Offender manager', { exact: true }).fill('c-om@example.com')
    await page.getByLabel('Case manager of the provider').fill('c-cm@example.com')
    await page.getByLabel('Probation office').fill('c-office@example.com')
    await page.getByLabel('Manager of the provider', { exact: true }).fill('c-provider@example.com')
    await page.getByRole('group', { name: 'Seriousness' }).getByLabel('Low').check()
    await page.getByRole('group', { name: 'Offender management tier' }).getByLabel('2').check()
    await press(page, 'Continue')
    expect(await heading(page)).toBe('Check your answers')
    expect(await page.locator('dl').textContent()).toContain('Pat Person')
    await press(page, 'Send')
    await page.getByRole('link', { name: /Go on to order/ }).click()

    await page.getByRole('link', { name: 'Book an appointment' }).click()
    await inspect(page, 'book')
    await page.getByRole('group', { name: 'What is it?' }).getByLabel('Treatment').check()
    await day(page, 'Day and time', [18, 3, 2026])
    await page.getByRole('group', { name: 'Day and time' }).getByLabel('Time').fill('2pm')
    await page.getByLabel('The case manager').check()
    await page.getByLabel('Every week').check()
    await day(page, 'If more than once: until which day?', [1, 4, 2026])
    await press(page, 'Continue')
    const check = await page.locator('main').textContent()
    for (const said of ['Wednesday 25 March at 2pm', 'What the person will be told', 'by e-mail']) {
      expect(check).toContain(said)
    }
    await inspect(page, 'book-check')
    await press(page, 'Send')
    expect(await heading(page)).toBe('Recorded')
    expect(wrong).toEqual([])
  })

  test('the case manager finds them in a calendar, and takes its address back', async () => {
    const page = await service.as('C-CM')
    await page.goto('/calendar?span=month')
    expect(await page.getByRole('heading', { level: 3, name: 'Wednesday 25 March 2026' }).count()).toBe(1)
    await inspect(page, 'calendar')
    const address = await page.getByLabel('Address of your calendar').inputValue()
    expect(await (await page.request.get(address)).text()).toContain('BEGIN:VEVENT')
    await page.getByRole('link', { name: 'Withdraw this address, and get another' }).click()
    await inspect(page, 'calendar-withdraw')
    await press(page, 'Withdraw the address of your calendar')
    expect((await page.request.get(address)).status()).toBe(404)
    expect(wrong).toEqual([])
  })

  test('every form can be used by everybody', async () => {
    const seen = new Set<string>()
    for (const [worker, home] of WORKERS) {
      const page = await service.as(worker)
      for (const path of ['/new', home]) {
        await page.goto(path)
        const links = (await page.content()).matchAll(/href="(\/acts\/[^"]+)"/g)
        for (const [, link = ''] of [...links]) {
          const href = link.replaceAll('&amp;', '&')
          const form = href.split('/').slice(2, 4).join('-')
          if (seen.has(form)) continue
          seen.add(form)
          expect((await page.goto(href))?.status(), href).toBe(200)
          // Those that are one button and nothing else are one page.
          const asks = await page.locator('main :is(input:not([type=hidden]), textarea)').count()
          if (asks > 0) await inspect(page, `form-${form}`)
        }
      }
      await page.context().close()
    }
    expect(seen.size).toBeGreaterThan(35)
    expect(wrong).toEqual([])
  })

  test('the privacy notice is printed without anything to press', async () => {
    const page = await service.as('C-CM')
    await page.goto('/')
    await page.getByRole('link', { name: 'Privacy notice to hand over' }).click()
    await inspect(page, 'privacy-notice')
    expect(await page.getByRole('heading', { name: 'Beth mae’n ei gadw' }).isVisible()).toBe(true)
    await page.emulateMedia({ media: 'print' })
    for (const role of ['navigation', 'contentinfo'] as const) {
      expect(await page.getByRole(role).filter({ visible: true }).count()).toBe(0)
    }
    expect(wrong).toEqual([])
  })
})
