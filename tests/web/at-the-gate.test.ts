import { describe, expect, test } from 'vitest'
import { SHOWN_KINDS } from '../../functions/web/casefiles/casefiles.ts'
import { FILTERS } from '../../functions/web/casefiles/story.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { releaseKey } from '../../shared/casefile/ids.ts'
import { noticeName } from '../../shared/messages/links.ts'
import {
  ALWAYS_ON_CALL,
  AROUND_A_RELEASE,
  change,
  declines,
  release,
  rota,
} from '../duties/releases/release-story.ts'
import { contact, type Told } from '../story.ts'
import { openPages } from './pages.ts'

/** Who will meet somebody at the gate, on every page that speaks of it, at noon of the day before. */

const AT = londonTime('2026-03-10', '12:00')
const SUPPORT = { isSupport: true }
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const KEY = releaseKey('A9001AA')
const RELEASE = `release:${KEY}` as const

describe('a sponsor, peer or relative whom the person chose', () => {
  const STORY = [
    ...AROUND_A_RELEASE,
    change('C-SPONSOR', { name: 'Sasha Private', mobile: '07700 900321', prefers: 'sms', by: 'C-KEY' }),
    ALWAYS_ON_CALL,
    release({ by: 'C-KEY', meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }] }),
    declines('2026-03-09T12:00', 'C-KEY'),
  ]
  /** Asked by text at noon, they say yes to it. */
  async function withTheirYes() {
    const pages = await openPages(AT, STORY)
    await pages.says('+447700900321', 'YES')
    const answers = (await pages.eventsOf(RELEASE)).filter(({ type }) => type === 'gate-meeting.accepted')
    expect(answers).toMatchObject([{ info: { by: 'C-SPONSOR' } }])
    return pages
  }
  const TRACES = /Sasha|C-SPONSOR|900321|c-sponsor@/i

  /** Every page, list, search and file in which a release is spoken of, by what was asked for. */
  async function everythingFor(person: Parameters<Pages['look']>[1], pages: Pages) {
    const shown = Object.keys(FILTERS).map((filter) => `/casefiles/release/${KEY}?show=${filter}`)
    const names = (await pages.entriesOf(RELEASE)).map(({ noticeId }) => noticeName(noticeId))
    const paths = [
      ...['/', '/tomorrow', '/releases', '/rotas', '/casefiles/release', '/casefiles/rota/NORTH', '/new'],
      ...[...shown, ...names.map((name) => `/evidence/release/${KEY}?notice=${name}`)],
    ]
    const looked = paths.map(async (path) => [path, await (await pages.look(path, person)).text()] as const)
    const sent = [
      ...['Sasha', '07700 900321', 'A9001AA'].map((words) => ['/search', { words }] as const),
      ...SHOWN_KINDS.filter((kind) => kind !== 'contact').map(
        (kind) => ['/export', { kind, names: 'true', reason: 'subject-access' }] as const,
      ),
      ['/held', { who: 'A9001AA', reason: 'subject-access' }] as const,
    ]
    const answered = sent.map(async ([path, boxes]) => {
      const text = await (await pages.send(path, person, boxes)).text()
      return [
        `${path} ${JSON.stringify(boxes)}`,
        text.replaceAll(`value="${'words' in boxes && boxes.words}"`, ''),
      ]
    })
    return new Map((await Promise.all([...looked, ...answered])) as [string, string][])
  }
  type Pages = Awaited<ReturnType<typeof openPages>>
  const told = (seen: ReadonlyMap<string, string>) =>
    [...seen]
      .filter(([, page]) => TRACES.test(page))
      .map(([path, page]) => `${path}: ${TRACES.exec(page)?.[0]}`)

  test.each([
    ['support staff', SUPPORT] as const,
    ...['C-DUTY', 'C-OWNER', 'C-DAY'].map((id) => [id, as(id)] as const),
  ])(
    'is someone of their choice to %s, on every page and list, in searches, files and records',
    async (_, person) => {
      const seen = await everythingFor(person, await withTheirYes())
      expect(told(seen)).toEqual([])
    },
  )

  test('is found by nobody in what they themself were asked', async () => {
    const page = await (
      await (await openPages(AT, STORY)).look('/casefiles/contact/C-SPONSOR', SUPPORT)
    ).text()
    expect(page).toContain('Sasha Private')
    expect(page).not.toMatch(/GATE-|R-1\b|release\//)
  })

  test('has a name and a number to who entered them, and to nobody else', async () => {
    const pages = await withTheirYes()
    const board = await (await pages.look('/releases', as('C-KEY'))).text()
    expect(board).toMatch(/Sasha Private<\/strong>, <a[^>]*href="tel:\+447700900321"/)
    expect(await (await pages.look('/releases', as('C-DUTY'))).text()).toContain('someone of their choice')
  })
})

describe('somebody who was asked and rings', () => {
  const STORY: Told[] = [
    ...AROUND_A_RELEASE,
    contact('C-DAY', { mobile: '07700 900322', worksIn: ['release'] }, '2026-01-03T00:00'),
    ALWAYS_ON_CALL,
    release(),
    declines('2026-03-09T12:00', 'C-KEY'),
  ]
  const path = (answer: 'accepted' | 'declined') =>
    `/acts/gate-meeting.${answer}/release/${KEY}?about=R-1.rang`
  const send = (pages: Awaited<ReturnType<typeof openPages>>, answer: 'accepted' | 'declined', by: string) =>
    pages.send(path(answer), as('C-DUTY'), { form: 'f', step: 'do', by })

  test('has it by the word of the duty officer, who is written down beside them', async () => {
    const pages = await openPages(AT, STORY)
    const board = await (await pages.look('/releases', as('C-DUTY'))).text()
    expect(board).toContain(path('accepted'))
    expect((await send(pages, 'accepted', '07700 900322')).status).toBe(303)
    const said = (await pages.eventsOf(RELEASE)).find(({ type }) => type === 'gate-meeting.accepted')
    expect(said?.info).toMatchObject({ by: 'C-DAY', recordedBy: 'C-DUTY' })
    const after = await (await pages.look('/releases', as('C-DUTY'))).text()
    expect(after).toContain('Covered')
    expect(after).toContain('<strong>Name of C-DAY</strong>')
    expect(pages.outbox.at(-1)?.address).toBe('c-day@example.com')
    const story = await (await pages.look(`/casefiles/release/${KEY}`, as('C-DUTY'))).text()
    expect(story).toMatch(/Recorded by[\s\S]*?Name of C-DUTY/)
  })

  test('is not asked again once they said no', async () => {
    const pages = await openPages(AT, STORY)
    await send(pages, 'declined', 'c-day@example.com')
    const board = await (await pages.look('/releases', as('C-DUTY'))).text()
    expect(board).toMatch(/Name of C-DAY[^<]*(<a[^>]*>[^<]*<\/a>)?, asked[^<]*<strong>said no/)
  })

  test('who is not to meet them does not have it by ringing, and its writer is told so', async () => {
    const family = { contactId: 'C-FAMILY', kind: 'family', consented: false }
    const pages = await openPages(AT, [...STORY, release({ meeters: [family] }, '2026-02-03T10:00')])
    const check = await pages.send(path('accepted'), as('C-DUTY'), { form: 'f', by: 'C-FAMILY' })
    expect(await check.text()).toContain('They are not to meet this person')
    await send(pages, 'accepted', 'C-FAMILY')
    expect(await (await pages.look('/releases', as('C-DUTY'))).text()).not.toContain('Covered')
  })

  describe.each(['accepted', 'declined'] as const)('whose number was mistyped, when they %s', (answer) => {
    const elsewhere = contact('C-ELSEWHERE', { mobile: '07700 900399', worksIn: ['treatment'] })

    test.each(['07700 900399', 'c-elsewhere@example.com', 'C-ELSEWHERE'])(
      'is not somebody who has nothing to do with the release: %s',
      async (by) => {
        const pages = await openPages(AT, [...STORY, elsewhere])
        const before = await pages.eventsOf(RELEASE)
        const page = await send(pages, answer, by)
        expect(page.status).toBe(422)
        expect(await page.text()).toContain('nobody who may be asked to meet them is known by that')
        expect(await pages.eventsOf(RELEASE)).toEqual(before)
        expect(pages.outbox.map(({ address }) => address)).not.toContain('c-elsewhere@example.com')
      },
    )
  })

  test('has it by ringing, though they were taken off the rota after they were asked', async () => {
    const pages = await openPages(AT, STORY)
    const { to } = (await pages.entriesOf(RELEASE)).find((one) => one.role === 'on-call') ?? {}
    expect(to).toBe('C-DAY')
    await pages.tell(rota([['2026-01-01T00:00', '2029-01-01T00:00', 'C-NIGHT']], '2026-03-10T11:59'))
    expect((await send(pages, 'accepted', 'C-DAY')).status).toBe(303)
  })

  test('is answered for by who works on the release, and by nobody else', async () => {
    const pages = await openPages(AT, STORY)
    for (const who of ['C-DAY', 'C-OWNER', 'C-NIGHT'])
      expect((await pages.look(path('accepted'), as(who))).status).toBe(404)
  })
})
