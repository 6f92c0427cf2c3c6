import { fold } from '../../../shared/casefile/casefile.ts'
import { type CasefileId, casefileId, keyOf, kindOf, personKey } from '../../../shared/casefile/ids.ts'
import { peopleIn } from '../../../shared/casefile/person.ts'
import type { Neighbours } from '../../../shared/directory/neighbours.ts'
import { everyNameOf } from '../../../shared/directory/people.ts'
import type { Store } from '../../../shared/store/store.ts'
import { ofPerson } from '../../person.ts'

/** Whether a contact, by any of their numbers and contacts, is a person with a limited-access order. */
export function isOnLimitedOrder(contactId: string, neighbours: Neighbours): boolean {
  return everyNameOf(personKey('contact', contactId), neighbours)
    .flatMap(({ casefiles }) => casefiles.filter((id) => kindOf(id) === 'order'))
    .some((id) => neighbours.get('order', keyOf(id)).terms?.limitedAccess === true)
}

/** Whether a casefile is about somebody with a limited-access order. Never for a prison or a rota. */
export async function isLimited(id: CasefileId, store: Pick<Store, 'events'>): Promise<boolean> {
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
