import { compareEvents, type DomainEvent } from '../casefile/events.ts'
import { keyOf, kindOf, personKey } from '../casefile/ids.ts'
import { isOfPerson, whereTo } from '../casefile/movements.ts'
import { happened, type Order } from '../casefile/order.ts'
import type { Person } from '../casefile/person.ts'
import type { Neighbours } from './neighbours.ts'

/** Finds all numbers and contacts known to belong to the same person, starting from one key. */
export function everyNameOf(key: string, neighbours: Neighbours): readonly Person[] {
  const keys = new Set([key])
  const people: Person[] = []
  for (const one of keys) {
    const person = neighbours.get('person', one)
    people.push(person)
    for (const other of person.others) keys.add(keyOf(other))
  }
  return people
}

/** Whether the person behind a contact has died or is in prison, as far as their own casefiles know. */
export function isGone(contactId: string, neighbours: Neighbours): boolean {
  const people = everyNameOf(personKey('contact', contactId), neighbours)
  const facts = people.flatMap((one) => one.facts)
  const orders = people
    .flatMap(({ casefiles }) => casefiles.filter((id) => kindOf(id) === 'order'))
    .map((id) => neighbours.get('order', keyOf(id)))
  const said = [...facts, ...orders.flatMap(wordsOnCustody)].toSorted(compareEvents)
  const died = said.findLast(({ type }) => type === 'person.died')
  const last = said.flatMap(isIn).at(-1)
  return last === true || (died?.type === 'person.died' && died.info.withdrawn !== true)
}

/**
 * Events of an order that say whether its person is in prison and are recorded nowhere else: a contact may be the
 * person of several orders.
 */
function wordsOnCustody(order: Order): DomainEvent[] {
  return [
    ...happened(order, 'order.made'),
    ...happened(order, 'order.varied'),
    ...happened(order, 'contact-sheet.submitted'),
  ]
}

/** Whether an event says that somebody is in prison (true), is not (false), or neither (empty). */
function isIn(event: DomainEvent): readonly boolean[] {
  switch (event.type) {
    case 'prison-offender-events.prisoner.received':
    case 'prisoner-offender-search.prisoner.received':
      return isOfPerson(event) ? [true] : []
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
      return whereTo(event) === 'home' ? [false] : []
    case 'order.made':
    case 'order.varied':
      return event.info.inCustody === undefined ? [] : [event.info.inCustody]
    case 'contact-sheet.submitted':
      return event.info.attendance === 'attended' ? [false] : []
    default:
      return []
  }
}
