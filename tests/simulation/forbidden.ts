import { DAY_MS, type Instant, londonDate, londonTime } from '../../shared/calendar/london.ts'
import { compareEvents, type DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, kindOf, subjectOf } from '../../shared/casefile/ids.ts'
import type { Role } from '../../shared/casefile/ledger.ts'
import { isOfPerson, whereTo } from '../../shared/casefile/movements.ts'
import type { Notice } from '../../shared/planning/duty.ts'

type Told = Pick<Notice, 'duty' | 'step' | 'occasion' | 'due'>

/**
 * Why something must not be told on these events, in the plainest reading of them, which shares nothing with the
 * rows; undefined when it may be.
 */
export function forbidden(
  id: CasefileId,
  events: readonly DomainEvent[],
  told: Told,
  role: Role,
  at: Instant,
): string | undefined {
  const known = events.toSorted(compareEvents)
  const row = `${told.duty} ${told.step}`
  if (isDead(known) && !AFTER_A_DEATH.has(row)) return 'the person is known to have died'
  if (kindOf(id) === 'order' && role === 'person' && isInCustody(known, told.due)) {
    return 'the person was in prison when it was due'
  }
  if (kindOf(id) === 'release') {
    if (isOff(known, subjectOf(told.occasion)) && !ONCE_IT_IS_OFF.has(row)) return 'the release is off'
    const isLate = at > londonTime(londonDate(told.due + DAY_MS), '20:00')
    if (isLate && OF_A_DAY.has(row)) return 'its fact is days old'
  }
  return undefined
}

const AFTER_A_DEATH = new Set(['DEATH-01 told', 'GATE-02 stand-down'])
/** A death, and that it was told in error, is told to those whom it concerns whatever became of the release. */
const ONCE_IT_IS_OFF = new Set([
  ...['GATE-02 stand-down', 'GATE-01 not-met', 'DEATH-01 told', 'DEATH-01 withdrawn'],
])
/** Told on the day of its fact or the next, until 20:00, or not at all. */
const OF_A_DAY = new Set([
  ...['GATE-08 out-now', 'GATE-08 perhaps-out', 'GATE-29 moved', 'GATE-02 stand-down', 'GATE-01 not-met'],
])

function isDead(known: readonly DomainEvent[]): boolean {
  const last = known.findLast((event) => event.type === 'person.died')
  return last !== undefined && last.info.withdrawn !== true
}

/** Whether somebody was in prison at a moment, as far as is known now. */
function isInCustody(known: readonly DomainEvent[], at: Instant): boolean {
  let isIn = false
  for (const event of known.filter((one) => one.at <= at)) isIn = whereaboutsAfter(event) ?? isIn
  return isIn
}

/** Where an event says that somebody is: in prison, out of it, or nothing. */
function whereaboutsAfter(event: DomainEvent): boolean | undefined {
  switch (event.type) {
    case 'prison-offender-events.prisoner.received':
    case 'prisoner-offender-search.prisoner.received':
      return isOfPerson(event) || undefined
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
      return whereTo(event) === 'home' ? false : undefined
    case 'contact-sheet.submitted':
      return event.info.attendance === 'attended' ? false : undefined
    case 'order.varied':
      return event.info.inCustody
    default:
      return undefined
  }
}

/** Whether a release was called off, or closed, and not planned again. */
function isOff(known: readonly DomainEvent[], releaseId: string): boolean {
  const last = known.findLast(
    (event) =>
      /^release\.(planned|possible|cancelled|closed)$/.test(event.type) &&
      'releaseId' in event.info &&
      event.info.releaseId === releaseId,
  )
  return last?.type === 'release.cancelled' || last?.type === 'release.closed'
}
