import type { Instant } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { type CasefileId, kindOf } from '../../shared/casefile/ids.ts'
import { nounOf } from '../../shared/casefile/nouns.ts'
import { deathSaidBy, owedAmong, owedTo, peopleIn, RELEASE_NOUNS } from '../../shared/casefile/person.ts'
import { casefilesOf } from '../../shared/casefile/routing.ts'
import type { Store } from '../../shared/store/store.ts'
import { ofPerson } from '../person.ts'

type PeopleStore = Pick<Store, 'takeIn' | 'events'>

/** Whether an event is about a person, or says that one died: then it may owe something to their other casefiles. */
export function isOfSomebody(event: DomainEvent): boolean {
  return peopleIn(event).length > 0 || deathSaidBy(event) !== undefined
}

/**
 * Puts an event into the casefiles of the person it names, and what is so of them into all that is theirs: a fact into
 * every casefile, every fact into a casefile that joins, and what is said of a release under one number into what they
 * are known by under another. Of two events that come at one moment the later read sees both, so that nothing falls
 * between them; done again, it changes nothing. Gives the casefiles that were given something, and whether the event
 * was new to a casefile of the person.
 */
export async function passOnFacts(
  event: DomainEvent,
  store: PeopleStore,
  now: Instant,
): Promise<{ readonly given: readonly CasefileId[]; readonly isNew: boolean }> {
  const [first] = casefilesOf(event)
  const before = first === undefined ? [] : await store.events(first, [nounOf(event)])
  // An end that says of a death may have come before what says whose it is, or after it.
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

/** Those of a person's casefiles that are of releases, with what happened to these; none, while there are not two of them. */
async function releasesOf(about: readonly CasefileId[], store: PeopleStore) {
  const ids = about.filter((id) => kindOf(id) === 'release')
  if (ids.length < 2) return []
  return Promise.all(ids.map(async (id) => ({ id, events: await store.events(id, RELEASE_NOUNS) })))
}
