import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { refreshHolidays } from '../../functions/holidays/holidays.ts'
import { rulesReader } from '../../functions/runtime/rules-reader.ts'
import { fingerprint } from '../../shared/duties/catalogue.ts'
import { SHIPPED_HOLIDAYS } from '../../shared/planning/rules.ts'

/** What is settled while the service runs: the bank holidays, and the duties that are held back. */

const FEED = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../shared/calendar/bank-holidays.json'), 'utf8'),
)

/** Looks the bank holidays up where `kept` is written, and GOV.UK publishes `feed`. */
async function lookUp(feed: unknown, kept = '[]') {
  let known = kept
  const refreshed = await refreshHolidays({
    fetchFeed: async () => feed,
    read: async () => known,
    write: async (holidays) => {
      known = holidays
    },
  })
  return { refreshed, known }
}

test('bank holidays are kept as GOV.UK publishes them, and kept once', async () => {
  const { refreshed, known } = await lookUp(FEED)
  expect(refreshed).toEqual({ is: 'changed' })
  expect(JSON.parse(known)).toEqual(SHIPPED_HOLIDAYS)
  expect((await lookUp(FEED, known)).refreshed).toEqual({ is: 'unchanged' })
})

test.each([
  ['a page that says sorry', 'We are sorry'],
  ['a feed without England', { scotland: FEED['england-and-wales'] }],
  ['an empty feed', { 'england-and-wales': { events: [] } }],
  ['a day that is none', { 'england-and-wales': { events: Array(20).fill({ date: '2026-02-30' }) } }],
])('%s is refused, and what is known stays', async (_, feed) => {
  const { refreshed, known } = await lookUp(feed, '["2026-12-25"]')
  expect(refreshed.is).toBe('refused')
  expect(known).toBe('["2026-12-25"]')
})

test('bank holidays that somebody mistyped are replaced the next night', async () => {
  const { refreshed, known } = await lookUp(FEED, '["2026-12-25"')
  expect(refreshed).toEqual({ is: 'changed' })
  expect(JSON.parse(known)).toEqual(SHIPPED_HOLIDAYS)
})

/** The rules as they are read from parameters of which these are all versions, oldest first. */
function rulesFrom(versions: { readonly modes?: readonly string[]; readonly holidays?: readonly string[] }) {
  const env = {
    GO_LIVE: 0,
    ADDRESS: 'https://example.org',
    LETTERHEADS: {},
    CALL_FROM: '',
    BUILD: '1',
    DUTY_MODES_PARAMETER: 'modes',
    BANK_HOLIDAYS_PARAMETER: 'holidays',
  } as const
  return rulesReader(env, async (name, version) => {
    const all = (name === 'modes' ? versions.modes : versions.holidays) ?? [name === 'modes' ? '{}' : '[]']
    const nth = version ?? all.length
    return { value: all[nth - 1] ?? '', version: nth }
  })
}

test('while nobody changes a parameter the rules are the same object, so that their fingerprint is made once', async () => {
  const read = rulesFrom({})
  expect(await read()).toBe(await read())
})

test('a new bank holiday makes other rules of them, under which reconcile wakes everything', async () => {
  const holidays = ['[]']
  const read = rulesFrom({ holidays })
  const before = await read()
  expect(before.days.isWorkingDay('2026-06-15')).toBe(true)
  holidays.push(JSON.stringify(['2026-06-15']))
  const after = await read()
  expect(after.days.isWorkingDay('2026-06-15')).toBe(false)
  expect(after.days.isWorkingDay('2026-12-25')).toBe(false)
  expect(fingerprint(after)).not.toBe(fingerprint(before))
})

test('a duty that is mistyped keeps no other from being paused', async () => {
  const read = rulesFrom({ modes: ['{}', '{"FAX-1":"paused","FAX-02":"shadow"}'] })
  expect((await read()).settings.dutyModes['FAX-02']).toBe('shadow')
})

test('a duty that is mistyped ends no pause: nobody can say which duty was meant', async () => {
  const read = rulesFrom({
    modes: ['{"FAX-01":"paused","FAX-02":"paused"}', '{"FAX-1":"paused","FAX-02":"shadow"}'],
  })
  expect((await read()).settings.dutyModes).toMatchObject({ 'FAX-01': 'paused', 'FAX-02': 'shadow' })
})

test('a pause that is taken back without a mistake ends', async () => {
  const read = rulesFrom({ modes: ['{"FAX-01":"paused"}', '{"FAX-02":"paused"}'] })
  expect((await read()).settings.dutyModes).toEqual({ 'FAX-02': 'paused' })
})

test.each(['{"FAX-02":"paused"', '{"FAX-02":"off"}', '[]', 'paused'])(
  'duty modes that read %s leave the last readable ones in force, in a process that has just begun too',
  async (typo) => {
    const read = rulesFrom({ modes: ['{}', '{"FAX-01":"paused"}', typo, typo] })
    expect((await read()).settings.dutyModes).toEqual({ 'FAX-01': 'paused' })
  },
)

test.each(['["2026-06-15"', '["15 June 2026"]', '["2026-02-30"]', '{}'])(
  'bank holidays that read %s leave the last readable ones in force',
  async (typo) => {
    const { days } = await rulesFrom({ holidays: ['[]', '["2026-06-15"]', typo] })()
    expect(days.isWorkingDay('2026-06-15')).toBe(false)
  },
)

test('bank holidays written in any order count in order', async () => {
  const { days } = await rulesFrom({ holidays: ['["2026-12-28","2026-06-15"]'] })()
  expect(days.isWorkingDay('2026-08-31')).toBe(true)
  expect(days.isWorkingDay('2026-06-15')).toBe(false)
  expect(days.isWorkingDay('2027-01-01')).toBe(false)
})

test('where no version can be read it is a failure', async () => {
  await expect(rulesFrom({ modes: ['{', '{'] })()).rejects.toThrow('no version of modes can be read')
})
