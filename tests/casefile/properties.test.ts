import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { around, plan } from '../../shared/duties/all.ts'
import { rulesWith } from '../../shared/planning/rules.ts'

const rules = rulesWith()

/** The sample caseload by casefile. */
const casefiles = new Map<CasefileId, DomainEvent[]>()
for (const wire of sampleCaseload()) {
  const reading = readEvent(JSON.stringify(wire), Number.MAX_SAFE_INTEGER / 2)
  if (reading.is !== 'event') continue
  for (const id of casefilesOf(reading.event)) {
    const events = casefiles.get(id) ?? []
    if (!events.some((known) => known.eventId === reading.event.eventId)) events.push(reading.event)
    casefiles.set(id, events)
  }
}
const someCasefile = fc.constantFrom(...casefiles.entries())

const planOf = (id: CasefileId, events: readonly DomainEvent[]) => {
  const last = Math.max(...events.map((event) => event.at))
  return around(plan(openCasefile(id, events, []), rules), last).map(({ bind: _, ...notice }) => notice)
}

describe('whatever the caseload', () => {
  test('any order of the same events ends in the same plan', () => {
    fc.assert(
      fc.property(someCasefile, fc.infiniteStream(fc.nat()), ([id, events], picks) => {
        const rest = [...events]
        const shuffled = events.flatMap(() => rest.splice((picks.next().value as number) % rest.length, 1))
        expect(planOf(id, shuffled)).toEqual(planOf(id, events))
      }),
      { numRuns: 60 },
    )
  })

  test('every noticeId is a legal tag that begins with its casefile, and none is planned twice', () => {
    for (const [id, events] of casefiles) {
      const ids = planOf(id, events).map((notice) => notice.noticeId)
      for (const noticeId of ids) {
        expect(noticeId).toMatch(/^[A-Za-z0-9_-]{1,256}$/)
        expect(noticeId.startsWith(`${id.replace(':', '_')}_`)).toBe(true)
      }
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  test('every notice says why: the events that made it are in its casefile', () => {
    for (const [id, events] of casefiles) {
      const known = new Set(events.map((event) => event.eventId))
      for (const { because, noticeId } of planOf(id, events)) {
        expect(because.length, noticeId).toBeGreaterThan(0)
        expect(because.filter((eventId) => !known.has(eventId), noticeId)).toEqual([])
      }
    }
  })

  test('nothing goes stale before it is due', () => {
    for (const [id, events] of casefiles) {
      for (const { due, stale, noticeId } of planOf(id, events)) {
        if (stale !== undefined) expect(stale, noticeId).toBeGreaterThanOrEqual(due)
      }
    }
  })
})
