import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { releaseKey } from '../../shared/casefile/ids.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { contact, order, PEOPLE, type Told } from '../story.ts'
import { openPages } from './pages.ts'

/** From an empty service, by forms alone: people, then what they work on. Asked at noon on 11 March 2026. */

const AT = londonTime('2026-03-11', '12:00')
const SUPPORT = { isSupport: true }
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const day = (name: string, [d, m, y]: readonly [number, number, number]) => ({
  [`${name}-day`]: String(d),
  [`${name}-month`]: String(m),
  [`${name}-year`]: String(y),
})

type Pages = Awaited<ReturnType<typeof openPages>>
type Person = Parameters<Pages['look']>[1]

/** Sends a form as its page would, and gives the casefile that it opened. */
async function opens(pages: Pages, path: string, person: Person, boxes: Readonly<Record<string, string>>) {
  const checked = await pages.send(path, person, { form: `f${JSON.stringify(boxes)}`, ...boxes })
  const page = await checked.text()
  expect(page).toContain('Check your answers')
  const done = await pages.send(path, person, { form: `f${JSON.stringify(boxes)}`, ...boxes, step: 'do' })
  expect(done.status).toBe(303)
  const to = done.headers.get('location') ?? ''
  const opened = /opened=(.+)$/.exec(to)?.[1]
  return { page, opened: decodeURIComponent(opened ?? ''), done: await (await pages.look(to, person)).text() }
}

/** Enters somebody: support does, unless another contact is said to. */
async function enter(
  pages: Pages,
  name: string,
  more: Readonly<Record<string, string>> = {},
  { key, person }: { key: string; person: Person } = { key: 'support', person: SUPPORT },
) {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
  return opens(pages, `/acts/contact.updated/contact/${key}?about=new`, person, { name, email, ...more })
}

const MADE = {
  ...{ crn: 'x900001', person: 'pat.person@example.com', lengthMonths: '6' },
  ...{ offenderManager: 'om@example.com', caseManager: 'cm@example.com' },
  ...{ probationOffice: 'office@example.com', provider: 'charity@example.com' },
  ...{ seriousness: 'low', offenderManagementTier: '2', complex: 'true' },
  ...day('sentencedOn', [9, 3, 2026]),
}

async function withPeople() {
  const pages = await openPages(AT, [])
  const om = await enter(pages, 'OM', { probation: 'true' })
  const by = { key: om.opened.slice('contact:'.length), person: as('OM') }
  await enter(pages, 'Pat Person', { language: 'cy', mobile: '07700 900123' }, by)
  for (const name of ['CM', 'Office', 'Charity']) await enter(pages, name)
  return pages
}

test('support staff enter workers, an offender manager a person and their order, and it speaks to its workers', async () => {
  const pages = await withPeople()
  const om = { email: 'om@example.com', isSupport: false }
  const path = /href="(\/acts\/order\.made\/contact\/[^"]+)"/.exec(
    await (await pages.look('/new', om)).text(),
  )
  const { page, opened, done } = await opens(pages, path?.[1] ?? '', om, MADE)
  expect(page).toContain('Pat Person')
  expect(opened).toMatch(/^order:O-[0-9a-f]{12}$/)
  expect(done).toContain(`/casefiles/order/${opened.slice('order:'.length)}`)
  const [made] = await pages.eventsOf(opened as 'order:')
  expect(made?.person.crn).toBe('X900001')
  expect(made?.info).toMatchObject({ lengthMonths: 6, attention: ['complex'], sentencedOn: '2026-03-09' })
  expect(pages.sent.join()).toContain(opened.slice('order:'.length))
})

test('a form gone back to and written over enters another person, and the first keeps who they are', async () => {
  const pages = await openPages(AT, [])
  const path = '/acts/contact.updated/contact/support?about=new'
  const enterAt = (name: string, email: string) =>
    pages.send(path, SUPPORT, { form: 'f', step: 'do', name, email })
  const [first, again, other] = [
    await enterAt('Ann Able', 'ann@example.com'),
    await enterAt('Ann Able', 'ann@example.com'),
    await enterAt('Bea Best', 'bea@example.com'),
  ].map((answer) => answer.headers.get('location') ?? '')
  expect(again).toBe(first)
  expect(other).not.toBe(first)
  const opened = decodeURIComponent(/opened=(.+)$/.exec(first ?? '')?.[1] ?? '')
  expect(await pages.eventsOf(opened as 'contact:')).toMatchObject([{ info: { name: 'Ann Able' } }])
})

test('who works on an order keeps the address of its person, which they themself cannot see', async () => {
  const pages = await withPeople()
  const om = { email: 'om@example.com', isSupport: false }
  const path = /href="(\/acts\/order\.made\/contact\/[^"]+)"/.exec(
    await (await pages.look('/new', om)).text(),
  )
  const { opened } = await opens(pages, path?.[1] ?? '', om, MADE)
  const [made] = await pages.eventsOf(opened as 'order:')
  const personId = made && 'person' in made.info ? String(made.info.person) : ''
  const details = `/acts/contact.updated/contact/${personId}`
  expect(await (await pages.look(details, om)).text()).toContain('value="+447700900123"')
  expect((await pages.look(`/casefiles/contact/${personId}`, as('pat.person'))).status).toBe(404)
  const boxes = { name: 'Pat Person', mobile: '07700 900124', confirmed: 'true' }
  await opens(pages, details, om, boxes)
  const [changed] = (await pages.eventsOf(`contact:${personId}`)).toSorted((a, b) => b.at - a.at)
  expect(changed?.info).toMatchObject({ mobile: '+447700900124', confirmedOn: '2026-03-11' })
  expect(changed?.info).not.toHaveProperty('email')
})

test('a prison is entered by support, and a clearance at it by the prison', async () => {
  const pages = await withPeople()
  await enter(pages, 'Governor', { prison: 'true' })
  const { opened } = await opens(pages, '/acts/prison.updated/contact/support', SUPPORT, {
    ...{ prisonId: 'MDI', name: 'HMP Fenmarsh', governor: 'governor@example.com' },
  })
  expect(opened).toBe('prison:MDI')
  const governor = { email: 'governor@example.com', isSupport: false }
  expect(await (await pages.look('/new', governor)).text()).toContain('/acts/clearance.confirmed/prison/MDI')
  const boxes = { holder: 'cm@example.com', organisationId: 'ORG-1', ...day('confirmedOn', [2, 3, 2026]) }
  const clearance = await opens(pages, '/acts/clearance.confirmed/prison/MDI', governor, boxes)
  expect(clearance.opened).toMatch(/^clearance:CL-/)
  expect((await pages.look(`/casefiles/${clearance.opened.replace(':', '/')}`, governor)).status).toBe(200)
})

test('a release is planned with a prison number, and its casefile is found by that', async () => {
  const pages = await withPeople()
  await enter(pages, 'Key', { release: 'true' })
  await enter(pages, 'Duty')
  const key = { email: 'key@example.com', isSupport: false }
  const path = /href="(\/acts\/release\.planned\/contact\/[^"]+)"/.exec(
    await (await pages.look('/new', key)).text(),
  )
  const { opened } = await opens(pages, path?.[1] ?? '', key, {
    ...{ prisonNumber: 'A9001AA', area: 'NORTH', initials: 'AB' },
    ...{ dutyOfficer: 'duty@example.com', keyWorker: 'key@example.com', gateTime: '9.30am' },
    ...day('releaseOn', [18, 3, 2026]),
  })
  expect(opened).toMatch(/^release:[0-9a-f]{24}$/)
  const [planned] = await pages.eventsOf(opened as 'release:')
  expect(planned?.info).toMatchObject({ releaseOn: '2026-03-18', gateTime: '09:30' })
})

test('a rota is entered with those on call named by address, as everywhere', async () => {
  const pages = await withPeople()
  const path = '/acts/rota.published/contact/support'
  const boxes = { area: 'NORTH', owner: 'om@example.com' }
  const line = '2026-03-12 08:00 to 2026-03-13 08:00'
  const sent = await pages.send(path, SUPPORT, { ...boxes, form: 'f', shifts: `${line} x@example.com` })
  expect(sent.status).toBe(422)
  const shifts = `${line} cm@example.com\r\n\r\n${line} om@example.com `
  const { page, opened } = await opens(pages, path, SUPPORT, { ...boxes, shifts })
  // On-call staff by their name; whom its writer may not be told the name of, as they wrote them.
  expect(page).toMatch(/08:00 (CM|cm@example.com)\n\n.* 08:00 (OM|om@example.com)/)
  expect(page).not.toMatch(/08:00 C-/)
  const [published] = await pages.eventsOf(opened as 'rota:')
  const named = published && 'shifts' in published.info ? published.info.shifts : []
  expect(named.map(({ contactId }) => contactId.slice(0, 2))).toEqual(['C-', 'C-'])
})

test.each<[string, string, Told[]]>([
  ['somebody who works in nothing', '/acts/order.made/contact/C-OM', [contact('C-OM')]],
  ['who works elsewhere', '/acts/order.made/contact/C-OM', [contact('C-OM', { worksIn: ['prison'] })]],
  ['in the name of another', '/acts/order.made/contact/C-CM', [contact('C-CM', { worksIn: ['service'] })]],
  ['in the name of support', '/acts/order.made/contact/support', [contact('C-OM', { worksIn: ['service'] })]],
  [
    'a prison, who does not look after the service',
    '/acts/prison.updated/contact/C-OM',
    [contact('C-OM', { worksIn: ['prison'] })],
  ],
])('nothing is opened by %s', async (_, path, story) => {
  const pages = await openPages(AT, story)
  expect((await pages.look(path, as('C-OM'))).status).toBe(404)
})

test('nobody lets somebody else into more than they may do themself', async () => {
  const pages = await openPages(AT, [contact('C-OM', { worksIn: ['probation'] })])
  const path = '/acts/contact.updated/contact/C-OM?about=new'
  const { opened } = await opens(pages, path, as('C-OM'), { name: 'New', probation: 'true', service: 'true' })
  const [entered] = await pages.eventsOf(opened as 'contact:')
  expect(entered?.info).toMatchObject({ worksIn: ['probation'], by: 'C-OM' })
})

describe('whoever knows how somebody is called learns no more of them by entering something', () => {
  const STRANGER = contact('C-OTHER', { worksIn: ['treatment', 'release', 'service'] })
  const names = { probationOffice: 'C-OFFICE', provider: 'C-PROVIDER' }
  const trick = { ...MADE, ...names, offenderManager: 'C-OTHER', caseManager: 'C-OTHER' }
  const send = (pages: Pages, path: string, boxes: Readonly<Record<string, string>>) =>
    pages.send(path, as('C-OTHER'), { form: 'f', ...boxes })

  test.each(['C-OM', 'C-PERSON', 'c-person@example.com'])('no order on %s', async (person) => {
    const pages = await openPages(AT, [...PEOPLE, STRANGER, order()])
    const answer = await send(pages, '/acts/order.made/contact/C-OTHER', { ...trick, person, step: 'do' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).not.toMatch(/Name of C-(OM|PERSON)/)
    expect((await pages.look('/acts/contact.updated/contact/C-PERSON', as('C-OTHER'))).status).toBe(404)
    expect((await pages.look('/acts/contact.updated/contact/C-PERSON', as('C-OM'))).status).toBe(200)
  })

  test('no name of somebody whom they may not read, where they check what they wrote', async () => {
    const pages = await openPages(AT, [
      ...PEOPLE,
      STRANGER,
      order(),
      contact('C-STAFF', { worksIn: ['prison'] }),
    ])
    const path = '/acts/release.planned/contact/C-OTHER'
    const boxes = { ...{ area: 'NORTH', initials: 'AB' }, ...day('releaseOn', [18, 3, 2026]) }
    const checked = await send(pages, path, { ...boxes, dutyOfficer: 'C-PERSON', keyWorker: 'C-STAFF' })
    const page = await checked.text()
    expect(page).toContain('Check your answers')
    expect(page).toContain('Name of C-STAFF')
    expect(page).not.toContain('Name of C-PERSON')
  })

  test.each([
    [
      'a release, by its prison number',
      '/acts/release.planned/contact/C-OTHER',
      `release/${releaseKey('A9001AA')}`,
      {
        ...{ prisonNumber: 'A9001AA', area: 'NORTH', initials: 'AB', dutyOfficer: 'C-OTHER' },
        ...day('releaseOn', [18, 3, 2026]),
      },
    ],
    [
      'a prison, by its code',
      '/acts/prison.updated/contact/C-OTHER',
      'prison/QAL',
      { prisonId: 'QAL', name: 'HMP Alderley', governor: 'C-OTHER' },
    ],
    [
      'a rota, by its area',
      '/acts/rota.published/contact/C-OTHER',
      'rota/NORTH',
      { area: 'NORTH', owner: 'C-OTHER', shifts: '2026-03-12 08:00 to 2026-03-13 08:00 C-OTHER' },
    ],
  ])('nor joins those who work on %s', async (_, path, casefile, boxes) => {
    const pages = await openPages(AT, [...AROUND_A_RELEASE, STRANGER, ALWAYS_ON_CALL, release()])
    const answer = await send(pages, path, { ...boxes, step: 'do' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Others work on this already')
    expect((await pages.look(`/casefiles/${casefile}`, as('C-OTHER'))).status).toBe(404)
  })

  test.each<[string, string, Record<string, string>]>([
    ['an order, by a CRN', '/acts/order.made/contact/C-OTHER', { ...MADE, person: 'c-new@example.com' }],
    [
      'a release, by a prison number that an order names',
      '/acts/release.planned/contact/C-OTHER',
      {
        ...{ prisonNumber: 'A9002AA', area: 'NORTH', initials: 'AB', dutyOfficer: 'C-OTHER' },
        ...day('releaseOn', [18, 3, 2026]),
      },
    ],
  ])('nor is given what is so of a person with whom others work: %s', async (_, path, boxes) => {
    const identifiers = [
      { type: 'CRN', value: 'X900001' },
      { type: 'NOMS', value: 'A9002AA' },
    ]
    const theirs = { ...order(), personReference: { identifiers } }
    const stranger = contact('C-OTHER', { worksIn: ['treatment', 'release'] })
    const entered = contact('C-NEW', { by: 'C-OTHER' })
    const workers = ['OM', 'CM', 'Office', 'Charity'].map((name) =>
      contact(`W-${name}`, { email: `${name.toLowerCase()}@example.com`, worksIn: ['probation'] }),
    )
    const pages = await openPages(AT, [...PEOPLE, theirs, stranger, entered, ...workers])
    const answer = await send(pages, path, { ...boxes, step: 'do' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Others work on this already')
    expect(pages.audited).toMatchObject([
      {
        what: 'OPENING_REFUSED',
        who: 'C-OTHER',
        subjectType: 'PERSON',
        subjectId: expect.stringMatching(/^person:[0-9a-f]{24}$/),
      },
    ])
    const unnamed = { ...boxes, form: 'g', crn: '', prisonNumber: '', step: 'do' }
    expect((await send(pages, path, unnamed)).status).toBe(303)
  })

  test('who has a release plans the next of the same person, and hands it to another so', async () => {
    const key = contact('C-KEY', { worksIn: ['release'] }, '2026-01-05T00:00')
    const pages = await openPages(AT, [...AROUND_A_RELEASE, key, STRANGER, ALWAYS_ON_CALL, release()])
    const boxes = {
      ...{ prisonNumber: 'A9001AA', area: 'NORTH', initials: 'AB', dutyOfficer: 'C-OTHER' },
      ...{ form: 'f', step: 'do', ...day('releaseOn', [18, 3, 2026]) },
    }
    // The button pressed twice: by then it is no more theirs, and is done.
    for (const _ of [1, 2]) {
      const answer = await pages.send('/acts/release.planned/contact/C-KEY', as('C-KEY'), boxes)
      expect(answer.status).toBe(303)
    }
    const path = `/casefiles/release/${releaseKey('A9001AA')}`
    expect((await pages.look(path, as('C-OTHER'))).status).toBe(200)
  })
})

test('an address that is nobody’s, or that two people have, names nobody', async () => {
  const pages = await withPeople()
  await enter(pages, 'Another CM', { email: 'cm@example.com' })
  const path = '/acts/order.made/contact/support'
  for (const caseManager of ['nobody@example.com', 'cm@example.com', '07700 900999']) {
    const answer = await pages.send(path, SUPPORT, { ...MADE, caseManager, form: 'f', step: 'do' })
    expect(answer.status, caseManager).toBe(422)
    expect(await answer.text()).toContain('nobody, or more than one')
  }
})

describe('what changes of an order', () => {
  const ORDER = [...PEOPLE, order({ attention: ['complex'] }, '2026-03-02T09:00')]
  const KNOWN = ORDER.map((one) =>
    one.eventType === 'throughcare.order.made'
      ? { ...one, personReference: { identifiers: [{ type: 'CRN', value: 'X900001' }] } }
      : one,
  )
  const send = (pages: Pages, path: string, boxes: Readonly<Record<string, string>>) =>
    pages.send(path, as('C-OM'), { form: 'f', step: 'do', ...boxes })

  test('is said alone, and the rest stays', async () => {
    const pages = await openPages(AT, ORDER)
    const path = '/acts/order.varied/order/O-1'
    const form = await (await pages.look(path, as('C-OM'))).text()
    for (const stands of ['Now: 6', 'Now: Low', 'Now: Yes', 'Name of C-OFFICE'])
      expect(form).toContain(stands)
    await send(pages, path, {
      caseManager: 'c-provider@example.com',
      challenging: 'true',
      inCustody: 'false',
    })
    const varied = (await pages.eventsOf('order:O-1')).find(({ type }) => type === 'order.varied')
    expect(varied?.info).toEqual({
      ...{ orderId: 'O-1', caseManager: 'C-PROVIDER', attention: ['complex', 'challenging'] },
      ...{ inCustody: false, by: 'C-OM' },
    })
  })

  test('that the person died is said by whoever is sure of it, and taken back', async () => {
    const pages = await openPages(AT, KNOWN)
    const path = '/acts/person.died/order/O-1'
    expect((await send(pages, path, {})).status).toBe(422)
    expect((await send(pages, path, { sure: 'true' })).status).toBe(303)
    expect((await pages.look('/acts/appointment.booked/order/O-1', as('C-OM'))).status).toBe(200)
    expect((await pages.look(path, as('C-OM'))).status).toBe(404)
    expect((await send(pages, `${path}?about=in-error`, { sure: 'true' })).status).toBe(303)
    const deaths = (await pages.eventsOf('order:O-1')).filter(({ type }) => type === 'person.died')
    expect(deaths.map(({ info, person }) => [person.crn, 'withdrawn' in info && info.withdrawn])).toEqual([
      ['X900001', false],
      ['X900001', true],
    ])
  })

  test('of somebody who is known by no number it cannot be said: it would hold nowhere else', async () => {
    const pages = await openPages(AT, ORDER)
    expect((await pages.look('/acts/person.died/order/O-1', as('C-OM'))).status).toBe(404)
  })
})
