import { fold } from '../../../shared/casefile/casefile.ts'
import { type CasefileId, casefileId, keyOf, kindOf, personKey } from '../../../shared/casefile/ids.ts'
import { NEIGHBOUR_NOUNS } from '../../../shared/casefile/nouns.ts'
import { peopleIn } from '../../../shared/casefile/person.ts'
import type { Store } from '../../../shared/store/store.ts'

type Events = Pick<Store, 'events'>

/** One person: the casefiles of all that they are known by, and those that are about them. */
export type OfPerson = { readonly names: readonly CasefileId[]; readonly about: readonly CasefileId[] }

/** A person from what they are known by: under every number of theirs, and in all that is about them. */
export async function ofPerson(known: readonly CasefileId[], { events }: Events): Promise<OfPerson> {
  const names = new Set(known)
  const about = new Set<CasefileId>()
  for (const name of names) {
    const person = fold('person', await events(name, NEIGHBOUR_NOUNS.person))
    for (const other of person.others) names.add(other)
    for (const id of person.casefiles) about.add(id)
  }
  return { names: [...names], about: [...about] }
}

/** Whether a casefile is about somebody one of whose orders is a limited-access case. Of a prison or a rota, never. */
export async function isLimited(id: CasefileId, store: Events): Promise<boolean> {
  const kind = kindOf(id)
  if (kind === 'prison' || kind === 'rota') return false
  const isLimitedOrder = async (order: CasefileId) =>
    fold('order', await store.events(order, ['order'])).terms?.limitedAccess === true
  if (kind === 'order' && (await isLimitedOrder(id))) return true
  const people =
    kind === 'contact'
      ? [casefileId('person', personKey('contact', keyOf(id)))]
      : (await store.events(id, [kind])).flatMap(peopleIn)
  const { about } = await ofPerson([...new Set(people)], store)
  const orders = about.filter((one) => kindOf(one) === 'order')
  return (await Promise.all(orders.map(isLimitedOrder))).includes(true)
}
