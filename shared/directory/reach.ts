import { type Instant, type LocalDate, londonDate } from '../calendar/london.ts'
import { isResting } from '../casefile/address.ts'
import type { Contact } from '../casefile/contact.ts'
import { addressKey } from '../casefile/ids.ts'
import type { ChannelName, Language, Miss, Reason, Role, Writing } from '../casefile/ledger.ts'
import type { Neighbours } from './neighbours.ts'
import { isGone } from './people.ts'

/** Somebody who might be told, and their role. */
export type Candidate = {
  readonly contactId: string
  readonly role: Role
  /** The London day on which they must be present; default: the day of the telling. */
  readonly on?: LocalDate
  /** If they are absent their cover is told, before any later candidate. */
  readonly covered?: boolean
  /** They must not be disturbed before this. */
  readonly notBefore?: Instant
}

/** How somebody can be reached. */
export type Reach = {
  readonly channel: ChannelName
  readonly address: string
  readonly language: Language
}

export type Resolution =
  | {
      readonly is: 'reachable'
      readonly to: Candidate
      /** In their order of preference; people for whom nobody else may read have only one. */
      readonly reaches: readonly Reach[]
      readonly misses: readonly Miss[]
    }
  | { readonly is: 'nobody'; readonly misses: readonly Miss[] }

/** How hard to try to reach somebody. */
export type Trying = {
  /** Addresses at which this same notice did not arrive. */
  readonly failed?: ReadonlySet<string>
  /** A worker is told even if they said STOP. */
  readonly despiteStop?: boolean
  /** An address is tried even if too much has failed there recently. */
  readonly despiteRest?: boolean
  /** A worker who is told by text is also called and asked to read it. */
  readonly isRung?: boolean
}

/** How to try a worker who must not be left unaware of something. */
export const AT_ANY_COST: Trying = { despiteStop: true, despiteRest: true }

/** The first candidate who is present and reachable at the moment of telling, and those passed over. */
export function resolve(
  candidates: readonly Candidate[],
  neighbours: Neighbours,
  trying: Trying,
  now: Instant,
): Resolution {
  const misses: Miss[] = []
  const waiting = [...candidates]
  for (let to = waiting.shift(); to !== undefined; to = waiting.shift()) {
    const { contactId } = to
    if (misses.some((miss) => miss.contactId === contactId)) continue
    const contact = neighbours.get('contact', contactId)
    const absence = isWorker(to) ? absenceOn(contact, to.on ?? londonDate(now)) : undefined
    if (absence) {
      misses.push({ contactId, reason: 'absent' })
      if (to.covered && absence.coverContactId) waiting.unshift({ ...to, contactId: absence.coverContactId })
      continue
    }
    const reaches = reachesOf(to, neighbours, trying, now)
    if (typeof reaches !== 'string') return { is: 'reachable', to, reaches, misses }
    misses.push({ contactId, reason: reaches })
  }
  return { is: 'nobody', misses }
}

/** Whether somebody may be reached at `now`, at any cost. */
export function isReachable(
  who: Pick<Candidate, 'contactId' | 'role'>,
  neighbours: Neighbours,
  now: Instant,
): boolean {
  return typeof reachesOf(who, neighbours, AT_ANY_COST, now) !== 'string'
}

/**
 * How somebody can be reached at `now`, or why not: by their preferred channel, else e-mail, else text. A failing
 * address counts as none; one that is not theirs, or also somebody else's, is not used, since another person would read
 * it.
 */
function reachesOf(
  { contactId, role }: Pick<Candidate, 'contactId' | 'role'>,
  neighbours: Neighbours,
  { failed, despiteStop, despiteRest, isRung }: Trying,
  now: Instant,
): readonly Reach[] | Reason {
  const { details, optedOut, disowned } = neighbours.get('contact', contactId)
  if (!details) return 'no-usable-address'
  if (details.doNotMessage) return 'do-not-message'
  if (role === 'meeter' && isGone(contactId, neighbours)) return 'no-usable-address'
  const at = (address: string) => neighbours.get('address', addressKey(address))
  const channels: Writing[] = details.prefers === 'sms' ? ['sms', 'email'] : ['email', 'sms']
  const usable = channels.flatMap((channel) => {
    const address = channel === 'email' ? details.email : details.mobile
    if (!address || failed?.has(address)) return []
    const { failedAt, isComplainedOf } = at(address)
    const isUnwelcome = isComplainedOf && !isOffice(role) && !isShared(contactId, address, neighbours)
    if (failedAt !== undefined || isUnwelcome || (!despiteRest && isResting(at(address), now))) return []
    return [{ channel, address }]
  })
  const theirs = usable.filter(({ channel }) => !disowned[channel])
  if (usable.length > 0 && theirs.length === 0) return 'not-theirs'
  const own = theirs.filter(({ address }) => !isPrivate(role) || !isShared(contactId, address, neighbours))
  if (theirs.length > 0 && own.length === 0) return 'address-shared'
  const isHeard = despiteStop && !isPrivate(role)
  // Somebody may be a second contact there, by the same name, who did not want messages.
  const hasWished = ({ channel, address }: { channel: Writing; address: string }) =>
    optedOut[channel] ||
    (isPrivate(role) &&
      contactsAt(address, neighbours).some((one) => one.optedOut[channel] || one.details?.doNotMessage))
  const open = own
    .filter((one) => !hasWished(one) && (isHeard || !at(one.address).isStopped))
    .map((one) => ({ ...one, language: details.language ?? 'en' }))
  if (open.length > 0) return isPrivate(role) ? open.slice(0, 1) : [...open, ...(isRung ? callsTo(open) : [])]
  return own.length > 0 ? 'opted-out' : 'no-usable-address'
}

/** People who are sent texts are called at the same number. */
function callsTo(reaches: readonly Reach[]): Reach[] {
  return reaches.filter(({ channel }) => channel === 'sms').map((reach) => ({ ...reach, channel: 'call' }))
}

/** Roles for whom nobody else may read. Sponsors, peers and relatives have the role of a meeter. */
function isPrivate(role: Role): boolean {
  return role === 'person' || role === 'holder' || role === 'meeter'
}

/** Whether a role's mailbox belongs to an office: one reader's complaint there does not speak for everybody. */
export function isOffice(role: Role): boolean {
  return role === 'probation-office' || role === 'duty-officer' || role === 'vetting-contact'
}

/** Whether STOP was said from one of somebody's addresses, without START since. */
export function hasStopped(contactId: string, neighbours: Neighbours): boolean {
  const { email, mobile } = neighbours.get('contact', contactId).details ?? {}
  return [email, mobile].some(
    (address) => address !== undefined && neighbours.get('address', addressKey(address)).isStopped,
  )
}

/** Whether two people share a contact's mobile number, so that nobody can tell who writes from it. */
export function isMobileShared(contactId: string, neighbours: Neighbours): boolean {
  const { mobile } = neighbours.get('contact', contactId).details ?? {}
  return mobile !== undefined && isShared(contactId, mobile, neighbours)
}

/** Whether a contact's address also belongs to somebody with another name. */
function isShared(contactId: string, address: string, neighbours: Neighbours): boolean {
  const { details } = neighbours.get('contact', contactId)
  return contactsAt(address, neighbours).some((one) => one.details?.name !== details?.name)
}

/** The contacts reached at an address. */
function contactsAt(address: string, neighbours: Neighbours): Contact[] {
  const key = addressKey(address)
  return neighbours
    .get('address', key)
    .contactIds.map((contactId) => neighbours.get('contact', contactId))
    .filter(({ details, disowned }) =>
      [disowned.email ? undefined : details?.email, disowned.sms ? undefined : details?.mobile].some(
        (held) => held !== undefined && addressKey(held) === key,
      ),
    )
}

/** Only workers can be absent: a person or a holder who is away still reads what concerns them. */
function isWorker({ role }: Pick<Candidate, 'role'>): boolean {
  return role !== 'person' && role !== 'holder'
}

/** A contact's absence on a London day, if any; both its ends are days away. */
export function absenceOn(contact: Contact, day: LocalDate) {
  return contact.details?.absent?.find((absence) => absence.from <= day && day <= absence.to)
}
