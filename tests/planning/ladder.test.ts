import { expect, test } from 'vitest'
import { DAY_MS, londonTime } from '../../shared/calendar/london.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import { openLedger } from '../../shared/casefile/open-ledger.ts'
import { ladder } from '../../shared/planning/ladder.ts'

/** What nobody does anything about is told to two people every day, at nine of 9 March 2026 and without end. */

const FIRST = londonTime('2026-03-09', '09:00')
const TEXT = { en: { subject: '', text: '' }, cy: { subject: '', text: '' } }
const ROLES = ['offender-manager', 'case-manager'] as const

function plannedFor(days: number, entries: readonly Entry[] = []) {
  let looked = 0
  function* everyDay() {
    for (let day = 0; ; day++) {
      looked++
      yield { step: 'ask', label: `${day}`, due: FIRST + day * DAY_MS }
    }
  }
  const notices = ladder(
    openCasefile('order:O-1', [], []),
    {
      ...{ duty: 'FAX-05', occasion: 'A-1', hours: 'any', because: [], rungs: everyDay() },
      until: () => false,
      telling: () => ({ tell: ROLES.map((role) => ({ role, to: [] })), text: TEXT }),
    },
    { ledger: openLedger(entries, []), until: FIRST + days * DAY_MS },
  )
  return { notices, looked }
}

const told = ({ step, due, role }: { step: string; due: number; role: string }) =>
  `${step} ${(due - FIRST) / DAY_MS} ${role}`

test('of what recurs without end only the first day beyond what was asked for is planned, and none after it', () => {
  const { notices, looked } = plannedFor(1)
  expect(notices.map(told)).toEqual([0, 1, 2].flatMap((day) => ROLES.map((role) => `ask ${day} ${role}`)))
  expect(looked).toBe(4)
})

test('who was told of a day is not told of it again, while the other still is', () => {
  const [first] = plannedFor(0).notices
  const { noticeId = '', due = 0 } = first ?? {}
  const skipped = { is: 'skipped', noticeId, due, at: due, reason: 'absent', misses: [] } as never
  expect(plannedFor(0, [skipped]).notices.map(told)).toEqual(plannedFor(0).notices.slice(1).map(told))
})
