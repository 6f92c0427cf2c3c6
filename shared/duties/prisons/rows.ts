import { type LocalDate, londonTime } from '../../calendar/london.ts'
import type { Matter } from '../../casefile/casefile.ts'
import {
  type Clearance,
  type Clearances,
  type Confirmed,
  clearanceIn,
  expiryOf,
  isOver,
  lapseOf,
} from '../../casefile/clearance.ts'
import type { Role } from '../../casefile/ledger.ts'
import type { Prison } from '../../casefile/prison.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import type { Candidate } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import type { Facts } from '../../messages/text.ts'
import type { Recipient } from '../../planning/ladder.ts'
import { rowsAbout, type Subject, type Until, type Who } from '../../planning/rows.ts'
import type { Rules } from '../../planning/rules.ts'

/** One clearance at one prison, as its duties see it. */
export type OpenClearance = {
  readonly casefile: Matter<'clearance'>
  readonly clearance: Clearance
  readonly rules: Rules
}

/** One thing in a clearance that a duty is about. */
export type ClearanceSubject = OpenClearance & Subject<'clearance'>

/** The months from a confirmation to its expiry: a renewal is another term of the same clearance. */
export type Term = ClearanceSubject & { readonly confirmed: Confirmed; readonly expiresOn: LocalDate }

/** The part of a duty about each of the things that `about` finds in a clearance. */
export function clearanceRows<S extends ClearanceSubject>(about: (open: OpenClearance) => Iterable<S>) {
  return rowsAbout<OpenClearance, S, 'clearance'>(about)
}

/** One term for every expiry ever confirmed, so that a repeated confirmation is not another term. */
export function termsOf(open: OpenClearance): Term[] {
  const { clearanceId, prisonId } = open.clearance
  const byExpiry = new Map(open.clearance.confirmed.map((confirmed) => [expiryOf(confirmed), confirmed]))
  return [...byExpiry].map(([expiresOn, confirmed]) => ({
    ...open,
    confirmed,
    expiresOn,
    occasion: `${prisonId}_${expiresOn}`,
    because: [confirmed.eventId],
    // A reference, never a name, and nothing about why it was needed.
    facts: { clearanceId, role: confirmed.info.role ?? '', expiresOn, lapsesOn: lapseOf(confirmed) },
  }))
}

/** SP-03: a later confirmation starts the next twelve months, and ends the old ladder completely. */
export const RENEWED_OR_ENDED: Until<Term, 'clearance'> = {
  says: 'renewed (a later `clearance.confirmed`); ended',
  met: (state, _, term) => isRenewedOrEnded(state, term),
}

/** Whether a later confirmation, or an end, has closed a term. */
export function isRenewedOrEnded(state: Clearances, { clearance, confirmed }: Term): boolean {
  return isOver(clearanceIn(state, clearance), confirmed)
}

/** When a term's clearance is first reported as lapsed: after this, no prompt mentions a future expiry. */
export function lapsesAt({ confirmed, rules }: Term): number {
  return londonTime(lapseOf(confirmed), rules.settings.promptAt)
}

/** Which prison it is, and whether it is headed by a Governor or a Director. */
export function prisonFacts(prisonId: string, { details }: Prison): Facts {
  const { name = prisonId, sector = '', phone = '' } = details ?? {}
  return { prison: name, sector, prisonPhone: phone }
}

/**
 * A post at the clearance's own prison only, or its holder, found at the moment of telling. There is no notice if
 * `holders` or `says` finds nothing.
 */
export function recipient(
  { clearance }: OpenClearance,
  role: Role,
  holders: (prison: Prison) => Candidate[] | undefined,
  says: (prison: Prison, now: number, neighbours: Neighbours) => Facts | undefined = () => ({}),
): Recipient {
  const { prisonId } = clearance
  return {
    role,
    to: (neighbours, now) => {
      const prison = neighbours.get('prison', prisonId)
      const to = holders(prison)
      const said = says(prison, now, neighbours)
      return to && said && { to, facts: { ...prisonFacts(prisonId, prison), ...said } }
    },
  }
}

export const governor: Who<OpenClearance> = {
  says: 'governor (private prison: Director; unknown sector: Governor or Director)',
  of: (about) => [recipient(about, 'governor', roles.governor)],
}
export const vettingContact: Who<OpenClearance> = {
  says: 'vetting contact',
  of: (about) => [recipient(about, 'vetting-contact', roles.vettingContact)],
}
/** A prison without a deputy has none to tell: the vetting contact is told anyway. */
export const deputyGovernor: Who<OpenClearance> = {
  says: 'deputy',
  of: (about) => [
    recipient(about, 'deputy-governor', (prison) =>
      prison.details?.deputy === undefined ? undefined : roles.deputyGovernor(prison),
    ),
  ],
}
export const holder: Who<OpenClearance> = {
  says: 'holder',
  of: (about) => [recipient(about, 'holder', () => roles.holder(about.clearance))],
}
