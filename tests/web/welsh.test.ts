import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { WELSH } from '../../functions/web/frame/welsh.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { appointment, contact, order, PEOPLE } from '../story.ts'
import { openPages } from './pages.ts'

/** Staff pages in Welsh, for those who prefer it. */

const AT = londonTime('2026-03-10', '12:00')
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const STORY = [
  ...PEOPLE.filter(({ additionalInformation }) => additionalInformation.contactId !== 'C-CM'),
  contact('C-CM', { language: 'cy' }),
  order(),
  appointment('2026-03-09T14:00', { with: 'C-CM' }),
]
const seen = async (path: string, contactId: string) => {
  const { look } = await openPages(AT, STORY)
  return (await look(path, as(contactId))).text()
}

describe('a worker who prefers Welsh', () => {
  test('finds the navigation, the days and their dates in it, and the page says that it is', async () => {
    const page = await seen('/', 'C-CM')
    expect(page).toMatch(/<html lang="cy"/)
    for (const words of ['Heddiw', 'Tan nos yfory', 'I chi ei wneud', 'Yn hwyr', '10 Mawrth 2026']) {
      expect(page).toContain(words)
    }
    expect(page).not.toContain('Yours to do')
  })

  test('finds their casefiles, and the page of one, with its story marked as English', async () => {
    const list = await seen('/casefiles', 'C-CM')
    for (const words of [
      'Eich ffeiliau achos',
      'Gorchmynion',
      'Diwrnod olaf y gorchymyn',
      'Eich manylion eich hun',
    ])
      expect(list).toContain(words)
    const order = await seen('/casefiles/order/O-1', 'C-CM')
    expect(order).toMatch(/<html lang="cy"/)
    for (const words of [
      'Beth y gallwch ei wneud',
      'Llenwi’r daflen gyswllt',
      'Popeth hyd yn hyn',
      'Risg, torri amodau',
    ])
      expect(order).toContain(words)
    expect(order).toMatch(/<div lang="en">\s*<ol class="moj-timeline/)
    expect(await seen('/team', 'C-CM')).toContain('Yn hwyr ers')
  })

  test('reads what has no Welsh yet in English, marked as English', async () => {
    expect(await seen('/', 'C-CM')).toMatch(/<span lang="en">FAX-01 overdue: A written update/)
    const releases = await seen('/releases', 'C-CM')
    expect(releases).toMatch(/<html lang="en"/)
    expect(releases).toMatch(/<div lang="cy">[\s\S]*Rhyddhau/)
  })

  test('changes nothing for the others', async () => {
    const page = await seen('/', 'C-OM')
    expect(page).toMatch(/<html lang="en"/)
    expect(page).not.toMatch(/Heddiw|Rhyddhau/)
  })
})

test('all that a page would say in Welsh has words for it, and no words are left over', () => {
  const folder = join(import.meta.dirname, '../../functions/web/frame/views')
  const views = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  const said = new Set(
    views.flatMap((view) => [...view.matchAll(/say\("([^"]+)"\)/g)].map(([, words]) => words)),
  )
  const nav = views.flatMap((view) =>
    [...view.matchAll(/\["\w+", "\/\w*", "([^"]+)"\]/g)].map(([, words]) => words),
  )
  expect([...new Set([...said, ...nav])].sort()).toEqual(Object.keys(WELSH).sort())
})
