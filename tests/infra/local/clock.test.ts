import { expect, onTestFinished, test } from 'vitest'
import { openClock } from '../../../infra/local/clock.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../../shared/calendar/london.ts'
import type { CasefileId } from '../../../shared/casefile/ids.ts'
import { sqliteStore } from '../../../shared/store/sqlite.ts'
import { OPENING } from '../../store/contract.ts'
import { eventually } from './throughcare.ts'

/** The clock of one machine, run sixty times as fast: a minute is over in a second. */
const MINUTE = 1_000
const NINE = Date.parse('2026-03-09T09:00:00Z')

function clockAt(nine: Instant) {
  const store = sqliteStore(':memory:')
  const handedOver: CasefileId[] = []
  const begun = Date.now()
  let putBack = 0
  const now = () => nine + ((Date.now() - begun) * MINUTE_MS) / MINUTE - putBack
  const clock = openClock({
    store,
    queue: { send: async (ids) => void handedOver.push(...ids) },
    now: () => Math.round(now()),
    minuteMs: MINUTE,
    failed(error) {
      throw error
    },
  })
  onTestFinished(async () => {
    await clock.stop()
    store.close()
  })
  const handed = (id: CasefileId) => eventually(() => (handedOver.includes(id) ? now() : undefined), 5_000)
  return {
    store,
    clock,
    handed,
    putBack(ms: number) {
      putBack = ms
    },
  }
}

test('a casefile is handed over as its wake comes, and not at the next minute', async () => {
  const { store, clock, handed } = clockAt(NINE)
  await store.takeIn('order:O-1', OPENING, NINE + 20_000)
  await clock.strike()
  const at = await handed('order:O-1')
  expect(at).toBeGreaterThanOrEqual(NINE + 20_000)
  expect(at).toBeLessThan(NINE + MINUTE_MS)
})

test('a wake that was brought forward meanwhile is not waited past', async () => {
  const { store, clock, handed } = clockAt(NINE)
  await clock.strike()
  await store.takeIn('order:O-1', OPENING, NINE + 20_000)
  clock.look()
  expect(await handed('order:O-1')).toBeLessThan(NINE + MINUTE_MS)
})

test('what nobody told the clock of, or lies behind it, is handed over within a minute', async () => {
  const { store, clock, handed } = clockAt(NINE)
  await clock.strike()
  await store.takeIn('order:O-1', OPENING, NINE - HOUR_MS)
  expect(await handed('order:O-1')).toBeLessThan(NINE + 2 * MINUTE_MS)
})

test('a clock that is put back an hour goes on handing over', async () => {
  const { store, clock, handed, putBack } = clockAt(NINE)
  await clock.strike()
  putBack(HOUR_MS)
  await store.takeIn('order:O-1', OPENING, NINE - HOUR_MS + 1)
  expect(await handed('order:O-1')).toBeLessThan(NINE - HOUR_MS + 3 * MINUTE_MS)
})
