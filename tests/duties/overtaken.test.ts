import { expect, test } from 'vitest'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { openCasefile } from '../../shared/casefile/casefile.ts'
import { compareEvents, type DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import { around, plan } from '../../shared/duties/all.ts'
import type { Planned } from '../../shared/planning/duty.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { caseloadOf } from '../simulation/caseload.ts'

/**
 * What fell due, and was given by nobody before a fact came that ends it, is not gone: it is no longer true, and that is
 * said. So whatever is owed before a fact is in the plan after it, told or not.
 */

const rules = rulesWith()
const SEEDS = 200

/** A day list is looked at each morning afresh, and a mailbox owes nothing. */
const isLookedAt = (id: CasefileId) => kindOf(id) !== 'contact' && kindOf(id) !== 'address'

/** Once somebody has accepted, the same is said to them, or asked of them, and to nobody else. */
const SAID_TO_WHO_ACCEPTED = /^GATE-(01 outcome|08 out-now) after gate-meeting\.accepted/

function casefilesIn(wires: Iterable<object>): Map<CasefileId, DomainEvent[]> {
  const casefiles = new Map<CasefileId, DomainEvent[]>()
  for (const wire of wires) {
    const reading = readEvent(JSON.stringify(wire), Number.MAX_SAFE_INTEGER / 2)
    if (reading.is !== 'event') continue
    for (const id of casefilesOf(reading.event).filter(isLookedAt)) {
      casefiles.set(id, [...(casefiles.get(id) ?? []), reading.event])
    }
  }
  return casefiles
}

/** The owed notices of which nothing is left after a fact, with the fact. */
function* goneFrom(id: CasefileId, events: DomainEvent[]): Iterable<string> {
  const facts = [...Map.groupBy(events.toSorted(compareEvents), ({ at }) => at)]
  const known: DomainEvent[] = []
  let owed: Planned[] = []
  for (const [nth, [at, some]] of facts.entries()) {
    known.push(...some)
    const next = facts[nth + 1]?.[0] ?? at
    const planned = around(plan(openCasefile(id, known, []), rules, next), at)
    const left = new Set(planned.map(({ noticeId }) => noticeId))
    const gone = owed.filter(({ noticeId }) => !left.has(noticeId))
    for (const { duty, step, noticeId } of gone) yield `${duty} ${step} after ${some[0]?.type}: ${noticeId}`
    owed = planned.filter(({ due, untold }) => due < next && (!untold || untold === 'no-longer-true'))
  }
}

test('what was owed before a fact is in the plan after it, if only to say that it is no longer true', () => {
  const stories = Array.from({ length: SEEDS }, (_, seed) => caseloadOf(seed))
  const caseloads = [
    sampleCaseload(),
    ...stories.map(({ known, coming }) => [...known, ...coming.map(({ told }) => told)]),
  ]
  const gone = caseloads.flatMap((wires) =>
    [...casefilesIn(wires)].flatMap(([id, events]) => [...goneFrom(id, events)]),
  )
  expect(gone.filter((one) => !SAID_TO_WHO_ACCEPTED.test(one))).toEqual([])
})
