import type { Instant } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import { type DomainEvent, nounOf } from '../../shared/casefile/events.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { deathSaidBy, owedTo, type Person } from '../../shared/casefile/person.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import type { Store } from '../../shared/store/store.ts'

type PeopleStore = Pick<Store, 'takeIn' | 'open' | 'events'>

/** Whether an event names a person, or says that one died: then it may owe something to their other casefiles. */
export function isOfSomebody(event: DomainEvent): boolean {
  return peopleNamedBy([event]).length > 0 || deathSaidBy(event) !== undefined
}

/**
 * Puts an event into the casefiles of the person it names, and what is so of them into all that is theirs: a fact into
 * every casefile, every fact into a casefile that joins. Of two events that come at one moment the later read sees
 * both, so that nothing falls between them; done again, it changes nothing. Gives the casefiles that were given one.
 */
export async function passOnFacts(
  event: DomainEvent,
  store: PeopleStore,
  now: Instant,
): Promise<readonly CasefileId[]> {
  const [first] = casefilesOf(event)
  const before = first === undefined ? [] : await store.events(first, [nounOf(event)])
  // An end that says of a death may have come before what says whose it is, or after it.
  const deaths = [event, ...before].flatMap((one) => deathSaidBy(one) ?? [])
  const people = peopleNamedBy(deaths.length > 0 ? [event, ...before] : [event])
  await Promise.all(peopleNamedBy([event]).map((id) => store.takeIn(id, event, now)))
  await Promise.all(deaths.flatMap((death) => people.map((id) => store.takeIn(id, death, now))))
  const names = await everyNameOf(people, store)
  const owed = [event, ...deaths].flatMap((one) => owedTo(names, one))
  await Promise.all(owed.map(({ to, fact }) => store.takeIn(to, fact, now)))
  return [...new Set(owed.map(({ to }) => to))]
}

function peopleNamedBy(events: readonly DomainEvent[]): CasefileId[] {
  return [...new Set(events.flatMap(casefilesOf))].filter((id) => kindOf(id) === 'person')
}

/** A person under all the numbers and contacts that are known to be theirs. */
async function everyNameOf(from: readonly CasefileId[], store: PeopleStore): Promise<Person[]> {
  const people: Person[] = []
  const seen = new Set(from)
  for (const id of seen) {
    const stored = await store.open(id)
    const person = fold('person', stored?.events ?? [])
    people.push(person)
    for (const other of person.others) seen.add(other)
  }
  return people
}
