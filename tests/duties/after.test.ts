import { expect, test } from 'vitest'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import type { Ledger } from '../../shared/casefile/open-ledger.ts'
import { around, type Plan, plan } from '../../shared/duties/all.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { everyCasefile } from '../../shared/store/store.ts'
import { caseloadOf } from '../simulation/caseload.ts'
import { played } from './played.ts'

/** What a plan says that is not done yet. */
function said(of: Plan, ledger: Ledger, now: number) {
  const open = around(of, now).filter(({ noticeId }) => !ledger.isDone(noticeId))
  const lines = open.map(({ noticeId, due, stale, untold }) => [noticeId, due, stale, untold].join(' '))
  return { next: of.next, lines: lines.sort() }
}

test('a plan that is carried on after more was told says what a new one would', async () => {
  let compared = 0
  for (let seed = 1; seed <= 12; seed++) {
    const caseload = caseloadOf(seed)
    const store = await played(caseload, caseload.until)
    const rules = rulesWith({ goLive: caseload.goLive })
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
