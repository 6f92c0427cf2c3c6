import { expect, test } from 'vitest'
import { reconcile } from '../../functions/reconcile/reconcile.ts'
import { readArrival } from '../../infra/local/arrivals.ts'
import { noticeLine } from '../../infra/local/notice-line.ts'
import { CAUGHT } from '../../infra/local/outbox.ts'
import { openTimeline } from '../../infra/local/timeline.ts'
import { DAY_MS, londonTime } from '../../shared/calendar/london.ts'
import { unknownDuties } from '../../shared/duties/all.ts'
import { DutyModes, rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import { appointment, order, PEOPLE } from '../story.ts'

/** A duty is tried out in shadow before it is switched on, and one that does harm is paused: for whole stories. */

const MODES = { on: {}, shadow: { 'ATR-01': 'shadow' }, paused: { 'ATR-01': 'paused' } } as const
type Mode = keyof typeof MODES

/** What becomes of the reminders of appointments at two o'clock on the 9th and the 16th of March. */
async function remindersUnder(changes: readonly (readonly [at: string, mode: Mode])[]) {
  const told = [
    ...PEOPLE,
    order(),
    appointment('2026-03-09T14:00'),
    appointment('2026-03-16T14:00', { appointmentId: 'A-2' }),
  ]
  const coming = told
    .map((one, line) => readArrival(JSON.stringify(one), line))
    .filter((arrival) => 'at' in arrival)
    .sort((a, b) => a.at - b.at)
  let rules = rulesWith()
  const store = sqliteStore(':memory:')
  const timeline = openTimeline({ coming, store, channels: CAUGHT, rules: () => rules })
  const lines: string[] = []
  const goTo = async (until: number) => {
    for (let at = await timeline.ahead(); at !== undefined && at <= until; at = await timeline.ahead()) {
      const { outcomes } = await timeline.goTo(at)
      for (const line of outcomes.map(noticeLine)) {
        const isReminder = line.duty === 'ATR-01' && line.step !== 'day-list'
        if (isReminder) lines.push(`${line.at} ${line.step} ${line.to} ${line.reason ?? line.outcome}`)
      }
    }
  }
  for (const [at, mode] of changes) {
    const instant = londonTime(at.slice(0, 10), at.slice(11))
    await goTo(instant)
    rules = rulesWith({ dutyModes: MODES[mode] })
    await reconcile({ store, rules, now: () => instant })
  }
  await goTo(londonTime('2026-03-16', '14:00') + DAY_MS)
  store.close()
  return lines
}

const SENT = [
  '2026-03-08T14:00:00Z day-before C-PERSON sent',
  '2026-03-09T12:00:00Z same-day C-PERSON sent',
  '2026-03-15T14:00:00Z day-before C-PERSON sent',
  '2026-03-16T12:00:00Z same-day C-PERSON sent',
]

test('a duty that nobody holds back tells', async () => {
  expect(await remindersUnder([])).toEqual(SENT)
})

test('a duty in shadow tells nobody, and its ledger says whom it would have told and when; no worker is asked to ring', async () => {
  const lines = await remindersUnder([['2026-03-01T00:00', 'shadow']])
  expect(lines).toEqual(SENT.map((line) => line.replace(/sent$/, 'shadow')))
})

test('a duty that is switched on tells from then on, and never what it kept in shadow', async () => {
  const lines = await remindersUnder([
    ['2026-03-01T00:00', 'shadow'],
    ['2026-03-12T00:00', 'on'],
  ])
  expect(lines.map((line) => line.split(' ').at(-1))).toEqual(['shadow', 'shadow', 'sent', 'sent'])
})

test('what a pause held back is told when it ends, if it still matters', async () => {
  const lines = await remindersUnder([
    ['2026-03-08T12:00', 'paused'],
    ['2026-03-08T16:00', 'on'],
  ])
  expect(lines).toEqual([SENT[0]?.replace('T14', 'T16'), ...SENT.slice(1)])
})

test('what a pause held back for too long is never told', async () => {
  const lines = await remindersUnder([
    ['2026-03-08T12:00', 'paused'],
    ['2026-03-10T12:00', 'on'],
  ])
  const told = lines.filter((line) => line.endsWith('sent'))
  expect(told).toEqual(SENT.slice(2))
  expect(lines.filter((line) => !told.includes(line)).every((line) => line.endsWith('stale'))).toBe(true)
})

test('a duty that does not exist is known for one', () => {
  expect(unknownDuties(DutyModes.parse({ 'ATR-01': 'paused', 'ATR-1': 'shadow' }))).toEqual(['ATR-1'])
  expect(DutyModes.safeParse({ 'ATR-01': 'off' }).success).toBe(false)
})
