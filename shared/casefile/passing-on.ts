import { type Instant, writeInstant } from '../calendar/london.ts'
import type { DomainEvent, EventInfo, EventType } from './events.ts'
import { addressKey, digest } from './ids.ts'
import { type Address, type Entry, isAddressed } from './ledger.ts'

export type Receipt = Extract<DomainEvent, { type: 'notice.delivered' | 'notice.failed' }>

/** What a report says that those who run the service have to see to. */
export type Concern = 'words-refused' | 'office-complains'

/** Whether an event is a provider's receipt of a message. */
export function isReceipt(event: DomainEvent): event is Receipt {
  return event.type === 'notice.delivered' || event.type === 'notice.failed'
}

/**
 * The message that a receipt speaks of, or one of its notice; undefined when the ledger knows none. Of one that was sent
 * after it, in the place of another, it does not speak.
 */
export function messageOf({ info, at }: Receipt, entries: readonly Entry[]): Address | undefined {
  const { noticeId, channel: by } = info
  return entries
    .filter(isAddressed)
    .find(
      (entry) =>
        entry.messageId === noticeId ||
        (entry.noticeId === noticeId &&
          (entry.failed.length === 0 || at > entry.at) &&
          (!entry.ways || by === undefined || by === entry.channel)),
    )
}

/**
 * What a receipt says of the address that its message went to, for that address's casefile. Nothing, where that was a
 * call: a number at which nobody picks up is one that texts may well reach.
 */
export function receiptForAddress(receipt: Receipt, { channel, address }: Address): DomainEvent | undefined {
  if (channel === 'call') return undefined
  return {
    ...receipt,
    eventId: derived(receipt.eventId),
    type: receipt.type === 'notice.delivered' ? 'address.delivered' : 'address.failed',
    person: {},
    info: { ...receipt.info, channel, address: addressKey(address) },
  }
}

/** What it says of an address that a provider would not take a message to it at `at`, and why. Nothing, of a call. */
export function refusalForAddress(to: Address, reason: string, at: Instant): DomainEvent | undefined {
  const { channel, address, messageId: noticeId, to: contactId } = to
  if (channel === 'call') return undefined
  const eventId = derived(`refused ${noticeId} ${address}`)
  return reason === 'opted-out'
    ? addressEvent('contact.opted-out', eventId, { contactId, channel, address }, at)
    : addressEvent('address.failed', eventId, { noticeId, channel, reason, address: addressKey(address) }, at)
}

/** A fact of an address, known at `at`; of one eventId there is one. */
export function addressEvent<Type extends EventType>(
  type: Type,
  eventId: string,
  info: EventInfo<Type>,
  at: Instant,
): DomainEvent {
  return { type, eventId, info, at, occurredAt: writeInstant(at, 9), person: {} } as DomainEvent
}

/** The same fact passed on twice is one event. */
function derived(from: string): string {
  return `passed-on/${digest(from, 32)}`
}
