import { describe, expect, test } from 'vitest'
import type { Person } from '../../functions/web/reader/sign-in.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../duties/releases/release-story.ts'
import { appointment, contact, order, PEOPLE } from '../story.ts'
import { openPages } from './pages.ts'

/** What is found by whom, and what may be taken away, at noon on 11 March 2026. */

const AT = londonTime('2026-03-11', '12:00')
const SUPPORT = { email: 'support@example.com', isSupport: true, isDataProtection: true }
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const KNOWN = { personReference: { identifiers: [{ type: 'CRN', value: 'X900001' }] } }

const HIDDEN = order({ orderId: 'O-5', person: 'C-HIDDEN', limitedAccess: true, offenderManager: 'C-DUTY' })
const BEFORE = [
  ...[...PEOPLE, ...AROUND_A_RELEASE, ALWAYS_ON_CALL, release()],
  contact('C-PERSON', { name: 'Gwen Price', mobile: '07700 900123' }, '2026-01-02T00:00'),
  contact('C-OTHER', { name: '=Gwen(1)', mobile: '07700 900123' }),
  contact('C-HIDDEN', { name: 'Gwen Hidden' }),
  { ...order(), ...KNOWN },
  order({ orderId: 'O-2', person: 'C-OTHER', offenderManager: 'C-WITH', caseManager: 'C-WITH' }),
  HIDDEN,
  appointment('2026-03-18T14:00'),
  contact('C-WITH'),
]

async function finds(words: string, who: { email: string; isSupport: boolean }) {
  const pages = await openPages(AT, BEFORE)
  const page = await (await pages.send('/search', who, { words })).text()
  const list = page.slice(page.indexOf('id="found"'))
  const hits = [...list.matchAll(/href="\/casefiles\/([^"]+)"/g)].map(([, path]) => path)
  return { hits, page, audited: pages.audited }
}

describe('a worker finds what they may read', () => {
  test.each([
    ['a name', 'gwen pr', 'C-OM', ['order/O-1']],
    ['a reference', 'o-1', 'C-OM', ['order/O-1']],
    ['the reference of an appointment', 'A-1', 'C-OM', ['order/O-1']],
    ['a CRN', 'x900001', 'C-OM', ['order/O-1']],
    ['a whole number, and never who else holds it', '+44 7700 900123', 'C-OM', ['order/O-1']],
    ['part of a number', '07700 9001', 'C-OM', []],
    ['what others work on', 'O-2', 'C-OM', []],
    ['a name in a limited-access case, of which they are', 'Gwen H', 'C-DUTY', ['order/O-5']],
    ['a name in a limited-access case, of which they are not', 'Gwen H', 'C-WITH', []],
  ])('%s', async (_, words, who, expected) => {
    expect((await finds(words, as(who))).hits).toEqual(expected)
  })
})

describe('support finds by an exact reference or number alone', () => {
  test.each([
    ['O-2', ['order/O-2']],
    ['X900001', ['order/O-1']],
    ['C-OTHER', ['contact/C-OTHER']],
    ['Gwen', []],
    ['07700 900123', []],
    ['O-5', []],
    ['C-HIDDEN', []],
  ])('%s', async (words, expected) => {
    expect((await finds(words, SUPPORT)).hits).toEqual(expected)
  })
})

test('what was found is written down, and not what was looked for', async () => {
  const { audited } = await finds('Gwen Pr', as('C-OM'))
  expect(audited).toEqual([
    {
      ...{ what: 'SEARCHED', when: '2026-03-11T12:00:00Z', who: 'C-OM', service: 'throughcare' },
      ...{ subjectId: 'casefiles', subjectType: 'SEARCH', details: '{"found":"order:O-1"}' },
    },
  ])
})

describe('a list as CSV', () => {
  const take = async (boxes: Readonly<Record<string, string>>, who: Person = SUPPORT) => {
    const pages = await openPages(AT, BEFORE)
    const answer = await pages.send('/export', who, boxes)
    return { status: answer.status, csv: await answer.text(), audited: pages.audited }
  }

  test('has references and days, and no limited-access case', async () => {
    const { csv } = await take({ kind: 'order' })
    expect(csv.split('\r\n').map((line) => line.split(',')[0])).toEqual(['orderId', 'O-1', 'O-2', ''])
    expect(csv).not.toMatch(/Gwen|07700|X900001|O-5/)
  })

  test('has of a worker those that they may read, and never a name', async () => {
    const { csv } = await take({ kind: 'order', names: 'true', reason: 'handover' }, as('C-OM'))
    expect(csv).toContain('O-1')
    expect(csv).not.toMatch(/O-2|Gwen/)
  })

  test('has names and numbers for support who say why, and that is written down', async () => {
    expect((await take({ kind: 'order', names: 'true' })).status).toBe(422)
    const { csv, audited } = await take({ kind: 'order', names: 'true', reason: 'handover' })
    expect(csv).toContain('Gwen Price')
    expect(csv).not.toContain('Hidden')
    expect(audited).toMatchObject([
      {
        what: 'LIST_EXPORTED',
        subjectId: 'order',
        details: '{"lines":2,"names":"true","reason":"handover"}',
      },
    ])
  })

  test('has no names for support staff who are not data protection staff too', async () => {
    const asked = { kind: 'order', names: 'true', reason: 'handover' }
    const { csv } = await take(asked, { ...SUPPORT, isDataProtection: false })
    expect(csv).toContain('O-1')
    expect(csv).not.toContain('Gwen Price')
  })

  test('holds nothing that a spreadsheet would run', async () => {
    const { csv } = await take({ kind: 'order', names: 'true', reason: 'handover' })
    expect(csv).toContain("'=Gwen(1)")
    expect(csv).toContain("'+447700900123")
    expect(csv).not.toMatch(/(^|,)"?[=+@-]/m)
  })

  test.each(['order', 'clearance', 'release', 'prison', 'rota', 'contact'])(
    'of each kind: %s',
    async (kind) => {
      expect((await take({ kind, names: 'true', reason: 'incident' })).status).toBe(200)
    },
  )
})
