import { expect, test } from 'vitest'
import { type Arrival, readArrival } from '../../../infra/local/arrivals.ts'
import { openRehearsalNotes } from '../../../infra/local/rehearsal-page.ts'
import { replay } from '../../../infra/local/replay.ts'
import { londonTime } from '../../../shared/calendar/london.ts'
import { rulesWith } from '../../../shared/planning/rules.ts'
import { sqliteStore } from '../../../shared/store/sqlite.ts'
import { appointment, contact, order, PEOPLE, type Told } from '../../story.ts'

const [FROM, UNTIL] = [londonTime('2026-03-02', '00:00'), londonTime('2026-03-16', '12:00')]

async function pageOf(told: readonly Told[]): Promise<string> {
  const store = sqliteStore(':memory:')
  const notes = openRehearsalNotes()
  const arrivals = told.map((one, nth) => readArrival(JSON.stringify(one), nth + 1)) as Arrival[]
  await replay({ arrivals, until: UNTIL, from: FROM, store }, notes.note)
  return notes.page(store, rulesWith({ goLive: FROM }), FROM, UNTIL)
}

test('a team sees before it goes live what its caseload tells, whom it cannot reach, and what nobody did', async () => {
  const page = await pageOf([
    ...PEOPLE.slice(1),
    contact('C-PERSON', { email: undefined, phone: '01632 960111' }),
    order(),
    appointment('2026-03-09T14:00', { with: 'C-CM' }),
  ])
  expect(page).toContain('From Monday 2 March 2026 to Monday 16 March 2026')
  expect(page).toContain('2 March 2026</th>')
  expect(page).toContain('The busiest minute is')
  const [, unreached = '', notDone = ''] = page.split(
    '<caption class="govuk-table__caption govuk-table__caption--m">',
  )
  expect(unreached).toContain('Who could not be reached')
  expect(unreached).toMatch(/C-PERSON<.*person<.*no usable address or number</s)
  expect(notDone).toContain('Asked for, and not done by Monday 16 March 2026')
  expect(notDone).toMatch(/FAX-01<.*case manager<.*overdue</s)
  // It is handed round as one file.
  expect(page).not.toMatch(/(src|href)="(?!#|data:)/)
})

test('a caseload in which nothing is due says so', async () => {
  expect(await pageOf([])).toContain('Nothing fell due.')
})
