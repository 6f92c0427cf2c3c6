import { type Casefile, fold, type States } from '../casefile/casefile.ts'
import type { DomainEvent } from '../casefile/events.ts'
import { addressKey, type CasefileId, casefileId, type Kind, kindOf } from '../casefile/ids.ts'
import { happened } from '../casefile/order.ts'

/** The casefiles a casefile refers to, folded. One that is missing is an empty one. */
export type Neighbours = {
  get<K extends Kind>(kind: K, key: string): States[K]
}

/** The nouns of the events that make a casefile worth knowing to its neighbours. */
export const NEIGHBOUR_NOUNS: { readonly [K in Kind]: readonly string[] } = {
  contact: ['contact'],
  address: ['contact', 'address'],
  prison: ['prison', 'clearance'],
  rota: ['rota'],
  order: ['order', 'appointment', 'contact-sheet', 'disclosure', 'withdrawal'],
  clearance: [],
  release: [],
}

/** How far names are followed: an order's worker, the worker's cover, the cover's own, and where that one is reached. */
const STEPS_MAX = 4

/** Reads the neighbours of a casefile; `load` gives the events of a casefile with the given nouns. */
export async function loadNeighbours(
  casefile: Casefile,
  load: (id: CasefileId, nouns: readonly string[]) => Promise<readonly DomainEvent[]>,
): Promise<Neighbours> {
  const known = new Map<CasefileId, unknown>([[casefile.id, casefile.state]])
  let named = [...namedBy(kindOf(casefile.id), casefile.state), ...toldOf(casefile)]
  const privateAddresses = new Set<CasefileId>()
  const privatePeople = new Set(privatePeopleIn(kindOf(casefile.id), casefile.state))
  for (let step = 0; step < STEPS_MAX && named.length > 0; step++) {
    const missing = [...new Set(named)].filter((id) => !known.has(id))
    const folded = await Promise.all(
      missing.map(async (id) => {
        const kind = kindOf(id)
        return [id, fold(kind, await load(id, NEIGHBOUR_NOUNS[kind]))] as const
      }),
    )
    for (const [id, state] of folded) known.set(id, state)
    for (const [id, state] of folded) {
      if (privatePeople.has(id))
        for (const at of addressesOf(state as States['contact'])) privateAddresses.add(at)
    }
    named = folded.flatMap(([id, state]) =>
      kindOf(id) === 'address' && !privateAddresses.has(id) ? [] : namedByNeighbour(kindOf(id), state),
    )
  }
  return neighboursFrom(known)
}

/** Neighbours already at hand, by casefile id. */
export function neighboursFrom(known: ReadonlyMap<CasefileId, unknown>): Neighbours {
  return {
    get: (kind, key) => (known.get(casefileId(kind, key)) ?? fold(kind, [])) as never,
  }
}

/** Whoever was told of a release may have to hear that it moved or is off, whatever the rota says by then. */
function toldOf({ id, ledger }: Casefile): CasefileId[] {
  if (kindOf(id) !== 'release') return []
  return contacts(...ledger.entries.map((entry) => ('to' in entry ? entry.to : undefined)))
}

function namedBy(kind: Kind, state: States[Kind]): CasefileId[] {
  switch (kind) {
    case 'order': {
      const order = state as States['order']
      const { terms } = order
      const workers = Object.values(order.appointments).map((one) => one.with)
      const flaggedBy = happened(order, 'disclosure.flagged').map((event) => event.info.by)
      return [
        ...contacts(terms?.person, terms?.offenderManager, terms?.caseManager, terms?.probationOffice),
        ...contacts(terms?.provider, terms?.dutyOfficer, ...workers, ...flaggedBy),
      ]
    }
    case 'clearance':
      return Object.values(state as States['clearance']).flatMap((one) => [
        casefileId('prison', one.prisonId),
        ...contacts(one.applied?.info.holder, one.confirmed.at(-1)?.info.holder),
      ])
    case 'release':
      return Object.values((state as States['release']).byId).flatMap((one) => [
        casefileId('rota', one.area),
        ...(one.prisonId ? [casefileId('prison', one.prisonId)] : []),
        ...contacts(one.dutyOfficer, one.keyWorker, ...one.meeters.map((meeter) => meeter.contactId)),
        ...contacts(...one.answers.map((answer) => answer.info.by)),
      ])
    case 'prison': {
      const { details, partnership } = state as States['prison']
      return contacts(
        details?.governor,
        details?.deputy,
        details?.vettingContact,
        partnership?.info.partnershipLead,
      )
    }
    case 'rota': {
      const { owner, shifts, gates } = state as States['rota']
      const dutyOfficers = Object.values(gates).map((gate) => gate.dutyOfficer)
      return contacts(owner, ...shifts.map((shift) => shift.contactId), ...dutyOfficers)
    }
    case 'address':
      return []
    case 'contact': {
      const { orders } = state as States['contact']
      return [
        ...covers(state as States['contact']),
        ...Object.keys(orders).map((id) => casefileId('order', id)),
      ]
    }
  }
}

/** What a neighbour refers to: cover for a worker and where contacts are reached, a prison's posts, those on a rota. */
function namedByNeighbour(kind: Kind, state: States[Kind]): CasefileId[] {
  if (kind === 'contact') {
    return [...covers(state as States['contact']), ...addressesOf(state as States['contact'])]
  }
  if (kind === 'address') return contacts(...(state as States['address']).contactIds)
  if (kind === 'order') {
    const { terms } = state as States['order']
    return contacts(terms?.person, terms?.probationOffice)
  }
  return namedBy(kind, state)
}

/** Those whose own address must not be somebody else's too: people, not posts. */
function privatePeopleIn(kind: Kind, state: States[Kind]): CasefileId[] {
  switch (kind) {
    case 'order':
      return contacts((state as States['order']).terms?.person)
    case 'clearance':
      return contacts(
        ...Object.values(state as States['clearance']).map((one) => one.confirmed.at(-1)?.info.holder),
      )
    case 'release':
      return Object.values((state as States['release']).byId).flatMap((one) =>
        contacts(...one.meeters.map((meeter) => meeter.contactId)),
      )
    default:
      return []
  }
}

function addressesOf({ details }: States['contact']): CasefileId[] {
  return [details?.email, details?.mobile]
    .filter((address) => address !== undefined)
    .map((address) => casefileId('address', addressKey(address)))
}

function covers(contact: States['contact']): CasefileId[] {
  return contacts(...(contact.details?.absent ?? []).map((absence) => absence.coverContactId))
}

function contacts(...ids: (string | undefined)[]): CasefileId[] {
  return ids.filter((id) => id !== undefined).map((id) => casefileId('contact', id))
}
