import type { Clearance } from '../casefile/clearance.ts'
import type { Terms } from '../casefile/order.ts'
import type { Prison } from '../casefile/prison.ts'
import type { Candidate } from './reach.ts'

/**
 * Who holds a role, best first. An absent worker is replaced by their cover, else by the probation office; somebody who
 * cannot be reached, by the next candidate.
 */

/** The person on the order. */
export function person(terms: Terms): Candidate[] {
  return [{ contactId: terms.person, role: 'person' }]
}

/** The offender manager, their cover if they are away, else the probation office. */
export function offenderManager(terms: Terms): Candidate[] {
  return [
    { contactId: terms.offenderManager, role: 'offender-manager', covered: true },
    ...probationOffice(terms),
  ]
}

/** FAX-01, FAX-05, FAX-07 and ATR-08: in the offender manager's absence the duty officer, never both (003:491). */
export function offenderManagerOrDutyOfficer(terms: Terms): Candidate[] {
  return [{ contactId: terms.offenderManager, role: 'offender-manager' }, ...dutyOfficer(terms)]
}

/** The duty officer of the order, their cover if they are away, else the probation office. */
export function dutyOfficer(terms: Terms): Candidate[] {
  const contactId = terms.dutyOfficer ?? terms.probationOffice
  return [{ contactId, role: 'duty-officer', covered: true }, ...probationOffice(terms)]
}

/** The case manager, their cover if they are away, else the probation office. */
export function caseManager(terms: Terms): Candidate[] {
  return [{ contactId: terms.caseManager, role: 'case-manager', covered: true }, ...probationOffice(terms)]
}

/** The manager of the treatment provider, their cover, else the probation office. */
export function providerManager(terms: Terms): Candidate[] {
  return [{ contactId: terms.provider, role: 'provider-manager', covered: true }, ...probationOffice(terms)]
}

/** The probation office of the order. */
export function probationOffice(terms: Terms): Candidate[] {
  return [{ contactId: terms.probationOffice, role: 'probation-office' }]
}

/** One worker by their contactId, their cover if they are away, else the probation office. */
export function worker(terms: Terms, contactId: string): Candidate[] {
  return [{ contactId, role: 'worker', covered: true }, ...probationOffice(terms)]
}

/** The governor is a post, not a person: whoever the prison says holds it now. */
export function governor(prison: Prison): Candidate[] {
  return [...post(prison.details?.governor, 'governor'), ...deputyGovernor(prison)]
}

/** The deputy governor, else the vetting contact. */
export function deputyGovernor(prison: Prison): Candidate[] {
  return [...post(prison.details?.deputy, 'deputy-governor'), ...vettingContact(prison)]
}

/** The vetting contact of the prison. */
export function vettingContact(prison: Prison): Candidate[] {
  return post(prison.details?.vettingContact, 'vetting-contact')
}

/** The lead of a partnership, by contactId. */
export function partnershipLead(contactId: string): Candidate[] {
  return post(contactId, 'partnership-lead')
}

/** A clearance belongs to one person: nobody can replace them. */
export function holder({ confirmed }: Clearance): Candidate[] {
  return confirmed.slice(-1).map(({ info }) => ({ contactId: info.holder, role: 'holder' }))
}

function post(contactId: string | undefined, role: Candidate['role']): Candidate[] {
  return contactId === undefined ? [] : [{ contactId, role, covered: true }]
}
