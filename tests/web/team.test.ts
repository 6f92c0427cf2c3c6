import { describe, expect, test } from 'vitest'
import { londonTime } from '../../shared/calendar/london.ts'
import { appointment, contact, order, PEOPLE, type Told } from '../story.ts'
import { openPages } from './pages.ts'

/** How things stand with those who work together, at noon on Tuesday 10 March 2026. */

const AT = londonTime('2026-03-10', '12:00')
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const STORY = [
  ...PEOPLE.slice(1),
  contact('C-PERSON', { email: undefined, phone: '01632 960111' }),
  order(),
  appointment('2026-03-09T14:00', { with: 'C-CM' }),
]
const seen = async (story: readonly Told[], contactId: string, path = '/team') => {
  const { look } = await openPages(AT, story)
  return (await look(path, as(contactId))).text()
}

/** The figures of the row that a name heads. */
function rowOf(page: string, name: string): string[] | undefined {
  const row = page.split('<tr').find((one) => one.includes('scope="row"') && one.includes(name))
  if (row === undefined) return undefined
  return [...row.matchAll(/numeric">(.*?)<\/td>/g)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, ''))
}

describe('a team', () => {
  test('its office sees what each worker has to do, what is overdue, and since when', async () => {
    const page = await seen(STORY, 'C-OFFICE')
    const [toDo, overdue, since] = rowOf(page, 'Name of C-CM') ?? []
    expect(Number(toDo)).toBeGreaterThan(0)
    expect(overdue).toBe('1')
    expect(since).toMatch(/^10 March/)
    expect(rowOf(page, 'Name of C-PERSON')).toBeUndefined()
  })

  test('what is not for its reader is neither shown nor counted', async () => {
    const other = [
      order({ orderId: 'O-2', probationOffice: 'C-X', offenderManager: 'C-Y' }),
      appointment('2026-03-09T14:00', { orderId: 'O-2', appointmentId: 'A-2', with: 'C-CM' }),
    ]
    const [alone, beside] = [await seen(STORY, 'C-OFFICE'), await seen([...STORY, ...other], 'C-OFFICE')]
    expect(rowOf(beside, 'Name of C-CM')).toEqual(rowOf(alone, 'Name of C-CM'))
    const [own] = rowOf(await seen([...STORY, ...other], 'C-CM'), 'Name of C-CM') ?? []
    expect(Number(own)).toBeGreaterThan(Number(rowOf(alone, 'Name of C-CM')?.[0]))
  })

  test('it is shown by office too, and one worker by themselves with where it is to be done', async () => {
    const [workers = '', places = ''] = (await seen(STORY, 'C-OFFICE')).split('By place</caption>')
    const overdue = PEOPLE.map(({ additionalInformation: { name } }) =>
      Number(rowOf(workers, `${name}`)?.[1] ?? 0),
    )
    expect(Number(rowOf(places, 'Name of C-OFFICE')?.[1])).toBe(overdue.reduce((sum, one) => sum + one, 0))
    const page = await seen(STORY, 'C-OFFICE', '/team?worker=C-CM')
    expect(page).toContain('Team: Name of C-CM')
    expect(page).toContain('href="/casefiles/order/O-1"')
    expect(page).toContain('Overdue')
  })

  test('whoever has no part in anything finds nobody', async () => {
    expect(await seen(STORY, 'C-NOBODY')).not.toContain('Name of')
  })
})
