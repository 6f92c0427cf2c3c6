import { londonDate } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import { type CasefileId, casefileId, personKey } from '../../shared/casefile/ids.ts'
import { mayRead } from '../../shared/directory/readers.ts'
import type { Store } from '../../shared/store/store.ts'
import { type ActPorts, type OpenedCasefile, openForActing } from '../acts/acts.ts'

/** The nouns of the events by which a worker's casefile remembers where it is named. */
const NAMING = ['order', 'appointment', 'release', 'prison', 'rota']

/** Every casefile that names a contact as a worker, be it that they have no more to do with it. */
export async function casefilesNaming(
  contactId: string,
  store: Pick<Store, 'events'>,
): Promise<CasefileId[]> {
  const { orders, namedIn } = fold('contact', await store.events(casefileId('contact', contactId), NAMING))
  return [
    ...Object.keys(orders).map((key) => casefileId('order', key)),
    ...(Object.keys(namedIn) as CasefileId[]),
  ]
}

/** Every casefile that is about a contact: their order, their clearances. */
export async function casefilesAbout(
  contactId: string,
  store: Pick<Store, 'events'>,
): Promise<readonly CasefileId[]> {
  const id = casefileId('person', personKey('contact', contactId))
  return fold('person', await store.events(id, ['order', 'clearance'])).casefiles
}

/** The casefiles that some contacts may read as they stand today, opened. */
export async function openOwn(
  contactIds: readonly string[],
  ports: Omit<ActPorts, 'take'>,
): Promise<OpenedCasefile[]> {
  const named = await Promise.all(contactIds.map((contactId) => casefilesNaming(contactId, ports.store)))
  const opened = await Promise.all(
    [...new Set(named.flat())].sort().map(async (id) => openForActing(id, ports)),
  )
  const isOwn = await Promise.all(
    opened.map((one) =>
      one?.ask((neighbours) =>
        mayRead({ reads: 'their own', contactIds }, one.casefile, neighbours, londonDate(one.now)),
      ),
    ),
  )
  return opened.filter((one, nth) => one !== undefined && isOwn[nth] === true) as OpenedCasefile[]
}
