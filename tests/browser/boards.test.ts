import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, together } from '../story.ts'
import { hasBrowser, openSignedIn } from './signed-in.ts'

/** The pages of a day, each from somebody who signed in, without a script. */

const STORY = [
  ...together(PEOPLE, AROUND_A_RELEASE),
  contact('C-GOV'),
  contact('C-HOLDER'),
  order(),
  appointment('2026-03-09T14:00', { with: 'C-CM' }),
  appointment('2026-03-11T10:00', { appointmentId: 'A-2', with: 'C-CM' }),
  ALWAYS_ON_CALL,
  release({ releaseOn: '2026-03-11' }),
  event('2026-01-01T00:00', 'prison.updated', { prisonId: 'QAA', name: 'HMP QAA', governor: 'C-GOV' }),
  event('2026-01-02T10:00', 'clearance.confirmed', {
    ...{ clearanceId: 'CL-1', prisonId: 'QAA', holder: 'C-HOLDER', organisationId: 'ORG-1' },
    confirmedOn: '2025-05-02',
  }),
]

describe.runIf(hasBrowser)('the pages of a day', () => {
  let pages: Awaited<ReturnType<typeof openSignedIn>>
  beforeAll(async () => {
    pages = await openSignedIn(londonTime('2026-03-10', '12:00'), STORY)
  })
  afterAll(async () => pages?.stop())

  test('a case manager begins with what is overdue, and does it from there', async () => {
    const page = await pages.as('C-CM')
    await page.goto('/')
    expect(await page.locator('header, section').first().textContent()).toContain('Name of C-CM')
    const wrong = await pages.look(page, 'today')
    await page.getByRole('link', { name: 'Until tomorrow night' }).click()
    wrong.push(...(await pages.look(page, 'tomorrow')))
    await page.getByRole('link', { name: 'Today' }).first().click()
    await page.getByRole('link', { name: /Fill in the contact sheet/ }).click()
    await page.getByLabel('Yes', { exact: true }).check()
    await page.getByLabel('None is booked').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.goto('/')
    expect(await page.getByRole('link', { name: /Fill in the contact sheet/ }).count()).toBe(0)
    expect(wrong).toEqual([])
  })

  test.each([
    ['C-OFFICE', '/', '/team', 'Team', 'Overdue since'],
    ['C-DUTY', '/', '/figures', 'How it is going', 'By week'],
    ['C-DUTY', '/', '/releases', 'Releases of the coming days', 'Nobody has it'],
    ['C-OWNER', '/releases', '/rotas', 'On call', 'On call now'],
    ['C-GOV', '/casefiles', '/clearances', 'Clearances', 'Name of C-HOLDER'],
  ])(
    '%s comes from %s to %s',
    async (contactId, from, path, heading, said) => {
      const page = await pages.as(contactId)
      await page.goto(from)
      await page.locator(`nav a[href="${path}"]`).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(heading)
      expect(await page.textContent('main')).toContain(said)
      expect(await pages.look(page, path.slice(1))).toEqual([])
    },
    60_000,
  )
})
