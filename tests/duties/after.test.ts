import { expect, test } from 'vitest'
import { type Arrival, readArrival } from '../../infra/local/arrivals.ts'
import { replay } from '../../infra/local/replay.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import type { Ledger } from '../../shared/casefile/open-ledger.ts'
import { around, type Plan, plan } from '../../shared/duties/all.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { everyCasefile } from '../../shared/store/store.ts'
import { caseloadOf } from '../simulation/caseload.ts'

/** What a plan says that is not done yet. */
function said(of: Plan, ledger: Ledger, now: number) {
  const open = around(of, now).filter(({ noticeId }) => !ledger.isDone(noticeId))
  const lines = open.map(({ noticeId, due, stale, untold }) => [noticeId, due, stale, untold].join(' '))
  return { next: of.next, lines: lines.sort() }
}

test('a plan that is carried on after more was told says what a new one would', async () => {
  let compared = 0
  for (let seed = 1; seed <= 12; seed++) {
    const { known, coming, until, goLive } = caseloadOf(seed)
    const told = [...known, ...coming.filter((one) => !one.refusal).map((one) => one.told)]
    const read = told.map((one, line) => readArrival(JSON.stringify(one), line))
    const arrivals = read.filter((one): one is Arrival => 'at' in one)
    const store = sqliteStore(':memory:')
    await replay({ arrivals, until, store }, () => {})
    const rules = rulesWith({ goLive })
    for await (const { id } of everyCasefile(store)) {
      const { events, entries = [] } = (await store.open(id)) ?? {}
      if (!events || entries.length === 0) continue
      const inTurn = entries.toSorted((a, b) => a.at - b.at)
      const whole = openCasefile(id, events, [])
      for (const { at: now } of inTurn) {
        const before = whole.withEntries(inTurn.filter(({ at }) => at < now))
        const left = whole.withEntries(inTurn.filter(({ at }) => at <= now))
        const carriedOn = plan(before, rules, now).after(left.ledger)
        expect(said(carriedOn, left.ledger, now)).toEqual(said(plan(left, rules, now), left.ledger, now))
        compared++
      }
    }
    store.close()
  }
  expect(compared).toBeGreaterThan(100)
})
