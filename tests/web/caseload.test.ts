import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import { release } from '../duties/releases/release-story.ts'
import { contact, event, order, PEOPLE } from '../story.ts'
import { NOWHERE, openPages } from './pages.ts'

/** A caseload as a spreadsheet has it, brought in by support and by workers at noon on 11 March 2026. */

const AT = londonTime('2026-03-11', '12:00')
const SUPPORT = { email: 'support@example.com', isSupport: true }
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })

const PRISON = event('2026-01-01T00:00', 'prison.updated', {
  prisonId: 'MDI',
  name: 'HMP Fenmarsh',
  governor: 'C-GOV',
})
const ROTA = event('2026-01-01T00:00', 'rota.published', {
  area: 'fens',
  owner: 'C-OWNER',
  shifts: [{ from: '2026-01-01T00:00', to: '2026-02-01T00:00', contactId: 'C-CALL' }],
})
const BEFORE = [
  ...PEOPLE,
  ...['C-GOV', 'C-OWNER', 'C-CALL', 'C-HOLDER'].map((id) => contact(id)),
  contact('C-OM', { worksIn: ['probation', 'release'] }, '2026-01-02T00:00'),
  ...[order(), order({ orderId: 'O-2', offenderManager: 'C-DUTY' }), PRISON, ROTA],
]

type Pages = Awaited<ReturnType<typeof openPages>>
async function bring(pages: Pages, kind: string, csv: string, step: 'check' | 'do', who = SUPPORT) {
  const form = new FormData()
  form.set('kind', kind)
  form.set('step', step)
  form.set('file', new File([csv], 'caseload.csv', { type: 'text/csv' }))
  const answer = await pages.send('/caseload', who, form)
  return { status: answer.status, page: await answer.text(), to: answer.headers.get('location') }
}

const APPOINTMENTS = 'orderId,appointmentId,kind,startsAt,durationMinutes,place,with,repeats,until'
const FILES = {
  contacts: 'contactId,name,email,mobile,probation\nC-NEW,Nia New,nia@example.com,07700 900123,yes\n',
  orders:
    'orderId,crn,person,sentencedOn,lengthMonths,offenderManager,caseManager,probationOffice,provider,seriousness,offenderManagementTier\n' +
    'O-9,X900009,C-PERSON,9/3/2026,6,c-om@example.com,C-CM,C-OFFICE,C-PROVIDER,low,2\n',
  appointments: `${APPOINTMENTS}\nO-1,A-9,treatment,2026-03-18 14:00,,Fen House,C-CM,,\nO-1,A-10,group,19/03/2026 2pm,90,,,weekly,2026-04-02\n`,
  clearances: 'prisonId,clearanceId,holder,organisationId,confirmedOn\nMDI,CL-9,C-HOLDER,ORG-1,2026-03-02\n',
  releases:
    'releaseId,prisonNumber,releaseOn,gateTime,area,initials,dutyOfficer\nR-9,A9000AA,2026-03-20,10:00,fens,AB,C-DUTY\n',
  'new-rotas':
    'area,owner,from,to,contactId\nnorth-east,C-OWNER,2026-03-12 08:00,2026-03-19 08:00,C-CALL\nnorth-east,C-OWNER,2026-03-19 08:00,2026-03-26 08:00,c-call@example.com\n',
  rota: 'area,from,to,contactId\nfens,2026-03-12 08:00,2026-03-19 08:00,C-CALL\nfens,2026-03-19 08:00,2026-03-26 08:00,c-call@example.com\n',
}
const OPENED = {
  contacts: [casefileId('contact', 'C-NEW'), 1],
  orders: [casefileId('order', 'O-9'), 1],
  appointments: [casefileId('order', 'O-1'), 4],
  clearances: [casefileId('clearance', 'CL-9'), 1],
  releases: [casefileId('rota', 'fens'), 1],
  rota: [casefileId('rota', 'fens'), 1],
  'new-rotas': [casefileId('rota', 'north-east'), 1],
} as const
const KINDS = Object.keys(FILES) as (keyof typeof FILES)[]

describe.each(KINDS)('a file of %s', (kind) => {
  test('is looked at without anything being taken in, is taken in, and changes nothing a second time', async () => {
    const pages = await openPages(AT, BEFORE)
    const [id, events] = OPENED[kind]
    const before = (await pages.eventsOf(id)).length
    const looked = await bring(pages, kind, FILES[kind], 'check')
    expect(looked.status, looked.page).toBe(200)
    expect(await pages.eventsOf(id)).toHaveLength(before)
    expect((await bring(pages, kind, FILES[kind], 'do')).to).toBe(
      `/caseload/done?kind=${kind}&events=${events}`,
    )
    expect(await pages.eventsOf(id)).toHaveLength(before + events)
    expect((await bring(pages, kind, FILES[kind], 'do')).to).toBe(`/caseload/done?kind=${kind}&events=0`)
    expect(await pages.eventsOf(id)).toHaveLength(before + events)
    expect(pages.audited.map(({ what, subjectId }) => [what, subjectId])).toContainEqual([
      'CASELOAD_TAKEN_IN',
      kind,
    ])
  })
})

describe('a rota of an area that has none', () => {
  const of = (...lines: readonly string[]) => ['area,owner,from,to,contactId', ...lines].join('\n')
  const line = (area: string, owner: string, day: number) =>
    `${area},${owner},2026-03-${day} 08:00,2026-03-${day + 7} 08:00,C-CALL`

  test('is opened with who looks after it, one for each area', async () => {
    const pages = await openPages(AT, BEFORE)
    const csv = of(line('NORTH', 'C-OWNER', 12), line('WEST', 'C-OM', 12), line('NORTH', 'C-OWNER', 19))
    expect((await bring(pages, 'new-rotas', csv, 'do')).to).toContain('events=2')
    const [north] = await pages.eventsOf('rota:NORTH')
    expect(north?.info).toMatchObject({ area: 'NORTH', owner: 'C-OWNER', shifts: [{}, {}] })
    expect((await pages.eventsOf('rota:WEST'))[0]?.info).toMatchObject({ owner: 'C-OM', shifts: [{}] })
  })

  test('has one who looks after it, and takes the place of none that is there', async () => {
    const pages = await openPages(AT, BEFORE)
    const two = await bring(
      pages,
      'new-rotas',
      of(line('NORTH', 'C-OWNER', 12), line('NORTH', 'C-OM', 19)),
      'do',
    )
    expect(two.page).toContain('line 2 says something different')
    const there = await bring(pages, 'new-rotas', of(line('fens', 'C-OM', 12)), 'do')
    expect(there.page).toContain('it already exists')
    expect(await pages.eventsOf('rota:fens')).toHaveLength(1)
  })

  test.each([
    ['support', SUPPORT],
    ['a worker', as('C-OM')],
  ])('is opened by %s where a release is planned already, once', async (_, who) => {
    const pages = await openPages(AT, [...BEFORE, release({ area: 'WEST', releaseOn: '2026-03-20' })])
    const csv = of(line('WEST', 'c-om@example.com', 12))
    const first = await bring(pages, 'new-rotas', csv, 'do', who)
    expect(first.to, first.page).toContain('events=1')
    expect((await pages.eventsOf('rota:WEST')).at(-1)?.info).toMatchObject({ owner: 'C-OM', shifts: [{}] })
    const other = await bring(pages, 'new-rotas', of(line('WEST', 'C-OM', 13)), 'do', who)
    expect(other.page).toContain('it already exists')
  })
})

describe('new rotas that their own worker brings in', () => {
  const csv = [
    'area,owner,from,to,contactId',
    ...Array.from(
      { length: 25 },
      (_, nth) => `AREA-${nth},c-om@example.com,2026-03-12 08:00,2026-03-19 08:00,C-CALL`,
    ),
  ].join('\n')
  const OWNER = contact('C-OM', { worksIn: ['release'] }, '2026-01-03T00:00')

  test('are taken in once, though the same file is sent again after another', async () => {
    const pages = await openPages(AT, [...BEFORE, OWNER])
    expect((await bring(pages, 'new-rotas', csv, 'do', as('C-OM'))).to).toContain('events=25')
    const other = csv.replaceAll('AREA-', 'OTHER-')
    expect((await bring(pages, 'new-rotas', other, 'do', as('C-OM'))).to).toContain('events=25')
    expect((await bring(pages, 'new-rotas', csv, 'do', as('C-OM'))).to).toContain('events=0')
    expect(await pages.eventsOf('rota:AREA-0')).toHaveLength(1)
  })

  test('are gone on with where there was time to take in a part alone', async () => {
    const beginTime = () => {
      let looks = 0
      return () => looks++ < 2
    }
    const pages = await openPages(AT, [...BEFORE, OWNER], NOWHERE, { beginTime })
    const part = await bring(pages, 'new-rotas', csv, 'do', as('C-OM'))
    expect(part.page).toMatch(/20 of 25 are taken in/)
    const rest = await bring(pages, 'new-rotas', csv, 'do', as('C-OM'))
    expect(rest.to).toContain('kind=new-rotas')
    expect(await pages.eventsOf('rota:AREA-24')).toHaveLength(1)
  })
})

describe('a file for which a page has no time', () => {
  const weekly = Array.from(
    { length: 10 },
    (_, nth) => `O-1,A-${nth + 20},treatment,2026-03-${nth + 12} 14:00,60,,,weekly,2026-05-01`,
  )
  const inTime = () => openPages(AT, BEFORE, NOWHERE, { beginTime: () => () => false })

  test('is taken in part by part, each going on where the last one stopped', async () => {
    const pages = await inTime()
    const csv = `${APPOINTMENTS}\n${weekly.join('\n')}\n`
    const first = await bring(pages, 'appointments', csv, 'do')
    expect(first.status).toBe(200)
    expect(first.page).toMatch(/href="\/new"[^>]*aria-current/)
    const [, done, all] = /(\d+) of (\d+) are taken in/.exec(first.page) ?? []
    expect(await pages.eventsOf('order:O-1')).toHaveLength(1 + Number(done))
    let to: string | null = null
    for (let part = 1; to === null && part < 10; part++)
      ({ to } = await bring(pages, 'appointments', csv, 'do'))
    expect(Number(all)).toBeGreaterThan(60)
    expect(await pages.eventsOf('order:O-1')).toHaveLength(1 + Number(all))
  })

  test('says from which line on it was not looked at, and nothing of it is taken in', async () => {
    const pages = await inTime()
    const many = Array.from({ length: 30 }, (_, nth) => `O-1,A-${nth + 50},treatment,2026-03-18 14:00,60,,,,`)
    const { status, page } = await bring(pages, 'appointments', `${APPOINTMENTS}\n${many.join('\n')}\n`, 'do')
    expect(status).toBe(422)
    expect(page).toMatch(/>22<\/td>[\s\S]*no time to check the lines from here on/)
    expect(await pages.eventsOf('order:O-1')).toHaveLength(1)
  })

  test('says that more may be told than was planned', async () => {
    const { page } = await bring(await inTime(), 'appointments', FILES.appointments, 'check')
    expect(page).toContain('there was no time to plan all of them')
  })
})

test('says how many would be told in four weeks, and tells no more than that', async () => {
  const pages = await openPages(AT, BEFORE)
  const { page } = await bring(pages, 'appointments', FILES.appointments, 'check')
  expect(page).toMatch(/\b[1-9]\d* in the next four weeks/)
})

describe('a line that is wrong is named with its column, and keeps the others out', () => {
  const good = 'O-1,A-9,treatment,2026-03-18 14:00,60,,,,'
  test.each([
    [
      'an order that is not there',
      'O-7,A-8,treatment,2026-03-18 14:00,60,,,,',
      'orderId',
      'you have none with this reference',
    ],
    ['no name for it', 'O-1,,treatment,2026-03-18 14:00,60,,,,', 'appointmentId', 'write its reference'],
    [
      'a name twice',
      'O-1,A-9,group,2026-03-19 14:00,60,,,,',
      'appointmentId',
      'line 2 has the reference A-9 too',
    ],
    [
      'a kind that there is none of',
      'O-1,A-8,therapy,2026-03-18 14:00,60,,,,',
      'kind',
      'choose one of these',
    ],
    ['a day that is none', 'O-1,A-8,treatment,31/02/2026 2pm,60,,,,', 'startsAt', 'a real day and time'],
    ['no day', 'O-1,A-8,treatment,,60,,,,', 'startsAt', 'Answer'],
    ['an hour that is none', 'O-1,A-8,treatment,2026-03-18 26:00,60,,,,', 'startsAt', 'a real day and time'],
    [
      'a length that is none',
      'O-1,A-8,treatment,2026-03-18 14:00,an hour,,,,',
      'durationMinutes',
      'whole number',
    ],
    ['somebody unknown', 'O-1,A-8,treatment,2026-03-18 14:00,60,,nobody@example.com,,', 'with', 'nobody'],
    ['a cell too few', 'O-1,A-8,treatment,2026-03-18 14:00,60', '', 'it has 5 cells, but the header has 9'],
    ['a place over two lines', 'O-1,A-8,treatment,2026-03-18 14:00,60,"Fen\nHouse",,,', 'place', 'one line'],
  ])('%s', async (_, line, column, words) => {
    const pages = await openPages(AT, BEFORE)
    const { status, page } = await bring(pages, 'appointments', `${APPOINTMENTS}\n${good}\n${line}\n`, 'do')
    expect(status).toBe(422)
    const rows = [...page.matchAll(/<td[^>]*>(\d+)<\/td><td[^>]*>([^<]*)<\/td><td[^>]*>([^<]*)<\/td>/g)]
    expect(rows.map(([, at, where, what]) => [at, where, what])).toEqual([
      [expect.stringMatching(/^[34]$/), column, expect.stringContaining(words)],
    ])
    expect(await pages.eventsOf(casefileId('order', 'O-1'))).toHaveLength(1)
  })

  test.each([
    ['a column that there is none of', 'orderId,appointmentId,when\nO-1,A-1,x\n', 'there is no such column'],
    ['a column that is missing', 'orderId,kind\nO-1,group\n', 'this column is missing'],
    ['a column twice', 'orderId,appointmentId,kind,kind\nO-1,A-1,group,group\n', 'this column appears twice'],
    ['a quotation that never ends', `${APPOINTMENTS}\nO-1,A-9,"treatment\n`, 'this is not valid CSV'],
    ['nothing but a header', APPOINTMENTS, 'at least one line after it'],
  ])('and so is a file with %s', async (_, csv, words) => {
    const { status, page } = await bring(await openPages(AT, BEFORE), 'appointments', csv, 'check')
    expect(status).toBe(422)
    expect(page).toContain(words)
  })
})

describe('a worker brings in what they may enter by hand, and no more', () => {
  test('appointments in their own orders alone', async () => {
    const pages = await openPages(AT, BEFORE)
    const own = `${APPOINTMENTS}\nO-1,A-9,treatment,2026-03-18 14:00,60,,,,\n`
    expect((await bring(pages, 'appointments', own, 'check', as('C-OM'))).status).toBe(200)
    const others = own.replace('O-1', 'O-2')
    expect((await bring(pages, 'appointments', others, 'check', as('C-OM'))).status).toBe(422)
  })

  test('nobody under a name that others have given: that would be a part in their casefiles', async () => {
    const pages = await openPages(AT, [...BEFORE, order({ orderId: 'O-3', offenderManager: 'C-GHOST' })])
    const { status, page } = await bring(
      pages,
      'contacts',
      'contactId,name,email\nC-GHOST,Gil Ghost,gil@example.com\n',
      'do',
      as('C-OM'),
    )
    expect(status).toBe(422)
    expect(page).toContain('Others work on this already')
  })

  describe('and cannot ask in bulk which numbers others work with', () => {
    const CRNS = ['X900011', 'X900012', 'X900013', 'X900014']
    const theirs = CRNS.map((value, nth) => ({
      ...order({ orderId: `O-${nth + 30}`, person: `C-THEIRS-${nth}`, offenderManager: 'C-DUTY' }),
      personReference: { identifiers: [{ type: 'CRN', value }] },
    }))
    const own = contact('C-NEW', { by: 'C-OM' })
    const [header] = FILES.orders.split('\n')
    const bringCrns = async (crns: readonly string[]) => {
      const pages = await openPages(AT, [...BEFORE, ...theirs, own])
      const lines = crns.map((crn, nth) =>
        [`O-${nth + 50}`, crn, 'C-NEW,9/3/2026,6,C-OM,C-CM,C-OFFICE,C-PROVIDER,low,2'].join(','),
      )
      const answer = await bring(pages, 'orders', [header, ...lines].join('\n'), 'check', as('C-OM'))
      return { ...answer, refused: pages.audited.filter(({ what }) => what === 'OPENING_REFUSED') }
    }

    test('a line or two are named, and each refusal is written down', async () => {
      const { status, page, refused } = await bringCrns(['X900019', ...CRNS.slice(0, 2)])
      expect(status).toBe(422)
      expect(page.match(/Others work on this already/g)).toHaveLength(2)
      expect(page).toMatch(/>3<\/td>[\s\S]*>4<\/td>/)
      expect(refused).toMatchObject([{ who: 'C-OM' }, { who: 'C-OM' }])
      expect(new Set(refused.map(({ subjectId }) => subjectId)).size).toBe(2)
    })

    test('at the third the file is stopped, and no line of it is named', async () => {
      const { status, page, refused } = await bringCrns(['X900019', ...CRNS])
      expect(status).toBe(422)
      expect(page).toContain('others already work on several of these')
      expect(page).not.toContain('Others work on this already')
      expect(page).not.toMatch(/<td[^>]*>[2-6]<\/td>/)
      expect(refused).toHaveLength(3)
    })
  })

  test('what stands is changed on its page: a file changes nothing that is there', async () => {
    const pages = await openPages(AT, BEFORE)
    const { page } = await bring(
      pages,
      'contacts',
      'contactId,name,email\nC-OM,Olu,other@example.com\n',
      'do',
    )
    expect(page).toContain('it already exists')
  })
})

test('five thousand lines are looked at and taken in in seconds, and hold nobody else up', async () => {
  const orders = Array.from({ length: 500 }, (_, nth) => order({ orderId: `O-${nth + 100}` }))
  const pages = await openPages(AT, [...BEFORE, ...orders])
  const lines = Array.from({ length: 5_000 }, (_, nth) => {
    const day = String(12 + Math.floor(nth / 500)).padStart(2, '0')
    return `O-${(nth % 500) + 100},A-${nth},treatment,2026-03-${day} 14:00,60,,,,`
  })
  const csv = `${APPOINTMENTS}\n${lines.join('\n')}\n`
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  expect((await bring(pages, 'appointments', csv, 'check')).status).toBe(200)
  const looked = performance.now()
  const longest = delay.max / 1e6
  expect((await bring(pages, 'appointments', csv, 'do')).to).toContain('events=5000')
  const taken = performance.now()
  delay.disable()
  process.stdout.write(
    `5,000 lines: looked at in ${Math.round(looked - started)} ms, nobody else waiting over ${Math.round(longest)} ms; taken in in ${Math.round(taken - looked)} ms\n`,
  )
  expect(longest).toBeLessThan(3_000)
})
