import { describe, expect, test } from 'vitest'
import { forEachConcurrently } from '../../functions/concurrency.ts'
import { SWEEP_MS, tick, type WakeQueue } from '../../functions/tick/tick.ts'
import { MINUTE_MS } from '../../shared/calendar/london.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { OPENING } from '../store/contract.ts'

/** At a minute on which all that is due is handed over. */
const NINE = Date.parse('2026-03-09T09:00:00Z')
const MANY = Array.from({ length: 4_321 }, (_, index): CasefileId => `order:O-${index}`)

/** A store in which casefiles are due since nine, a queue that keeps what it is given, and a clock. */
async function service(due: readonly CasefileId[]) {
  const store = sqliteStore(':memory:')
  await Promise.all(due.map((id) => store.takeIn(id, OPENING, NINE)))
  const queued: CasefileId[] = []
  const clock = { now: NINE }
  const queue: WakeQueue = {
    async send(ids) {
      queued.push(...ids)
    },
  }
  return { store, queued, queue, clock, now: () => clock.now }
}

describe('the tick', () => {
  test('hands over each casefile that is due, and what nobody woken has taken up once more in five minutes', async () => {
    const { store, queued, queue, clock, now } = await service(MANY)
    expect(await tick({ store, queue, now })).toBe(MANY.length)
    expect(queued.toSorted()).toEqual(MANY.toSorted())
    for (clock.now = NINE + 2 * MINUTE_MS; clock.now < NINE + SWEEP_MS; clock.now += MINUTE_MS)
      expect(await tick({ store, queue, now })).toBe(0)
    expect(await tick({ store, queue, now })).toBe(MANY.length)
  })

  test('hands over by the minute what has come due since the last, seconds early or late', async () => {
    const { store, queued, queue, clock, now } = await service([])
    await store.takeIn('order:O-1', OPENING, NINE + MINUTE_MS - 1_000)
    clock.now = NINE + MINUTE_MS - 2_000
    expect(await tick({ store, queue, now })).toBe(0)
    clock.now = NINE + 2 * MINUTE_MS + 2_000
    expect(await tick({ store, queue, now })).toBe(1)
    expect(queued).toEqual(['order:O-1'])
  })

  test('writes nothing: a wake is moved by the waker that took it up', async () => {
    const { store, queue, now } = await service(MANY.slice(0, 1))
    const [id = 'order:O-0'] = MANY
    const before = await store.open(id)
    await tick({ store, queue, now })
    expect(await store.open(id)).toEqual(before)
  })

  test('leaves what it cannot reach within its minute to the next sweep, which hands that over', async () => {
    const { store, queued, queue, clock, now } = await service(MANY)
    const slow: WakeQueue = {
      async send(ids) {
        clock.now += 200
        await queue.send(ids)
      },
    }
    expect(await tick({ store, queue: slow, now })).toBeLessThan(MANY.length)
    expect(clock.now).toBeLessThan(NINE + MINUTE_MS)
    clock.now = NINE + SWEEP_MS
    await tick({ store, queue, now })
    expect(new Set(queued)).toEqual(new Set(MANY))
  })

  test('throws when the queue refuses, and what was refused is handed over with the next sweep', async () => {
    const { store, queued, queue, clock, now } = await service(MANY.slice(0, 100))
    const refuses: WakeQueue = {
      async send(ids) {
        if (ids.includes('order:O-42')) throw new Error('refused')
        await queue.send(ids)
      },
    }
    await expect(tick({ store, queue: refuses, now })).rejects.toThrow('refused')
    expect(queued).not.toContain('order:O-42')
    clock.now = NINE + SWEEP_MS
    await tick({ store, queue, now })
    expect(new Set(queued)).toEqual(new Set(MANY.slice(0, 100)))
  })
})

describe('what is worked on side by side', () => {
  test.each([1, 3, 50])('is every item, %d at once at most', async (atOnce) => {
    const done: number[] = []
    let hands = 0
    let most = 0
    await forEachConcurrently(
      Array.from({ length: 20 }, (_, index) => index),
      atOnce,
      async (item) => {
        most = Math.max(most, ++hands)
        await new Promise(setImmediate)
        done.push(item)
        hands--
      },
    )
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index))
    expect(most).toBe(Math.min(atOnce, 20))
  })

  test('ends with the first failure: what is in hand is finished, and nothing more begun', async () => {
    const begun: number[] = []
    const finished: number[] = []
    const work = forEachConcurrently([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, async (item) => {
      begun.push(item)
      if (item === 2) throw new Error('two')
      await new Promise((resolve) => setTimeout(resolve, 5))
      finished.push(item)
    })
    await expect(work).rejects.toThrow('two')
    expect(begun).toEqual([1, 2, 3])
    expect(finished).toEqual([1, 3])
  })
})
