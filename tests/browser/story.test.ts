import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { appointment, contact, event, order, PEOPLE } from '../story.ts'
import { hasBrowser, openSignedIn } from './signed-in.ts'

/** The page of a casefile tells its story to somebody who works on it. */

const AT = londonTime('2026-03-25', '12:00')
const booked = (nth: number, day: string) =>
  appointment(`${day}T14:00`, { appointmentId: `A-${nth}`, with: 'C-CM', place: '1 Mill Lane' })

describe.runIf(hasBrowser)('an offender manager looks at an order', () => {
  let pages: Awaited<ReturnType<typeof openSignedIn>>
  beforeAll(async () => {
    pages = await openSignedIn(AT, [
      ...PEOPLE.slice(0, 5),
      contact('C-DUTY', { phone: '01632 960201' }),
      order(),
      ...[booked(1, '2026-03-10'), booked(2, '2026-03-17'), booked(3, '2026-03-31')],
      ...[booked(4, '2026-04-07'), booked(5, '2026-04-14')],
      event('2026-03-10T15:30', 'contact-sheet.submitted', {
        ...{ orderId: 'O-1', appointmentId: 'A-1', attendance: 'attended', nextAppointment: 'A-2' },
        progress: [{ objective: 'keep a diary', note: 'some slips' }],
        by: 'C-CM',
      }),
    ])
  })
  afterAll(async () => pages?.stop())

  test('what happened, was told, was not told and is planned stands in one story, in words', async () => {
    const page = await pages.as('C-OM')
    await page.goto('/casefiles/order/O-1')
    const wrong = await pages.look(page, 'story')
    const sheet = page.locator('.moj-timeline__item').filter({ hasText: 'Contact sheet submitted' })
    await page.getByRole('link', { name: 'What happened' }).click()
    expect(await sheet.textContent()).toContain('by Name of C-CM')
    expect(await sheet.textContent()).toContain('Attendance: attended')
    // Progress is for fewer readers than an order has.
    expect(await page.textContent('main')).not.toContain('some slips')
    wrong.push(...(await pages.look(page, 'story-happened')))
    await page.getByRole('link', { name: 'What was told' }).click()
    const update = page
      .locator('.moj-timeline__item')
      .filter({ hasText: 'to Name of C-OM, offender manager' })
    expect(await update.first().textContent()).toMatch(/[A-Z]+-\d+ [\w ]+, from 00\d:\d+/)
    await page.getByRole('link', { name: 'What is planned' }).click()
    expect(await page.getByRole('heading', { name: 'Treatment appointment' }).count()).toBeGreaterThan(0)
    wrong.push(...(await pages.look(page, 'story-planned')))
    expect(wrong).toEqual([])
  })

  test('the number to ring can be dialled, and no mobile number stands there', async () => {
    const page = await pages.as('C-OM')
    await page.goto('/casefiles/order/O-1')
    const number = page.getByRole('link', { name: '01632 960201' })
    expect(await number.getAttribute('href')).toBe('tel:+441632960201')
  })

  test('a page of a story is no longer than a telephone can bear', async () => {
    const page = await pages.as('C-OM')
    await page.goto('/casefiles/order/O-1?show=not-told')
    await page.goto('/casefiles/order/O-1')
    const { height } = (await page.locator('body').boundingBox()) ?? { height: Number.NaN }
    expect(height).toBeLessThan(6_000)
  })
})
