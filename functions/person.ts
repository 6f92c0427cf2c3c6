import { fold } from '../shared/casefile/casefile.ts'
import type { CasefileId } from '../shared/casefile/ids.ts'
import { NEIGHBOUR_NOUNS } from '../shared/casefile/nouns.ts'
import type { Person } from '../shared/casefile/person.ts'
import type { Store } from '../shared/store/store.ts'

/** One person, under all their known numbers and contacts. */
export type OfPerson = {
  /** The casefiles of their numbers and contacts. */
  readonly names: readonly CasefileId[]
  /** What is known under each of these. */
  readonly known: readonly Person[]
  /** The casefiles about them. */
  readonly about: readonly CasefileId[]
}

/** Finds all numbers and contacts known to belong to the same person, starting from some of them. */
export async function ofPerson(from: readonly CasefileId[], store: Pick<Store, 'events'>): Promise<OfPerson> {
  const names = new Set(from)
  const known: Person[] = []
  for (const name of names) {
    const person = fold('person', await store.events(name, NEIGHBOUR_NOUNS.person))
    known.push(person)
    for (const other of person.others) names.add(other)
  }
  return { names: [...names], known, about: [...new Set(known.flatMap(({ casefiles }) => casefiles))] }
}
