import { expect, test } from 'vitest'
import { type Arrival, readArrival } from '../../infra/local/arrivals.ts'
import { replay } from '../../infra/local/replay.ts'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { DAY_MS, earliest, type Instant, londonTime } from '../../shared/calendar/london.ts'
import { type Casefile, openCasefile } from '../../shared/casefile/casefile.ts'
import { plan } from '../../shared/duties/all.ts'
import type { Planned } from '../../shared/planning/duty.ts'
import { type Rules, rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { caseloadOf } from '../simulation/caseload.ts'
import { played } from './played.ts'

/** As it lies in the middle of its time, with much behind and much ahead. */
const MIDDLE = londonTime('2026-09-15', '12:00')
const rules = rulesWith()
/** A plan to the end mentions also what need not be told, and one until an instant only some of it. */
const isNeeded = ({ untold }: Planned) => untold !== 'not-needed'
const looked = ({ noticeId, due, stale, untold }: Planned) => ({ noticeId, due, stale, untold })

test('a plan until an instant is what one without end says until then, and knows when the first after it lies', async () => {
  const store = sqliteStore(':memory:')
  const arrivals = sampleCaseload().map((event, n) => readArrival(JSON.stringify(event), n + 1) as Arrival)
  await replay({ arrivals, until: MIDDLE, store }, () => {})
  let planned = 0
  const notNeeded = new Set<string>()
  for (const { id } of await store.casefiles({ part: 0, of: 1 })) {
    const { events = [], entries = [] } = (await store.open(id)) ?? {}
    const casefile = openCasefile(id, events, entries)
    const whole = plan(casefile, rules)
    for (const one of whole.notices) if (!isNeeded(one)) notNeeded.add(`${one.duty} ${one.step}`)
    const asOneFallsDue = whole.notices.filter(({ due }) => due > MIDDLE).map(({ due }) => due)
    const days = [-200, -30, 0, 1, 28, 200].map((count) => MIDDLE + count * DAY_MS)
    planned += compared(casefile, rules, [...days, ...asOneFallsDue.slice(0, 5)])
  }
  expect(planned).toBeGreaterThan(1_000)
  // A contact sheet that came in time.
  expect([...notNeeded]).toEqual(expect.arrayContaining(['FAX-01 overdue', 'FAX-01 missing']))
  store.close()
})

test('no step is left out because its row is over that a look at the step itself would owe, however facts come', async () => {
  let planned = 0
  for (let seed = 1; seed <= 20; seed++) {
    const caseload = caseloadOf(seed)
    const { until, goLive } = caseload
    const store = await played(caseload, until)
    for (const { id } of await store.casefiles({ part: 0, of: 1 })) {
      const { events = [] } = (await store.open(id)) ?? {}
      const instants = [-14, -3, 0, 14].map((days) => until + days * DAY_MS)
      planned += compared(openCasefile(id, events, []), rulesWith({ goLive }), instants)
    }
    store.close()
  }
  expect(planned).toBeGreaterThan(1_000)
})

/** How many notices a casefile has until each of some instants, which are those of a plan to the end. */
function compared(casefile: Casefile, rules: Rules, instants: readonly Instant[]): number {
  const whole = plan(casefile, rules)
  expect(whole.next).toBeUndefined()
  let planned = 0
  for (const until of instants) {
    const { notices, next } = plan(casefile, rules, until)
    const sooner = whole.notices.filter((one) => one.due <= until && isNeeded(one))
    expect(notices.filter(isNeeded).map(looked)).toEqual(sooner.map(looked))
    const ahead = whole.notices.filter(
      ({ due, untold }) => due > until && (!untold || untold === 'in-custody'),
    )
    const first = earliest(...ahead.map(({ due }) => due))
    expect({ id: casefile.id, until, next }).toEqual({ id: casefile.id, until, next: first })
    planned += notices.length
  }
  return planned
}
