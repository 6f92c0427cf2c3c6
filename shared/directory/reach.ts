import { type Instant, type LocalDate, londonDate } from '../calendar/london.ts'
import type { ChannelName, Language, Miss, Reason, Role } from '../casefile/ledger.ts'
import type { Contact } from '../casefile/people.ts'
import type { Neighbours } from './neighbours.ts'

/** Somebody who might be told, and the role in which they would be. */
export type Candidate = {
  readonly contactId: string
  readonly role: Role
  /** The London day on which they have to be there; the day of the telling when left out. */
  readonly on?: LocalDate
  /** Their cover is told when they are absent, before anybody further down. */
  readonly covered?: boolean
  /** They are not to be disturbed before this. */
  readonly notBefore?: Instant
}

/** How somebody can be reached. */
export type Reach = {
  readonly channel: ChannelName
  readonly address: string
  readonly language: Language
}

export type Resolution =
  | (Reach & { readonly is: 'reachable'; readonly to: Candidate; readonly misses: readonly Miss[] })
  | { readonly is: 'nobody'; readonly misses: readonly Miss[] }

/**
 * The first candidate who is there and can be reached, at the moment of telling, and those passed over.
 * `failed` are addresses at which a message of this casefile did not arrive.
 */
export function resolve(
  candidates: readonly Candidate[],
  neighbours: Neighbours,
  failed: ReadonlySet<string>,
  now: Instant,
): Resolution {
  const misses: Miss[] = []
  const waiting = [...candidates]
  for (let to = waiting.shift(); to !== undefined; to = waiting.shift()) {
    const { contactId } = to
    if (misses.some((miss) => miss.contactId === contactId)) continue
    const contact = neighbours.get('contact', contactId)
    const absence = absenceOn(contact, to.on ?? londonDate(now))
    if (absence) {
      misses.push({ contactId, reason: 'absent' })
      if (to.covered && absence.coverContactId) waiting.unshift({ ...to, contactId: absence.coverContactId })
      continue
    }
    const reach = reachOf(contact, failed)
    if (typeof reach !== 'string') return { is: 'reachable', to, misses, ...reach }
    misses.push({ contactId, reason: reach })
  }
  return { is: 'nobody', misses }
}

/** How a contact may be reached, or why not: `prefers`, else e-mail, else text. */
export function reachOf(contact: Contact, failed: ReadonlySet<string> = new Set()): Reach | Reason {
  const { details, optedOut } = contact
  if (!details) return 'no-usable-address'
  if (details.doNotMessage) return 'do-not-message'
  const channels: ChannelName[] = details.prefers === 'sms' ? ['sms', 'email'] : ['email', 'sms']
  const usable = channels.flatMap((channel) => {
    const address = channel === 'email' ? usableEmail(details.email) : details.mobile
    return address && !failed.has(address) ? [{ channel, address }] : []
  })
  const open = usable.find(({ channel }) => !optedOut[channel])
  if (open) return { ...open, language: details.language ?? 'en' }
  return usable.length > 0 ? 'opted-out' : 'no-usable-address'
}

/** The absence a contact is on, on a London day; both its ends are days away. */
export function absenceOn(contact: Contact, day: LocalDate) {
  return contact.details?.absent?.find((absence) => absence.from <= day && day <= absence.to)
}

function usableEmail(email: string | undefined): string | undefined {
  return email && /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/.test(email) ? email : undefined
}
