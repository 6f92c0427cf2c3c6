import { compareEvents } from '../casefile/events.ts'
import { keyOf, personKey } from '../casefile/ids.ts'
import { isOfPerson, whereTo } from '../casefile/movements.ts'
import type { FactOfPerson, Person } from '../casefile/person.ts'
import type { Neighbours } from './neighbours.ts'

/** A person under all the numbers and contacts that are known to be theirs, from one of their keys. */
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

/** Whether somebody who is reached as a contact has died or is in prison, as far as their own casefiles know. */
export function isGone(contactId: string, neighbours: Neighbours): boolean {
  const people = everyNameOf(personKey('contact', contactId), neighbours)
  const facts = people.flatMap((one) => one.facts).toSorted(compareEvents)
  const died = facts.findLast(({ type }) => type === 'person.died')
  const last = facts.flatMap(isIn).at(-1)
  return last === true || (died?.type === 'person.died' && died.info.withdrawn !== true)
}

/** What a fact says of somebody being in prison: that they are, that they are not, or nothing. */
function isIn(fact: FactOfPerson): readonly boolean[] {
  switch (fact.type) {
    case 'prison-offender-events.prisoner.received':
    case 'prisoner-offender-search.prisoner.received':
      return isOfPerson(fact) ? [true] : []
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
      return whereTo(fact) === 'home' ? [false] : []
    default:
      return []
  }
}
