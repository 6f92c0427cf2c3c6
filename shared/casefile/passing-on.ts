import { type Instant, writeInstant } from '../calendar/london.ts'
import type { DomainEvent, EventInfo, EventType } from './events.ts'
import { addressKey, digest } from './ids.ts'
import { type Address, type Entry, isAddressed } from './ledger.ts'

export type Receipt = Extract<DomainEvent, { type: 'notice.delivered' | 'notice.failed' }>

/** A report that the people who run the service have to deal with. */
export type Concern = 'words-refused' | 'office-complains'

/** Whether an event is a provider's receipt of a message. */
export function isReceipt(event: DomainEvent): event is Receipt {
  return event.type === 'notice.delivered' || event.type === 'notice.failed'
}

/**
 * The message that a receipt is about, or one of its notice; undefined if the ledger has none. A message sent later in
 * place of another is not meant.
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
 * What a receipt says about its message's address, for that address's casefile. Undefined for a call: a number where
 * nobody picks up may well receive texts.
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

/** What a provider's refusal at `at` says about an address. Undefined for a call. */
export function refusalForAddress(to: Address, reason: string, at: Instant): DomainEvent | undefined {
  const { channel, address, messageId: noticeId, to: contactId } = to
  if (channel === 'call') return undefined
  const eventId = derived(`refused ${noticeId} ${address}`)
  return reason === 'opted-out'
    ? addressEvent('contact.opted-out', eventId, { contactId, channel, address }, at)
    : addressEvent('address.failed', eventId, { noticeId, channel, reason, address: addressKey(address) }, at)
}

/** A fact about an address, known at `at`; there is one for each eventId. */
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
