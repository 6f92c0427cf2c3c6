import type { Instant } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { nounOf } from '../../shared/casefile/nouns.ts'
import { deathSaidBy, owedAmong, owedTo, peopleIn, RELEASE_NOUNS } from '../../shared/casefile/person.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import type { Store } from '../../shared/store/store.ts'
import { ofPerson } from '../person.ts'

type PeopleStore = Pick<Store, 'takeIn' | 'events'>

/**
 * Whether an event is about a person, or reports a death: then it may have to be passed on to their other casefiles.
 */
export function isOfSomebody(event: DomainEvent): boolean {
  return peopleIn(event).length > 0 || deathSaidBy(event) !== undefined
}

/**
 * Puts an event into the casefiles of its person, and passes facts about them on: a new fact to all their casefiles,
 * all facts to a casefile that joins, and what happens to a release under one number to their casefiles under other
 * numbers. If two events arrive together, the later read sees both, so nothing is missed; repeating it changes nothing.
 * Returns the casefiles that received something, and whether the event was new to a casefile of the person.
 */
export async function passOnFacts(
  event: DomainEvent,
  store: PeopleStore,
  now: Instant,
): Promise<{ readonly given: readonly CasefileId[]; readonly isNew: boolean }> {
  const [first] = casefilesOf(event)
  const before = first === undefined ? [] : await store.events(first, [nounOf(event)])
  // An order's end that reports a death may arrive before or after the event that says whose order it is.
  const deaths = [event, ...before].flatMap((one) => deathSaidBy(one) ?? [])
  const people = [...new Set((deaths.length > 0 ? [event, ...before] : [event]).flatMap(peopleIn))]
  const named = casefilesOf(event).filter((id) => kindOf(id) === 'person')
  const taken = await Promise.all(named.map((id) => store.takeIn(id, event, now)))
  await Promise.all(deaths.flatMap((death) => people.map((id) => store.takeIn(id, death, now))))
  const { known, about } = await ofPerson(people, store)
  const owed = [
    ...[event, ...deaths].flatMap((one) => owedTo(known, one)),
    ...owedAmong(await releasesOf(about, store), event),
  ]
  await Promise.all(owed.map(({ to, fact }) => store.takeIn(to, fact, now)))
  return { given: [...new Set(owed.map(({ to }) => to))], isNew: taken.includes('added') }
}

/** A person's release casefiles with their events; empty unless there are at least two. */
async function releasesOf(about: readonly CasefileId[], store: PeopleStore) {
  const ids = about.filter((id) => kindOf(id) === 'release')
  if (ids.length < 2) return []
  return Promise.all(ids.map(async (id) => ({ id, events: await store.events(id, RELEASE_NOUNS) })))
}
