import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY_MS, londonTime } from '../../shared/calendar/london.ts'
import { type Boxes, day, doAct, heading, sendForm } from './forms.ts'
import { hasBrowser, openSignedIn } from './signed-in.ts'

/**
 * A service that is empty, and eight people who do what they are asked, by pages alone and without a script: each begins
 * with the message in the outbox, where there is one. How many pages and seconds each took is printed.
 */

const AT = londonTime('2026-03-09', '09:00')
const UNTIL = AT + 60 * DAY_MS

const STAFF: Readonly<Record<string, Boxes>> = {
  om: { probation: true },
  office: { probation: true },
  duty: { probation: true, phone: '01632 960001' },
  cm: { treatment: true },
  charity: { treatment: true },
  gov: { prison: true },
  key: { release: true },
  owner: { release: true },
  peer: { mobile: '07700 900301', prefers: 'sms' },
}
const MOBILE = '+447700900301'
const PEOPLE_OF_ORDER = {
  ...{ person: 'pat@example.com', offenderManager: 'om@example.com', caseManager: 'cm@example.com' },
  ...{ probationOffice: 'office@example.com', provider: 'charity@example.com' },
  dutyOfficer: 'duty@example.com',
}

describe.runIf(hasBrowser)('from an empty service', () => {
  let service: Awaited<ReturnType<typeof openSignedIn>>
  let clock = AT
  const wrong: string[] = []
  const walked: string[] = []
  beforeAll(async () => {
    service = await openSignedIn(AT, [])
  })
  afterAll(async () => {
    process.stdout.write(`${walked.join('\n')}\n`)
    await service?.stop()
  })

  /** Time goes on, a second at least, and what is owed by then is given. */
  const pass = (instant = clock + 1_000) => {
    clock = instant
    return service.moveTo(instant)
  }

  /** What one of them does, counted in pages and seconds. */
  async function walk(who: string, go: (page: Page) => Promise<void>) {
    const page = await service.as(who, UNTIL)
    page.setDefaultTimeout(15_000)
    let pages = 0
    page.on('framenavigated', () => pages++)
    const begun = performance.now()
    await go(page)
    walked.push(`${who}: ${pages} pages, ${((performance.now() - begun) / 1_000).toFixed(1)} s`)
    await page.context().close()
    await pass()
    expect(wrong).toEqual([])
  }

  const look = async (page: Page, name: string) =>
    void wrong.push(...(await service.look(page, `walk-${name}`)))
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

  /** Does an act whose link stands on the page, with a look at its form and at what is checked. */
  const act = (page: Page, event: string, boxes: Boxes, name?: string) =>
    doAct(page, event, boxes, name === undefined ? undefined : (state) => look(page, `${name}${state}`))

  async function opens(page: Page, event: string, boxes: Boxes, name?: string) {
    await pass()
    await page.getByRole('link', { name: 'New', exact: true }).click()
    await act(page, event, boxes, name)
  }

  const enter = (page: Page, key: string, more: Boxes) =>
    opens(page, 'contact.updated', { name: `${key} Person`, email: `${key}@example.com`, ...more })

  /** The newest message to somebody that says so, and the link in it. */
  function messageTo(address: string, says: RegExp): string {
    const found = service.outbox.findLast(
      (one) => one.address === address && says.test(`${one.subject} ${one.text}`),
    )
    const told = service.outbox.filter((one) => one.address === address).map(({ text }) => text)
    if (!found) throw new Error(`nothing to ${address} says ${says}: ${told.join('\n---\n')}`)
    return /https?:\S+\/(?:notices|a)\/[\w/-]+/.exec(found.text)?.[0] ?? `no link: ${found.text}`
  }

  /** The keyboard alone: on to what is meant, wherever the page puts it. */
  async function tabTo(page: Page, selector: string) {
    const wanted = page.locator(`${selector}:focus`)
    for (let presses = 0; presses < 80 && (await wanted.count()) === 0; presses++)
      await page.keyboard.press('Tab')
    expect(await wanted.count(), selector).toBe(1)
  }

  test('support lets people in, and enters their prison', async () => {
    await walk('support', async (page) => {
      await page.goto('/')
      for (const [key, more] of Object.entries(STAFF)) await enter(page, key, more)
      const prison = { prisonId: 'QAL', name: 'HMP Alderley', governor: 'gov@example.com' }
      await opens(page, 'prison.updated', prison, 'prison')
    })
  })

  test('a provider manager enters a person and their order, and books', async () => {
    await walk('charity', async (page) => {
      await page.goto('/')
      await enter(page, 'pat', {})
      await opens(page, 'order.made', {
        ...{ ...PEOPLE_OF_ORDER, ...day('sentencedOn', '2026-03-06'), lengthMonths: '6' },
        ...{ seriousness: 'low', offenderManagementTier: '2' },
      })
      await page.getByRole('link', { name: /Go on to order/ }).click()
      await look(page, 'order')
      const startsAt = { ...day('startsAt', '2026-03-10'), 'startsAt-time': '2pm' }
      await act(page, 'appointment.booked', { kind: 'treatment', ...startsAt }, 'book')
      await pass()
      await page.getByRole('link', { name: /Go on to order/ }).click()
      const later = { ...day('startsAt', '2026-03-17'), 'startsAt-time': '2pm' }
      await act(page, 'appointment.booked', { kind: 'treatment', ...later })
      await page.getByRole('link', { name: /Go on to order/ }).click()
      const moved = { ...day('startsAt', '2026-03-18'), 'startsAt-time': '10:30am' }
      await page.getByRole('link', { name: /Move an appointment: Tuesday 17 March/ }).click()
      await look(page, 'move')
      await sendForm(page, 'appointment.rearranged', moved)
      await pass()
      expect(service.outbox.findLast(({ address }) => address === 'pat@example.com')?.text).toMatch(/10.30am/)
    })
    await pass(londonTime('2026-03-10', '17:00'))
  })

  test('a case manager fills in the contact sheet by keyboard alone', async () => {
    await walk('cm', async (page) => {
      await page.goto(messageTo('cm@example.com', /contact sheet/i))
      await look(page, 'notice')
      await tabTo(page, 'a[href*="contact-sheet.submitted"]')
      await page.keyboard.press('Enter')
      await tabTo(page, '[name="attendance"]')
      await page.keyboard.press('Space')
      await tabTo(page, '[name="nextAppointment"]')
      await page.keyboard.press('ArrowUp')
      await tabTo(page, '[name="objective"]')
      await page.keyboard.type('Keeps a diary')
      await tabTo(page, '[name="note"]')
      await page.keyboard.type('Wrote in it every day')
      await tabTo(page, 'button[value="check"]')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Check your answers' }).waitFor()
      await tabTo(page, 'button[value="do"]')
      await page.keyboard.press('Enter')
      await page.waitForURL(/done/)
      expect(await heading(page)).toBe('Recorded')
      await pass()
      await page.getByRole('link', { name: /Go on to order/ }).click()
      await look(page, 'order-of-cm')
      await page.getByText('Correct what was said').click()
      // What was said stands there already: only what was left out is written.
      await act(page, 'contact-sheet.submitted', { supportNeed: true }, 'sheet-again')
    })
  })

  test('the offender manager reads it, and decides on a breach', async () => {
    await pass(londonTime('2026-03-11', '09:30'))
    await walk('om', async (page) => {
      await page.goto(messageTo('om@example.com', /: update for/))
      await look(page, 'update')
      await act(page, 'contact-sheet.read', {})
      await page.getByRole('link', { name: /Go on to order/ }).click()
      await act(page, 'breach.decided', {})
      await page.getByRole('link', { name: /Go on to order/ }).click()
      await act(page, 'order.varied', { lengthMonths: '8', complex: 'true' }, 'vary')
    })
  })

  test('a governor enters a clearance, applies for one, and says that renewal was requested', async () => {
    await walk('gov', async (page) => {
      await page.goto('/')
      await enter(page, 'hal', {})
      const holder = { holder: 'hal@example.com', organisationId: 'ORG-1' }
      await opens(page, 'clearance.confirmed', { ...holder, ...day('confirmedOn', '2025-03-25') })
      await opens(page, 'clearance.applied', { ...holder, route: 'psi-27-2014' }, 'clearance')
      await pass(londonTime('2026-03-11', '12:00'))
      await page.goto(messageTo('gov@example.com', /renew|expire|run/i))
      await look(page, 'renewal')
      await act(page, 'clearance.renewal-requested', day('on', '2026-03-11'))
    })
  })

  test('a rota owner publishes who is on call', async () => {
    await walk('owner', async (page) => {
      const shifts = '2026-03-11 00:00 to 2026-03-31 00:00 peer@example.com'
      await page.goto('/')
      await opens(page, 'rota.published', { area: 'NORTH', owner: 'owner@example.com', shifts }, 'rota')
      await page.goto('/rotas')
      await look(page, 'rotas')
      expect(await page.textContent('main')).toContain('peer Person')
    })
  })

  test('a release is planned, taken by text message, and met', async () => {
    await walk('key', async (page) => {
      await page.goto('/')
      await opens(page, 'release.planned', {
        ...{ ...day('releaseOn', '2026-03-13'), gateTime: '9am', prisonId: 'QAL', area: 'NORTH' },
        ...{ initials: 'AB', dutyOfficer: 'duty@example.com', keyWorker: 'key@example.com' },
      })
      await pass(londonTime('2026-03-12', '12:00'))
      await page.goto(messageTo('key@example.com', /\/a\//))
      await look(page, 'asked')
      await press(page, /No/)
    })
    await pass(londonTime('2026-03-12', '20:00'))
    // Whoever is asked by text answers by text.
    expect(service.outbox.findLast(({ address }) => address === MOBILE)?.text).toContain('Reply YES or NO')
    await service.says(MOBILE, 'YES')
    await pass(londonTime('2026-03-13', '10:30'))
    const after = service.outbox.findLast(({ address }) => address === MOBILE)?.text ?? ''
    await walk('peer', async (page) => {
      await page.goto(/https?:\S+\/a\/\S+/.exec(after)?.[0] ?? `about:${after}`)
      await look(page, 'outcome')
      await press(page, /met/i)
      await press(page, /send it/)
      expect(await heading(page)).toMatch(/Thank/)
    })
  })

  test('the duty officer reads how it stands, and ticks a check', async () => {
    await walk('duty', async (page) => {
      await page.goto(messageTo('duty@example.com', /notices/))
      await look(page, 'duty')
      await page.getByRole('link', { name: /Go on to release/ }).click()
      await look(page, 'release')
      await act(page, 'release-check.completed', { check: 'money' })
      await page.goto('/releases')
      await look(page, 'releases')
    })
  })
})
