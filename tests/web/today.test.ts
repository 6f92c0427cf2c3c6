import { describe, expect, test } from 'vitest'
import { offersTo } from '../../functions/acts/acts.ts'
import { ownDay, todosOf, toldOf } from '../../functions/web/days/today.ts'
import { openWorld } from '../../infra/local/world.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { noticeName } from '../../shared/messages/links.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, change, release, rota } from '../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE, type Told, together } from '../story.ts'
import { openPages } from './pages.ts'

/** What each person finds on the pages of their day, at noon on Tuesday 10 March 2026. */

const AT = londonTime('2026-03-10', '12:00')
const SUPPORT = { email: 'support@example.com', isSupport: true }
/** A session that outlives these stories. */
const NEVER = londonTime('2027-01-01', '00:00')
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const seen = async (story: readonly Told[], path: string, contactId: string) => {
  const { look } = await openPages(AT, story)
  return (await look(path, as(contactId))).text()
}

describe('today', () => {
  const STORY = [
    ...PEOPLE.slice(1),
    contact('C-PERSON', { email: undefined, phone: '01632 960111' }),
    order(),
    appointment('2026-03-09T14:00', { with: 'C-CM' }),
    appointment('2026-03-11T10:00', { appointmentId: 'A-2', with: 'C-CM' }),
  ]
  const MORE_ASKED = ['disclosure.flagged', 'risk.changed', 'withdrawal.proposed', 'breach.decided'].map(
    (type) => event('2026-03-10T10:00', type, { orderId: 'O-1', by: 'C-OFFICE' }),
  )

  test('a case manager finds what they are asked for, the overdue first, with the act beside it', async () => {
    const page = await seen(STORY, '/', 'C-CM')
    expect(page).toContain('href="/acts/contact-sheet.submitted/order/O-1?about=A-1"')
    const [first = ''] = /<li class="throughcare-todo[\s\S]*?<\/li>/.exec(page) ?? []
    expect(first).toContain('Overdue')
  })

  test('leads a worker to where they say that they will be away, and who covers for them', async () => {
    const pages = await openPages(AT, STORY)
    const today = await (await pages.look('/', as('C-OM'))).text()
    const [, href = ''] = /href="([^"]+)"[^>]*>Will you be away/.exec(today) ?? []
    const [path = '', box] = href.split('#')
    const form = await (await pages.look(path, as('C-OM'))).text()
    expect(form).toContain(`id="${box}"`)
    const days = (name: string, day: string) => ({
      ...{ [`${name}-day`]: day, [`${name}-month`]: '3', [`${name}-year`]: '2026' },
    })
    const boxes = { name: 'OM', email: 'c-om@example.com', coveredBy: 'C-CM', form: 'f', step: 'do' }
    await pages.send(path, as('C-OM'), { ...boxes, ...days('awayFrom', '11'), ...days('awayTo', '13') })
    expect(
      (await pages.eventsOf('contact:C-OM')).map(({ info }) => 'absent' in info && info.absent),
    ).toContainEqual([{ from: '2026-03-11', to: '2026-03-13', coverContactId: 'C-CM' }])
    expect(await (await pages.look('/', as('C-PERSON'))).text()).not.toContain('Will you be away')
  })

  test('whoever was not reached is to be rung, and their number can be dialled', async () => {
    const page = await seen(STORY, '/', 'C-OM')
    expect(page).toMatch(/Name of C-PERSON<\/strong>, <a[^>]*href="tel:\+441632960111">01632 960111/)
    expect(page).toContain('no usable address or number')
  })

  test('tomorrow says who will be told what, and who will not and why', async () => {
    const page = await seen(STORY, '/tomorrow', 'C-OM')
    expect(page).toContain('Wednesday 11 March 2026')
    expect(page).toContain('To Name of C-CM')
    expect(page).toContain('Not told: no usable address or number')
  })

  test('is somebody’s own: nothing of an order that they have no part in', async () => {
    const other = order({ orderId: 'O-2', offenderManager: 'C-DUTY', caseManager: 'C-DUTY' })
    expect(await seen([...STORY, other], '/', 'C-OM')).not.toContain('O-2')
  })

  test('plans each casefile once, however much was asked in it and whoever may do it', async () => {
    const { store } = await openPages(AT, [...STORY, ...MORE_ASKED])
    let plannedWith = 0
    const { days, ...others } = rulesWith()
    const rules = {
      ...others,
      /** Of what is done here nothing but a plan counts working days. */
      get days() {
        plannedWith++
        return days
      },
    }
    const ports = { store, rules: () => rules, now: () => AT }
    const day = await ownDay(['C-OM', 'C-CM'], 'en', ports)
    const asked = await todosOf(day, ports)
    const once = plannedWith
    for (const one of day.opened) offersTo({ reads: 'their own', contactIds: ['C-OM', 'C-CM'] }, one)
    await todosOf(day, ports)
    expect(asked.length).toBeGreaterThan(4)
    expect(once).toBeGreaterThan(0)
    expect(plannedWith).toBe(once)
  })

  test('reads no more of the store for all the casefiles of others', async () => {
    const readsWith = async (others: number) => {
      const store = sqliteStore(':memory:')
      const accepting = { send: async () => ({ is: 'accepted' }) as const }
      const rules = () => rulesWith()
      const now = () => AT
      const { take, settle } = openWorld({
        ...{ store, rules, now },
        channels: { email: accepting, sms: accepting },
      })
      const theirs = Array.from({ length: others }, (_, nth) =>
        order({
          orderId: `O-${100 + nth}`,
          offenderManager: 'C-X',
          caseManager: 'C-Y',
          probationOffice: 'C-Z',
        }),
      )
      for (const one of [...STORY, ...theirs]) await take(JSON.stringify(one))
      await settle()
      let reads = 0
      const counted = <Given extends unknown[], Answer>(read: (...given: Given) => Answer) => {
        return (...given: Given) => {
          reads++
          return read(...given)
        }
      }
      const counting = {
        ...store,
        open: counted(store.open),
        events: counted(store.events),
        casefiles: () => Promise.reject(new Error('looked through the table')),
      }
      const ports = { store: counting, rules, now } as never
      const whose = await ownDay(['C-OM'], 'en', ports)
      await todosOf(whose, ports)
      await toldOf(whose, AT)
      return reads
    }
    const alone = await readsWith(0)
    expect(await readsWith(30)).toBe(alone)
    expect(alone).toBeLessThan(20)
  })
})

describe('releases of the coming days', () => {
  const asked = [
    ...together(PEOPLE, AROUND_A_RELEASE),
    ALWAYS_ON_CALL,
    release({
      releaseOn: '2026-03-11',
      meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }],
    }),
  ]

  test('a duty officer sees checks, who was asked and when the next is, and can act on each', async () => {
    const page = await seen(asked, '/releases', 'C-DUTY')
    expect(page).toContain('Wednesday 11 March 2026')
    expect(page).toContain('Nobody has it')
    expect(page).toContain('take home kit')
    expect(page).toMatch(/The next is asked in \d+ minutes?/)
    for (const act of ['release-check.completed', 'release.moved', 'release.cancelled']) {
      expect(page).toContain(`/acts/${act}/release/`)
    }
    expect(page).not.toMatch(/C-SPONSOR|c-sponsor/i)
  })

  test('somebody with no part in a release sees none', async () => {
    expect(await seen(asked, '/releases', 'C-OM')).toContain('No release is planned')
  })
})

describe('the clearances of a prison', () => {
  const prison = (prisonId: string, governor: string) =>
    event('2026-01-01T00:00', 'prison.updated', { prisonId, name: `HMP ${prisonId}`, governor })
  const clearance = (clearanceId: string, prisonId: string, holder: string) =>
    event('2026-01-02T10:00', 'clearance.confirmed', {
      ...{ clearanceId, prisonId, holder, organisationId: 'ORG-1', confirmedOn: '2025-05-02' },
    })

  test('a clearance that was withdrawn is on the governor’s day: they are asked to see that the gate knows', async () => {
    const on = '2026-03-09'
    const ended = event(`${on}T10:00`, 'clearance.ended', {
      ...{ clearanceId: 'CL-1', prisonId: 'QAA', on, reason: 'withdrawn' },
    })
    const story = [contact('C-GOV'), contact('C-HOLDER'), prison('QAA', 'C-GOV')]
    const page = await seen([...story, clearance('CL-1', 'QAA', 'C-HOLDER'), ended], '/', 'C-GOV')
    expect(page).toMatch(
      /Yours to do[\s\S]*A clearance that was withdrawn lets nobody in[\s\S]*Clearance CL-1/,
    )
  })

  test('are its governor’s to see, with the year ahead, and nothing of another prison’s', async () => {
    const story = [
      ...['C-GOV', 'C-GOV-2', 'C-HOLDER', 'C-HOLDER-2'].map((id) => contact(id)),
      ...[prison('QAA', 'C-GOV'), prison('QBB', 'C-GOV-2')],
      ...[clearance('CL-1', 'QAA', 'C-HOLDER'), clearance('CL-2', 'QBB', 'C-HOLDER-2')],
    ]
    const page = await seen(story, '/clearances', 'C-GOV')
    for (const said of ['HMP QAA', 'Name of C-HOLDER<', 'ORG-1', '2 May 2026', 'Runs out soon'])
      expect(page).toContain(said)
    expect(page).not.toMatch(/QBB|C-HOLDER-2/)
  })
})

describe('a worker with eighty orders', () => {
  const EIGHTY = [
    ...PEOPLE,
    ...Array.from({ length: 80 }, (_, nth) => order({ orderId: `O-${nth}`, person: `C-P-${nth}` })),
  ]

  test('reaches each of them from the list of their casefiles', async () => {
    const page = await seen(EIGHTY, '/casefiles', 'C-OM')
    expect(new Set(page.match(/\/casefiles\/order\/O-\d+/g)).size).toBe(80)
    expect(page).toContain('Show all 80')
  })

  test('is told on a day how much of it is shown', async () => {
    const page = await seen(EIGHTY, '/', 'C-OM')
    const [, all] = /Show 60 of (\d+)/.exec(page) ?? []
    expect(Number(all)).toBeGreaterThan(60)
    expect(page.match(/class="throughcare-todo[" ]/g)).toHaveLength(60)
    expect(page).toContain('The rest is in their casefiles.')
  })
})

test('nobody is asked to speak to anybody once it is too late for that', async () => {
  const pages = await openPages(londonTime('2026-03-11', '08:30'), [...AROUND_A_RELEASE, release()])
  const today = async () => (await pages.look('/', as('C-DUTY'), NEVER)).text()
  expect(await today()).toMatch(/throughcare-todo[\s\S]*GATE-01 nobody/)
  await pages.moveTo(londonTime('2026-03-13', '12:00'))
  expect(await today()).not.toMatch(/throughcare-todo[\s\S]*GATE-01 nobody/)
})

describe('a rota', () => {
  const STORY = [
    ...['C-OWNER', 'C-A', 'C-B'].map((id) => contact(id, { phone: '01632 960222' })),
    event('2026-03-01T10:00', 'rota.published', {
      ...{ area: 'NORTH', owner: 'C-OWNER' },
      shifts: [
        { from: '2026-03-10T08:00', to: '2026-03-10T20:00', contactId: 'C-A' },
        { from: '2026-03-10T22:00', to: '2026-03-11T08:00', contactId: 'C-B' },
      ],
    }),
  ]
  const FORM = '/acts/rota.published/rota/NORTH'

  test('shows its owner who is on call now, with the number, and the gaps of the week', async () => {
    const page = await seen(STORY, '/rotas', 'C-OWNER')
    expect(page).toMatch(/<strong>Name of C-A<\/strong>, <a[^>]*href="tel:\+441632960222"/)
    expect(page).toMatch(/8pm to 10pm: \s*<strong class="govuk-tag/)
    expect(page).toContain(`href="${FORM}"`)
  })

  test('shows somebody on it when they are on call, and no more', async () => {
    const page = await seen(STORY, '/rotas', 'C-B')
    expect(page).toMatch(/Tuesday 10 March 2026, 10pm<\/strong> to Wednesday 11 March 2026, 8am: NORTH/)
    expect(page).not.toMatch(/Name of C-A|8pm to 10pm/)
    expect(await seen(STORY, '/rotas', 'C-NOBODY')).toContain('You are on no rota, and look after none.')
  })

  test('is edited as it stands, shows the gaps that would be left, and is published as said', async () => {
    const pages = await openPages(AT, STORY)
    const form = await (await pages.look(FORM, as('C-OWNER'))).text()
    expect(form).toContain('2026-03-10 22:00 to 2026-03-11 08:00 C-B')
    const shifts = '2026-03-12 08:00 to 2026-03-12 20:00 C-B\n2026-03-13 08:00 to 2026-03-13 20:00 C-A'
    const check = await pages.send(FORM, as('C-OWNER'), { shifts, form: 'f', step: 'check' })
    expect(await check.text()).toContain('Thursday 12 March at 8pm to Friday 13 March at 8am')
    const wrong = await pages.send(FORM, as('C-OWNER'), { shifts: 'tomorrow C-B', form: 'f', step: 'check' })
    expect(wrong.status).toBe(422)
    await pages.send(FORM, as('C-OWNER'), { shifts, form: 'f', step: 'do' })
    const published = (await pages.eventsOf('rota:NORTH')).at(-1)
    expect(published).toMatchObject({ type: 'rota.published', info: { area: 'NORTH', owner: 'C-OWNER' } })
    expect(await (await pages.look('/rotas', as('C-OWNER'))).text()).toContain('8am to 8pm: Name of C-B')
  })

  test('is nobody’s to publish but its owner’s', async () => {
    const pages = await openPages(AT, STORY)
    expect((await pages.look(FORM, as('C-A'))).status).toBe(404)
  })

  describe('with nobody on call for a release', () => {
    const UNTIL_TEN = [rota([['2026-03-01T00:00', '2026-03-10T10:00', 'C-DAY']]), release()]
    const FILLED = rota([['2026-03-10T09:00', '2026-03-12T08:00', 'C-DAY']], '2026-03-10T09:20')
    const afterNine = async (...story: readonly Told[]) => {
      const pages = await openPages(londonTime('2026-03-10', '08:00'), story)
      await pages.moveTo(londonTime('2026-03-10', '09:10'))
      return pages
    }
    const isToPublish = async ({ look }: Awaited<ReturnType<typeof openPages>>) => {
      const page = await (await look('/', as('C-OWNER'), NEVER)).text()
      return page.includes(`href="${FORM}"`)
    }

    test('is asked of its owner until that is filled', async () => {
      const pages = await afterNine(...AROUND_A_RELEASE, ...UNTIL_TEN)
      expect(await isToPublish(pages)).toBe(true)
      await pages.tell(FILLED)
      expect(await isToPublish(pages)).toBe(false)
      expect((await pages.look(FORM, as('C-OWNER'), NEVER)).status).toBe(200)
    })

    test('is no longer said on the page of its notice, once that is filled', async () => {
      const pages = await afterNine(...AROUND_A_RELEASE, ...UNTIL_TEN)
      const [gap] = await pages.entriesOf('rota:NORTH')
      const page = async () =>
        (
          await pages.look(`/notices/rota/NORTH/${noticeName(gap?.noticeId ?? '')}`, as('C-OWNER'), NEVER)
        ).text()
      expect(await page()).toContain('You were told')
      await pages.tell(FILLED)
      expect(await page()).toContain('This needs nothing more of you')
      expect(await page()).not.toContain('You were told')
    })

    test('is asked of its owner until the release has passed', async () => {
      const pages = await afterNine(...AROUND_A_RELEASE, ...UNTIL_TEN)
      await pages.moveTo(londonTime('2026-03-11', '08:59'))
      expect(await isToPublish(pages)).toBe(true)
      await pages.moveTo(londonTime('2026-03-11', '09:00'))
      expect(await isToPublish(pages)).toBe(false)
    })

    test('is handed over by support staff to somebody who can be reached, and published', async () => {
      const unreachable = change('C-OWNER', { email: undefined })
      const pages = await afterNine(...AROUND_A_RELEASE, unreachable, contact('C-NEXT'), ...UNTIL_TEN)
      const form = await (await pages.look(FORM, SUPPORT, NEVER)).text()
      expect(form).toContain('Who looks after it?')
      const shifts = '2026-03-10 09:00 to 2026-03-12 08:00 C-DAY'
      const boxes = { owner: 'C-NEXT', shifts, form: 'f', step: 'do' }
      expect((await pages.send(FORM, SUPPORT, boxes, undefined, NEVER)).status).toBe(303)
      expect((await pages.look(FORM, as('C-NEXT'), NEVER)).status).toBe(200)
      expect((await pages.look(FORM, as('C-OWNER'), NEVER)).status).toBe(404)
    })

    test('is not for the duty officer, though the gap is told to them', async () => {
      const unreachable = change('C-OWNER', { email: undefined })
      const pages = await afterNine(...AROUND_A_RELEASE, unreachable, ...UNTIL_TEN)
      const [gap] = await pages.entriesOf('rota:NORTH')
      expect(gap).toMatchObject({ is: 'sent', to: 'C-DUTY' })
      expect(pages.outbox.at(-1)?.text).toContain('Nobody who looks after the rota could be told')
      expect((await pages.look(FORM, as('C-DUTY'), NEVER)).status).toBe(404)
      expect(await (await pages.look('/', as('C-DUTY'), NEVER)).text()).not.toContain(FORM)
    })
  })
})
