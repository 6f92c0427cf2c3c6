import type { LocalDate } from '../calendar/london.ts'
import type { Address } from '../casefile/address.ts'
import type { Casefile, States } from '../casefile/casefile.ts'
import type { Contact } from '../casefile/contact.ts'
import { addressKey, casefileId, keyOf, kindOf, personKey } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import { plannedAt, type Release } from '../casefile/release.ts'
import type { Neighbours } from './neighbours.ts'
import { absenceOn } from './reach.ts'

/** The reader of a page: somebody who may read everything, or the contacts that they are. */
export type Reader =
  | { readonly reads: 'everything' }
  | { readonly reads: 'their own'; readonly contactIds: readonly string[] }

/**
 * Whether a reader may read a casefile as it stands on a London day: people with a working role in it may, and the
 * cover of one who is absent. The person it is about, a holder, and meeters never may.
 */
export function mayRead(
  reader: Reader,
  casefile: Pick<Casefile, 'id' | 'state'>,
  neighbours: Neighbours,
  today: LocalDate,
): boolean {
  if (reader.reads === 'everything') return true
  const sides = sidesOf(casefile, neighbours, today)
  return (
    sides.length > 0 &&
    sides.every((side) => side.some(({ contactId }) => reader.contactIds.includes(contactId)))
  )
}

/** Whether a reader maintains a contact, and so may read it and enter an order on that person. */
export function keeps(reader: Reader, contactId: string, neighbours: Neighbours, today: LocalDate): boolean {
  const casefile = { id: casefileId('contact', contactId), state: neighbours.get('contact', contactId) }
  return mayRead(reader, casefile, neighbours, today)
}

/** A working role in a casefile, and who holds it. */
export type Post = {
  readonly contactId: string
  readonly role: Role
  /** For a clearance: the prison. */
  readonly prisonId?: string
}

/** Who works on a casefile on a London day, including the cover of absent people. */
export function postsOf(
  casefile: Pick<Casefile, 'id' | 'state'>,
  neighbours: Neighbours,
  today: LocalDate,
): Post[] {
  return sidesOf(casefile, neighbours, today).flat()
}

/** The contacts that an e-mail address may sign in: it is theirs now, and was not disowned. */
export function contactsAt(
  email: string,
  { contactIds }: Address,
  contactOf: (contactId: string) => Contact,
): string[] {
  return contactIds.filter((contactId) => {
    const { details, disowned } = contactOf(contactId)
    return details?.email && !disowned.email && addressKey(details.email) === addressKey(email)
  })
}

/**
 * Who works on a casefile. One with several sides, such as a clearance at two prisons, cannot be shown in part: a
 * reader must belong to every side.
 */
function sidesOf(
  { id, state }: Pick<Casefile, 'id' | 'state'>,
  neighbours: Neighbours,
  today: LocalDate,
): Post[][] {
  const held = (posts: Posts, prisonId?: string) => withCovers(posts, prisonId, neighbours, today)
  const postsAt = ({ details }: States['prison'], prisonId: string) => {
    const { governor, deputy, vettingContact } = details ?? {}
    return held({ governor, 'deputy-governor': deputy, 'vetting-contact': vettingContact }, prisonId)
  }
  switch (kindOf(id)) {
    case 'order':
      return [held(postsOn(state as States['order']))]
    case 'clearance':
      return Object.values((state as States['clearance']).byId).map(({ prisonId }) =>
        postsAt(neighbours.get('prison', prisonId), prisonId),
      )
    case 'prison':
      return [postsAt(state as States['prison'], keyOf(id))]
    case 'release': {
      const release = lastPlanned(state as States['release'])
      return [held({ 'duty-officer': release?.dutyOfficer, 'key-worker': release?.keyWorker })]
    }
    case 'rota':
      return [held({ 'rota-owner': (state as States['rota']).owner })]
    case 'contact':
      return [keepersOf(keyOf(id), state as States['contact'], neighbours, held)]
    case 'address':
    case 'person':
      return []
  }
}

function postsOn({ terms }: States['order']): Posts {
  const { offenderManager, caseManager, probationOffice, provider, dutyOfficer } = terms ?? {}
  return {
    ...{ 'offender-manager': offenderManager, 'case-manager': caseManager },
    ...{ 'probation-office': probationOffice, 'provider-manager': provider },
    'duty-officer': dutyOfficer ?? probationOffice,
  }
}

/**
 * Who maintains a contact. Staff maintain their own and nobody else may: anybody who could change their address could
 * sign in as them. Other contacts are also maintained by whoever entered them; a person on an order, who has no page,
 * by the people who work on it.
 */
function keepersOf(
  contactId: string,
  { details, enteredBy, orders: workedOn, namedIn }: Contact,
  neighbours: Neighbours,
  held: (posts: Posts) => Post[],
): Post[] {
  const isStaff = [details?.worksIn ?? [], Object.keys(workedOn), Object.keys(namedIn)].some(
    (known) => known.length > 0,
  )
  const self = { contactId, role: 'worker' } as const
  if (isStaff) return [self]
  const { casefiles } = neighbours.get('person', personKey('contact', contactId))
  const orders = casefiles
    .filter((id) => kindOf(id) === 'order')
    .map((id) => neighbours.get('order', keyOf(id)))
    .filter(({ terms }) => terms?.person === contactId)
  return [
    ...(orders.length > 0 ? [] : [self]),
    ...[...new Set(enteredBy)].map((one) => ({ ...self, contactId: one })),
    ...orders.flatMap((order) => held(postsOn(order))),
  ]
}

type Posts = { readonly [R in Role]?: string | undefined }

/** The latest planned release: people who worked on an earlier one have nothing more to do with it. */
export function lastPlanned({ byId }: States['release']): Release | undefined {
  return Object.values(byId)
    .sort((a, b) => plannedAt(a) - plannedAt(b) || (a.releaseId < b.releaseId ? -1 : 1))
    .at(-1)
}

function withCovers(
  posts: Posts,
  prisonId: string | undefined,
  neighbours: Neighbours,
  today: LocalDate,
): Post[] {
  const at = prisonId === undefined ? {} : { prisonId }
  return Object.entries(posts).flatMap(([role, contactId]): Post[] => {
    if (contactId === undefined) return []
    const post = { contactId, role: role as Role, ...at }
    const cover = absenceOn(neighbours.get('contact', contactId), today)?.coverContactId
    return cover === undefined ? [post] : [post, { ...post, contactId: cover }]
  })
}
