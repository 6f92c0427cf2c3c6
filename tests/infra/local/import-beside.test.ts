import { expect, test } from 'vitest'
import { readCaseload, takeCaseload } from '../../../functions/acts/caseload.ts'
import type { Outcome } from '../../../functions/wake/ports.ts'
import { startMachine } from '../../../infra/local/machine.ts'
import { openWorld } from '../../../infra/local/world.ts'
import { HOUR_MS, londonTime, MINUTE_MS } from '../../../shared/calendar/london.ts'
import { kindOf } from '../../../shared/casefile/ids.ts'
import { rulesWith } from '../../../shared/planning/rules.ts'
import { sqliteStore } from '../../../shared/store/sqlite.ts'
import { ALWAYS_ON_CALL, AROUND_A_RELEASE, release } from '../../duties/releases/release-story.ts'
import { order, PEOPLE, play } from '../../story.ts'

/** A caseload that is taken in beside the work of every day, on the real clock of one machine. */

const RELEASE = [...AROUND_A_RELEASE, ALWAYS_ON_CALL, release()]
const ORDERS = Array.from({ length: 500 }, (_, nth) => order({ orderId: `O-${nth + 100}` }))
const LINES = Array.from(
  { length: 5_000 },
  (_, nth) =>
    `O-${(nth % 500) + 100},A-${nth},treatment,2026-04-${String(1 + Math.floor(nth / 500)).padStart(2, '0')} 14:00,60`,
)
const CSV = `orderId,appointmentId,kind,startsAt,durationMinutes\n${LINES.join('\n')}\n`
/** The alert falls due so soon after the import began. */
const LEAD_MS = 1_500
/** As long as an alert may take where a whole caseload is taken in beside it. */
const LATE_MS_MAX = 15_000

test('a gate alert that falls due while 5,000 lines are taken in is told long before they all are', async () => {
  const lines = await play(RELEASE, '2026-03-11T12:00:00Z')
  const due = Date.parse(lines.find(({ at, duty }) => duty === 'GATE-01' && at > '2026-03-10')?.at ?? '')
  expect(due).toBeGreaterThan(londonTime('2026-03-10', '00:00'))

  const store = sqliteStore(':memory:')
  const accepting = { send: async () => ({ is: 'accepted' }) as const }
  const [channels, rules] = [{ email: accepting, sms: accepting }, () => rulesWith()]
  const before = openWorld({ store, channels, rules, now: () => due - HOUR_MS })
  for (const told of [...RELEASE, ...PEOPLE.slice(0, 5), ...ORDERS]) await before.take(JSON.stringify(told))
  await before.settle()

  const alerts: Outcome[] = []
  const begun = performance.now()
  const now = () => due - LEAD_MS + Math.round(performance.now() - begun)
  const machine = await startMachine({
    ...{ store, channels, rules, now, linkKey: 'key', minuteMs: MINUTE_MS },
    given: (outcomes) =>
      void alerts.push(
        ...outcomes.filter(({ casefile, entry }) => kindOf(casefile) === 'release' && entry.is === 'sent'),
      ),
    failed: (what, error) => {
      throw new Error(`${what} failed`, { cause: error })
    },
    reconciled: () => {},
  })
  const caseload = await readCaseload(CSV, 'appointments', { reads: 'everything' }, { store, rules, now })
  if (caseload.is === 'wrong') throw new Error(JSON.stringify(caseload.wrong.slice(0, 3)))
  expect(caseload.events).toHaveLength(5_000)
  await takeCaseload(caseload.events, machine.take)
  const takenIn = now()
  await expect.poll(() => alerts.length, { timeout: 30_000 }).toBeGreaterThan(0)
  await machine.stop()
  store.close()

  const [alert] = alerts
  const lateness = (alert?.entry.at ?? Number.POSITIVE_INFINITY) - due
  process.stdout.write(
    `5,000 lines beside a gate alert: taken in in ${takenIn - (due - LEAD_MS)} ms, the alert ${lateness} ms late\n`,
  )
  expect(lateness).toBeLessThan(LATE_MS_MAX)
  expect(alert?.entry.at).toBeLessThan(takenIn)
}, 300_000)
