import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId, releaseKey } from '../../shared/casefile/ids.ts'
import { noticeName } from '../../shared/messages/links.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, type Told } from '../story.ts'
import { openPages } from './pages.ts'

/** Who may do what, and what becomes of it, asked of the pages at noon on 11 March 2026. */

const AT = londonTime('2026-03-11', '12:00')
const ORDER = casefileId('order', 'O-1')
const EVERYBODY = [...['C-PERSON', 'C-OM', 'C-CM', 'C-OFFICE', 'C-PROVIDER', 'C-DUTY'], 'C-WITH', 'C-COVER']
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })

const BEFORE = [...PEOPLE, contact('C-WITH'), contact('C-COVER'), order(), appointment('2026-03-10T14:00')]
const SHEET = event('2026-03-10T16:00', 'contact-sheet.submitted', {
  orderId: 'O-1',
  appointmentId: 'A-1',
  attendance: 'attended',
  nextAppointment: 'none-booked',
  progress: [{ objective: 'keep a diary', note: 'some slips' }],
  by: 'C-CM',
})
const FILL_IN = '/acts/contact-sheet.submitted/order/O-1?about=A-1'
const READ = '/acts/contact-sheet.read/order/O-1?about=A-1'
const SHEET_BOXES = { attendance: 'attended', nextAppointment: 'none-booked', form: 'f', step: 'do' }

async function whoMayOpen(path: string, story: readonly Told[], among = EVERYBODY) {
  const { look } = await openPages(AT, story)
  const may: string[] = []
  for (const id of among) if ((await look(path, as(id))).status === 200) may.push(id)
  return may
}

describe('an act is for those in its roles', () => {
  test.each([
    [FILL_IN, BEFORE, ['C-CM']],
    [READ, [...BEFORE, SHEET], ['C-OM', 'C-DUTY']],
    ['/acts/appointment.booked/order/O-1', BEFORE, ['C-OM', 'C-CM', 'C-OFFICE', 'C-PROVIDER', 'C-DUTY']],
    ['/acts/disclosure.flagged/order/O-1', BEFORE, ['C-CM', 'C-PROVIDER']],
    ['/acts/order.ended/order/O-1', BEFORE, ['C-OM', 'C-OFFICE', 'C-DUTY']],
    ['/acts/disclosure.acknowledged/order/O-1', BEFORE, []],
    ['/acts/appointment.cancelled/order/O-1?about=A-1', BEFORE, []],
    ['/acts/contact-sheet.submitted/order/O-2?about=A-1', BEFORE, []],
    ['/acts/release.cancelled/order/O-1', BEFORE, []],
    ['/acts/constructor/order/O-1', BEFORE, []],
  ])('%s', async (path, story, expected) => {
    expect(await whoMayOpen(path, story)).toEqual(expected)
  })

  test('and for the cover of one who is away', async () => {
    const away = { absent: [{ from: '2026-03-09', to: '2026-03-13', coverContactId: 'C-COVER' }] }
    const story = [...BEFORE, contact('C-CM', away, '2026-03-01T00:00')]
    expect(await whoMayOpen(FILL_IN, story)).toEqual(['C-CM', 'C-COVER'])
  })
})

describe('a form', () => {
  const contactSheets = async (pages: Awaited<ReturnType<typeof openPages>>) =>
    (await pages.eventsOf(ORDER)).filter(({ type }) => type === 'contact-sheet.submitted')

  test('becomes an event in the name of whoever sent it, once however often it is sent', async () => {
    const pages = await openPages(AT, BEFORE)
    for (let times = 0; times < 2; times++) {
      expect((await pages.send(FILL_IN, as('C-CM'), SHEET_BOXES)).status).toBe(303)
    }
    const [sheet, ...more] = await contactSheets(pages)
    expect(sheet?.info).toMatchObject({
      orderId: 'O-1',
      appointmentId: 'A-1',
      attendance: 'attended',
      by: 'C-CM',
    })
    expect(more).toEqual([])
  })

  test('sent afresh corrects what was said, at the same moment too', async () => {
    const pages = await openPages(AT, BEFORE)
    await pages.send(FILL_IN, as('C-CM'), SHEET_BOXES)
    await pages.send(FILL_IN, as('C-CM'), { ...SHEET_BOXES, form: 'g', attendance: 'did-not-attend' })
    const said = (await contactSheets(pages)).map((one) => 'attendance' in one.info && one.info.attendance)
    expect(said).toEqual(['attended', 'did-not-attend'])
  })

  test('that corrects a sheet begins with what it says, so that only what was wrong is written again', async () => {
    const pages = await openPages(AT, BEFORE)
    const boxes = { objective: 'Keeps a diary', note: 'Wrote in it', supportNeed: 'true' }
    await pages.send(FILL_IN, as('C-CM'), { ...SHEET_BOXES, ...boxes })
    const form = await (await pages.look(FILL_IN, as('C-CM'))).text()
    expect(form).toMatch(/name="attendance"[^>]*value="attended"[^>]*checked/)
    expect(form).toMatch(/name="supportNeed"[^>]*checked/)
    expect(form).toMatch(/name="note-0"[^>]*>Wrote in it</)
    expect(form).not.toMatch(/name="ringMe"[^>]*checked/)
  })

  test.each([
    ['somebody who may not', 'C-OM', 'same-origin', 404],
    ['the page of another site', 'C-CM', 'cross-site', 403],
  ])('sent by %s writes nothing', async (_, contactId, from, status) => {
    const pages = await openPages(AT, BEFORE)
    expect((await pages.send(FILL_IN, as(contactId), SHEET_BOXES, from)).status).toBe(status)
    expect(await contactSheets(pages)).toEqual([])
  })

  test('that is not whole says what is missing, and keeps what was written', async () => {
    const pages = await openPages(AT, BEFORE)
    const answer = await pages.send(FILL_IN, as('C-CM'), {
      ...SHEET_BOXES,
      attendance: '',
      objective: 'a diary',
    })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('href="#attendance"')
    expect(page).toContain('value="a diary"')
    expect(await contactSheets(pages)).toEqual([])
  })

  test('is in Welsh for those who read Welsh', async () => {
    const pages = await openPages(AT, [...BEFORE, contact('C-CM', { language: 'cy' }, '2026-02-01T00:00')])
    expect(await (await pages.look(FILL_IN, as('C-CM'))).text()).toContain('Llenwi’r daflen gyswllt')
  })

  test('about a release whose casefile is found by prison number ends in that casefile', async () => {
    const pages = await openPages(AT, [...AROUND_A_RELEASE, ALWAYS_ON_CALL, release()])
    const id = casefileId('release', releaseKey('A9001AA'))
    const path = `/acts/release.cancelled/release/${releaseKey('A9001AA')}?about=R-1`
    expect((await pages.send(path, as('C-DUTY'), { form: 'f', step: 'do' })).status).toBe(303)
    const cancelled = (await pages.eventsOf(id)).find(({ type }) => type === 'release.cancelled')
    expect(cancelled?.info).toMatchObject({ releaseId: 'R-1', area: 'NORTH', by: 'C-DUTY' })
  })
})

describe('whom to ring in the weeks after release', () => {
  const PATH = `/acts/follow-up.recorded/release/${releaseKey('A9001AA')}?about=R-1`
  const theirs = {
    ...order(),
    personReference: { identifiers: [{ type: 'NOMS', value: 'A9001AA' }] },
  }
  const person = contact('C-PERSON', { mobile: '07700 900123' }, '2026-01-03T00:00')
  const out = (more = {}) => release({ releaseOn: '2026-03-10', ...more })
  const shown = async (story: readonly Told[]) => {
    const pages = await openPages(AT, [...PEOPLE, ...AROUND_A_RELEASE, ALWAYS_ON_CALL, theirs, ...story])
    return (await pages.look(PATH, as('C-KEY'))).text()
  }

  test('initials, the number and how to ring safely stand where the contact is recorded, that day', async () => {
    const page = await shown([person, out()])
    for (const said of ['JW', '07700 900123', 'until you know who has answered']) expect(page).toContain(said)
  })

  test.each<[string, Told[]]>([
    ['a partner may be violent', [person, out({ partnerViolenceRisk: true })]],
    [
      'they want no messages',
      [contact('C-PERSON', { mobile: '07700 900123', doNotMessage: true }, '2026-01-03T00:00'), out()],
    ],
    ['nobody knows it', [out()]],
  ])('no number where %s: the duty officer has it', async (_, story) => {
    const page = await shown(story)
    expect(page).not.toContain('900123')
    expect(page).toContain('Please ring the duty officer for it.')
  })

  test('on any other day nothing of it', async () => {
    const page = await shown([person, out({ releaseOn: '2026-03-07' })])
    expect(page).not.toMatch(/900123|until you know/)
  })
})

describe('what was read', () => {
  test('is shown to its readers, and stands in the event by a digest', async () => {
    const pages = await openPages(AT, [...BEFORE, SHEET])
    const page = await (await pages.look(READ, as('C-OM'))).text()
    for (const said of ['keep a diary', 'some slips', 'Name of C-CM']) expect(page).toContain(said)
    await pages.send(READ, as('C-OM'), { form: 'f', step: 'do' })
    const read = (await pages.eventsOf(ORDER)).find(({ type }) => type === 'contact-sheet.read')
    expect(read?.info).toMatchObject({
      appointmentId: 'A-1',
      by: 'C-OM',
      sheetDigest: expect.stringMatching(/^\w{24}$/),
    })
    expect((await pages.look(READ, as('C-OM'))).status).toBe(404)
    // Pressed twice, it was read once.
    expect((await pages.send(READ, as('C-OM'), { form: 'f', step: 'do' })).status).toBe(303)
    expect((await pages.send(READ, as('C-DUTY'), { form: 'f', step: 'do' })).status).toBe(404)
    expect((await pages.eventsOf(ORDER)).filter(({ type }) => type === 'contact-sheet.read')).toHaveLength(1)
  })
})

describe('a notice has a page of its own', () => {
  /** The pages of what was told in a story of one three-way meeting on the next day, by step and recipient. */
  async function noticesOf(story: readonly Told[]) {
    const pages = await openPages(AT, story)
    const entries = await pages.entriesOf(ORDER)
    const pathOf = (step: string, to: string) => {
      const entry = entries.find(
        (one) => one.step === step && 'to' in one && one.to === to && one.is === 'sent',
      )
      if (!entry) throw new Error(`${step} was not told to ${to}`)
      return `/notices/order/O-1/${noticeName(entry.noticeId)}`
    }
    return { pages, pathOf }
  }
  const MOVED = [
    ...[...PEOPLE, contact('C-WITH'), order()],
    appointment('2026-03-12T14:00', { with: 'C-WITH' }),
    appointment('2026-03-13T14:00', { with: 'C-WITH' }, '2026-03-11T11:30'),
  ]

  test('a worker who is named by an appointment alone reads it, and no more of the casefile', async () => {
    const { pages, pathOf } = await noticesOf(MOVED)
    const path = pathOf('moved', 'C-WITH')
    const answer = await pages.look(path, as('C-WITH'))
    expect(answer.status).toBe(200)
    const page = await answer.text()
    expect(page).toContain('Friday 13 March at 2pm')
    expect(page).not.toContain('/casefiles/order')
    expect((await pages.look('/casefiles/order/O-1', as('C-WITH'))).status).toBe(404)
  })

  test('nobody else does; who works on the casefile is led there', async () => {
    const { pages, pathOf } = await noticesOf(MOVED)
    const path = pathOf('moved', 'C-WITH')
    expect((await pages.look(path, as('C-PERSON'))).status).toBe(404)
    expect((await pages.look(path, as('C-COVER'))).status).toBe(404)
    const led = await pages.look(path, as('C-CM'))
    expect([led.status, led.headers.get('location')]).toEqual([302, '/casefiles/order/O-1'])
  })

  test('it offers what its row asks, until that was done', async () => {
    const { pages, pathOf } = await noticesOf(BEFORE)
    const path = pathOf('overdue', 'C-CM')
    expect(await (await pages.look(path, as('C-CM'))).text()).toContain(`href="${FILL_IN}"`)
    await pages.send(FILL_IN, as('C-CM'), SHEET_BOXES)
    const page = await (await pages.look(path, as('C-CM'))).text()
    expect(page).toContain('This needs nothing more of you')
    expect(page).not.toContain('/acts/')
  })

  test('a message of several notices has one page, with all that they ask', async () => {
    const { pages, pathOf } = await noticesOf([...PEOPLE, order()])
    const page = await (await pages.look(pathOf('nothing-booked', 'C-OM'), as('C-OM'))).text()
    for (const asked of ['document.sent', 'appointment.booked']) {
      expect(page).toContain(`/acts/${asked}/order/O-1`)
    }
  })

  test('the probation office that stands in for a case manager may do what it was asked', async () => {
    const away = { absent: [{ from: '2026-03-09', to: '2026-03-13' }] }
    const { pages, pathOf } = await noticesOf([...BEFORE, contact('C-CM', away, '2026-03-01T00:00')])
    expect((await pages.look(pathOf('overdue', 'C-OFFICE'), as('C-OFFICE'))).status).toBe(200)
    expect((await pages.look(FILL_IN, as('C-OFFICE'))).status).toBe(200)
    expect((await pages.send(FILL_IN, as('C-OFFICE'), SHEET_BOXES)).status).toBe(303)
  })
})
