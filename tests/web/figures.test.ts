import { describe, expect, test } from 'vitest'
import { howItGoes } from '../../functions/web/figures/figures.ts'
import { readArrivals } from '../../infra/local/arrivals.ts'
import { replay } from '../../infra/local/replay.ts'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { added, countsOf, type DutyWeek } from '../../shared/casefile/counts.ts'
import { isSettled } from '../../shared/casefile/ledger.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { everyCasefile } from '../../shared/store/store.ts'
import { appointment, contact, event, order, PEOPLE } from '../story.ts'
import { openPages } from './pages.ts'

/** How it is going, as it stands on Tuesday 10 March 2026. */

const AT = londonTime('2026-03-10', '12:00')
const SUPPORT = { email: 'support@example.com', isSupport: true }
const as = (contactId: string) => ({ email: `${contactId.toLowerCase()}@example.com`, isSupport: false })
const STORY = [
  ...PEOPLE.slice(1),
  contact('C-PERSON', { name: 'Dafydd Prys' }),
  order(),
  appointment('2026-03-12T14:00', { with: 'C-CM' }),
]

/** The cells of the row that begins with a word, their bars left out. */
function rowOf(page: string, name: string): string[] {
  const row = page.split('<tr').find((one) => one.replace(/<[^>]*>/g, ' ').includes(name)) ?? ''
  return [...row.matchAll(/numeric">([^<]*)</g)].map(([, cell = '']) => cell)
}

describe('how it is going', () => {
  test('what is sent, delivered and acted on is counted as it happens, by duty and week', async () => {
    const pages = await openPages(AT, STORY)
    await pages.moveTo(londonTime('2026-03-11', '18:00'))
    const reminder = pages.outbox.find(({ address }) => address === 'c-person@example.com')
    const noticeId = reminder?.messageId ?? ''
    const receipt = event('2026-03-11T14:01', 'notice.delivered', { noticeId })
    await pages.tell(receipt, receipt)
    await pages.moveTo(londonTime('2026-03-12', '18:00'))
    const sheet = { attendance: 'attended', nextAppointment: 'none-booked', form: 'f', step: 'do' }
    const until = londonTime('2026-03-13', '00:00')
    const path = '/acts/contact-sheet.submitted/order/O-1?about=A-1'
    expect((await pages.send(path, as('C-CM'), sheet, undefined, until)).status).toBe(303)
    await pages.send(
      path,
      as('C-CM'),
      { ...sheet, form: 'g', attendance: 'did-not-attend' },
      undefined,
      until,
    )
    const page = await (await pages.look('/figures', SUPPORT, until)).text()
    const [sent, delivered] = rowOf(page, 'ATR-01')
    expect(Number(sent)).toBeGreaterThan(0)
    expect(delivered).toBe('1')
    expect(rowOf(page, 'FAX-01')[2]).toBe('1')
    expect(page).not.toContain('Dafydd')
    expect(page).not.toContain('O-1')
  })

  test('all staff may see it, and whoever is nobody to us may not', async () => {
    const pages = await openPages(AT, STORY)
    expect((await pages.look('/figures', as('C-CM'))).status).toBe(200)
    expect((await pages.look('/figures', as('C-NOBODY'))).status).toBe(404)
  })

  test('one duty is shown by itself, week by week', async () => {
    const pages = await openPages(AT, STORY)
    await pages.moveTo(londonTime('2026-03-16', '18:00'))
    const until = londonTime('2026-03-17', '00:00')
    const page = await (await pages.look('/figures?duty=ATR-01', SUPPORT, until)).text()
    expect(rowOf(page, '9 March 2026')[0]).toBe(
      rowOf(await (await pages.look('/figures', SUPPORT, until)).text(), 'ATR-01')[0],
    )
    expect(page).not.toContain('By duty')
  })

  test('a service in which nothing was due says so', async () => {
    const pages = await openPages(AT, [])
    const page = await (await pages.look('/figures', SUPPORT)).text()
    expect(page).toContain('Nothing was due in the last three months.')
    expect(page).toContain('Nothing is planned for the next seven days.')
  })

  test('every notice lies in one part of its bar: a bounce is not sent too', () => {
    const counts = { given: 10, delivered: 6, bounced: 1, failed: 2, unreached: 3, tooLate: 4 }
    const [week] = howItGoes([{ week: '2026-03-09', duty: 'ATR-01', counts }], AT).weeks
    expect(week?.bar).toEqual([
      { what: 'delivered', count: 6 },
      { what: 'not-confirmed', count: 3 },
      { what: 'not-reached', count: 6 },
      { what: 'too-late', count: 4 },
    ])
  })

  test('the weeks in which nothing was due are there too, newest first', () => {
    const { weeks } = howItGoes([{ week: '2026-02-16', duty: 'ATR-01', counts: { given: 1 } }], AT)
    expect(weeks.map(({ week }) => week)).toEqual(['2026-03-09', '2026-03-02', '2026-02-23', '2026-02-16'])
  })
})

test('six weeks of the sample are counted exactly as the ledgers have them', async () => {
  const store = sqliteStore(':memory:')
  const { arrivals } = await readArrivals(sampleCaseload().map((one) => JSON.stringify(one)))
  await replay({ arrivals, until: londonTime('2026-10-12', '00:00'), store }, () => {})
  const scanned: DutyWeek[] = []
  for await (const { id } of everyCasefile(store)) {
    const { entries = [] } = (await store.open(id)) ?? {}
    const texts = await store.texts(id)
    scanned.push(
      ...countsOf(
        entries.filter(isSettled).map((entry) => {
          const text = 'messageId' in entry ? texts.get(entry.messageId) : undefined
          return { entry, ...(text && { text }) }
        }),
      ),
    )
  }
  // A message of several notices is counted for one of them: by duty, what became of notices; by week, the messages.
  const byName = (lines: readonly DutyWeek[]) =>
    Object.fromEntries([
      ...added(lines).map(({ week, duty, counts }) => {
        const { emails: _, fragments: __, ...notices } = counts
        return [`${week} ${duty}`, notices]
      }),
      ...added(lines.map((line) => ({ ...line, duty: 'all' }))).map(({ week, counts }) => [week, counts]),
    ])
  const counted = await store.counts('2026-01-05', '2027-12-27')
  expect(Object.keys(byName(counted)).length).toBeGreaterThan(80)
  expect(byName(counted)).toEqual(byName(scanned))
}, 120_000)
