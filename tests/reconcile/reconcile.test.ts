import { describe, expect, test } from 'vitest'
import { reconcile } from '../../functions/reconcile/reconcile.ts'
import { openWorld } from '../../infra/local/world.ts'
import { addDays, londonTime } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import { fingerprint } from '../../shared/duties/catalogue.ts'
import { type Rules, rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Part, Store } from '../../shared/store/store.ts'
import { appointment, contact, event, order, PEOPLE, type Told } from '../story.ts'

const RULES = rulesWith()

function service() {
  const store = sqliteStore(':memory:')
  let now = 0
  const accepted = { send: async () => ({ is: 'accepted' }) as const }
  const world = openWorld({
    store,
    channels: { email: accepted, sms: accepted },
    rules: () => RULES,
    now: () => now,
  })
  const at = (date: string, time: string) => {
    now = londonTime(date, time)
  }
  return {
    store,
    at,
    settle: () => world.settle(),
    async tell(...events: Told[]) {
      for (const one of events) await world.take(JSON.stringify(one))
      await world.settle()
    },
    reconcile: (rules: Rules = RULES, part?: Part, changed: Partial<Store> = {}) =>
      reconcile({ store: { ...store, ...changed }, rules, now: () => now }, part),
  }
}

const STORY = [...PEOPLE, order(), appointment('2026-03-09T14:00')]

describe('reconcile compares every plan with its ledger', () => {
  test('and reports even when all is well: what fell due is what was sent, failed, skipped or is open', async () => {
    const { at, tell, settle, reconcile } = service()
    at('2026-03-03', '10:00')
    await tell(...STORY)
    at('2026-03-10', '10:00')
    await settle()
    const report = await reconcile()
    const skipped = Object.values(report.skipped).reduce((sum, count) => sum + count, 0)
    expect(report.sent).toBeGreaterThan(0)
    expect(report.due).toBe(report.sent + report.failed + skipped + report.open)
    expect(report).toMatchObject({ woken: { otherRules: 0, overdue: 0 }, broken: [], unresolved: [] })
  })

  test('in parts as in the whole: what the parts report adds up', async () => {
    const { at, tell, settle, reconcile } = service()
    at('2026-03-03', '10:00')
    await tell(...STORY)
    at('2026-03-10', '10:00')
    await settle()
    const whole = await reconcile()
    const parts = await Promise.all([0, 1, 2].map((part) => reconcile(RULES, { part, of: 3 })))
    for (const counted of ['casefiles', 'due', 'sent', 'failed', 'open', 'delivered'] as const) {
      expect(parts.reduce((sum, report) => sum + report[counted], 0)).toBe(whole[counted])
    }
    expect(Math.max(...parts.map(({ casefiles }) => casefiles))).toBeLessThan(whole.casefiles)
  })

  test('wakes a casefile whose wake was lost, and what it owes is given', async () => {
    const { at, tell, settle, reconcile, store } = service()
    at('2026-03-03', '10:00')
    await tell(...STORY)
    const head = (await store.open('order:O-1'))?.head ?? { version: 0, wake: 0 }
    const yearsAhead = { entries: [], wake: londonTime('2029-01-01', '09:00') }
    await store.finish('order:O-1', head, yearsAhead)
    at('2026-03-08', '14:00')
    const before = await settle()
    expect(before.filter((outcome) => outcome.casefile === 'order:O-1')).toEqual([])
    expect((await reconcile()).woken.overdue).toBe(1)
    const after = await settle()
    expect(after.map((outcome) => outcome.entry.step)).toContain('day-before')
    expect((await reconcile()).woken.overdue).toBe(0)
  })

  test('a casefile that the store does not give is asked for once more, and blamed on no plan', async () => {
    const { at, tell, reconcile, store } = service()
    at('2026-03-03', '10:00')
    await tell(...STORY)
    const whole = await reconcile()
    let refusals = 0
    const refusing = (times: number): Partial<Store> => ({
      async open(id) {
        if (id === 'order:O-1' && refusals++ < times) throw new Error('throttled')
        return store.open(id)
      },
    })
    expect(await reconcile(RULES, undefined, refusing(1))).toEqual(whole)
    refusals = 0
    const report = await reconcile(RULES, undefined, refusing(2))
    expect(report).toMatchObject({ notCompared: ['order:O-1'], broken: [], casefiles: whole.casefiles - 1 })
  })

  test('a neighbour that the store does not give is the store’s fault too', async () => {
    const { at, tell, reconcile } = service()
    at('2026-03-03', '10:00')
    await tell(...STORY)
    at('2026-03-08', '14:00')
    const down = async () => {
      throw new Error('down')
    }
    const report = await reconcile(RULES, undefined, { events: down })
    expect(report.notCompared).toContain('order:O-1')
    expect(report.broken).toEqual([])
  })

  test('a plan that throws is told from all that, and never asked for twice', async () => {
    const { at, tell, reconcile, store } = service()
    at('2026-03-03', '10:00')
    await tell(...STORY)
    const opened: CasefileId[] = []
    const report = await reconcile(RULES, undefined, {
      async open(id) {
        opened.push(id)
        const stored = await store.open(id)
        return id === 'order:O-1' && stored ? { ...stored, events: [null as never] } : stored
      },
    })
    expect(report).toMatchObject({ broken: ['order:O-1'], notCompared: [] })
    expect(opened.filter((id) => id === 'order:O-1')).toHaveLength(1)
  })

  test('wakes every casefile that was planned under other rules, once', async () => {
    const { at, tell, reconcile, settle } = service()
    at('2026-03-03', '10:00')
    await tell(...STORY)
    const others = rulesWith({ promptAt: '10:00' })
    const report = await reconcile(others)
    expect(report.woken.otherRules).toBe(report.casefiles)
    await settle()
    expect((await reconcile()).woken.otherRules).toBe(0)
  })

  test('wakes a contact who was named and never planned for, once: an earlier version listed none', async () => {
    const { at, tell, reconcile, settle, store } = service()
    at('2026-03-03', '10:00')
    await tell(
      event('2026-03-03T10:00', 'prison.updated', { prisonId: 'MDI', name: 'HMP Alder', governor: 'C-GOV' }),
    )
    const named: CasefileId = 'contact:C-GOV'
    expect((await store.open(named))?.head).toMatchObject({ plannedUnder: undefined })
    expect((await reconcile()).woken).toEqual({ otherRules: 1, overdue: 0 })
    await settle()
    expect((await store.open(named))?.head.plannedUnder).toBe(fingerprint(RULES))
    expect((await reconcile()).woken).toEqual({ otherRules: 0, overdue: 0 })
  })

  test('names a gate meeting that nobody will hear of again, and nobody closed', async () => {
    const { at, tell, settle, reconcile } = service()
    at('2026-03-02', '10:00')
    await tell(
      contact('C-DUTY'),
      event('2026-03-02T10:00', 'release.planned', {
        releaseId: 'R-1',
        area: 'NORTH',
        releaseOn: '2026-03-12',
        initials: 'AB',
        dutyOfficer: 'C-DUTY',
        gateTime: '09:00',
      }),
    )
    expect((await reconcile()).unresolved).toEqual([])
    for (let day = 0; day < 14; day++) {
      at(addDays('2026-03-02', day), '23:00')
      await settle()
    }
    expect((await reconcile()).unresolved).toEqual([{ casefile: 'release:R-1', releaseId: 'R-1' }])
    await tell(
      event('2026-03-15T10:00', 'gate-meeting.closed', { releaseId: 'R-1', outcome: 'met', by: 'C-DUTY' }),
    )
    expect((await reconcile()).unresolved).toEqual([])
  })
})
