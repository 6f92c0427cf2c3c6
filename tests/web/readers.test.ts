import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { releaseKey } from '../../shared/casefile/ids.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { contact, event, order, PEOPLE, type Told, together } from '../story.ts'
import { openPages } from './pages.ts'

/** Who may read what, asked of the pages themselves at noon on 10 March 2026. */

const AT = londonTime('2026-03-10', '12:00')
const RELEASE = `release/${releaseKey('A9001AA')}`
const prison = (prisonId: string, posts: Record<string, unknown>) =>
  event('2026-01-01T00:00', 'prison.updated', { prisonId, name: `HMP ${prisonId}`, ...posts })
const clearance = (clearanceId: string, prisonId: string) =>
  event(`2026-01-0${prisonId === 'QAA' ? 2 : 3}T10:00`, 'clearance.confirmed', {
    clearanceId,
    prisonId,
    holder: 'C-HOLDER',
    organisationId: 'ORG-1',
    confirmedOn: '2026-01-02',
  })
const absent = (coverContactId: string) => ({
  absent: [{ from: '2026-03-01', to: '2026-03-31', coverContactId }],
})

const STORY = [
  ...together(PEOPLE, AROUND_A_RELEASE),
  order(),
  ALWAYS_ON_CALL,
  release({ meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }] }),
  ...['C-GOV', 'C-DEP', 'C-VET', 'C-GOV-2', 'C-HOLDER', 'C-LEAD', 'C-COVER'].map((id) => contact(id)),
  prison('QAA', { governor: 'C-GOV', deputy: 'C-DEP', vettingContact: 'C-VET' }),
  prison('QBB', { governor: 'C-GOV-2', deputy: 'C-DEP' }),
  clearance('CL-1', 'QAA'),
  clearance('CL-2', 'QAA'),
  clearance('CL-2', 'QBB'),
  event('2026-01-04T00:00', 'partnership.agreed', {
    prisonId: 'QAA',
    on: '2026-01-04',
    partnershipLead: 'C-LEAD',
  }),
]

/** Whether each of some contacts may read a casefile, having signed in with the address that is theirs. */
async function readers(path: string, among: readonly string[], more: readonly Told[] = []) {
  const { look } = await openPages(AT, [...STORY, ...more])
  const may: string[] = []
  for (const id of among) {
    const person = { email: `${id.toLowerCase()}@example.com`, isSupport: false }
    const { status } = await look(`/casefiles/${path}`, person)
    expect([200, 404]).toContain(status)
    if (status === 200) may.push(id)
  }
  return may
}

const EVERYBODY = [
  ...['C-PERSON', 'C-OM', 'C-CM', 'C-OFFICE', 'C-PROVIDER', 'C-DUTY', 'C-KEY', 'C-SPONSOR', 'C-FAMILY'],
  ...['C-DAY', 'C-OWNER', 'C-GOV', 'C-DEP', 'C-VET', 'C-GOV-2', 'C-HOLDER', 'C-LEAD', 'C-COVER'],
]

describe('a casefile is read by those who work on it, and by nobody else', () => {
  test.each([
    ['order/O-1', ['C-OM', 'C-CM', 'C-OFFICE', 'C-PROVIDER', 'C-DUTY']],
    ['clearance/CL-1', ['C-GOV', 'C-DEP', 'C-VET']],
    ['clearance/CL-2', ['C-DEP']],
    ['prison/QAA', ['C-GOV', 'C-DEP', 'C-VET']],
    ['prison/QBB', ['C-DEP', 'C-GOV-2']],
    [RELEASE, ['C-DUTY', 'C-KEY']],
    ['rota/NORTH', ['C-OWNER']],
    ['contact/C-OM', ['C-OM']],
    ['contact/C-HOLDER', ['C-HOLDER']],
    ['order/O-9', []],
  ])('%s: %j', async (path, expected) => {
    expect(await readers(path, EVERYBODY)).toEqual(expected)
  })
})

describe('who that is may change', () => {
  const AMONG = ['C-OM', 'C-COVER', 'C-DUTY']
  test.each<[string, string, Told[], string[]]>([
    [
      'another offender manager reads the order, the last one no more',
      'order/O-1',
      [event('2026-03-05T09:00', 'order.varied', { orderId: 'O-1', offenderManager: 'C-COVER' })],
      ['C-COVER', 'C-DUTY'],
    ],
    [
      'the cover of an absent one reads it beside them',
      'order/O-1',
      [contact('C-OM', absent('C-COVER'), '2026-03-01T00:00')],
      ['C-OM', 'C-COVER', 'C-DUTY'],
    ],
    [
      'a cover reads nothing of the one they stand in for',
      'contact/C-OM',
      [contact('C-OM', absent('C-COVER'), '2026-03-01T00:00')],
      ['C-OM'],
    ],
    [
      'a person who has another address by now signs in by that one alone',
      'order/O-1',
      [contact('C-OM', { email: 'moved@example.com' }, '2026-03-01T00:00')],
      ['C-DUTY'],
    ],
    [
      'an address that its reader said is not theirs signs nobody in',
      'order/O-1',
      [event('2026-03-01T00:00', 'contact.disowned', { contactId: 'C-OM', channel: 'email' })],
      ['C-DUTY'],
    ],
    [
      'a worker on the release before this one no longer reads it',
      RELEASE,
      [release({ releaseId: 'R-2', dutyOfficer: 'C-COVER', keyWorker: 'C-OM' }, '2026-03-09T09:00')],
      ['C-OM', 'C-COVER'],
    ],
  ])('%s', async (_, path, more, expected) => {
    expect(await readers(path, AMONG, more)).toEqual(expected)
  })
})

describe('a person who signed in', () => {
  const support = { isSupport: true }
  const manager = { email: 'C-OM@example.com', isSupport: false }

  test('as support staff has the lists and every casefile; a worker has no list', async () => {
    const { look } = await openPages(AT, STORY)
    for (const path of ['/casefiles/order', '/casefiles/order/O-1', '/casefiles/clearance/CL-2']) {
      expect((await look(path, support)).status).toBe(200)
    }
    expect((await look('/casefiles/order', manager)).status).toBe(404)
    expect(await (await look('/', manager)).text()).not.toContain('/casefiles/order"')
  })

  test('finds their own casefiles, however their address is written', async () => {
    const { look } = await openPages(AT, STORY)
    const page = await (await look('/casefiles', manager)).text()
    expect([...page.matchAll(/href="(\/casefiles\/[^"]+)">([^<]+)/g)].map(([, ...said]) => said)).toEqual([
      ['/casefiles/order/O-1', 'Order O-1, Name of C-PERSON'],
      ['/casefiles/contact/C-OM', 'Your own details'],
    ])
  })

  test('with an address that was not verified, or is nobody’s, reads nothing', async () => {
    const { look } = await openPages(AT, STORY)
    for (const person of [{ isSupport: false }, { email: 'somebody@example.com', isSupport: false }]) {
      expect((await look('/casefiles/order/O-1', person)).status).toBe(404)
      expect(await (await look('/', person)).text()).not.toContain('/casefiles/')
    }
  })

  test('reads what a message said, but not the link to answer in the name of the person it went to', async () => {
    const { look, sent } = await openPages(AT, STORY)
    expect(sent.join()).toMatch(/\/a\/r\w+/)
    for (const person of [support, { email: 'c-duty@example.com', isSupport: false }]) {
      const page = await (await look(`/casefiles/${RELEASE}`, person)).text()
      expect(page).toContain('/a/…')
      expect(page).not.toMatch(/\/a\/[^…]/)
    }
  })
})
