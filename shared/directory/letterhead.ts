import type { Casefile, States } from '../casefile/casefile.ts'
import { keyOf, kindOf } from '../casefile/ids.ts'
import type { Role } from '../casefile/ledger.ts'
import { type Audience, type Letterhead, type Letterheads, letterheadFor } from '../messages/letterheads.ts'
import type { Neighbours } from './neighbours.ts'
import type { Candidate } from './reach.ts'
import { lastPlanned } from './readers.ts'

/** Who a casefile's message to somebody is from: by its area, and by who may see it. */
export function letterheadOf(
  casefile: Pick<Casefile, 'id' | 'state'>,
  { contactId, role }: Pick<Candidate, 'contactId' | 'role'>,
  neighbours: Neighbours,
  letterheads: Letterheads,
): Letterhead {
  const isSafe = neighbours.get('contact', contactId).details?.addressIsSafe === true
  return letterheadFor(letterheads, audienceOf(role, isSafe), areaOf(casefile))
}

/** Who may see a message to somebody in a role. */
export function audienceOf(role: Role, isSafe: boolean): Audience {
  if (role === 'person') return isSafe ? 'persons' : 'unsafe'
  return role === 'holder' || role === 'meeter' ? 'holdersAndMeeters' : 'workers'
}

/**
 * The area of a casefile: an order's probation office, a clearance's prison, a release's area; none for a person or
 * contact.
 */
function areaOf({ id, state }: Pick<Casefile, 'id' | 'state'>): string | undefined {
  switch (kindOf(id)) {
    case 'order':
      return (state as States['order']).terms?.probationOffice
    case 'clearance':
      return Object.values((state as States['clearance']).byId)[0]?.prisonId
    case 'release':
      return lastPlanned(state as States['release'])?.area
    case 'prison':
    case 'rota':
      return keyOf(id)
    case 'contact':
    case 'address':
    case 'person':
      return undefined
  }
}
