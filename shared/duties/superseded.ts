import { endOfDay, type Instant, londonTime, monthsAfter } from '../calendar/london.ts'
import { fold } from '../casefile/casefile.ts'
import { type Clearance, lapseOf } from '../casefile/clearance.ts'
import { compareEvents, type DomainEvent } from '../casefile/events.ts'
import { type CasefileId, type Kind, kindOf } from '../casefile/ids.ts'
import { gateTimeOf } from '../casefile/release.ts'

/** The longest an order can last, with an extension for breach: a worker's casefile does not learn of its end. */
const ORDER_MONTHS_MAX = 42

/** The old facts, of a casefile that lasts, that no longer matter; given oldest first. */
export function superseded(
  kind: Kind,
  facts: readonly DomainEvent[],
  isOld: (instant: Instant) => boolean,
): ReadonlySet<DomainEvent> {
  const subjects = Map.groupBy(facts, subjectOf)
  return new Set([...subjects.values()].flatMap((some) => supersededOfOne(kind, some, isOld)))
}

/** What a fact is about within its casefile: it affects nothing else there. */
function subjectOf({ info }: DomainEvent): unknown {
  const { orderId, clearanceId, releaseId, casefile }: Record<string, unknown> = info
  return orderId ?? clearanceId ?? releaseId ?? casefile
}

/**
 * The old facts about one thing without which the rest say the same. Many are left out at a time, halved if that
 * changes something: usually nothing old matters any more, or one fact does.
 */
function supersededOfOne(
  kind: Kind,
  facts: readonly DomainEvent[],
  isOld: (instant: Instant) => boolean,
): DomainEvent[] {
  const says = (some: readonly DomainEvent[]) => JSON.stringify(stillSays(kind, some, isOld))
  const said = says(facts)
  const gone = new Set<DomainEvent>()
  const leaveOut = (some: readonly DomainEvent[]): void => {
    const without = new Set([...gone, ...some])
    if (says(facts.filter((event) => !without.has(event))) === said) for (const one of some) gone.add(one)
    else if (some.length > 1) {
      const half = some.length >> 1
      leaveOut(some.slice(0, half))
      leaveOut(some.slice(half))
    }
  }
  const old = facts.filter(({ at }) => isOld(at))
  if (old.length > 0) leaveOut(old)
  return [...gone]
}

/** The part of a state that still matters: events without which it stays the same are superseded. */
function stillSays(
  kind: Kind,
  events: readonly DomainEvent[],
  isOld: (instant: Instant) => boolean,
): unknown {
  switch (kind) {
    case 'contact': {
      const { orders, namedIn, days, ...rest } = fold('contact', events)
      const lasting = Object.entries(namedIn).filter(([id]) => kindOf(id as CasefileId) !== 'release')
      const named = Object.values(orders)
        .flatMap((naming) => naming.slice(-1))
        .filter((last) => !isOld(monthsAfter(last.at, ORDER_MONTHS_MAX)))
      const ahead = Object.keys(days).filter((day) => !isOld(endOfDay(day)))
      return [rest, named.map(({ eventId }) => eventId).sort(), lasting.sort(), ahead.sort()]
    }
    case 'address': {
      const { contactIds, failedAt, isComplainedOf, isStopped, told } = fold('address', events)
      return [
        contactIds.toSorted(),
        failedAt,
        isComplainedOf,
        isStopped,
        told.map((one) => one.casefile).sort(),
      ]
    }
    case 'prison': {
      const { details, partnership, clearances } = fold('prison', events)
      const standing = Object.values(clearances.byId).flatMap((one) => stillStanding(one, isOld))
      return [details, partnership?.eventId, standing.sort()]
    }
    case 'rota': {
      const { owner, shifts, gates } = fold('rota', events)
      const ahead = Object.values(gates).filter((gate) => !isOld(gateTimeOf(gate) ?? 0))
      return [
        owner,
        shifts.filter(({ to }) => !isOld(to)),
        ahead.toSorted((a, b) => (a.releaseId < b.releaseId ? -1 : 1)),
      ]
    }
    default:
      return events
  }
}

/** For a clearance, the events that decide whether it is or was in force since: by eventId. */
function stillStanding({ confirmed, ended }: Clearance, isOld: (instant: Instant) => boolean): string[] {
  const before = confirmed.findLast(({ at }) => isOld(at))
  const isLapsed = before && isOld(londonTime(lapseOf(before), '00:00'))
  const isEnded = before && ended && isOld(ended.at) && compareEvents(ended, before) > 0
  const since = [...confirmed, ended].filter((event) => event && !isOld(event.at))
  const standing = isLapsed || isEnded ? since : [before, ...since]
  return standing.flatMap((event) => event?.eventId ?? [])
}
