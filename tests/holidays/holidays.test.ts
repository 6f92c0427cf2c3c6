import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { refreshHolidays } from '../../functions/holidays/holidays.ts'
import { rulesReader } from '../../functions/runtime/rules-reader.ts'
import type { LocalDate } from '../../shared/calendar/london.ts'
import { fingerprint } from '../../shared/duties/catalogue.ts'
import { SHIPPED_HOLIDAYS } from '../../shared/planning/rules.ts'

/** What is settled while the service runs: the bank holidays, and the duties that are held back. */

const FEED = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../shared/calendar/bank-holidays.json'), 'utf8'),
)

/** Looks the bank holidays up where `kept` are known, and GOV.UK publishes `feed`. */
async function lookUp(feed: unknown, kept: readonly LocalDate[] = []) {
  let known = kept
  const refreshed = await refreshHolidays({
    fetchFeed: async () => feed,
    read: async () => known,
    keep: async (holidays) => {
      known = holidays
    },
  })
  return { refreshed, known }
}

test('bank holidays are kept as GOV.UK publishes them, and kept once', async () => {
  const { refreshed, known } = await lookUp(FEED)
  expect(refreshed).toEqual({ is: 'changed' })
  expect(known).toEqual(SHIPPED_HOLIDAYS)
  expect((await lookUp(FEED, known)).refreshed).toEqual({ is: 'unchanged' })
})

test.each([
  ['a page that says sorry', 'We are sorry'],
  ['a feed without England', { scotland: FEED['england-and-wales'] }],
  ['an empty feed', { 'england-and-wales': { events: [] } }],
  ['a day that is none', { 'england-and-wales': { events: Array(20).fill({ date: '2026-02-30' }) } }],
])('%s is refused, and what is known stays', async (_, feed) => {
  const { refreshed, known } = await lookUp(feed, ['2026-12-25'])
  expect(refreshed.is).toBe('refused')
  expect(known).toEqual(['2026-12-25'])
})

/** The rules as they are read from parameters that `written` changes. */
function rulesFrom(written: Record<string, string>) {
  const told = {
    GO_LIVE: 0,
    ADDRESS: 'https://example.org',
    BUILD: '1',
    DUTY_MODES_PARAMETER: 'held',
    BANK_HOLIDAYS_PARAMETER: 'holidays',
  }
  return rulesReader(told, async (name) => written[name] ?? '')
}

test('while nobody changes a parameter the rules are the same object, so that their fingerprint is made once', async () => {
  const read = rulesFrom({ held: '{}', holidays: '[]' })
  expect(await read()).toBe(await read())
})

test('a new bank holiday makes other rules of them, under which reconcile wakes everything', async () => {
  const written = { held: '{}', holidays: '[]' }
  const read = rulesFrom(written)
  const before = await read()
  expect(before.days.isWorkingDay('2026-06-15')).toBe(true)
  written.holidays = JSON.stringify(['2026-06-15'])
  const after = await read()
  expect(after.days.isWorkingDay('2026-06-15')).toBe(false)
  expect(after.days.isWorkingDay('2026-12-25')).toBe(false)
  expect(fingerprint(after)).not.toBe(fingerprint(before))
})

test('a duty that is mistyped keeps no other from being held back', async () => {
  const read = rulesFrom({ held: '{"FAX-1":"paused","FAX-02":"shadow"}', holidays: '[]' })
  expect((await read()).settings.dutyModes['FAX-02']).toBe('shadow')
})
