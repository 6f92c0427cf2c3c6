import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId, releaseKey } from '../../shared/casefile/ids.ts'
import { noticeName } from '../../shared/messages/links.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { appointment, contact, event, order, PEOPLE } from '../story.ts'
import { openPages } from './pages.ts'

/** Pages that are printed: what is held about one person, and the record of one notice or appointment. */

const AT = londonTime('2026-03-11', '12:00')
const SUPPORT = { email: 'support@example.com', isSupport: true }
const OFFICER = { email: 'officer@example.com', isSupport: false, isDataProtection: true }
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const KNOWN = { personReference: { identifiers: [{ type: 'CRN', value: 'X900001' }] } }
const ORDER = casefileId('order', 'O-1')

const BEFORE = [
  ...PEOPLE,
  contact('C-PERSON', { name: 'Gwen Price', mobile: '07700 900123' }, '2026-01-02T00:00'),
  { ...order(), ...KNOWN },
  appointment('2026-03-10T14:00', { with: 'C-CM' }),
  event('2026-03-10T16:00', 'contact-sheet.submitted', {
    orderId: 'O-1',
    appointmentId: 'A-1',
    attendance: 'attended',
    nextAppointment: 'none-booked',
    progress: [{ objective: 'keep a diary', note: 'argued with Sam' }],
    by: 'C-CM',
    seenBy: 'Sam',
  }),
  event('2026-03-10T17:00', 'contact.disowned', {
    contactId: 'C-PERSON',
    channel: 'sms',
    address: '07700 900123',
  }),
]

const look = async (boxes: Readonly<Record<string, string>>, who = OFFICER, story = BEFORE) => {
  const pages = await openPages(AT, story)
  const answer = await pages.send('/held', who, boxes)
  return { status: answer.status, page: await answer.text(), audited: pages.audited }
}
const ASKED = { who: 'X900001', reason: 'subject-access' }
const keysOf = (page: string) =>
  [...page.matchAll(/name="uncover" value="([^"]+)"/g)].map(([, key = '']) => key.replaceAll('&#x2F;', '/'))

describe('everything held about one person', () => {
  test('is for those who answer requests for access alone, and not for support staff', async () => {
    expect((await look(ASKED, { ...SUPPORT, isDataProtection: false })).status).toBe(404)
    expect((await look(ASKED, { ...as('C-OM'), isDataProtection: false })).status).toBe(404)
    expect((await look(ASKED)).status).toBe(200)
  })

  test('asks why, and writes the look down by a digest', async () => {
    expect((await look({ who: 'X900001' })).status).toBe(422)
    const { audited } = await look(ASKED)
    expect(audited).toMatchObject([
      { what: 'HELD_ABOUT_PERSON_VIEWED', subjectType: 'PERSON', details: '{"reason":"subject-access"}' },
    ])
    expect(JSON.stringify(audited)).not.toMatch(/X900001|officer@example/)
  })

  test('is read in pages of a hundred lines, or printed as one', async () => {
    const many = Array.from({ length: 130 }, (_, nth) =>
      appointment('2026-06-10T14:00', { appointmentId: `A-${nth + 10}` }),
    )
    const of = async (page: string) => {
      const { page: shown } = await look({ ...ASKED, page }, OFFICER, [...BEFORE, ...many])
      return shown.split('<section class="throughcare-held">').length - 1
    }
    const [first, last, all] = [await of('1'), await of('9'), await of('all')]
    expect(first).toBe(100)
    expect(last).toBeGreaterThan(0)
    expect(all).toBe(first + last)
  })

  test('has what is theirs: their numbers, their appointments, what they were told', async () => {
    const { page } = await look(ASKED)
    for (const own of ['X900001', 'Gwen Price', '+447700900123', '2026-03-10 14:00', 'attended']) {
      expect(page).toContain(own)
    }
  })

  test('covers who works with them, words that may name others, who shares their number, and the unknown', async () => {
    const { page } = await look(ASKED)
    expect(page).not.toMatch(/C-CM|C-OM|Sam/)
    const keys = keysOf(page)
    for (const field of ['by', 'progress', 'seenBy', 'with', 'offenderManager', 'address', 'channel']) {
      expect(
        keys.some((key) => key.endsWith(`#${field}`)),
        field,
      ).toBe(true)
    }
  })

  test('uncovers one thing, and writes that down', async () => {
    const { page: covered } = await look(ASKED)
    const key = keysOf(covered).find((one) => one.endsWith('#progress')) ?? ''
    const { page, audited } = await look({ ...ASKED, uncover: key })
    expect(page).toContain('argued with Sam')
    expect(keysOf(page)).toHaveLength(keysOf(covered).length - 1)
    expect(audited).toMatchObject([
      {
        what: 'HELD_ABOUT_PERSON_UNCOVERED',
        details: JSON.stringify({ reason: 'subject-access', uncovered: [key] }),
      },
    ])
  })

  test('writes down all that a page uncovers, whichever of its boxes says so', async () => {
    const { page: covered } = await look(ASKED)
    const keys = keysOf(covered)
    const [first = '', second = ''] = [keys.find((one) => one.endsWith('#progress')), keys.at(-1)]
    const { page, audited } = await look({ ...ASKED, uncovered: first })
    expect(page).toContain('argued with Sam')
    const what = 'HELD_ABOUT_PERSON_UNCOVERED'
    const of = (...uncovered: string[]) => JSON.stringify({ reason: 'subject-access', uncovered })
    expect(audited).toMatchObject([{ what, details: of(first) }])
    const both = await look({ ...ASKED, uncovered: first, uncover: second })
    expect(both.audited).toMatchObject([{ what, details: of(first, second) }])
  })

  test('covers those who may meet them, and that there is a risk from a partner', async () => {
    const meeters = [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }]
    const planned = release({ meeters, partnerViolenceRisk: true })
    const noms = planned.personReference?.identifiers.find(({ type }) => type === 'NOMS')?.value ?? ''
    const story = [...AROUND_A_RELEASE, ALWAYS_ON_CALL, contact('C-SPONSOR'), planned]
    const { page } = await look({ ...ASKED, who: noms }, OFFICER, story)
    expect(page).not.toMatch(/C-SPONSOR/)
    const keys = keysOf(page)
    for (const field of ['meeters', 'partnerViolenceRisk', 'dutyOfficer']) {
      expect(
        keys.some((key) => key.endsWith(`#${field}`)),
        field,
      ).toBe(true)
    }
    expect(releaseKey(noms)).toHaveLength(24)
  })

  test('says where nothing is held', async () => {
    expect((await look({ ...ASKED, who: 'X999999' })).page).toContain('Nothing is held under that')
  })
})

describe('a record', () => {
  const given = async () => {
    const pages = await openPages(AT, BEFORE)
    const entry = (await pages.entriesOf(ORDER)).find((one) => one.is === 'sent')
    return { pages, path: `/evidence/order/O-1?notice=${noticeName(entry?.noticeId ?? '')}`, entry }
  }

  test('of a notice has its duty, passage, events and decision, for those who may read its casefile', async () => {
    const { pages, path, entry } = await given()
    const page = await (await pages.look(path, as('C-OM'))).text()
    expect(page).toContain(entry?.duty)
    expect(page).toContain(', from 00')
    expect(page).toContain('Because of')
    expect((await pages.look(path, as('C-PERSON'))).status).toBe(404)
  })

  test('of an appointment has all that became of it', async () => {
    const { pages } = await given()
    const page = await (await pages.look('/evidence/order/O-1?appointment=A-1', as('C-OM'))).text()
    expect(page).toContain('Record of appointment A-1')
    expect(page).toContain('Contact sheet submitted')
  })

  test.each(['?notice=none', '?appointment=A-9', ''])('is not there for %j', async (query) => {
    const { pages } = await given()
    expect((await pages.look(`/evidence/order/O-1${query}`, SUPPORT)).status).toBe(404)
  })
})
