import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { appointment, contact, order, PEOPLE } from '../story.ts'
import { hasBrowser, openSignedIn } from './signed-in.ts'

/** A caseload in, a search, and pages to be printed, without a script, on a telephone and on a wide screen. */

const AT = londonTime('2026-03-11', '12:00')
const STORY = [
  ...PEOPLE,
  contact('C-PERSON', { name: 'Gwen Price', mobile: '07700 900123' }, '2026-01-02T00:00'),
  { ...order(), personReference: { identifiers: [{ type: 'CRN', value: 'X900001' }] } },
  appointment('2026-03-10T14:00'),
]
const HEADER = 'orderId,appointmentId,kind,startsAt,durationMinutes'
const file = (line: string) => ({
  name: 'caseload.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`${HEADER}\n${line}\n`),
})

describe.runIf(hasBrowser)('in a browser', () => {
  let pages: Awaited<ReturnType<typeof openSignedIn>>
  beforeAll(async () => {
    pages = await openSignedIn(AT, STORY)
  })
  afterAll(() => pages?.stop())

  test('a file that is wrong is mended, looked at and taken in', async () => {
    const page = await pages.as('C-OM')
    const wrong: string[] = []
    await page.goto('/caseload')
    await page.locator('summary').filter({ hasText: 'Appointments' }).click()
    wrong.push(...(await pages.look(page, 'caseload')))
    const send = async (line: string) => {
      await page.getByLabel('Appointments').check()
      await page.getByLabel('File').setInputFiles(file(line))
      await page.getByRole('button', { name: 'Look at it first' }).click()
    }
    await send('O-1,A-9,treatment,31/02/2026 2pm,an hour')
    expect(
      await page.getByRole('heading', { name: 'Nothing was taken in: 2 things are wrong' }).count(),
    ).toBe(1)
    wrong.push(...(await pages.look(page, 'caseload-wrong')))
    await send('O-1,A-9,treatment,18/03/2026 2pm,60')
    wrong.push(...(await pages.look(page, 'caseload-check')))
    await page.getByRole('button', { name: 'Take it in' }).click()
    expect(await page.getByText('1 appointments').count()).toBe(1)
    wrong.push(...(await pages.look(page, 'caseload-done')))
    expect(wrong).toEqual([])
  })

  test('a name is found, and its notice has a record', async () => {
    const page = await pages.as('C-OM')
    const wrong: string[] = []
    await page.goto('/search')
    await page.getByRole('textbox').fill('gwen')
    await page.getByRole('button', { name: 'Search' }).click()
    wrong.push(...(await pages.look(page, 'search')))
    await page.getByRole('link', { name: 'Order O-1' }).click()
    await page
      .getByRole('link', { name: /^Record ?: / })
      .first()
      .click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Record of a notice')
    wrong.push(...(await pages.look(page, 'evidence')))
    await page.goto('/export')
    wrong.push(...(await pages.look(page, 'export')))
    expect(wrong).toEqual([])
  })

  test('what is held about a person is uncovered one by one', async () => {
    const page = await pages.as('support')
    const wrong: string[] = []
    await page.goto('/held')
    wrong.push(...(await pages.look(page, 'held-asked')))
    await page.getByRole('textbox').fill('X900001')
    await page.getByLabel('The person asked what is held about them').check()
    await page.getByRole('button', { name: 'Show what is held' }).click()
    const buttons = page.getByRole('button', { name: 'Uncover' })
    const covered = await buttons.count()
    expect(covered).toBeGreaterThan(5)
    await buttons.first().click()
    expect(await buttons.count()).toBe(covered - 1)
    wrong.push(...(await pages.look(page, 'held')))
    expect(wrong).toEqual([])
  })
})
