import { beforeAll, describe, expect, test } from 'vitest'
import { batchesOf } from '../../functions/concurrency.ts'
import { SHOWN_KINDS } from '../../functions/web/casefiles/casefiles.ts'
import { givenPage } from '../../functions/web/days/given.ts'
import { openOutbox } from '../../infra/local/outbox.ts'
import { HOUR_MS, londonTime } from '../../shared/calendar/london.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { appointment, contact, event, order, PEOPLE, type Told } from '../story.ts'
import { NOWHERE, openPages } from './pages.ts'

/** What support staff, who may see every casefile, find in the lists of them, at noon on Tuesday 10 March 2026. */

const AT = londonTime('2026-03-10', '12:00')
const SUPPORT = { email: 'support@example.com', isSupport: true }
const DAYS = ['/', '/tomorrow', '/team', '/releases', '/rotas', '/clearances']

/** So many orders, prisons and rotas, each with people of its own, of which all are to be looked at today. */
async function ofMany(count: number) {
  const store = sqliteStore(':memory:')
  const story = Array.from({ length: count }, (_, nth) => nth).flatMap((nth): Told[] => [
    order({ orderId: `O-${nth}`, offenderManager: `C-OM-${nth}`, caseManager: `C-CM-${nth}` }),
    contact(`C-OM-${nth}`),
    event('2026-01-01T00:00', 'prison.updated', {
      prisonId: prison(nth),
      name: `HMP ${nth}`,
      governor: 'C-G',
    }),
    event('2026-03-01T10:00', 'rota.published', { area: `AREA-${nth}`, owner: 'C-OWNER', shifts: [] }),
  ])
  for (const batch of batchesOf(story, 100)) {
    await Promise.all(
      batch.map(async (told) => {
        const reading = readEvent(JSON.stringify(told), AT)
        if (reading.is !== 'event') throw new Error(JSON.stringify(reading))
        const [id] = casefilesOf(reading.event)
        if (id) await store.takeIn(id, reading.event, AT + HOUR_MS)
      }),
    )
  }
  const { of, spent } = counting(store)
  return { ...(await openPages(AT, [], NOWHERE, { store: of })), spent }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
function prison(nth: number): string {
  return [nth / 676, nth / 26, nth].map((place) => LETTERS[Math.trunc(place) % 26]).join('')
}

/** A store that counts what is asked of it, and how many things it answers with. */
function counting(store: Store) {
  let spent = { requests: 0, rows: 0 }
  const count = async <T>(answer: Promise<T>): Promise<T> => {
    const rows = await answer
    spent = { requests: spent.requests + 1, rows: spent.rows + (Array.isArray(rows) ? rows.length : 1) }
    return rows
  }
  const of: Store = {
    ...store,
    open: (...asked) => count(store.open(...asked)),
    events: (...asked) => count(store.events(...asked)),
    texts: (...asked) => count(store.texts(...asked)),
    due: (...asked) => count(store.due(...asked)),
    counts: (...asked) => count(store.counts(...asked)),
    ofKind: (...asked) => count(store.ofKind(...asked)),
    casefiles: () => Promise.reject(new Error('every casefile was looked through')),
  }
  return {
    of,
    spent() {
      const so = spent
      spent = { requests: 0, rows: 0 }
      return so
    },
  }
}

describe('what support staff look at', () => {
  let few: Awaited<ReturnType<typeof ofMany>>
  let many: Awaited<ReturnType<typeof ofMany>>
  beforeAll(async () => {
    few = await ofMany(110)
    many = await ofMany(3_000)
  }, 60_000)

  test.each([...DAYS, ...SHOWN_KINDS.map((kind) => `/casefiles/${kind}`)])(
    '%s costs the same of 110 of each kind and of 3,000',
    async (path) => {
      const spentOn = async (pages: typeof few) => {
        pages.spent()
        expect((await pages.look(path, SUPPORT)).status).toBe(200)
        return pages.spent()
      }
      const spent = await spentOn(few)
      expect(spent.requests).toBeGreaterThan(0)
      expect(await spentOn(many)).toEqual(spent)
    },
  )

  test('a search for what there is none of costs the same, and so does the table of figures but for its wakes', async () => {
    const spentOn = async (pages: typeof few) => {
      pages.spent()
      await pages.send('/search', SUPPORT, { words: 'X900001' })
      const search = pages.spent()
      await pages.look('/figures', SUPPORT)
      return { search, figures: pages.spent().requests }
    }
    expect(await spentOn(many)).toEqual(await spentOn(few))
  })

  test('a list is read on from where it ended, to its end', async () => {
    const seen: string[] = []
    let path: string | undefined = '/casefiles/prison'
    while (path !== undefined) {
      const page: string = await (await few.look(path, SUPPORT)).text()
      seen.push(...[...page.matchAll(/"\/casefiles\/prison\/(\w+)"/g)].map(([, key = '']) => key))
      path = /href="([^"]*after=[^"]*)" rel="next"/.exec(page)?.[1]
    }
    expect(seen).toEqual(Array.from({ length: 110 }, (_, nth) => prison(nth)))
    expect(await (await few.look('/casefiles/prison', SUPPORT)).text()).toContain('Prisons from AAA to ADV')
  })

  test('a page of a few areas says which, and leads on', async () => {
    const page = await (await few.look('/rotas', SUPPORT)).text()
    expect(page).toContain('Areas from AREA-0 to AREA-17')
    expect(page).toMatch(/href="\/rotas\?after=AREA-17" rel="next"/)
    const next = await (await few.look('/rotas?after=AREA-17', SUPPORT)).text()
    expect(next).toContain('id="AREA-18"')
    expect(next).toMatch(/href="\/rotas\?week=2026-03-02&amp;after=AREA-17#AREA-18"/)
  })

  test.each([
    ['/casefiles/prison?after=ZZZ', 'There is no further prison.'],
    ['/clearances?after=ZZZ', 'There is no further prison.'],
    ['/rotas?after=ZZZ', 'There is no further rota.'],
    ['/casefiles/clearance', 'There is no clearance yet.'],
  ])('%s is empty and does not say that all of the list is', async (path, says) => {
    expect(await (await few.look(path, SUPPORT)).text()).toContain(says)
  })

  test('a list after what is no id, a key too long for the table among them, is the list from its beginning', async () => {
    for (const after of ['A'.repeat(1_025), 'North/West', '']) {
      const page = await few.look(`/casefiles/prison?after=${encodeURIComponent(after)}`, SUPPORT)
      expect(await page.text(), after).toContain('Prisons from AAA to ADV')
    }
  })

  test('a day of everybody says in which casefiles it was looked for', async () => {
    expect(await (await many.look('/', SUPPORT)).text()).toContain('What stands in 60 casefiles')
  })
})

describe('the day of everybody', () => {
  const CLEARED = event('2026-02-01T10:00', 'clearance.confirmed', {
    ...{ clearanceId: 'CL-1', prisonId: 'QAL', holder: 'C-PERSON', organisationId: 'ORG-1' },
    ...{ confirmedOn: '2026-02-01', expiresOn: '2026-05-02' },
  })
  const CRN = { personReference: { identifiers: [{ type: 'CRN', value: 'X900001' }] } }
  const ofOne = (second: Record<string, unknown>) => [
    ...PEOPLE,
    ...[
      contact('C-GOV'),
      event('2026-01-01T00:00', 'prison.updated', {
        prisonId: 'QAL',
        name: 'HMP Alderley',
        governor: 'C-GOV',
      }),
    ],
    contact('C-PERSON', { name: 'Gwen Price', phone: '01632 960111' }, '2026-01-02T00:00'),
    ...[{ ...order(), ...CRN }, { ...order({ orderId: 'O-2', ...second }), ...CRN }, CLEARED],
    ...[
      appointment('2026-03-11T14:00'),
      appointment('2026-03-11T16:00', { orderId: 'O-2', appointmentId: 'A-2' }),
    ],
  ]
  const seen = async (second: Record<string, unknown>) => {
    const pages = await openPages(londonTime('2026-03-10', '11:00'), ofOne(second))
    await pages.tell(
      contact(
        'C-PERSON',
        { name: 'Gwen Price', phone: '01632 960111', email: undefined },
        '2026-03-10T10:30',
      ),
    )
    const ahead = await (await pages.look('/tomorrow', SUPPORT)).text()
    await pages.moveTo(londonTime('2026-03-10', '17:00'))
    const later = ['/', '/team', '/team?worker=C-OM', '/clearances'].map((path) =>
      pages.look(path, SUPPORT, AT + 24 * HOUR_MS).then((answer) => answer.text()),
    )
    return [ahead, ...(await Promise.all(later))]
  }

  test.each<[string, Record<string, unknown>]>([
    ['names nobody of whose orders one is a limited-access case, nor their number', {}],
    [
      'nor one whose limited-access case names them by another contact with the same CRN',
      { person: 'C-AGAIN' },
    ],
  ])('%s', async (_, person) => {
    for (const page of await seen({ limitedAccess: true, ...person })) {
      expect(page).not.toMatch(/Gwen Price|01632 ?960111/)
    }
  })

  test('names others, and says how they may be rung', async () => {
    const [ahead, today, , worker, clearances] = await seen({ limitedAccess: false })
    for (const page of [ahead, today, worker, clearances]) expect(page).toContain('Gwen Price')
    expect(today).toContain('tel:+441632960111')
  })

  test.each([
    [false, 'Gwen Price', 'Order O-2, Gwen Price'],
    [true, undefined, 'Order O-2'],
  ])('lists what was given likewise: limited access %s', async (limitedAccess, name, called) => {
    const { store, moveTo } = await openPages(londonTime('2026-03-10', '07:00'), ofOne({ limitedAccess }))
    await moveTo(londonTime('2026-03-10', '17:00'))
    const ports = { store, rules: () => rulesWith({ goLive: 0 }), now: () => AT }
    const { rows } = await givenPage(await openOutbox(store), ports, 1)
    const ofOrder = rows.filter(({ casefile }) => casefile === 'order:O-2')
    expect(new Set(ofOrder.map((row) => row.called))).toEqual(new Set([called]))
    const theirs = ofOrder.filter(({ to }) => to === 'C-PERSON')
    expect(theirs.length).toBeGreaterThan(0)
    expect(new Set(theirs.map((row) => row.name))).toEqual(new Set([name]))
  })
})

test.each([
  ['support staff', SUPPORT],
  ['a worker', { email: 'c-om@example.com', isSupport: false }],
])('%s reach from the bar all that lies together with what is in it', async (_, person) => {
  const pages = await openPages(AT, [...PEOPLE, order()])
  const linksIn = async (path: string, nav: string) => {
    const answer = await pages.look(path, person)
    const to = answer.headers.get('location')
    const html = await (to ? await pages.look(to, person) : answer).text()
    const shown = new RegExp(`<nav[^>]*class="[^"]*${nav}[\\s\\S]*?</nav>`).exec(html)?.[0] ?? ''
    return [...shown.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href)
  }
  const bar = await linksIn('/', 'govuk-service-navigation')
  const pagesOfOurs = bar.filter((path) => path !== '/sign-out')
  const beside = await Promise.all(pagesOfOurs.map((path) => linksIn(path, 'moj-sub-navigation')))
  expect(beside.flat()).toEqual(
    expect.arrayContaining([...DAYS, '/figures', '/casefiles', '/new', '/caseload']),
  )
})
