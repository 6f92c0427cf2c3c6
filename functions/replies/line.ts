import { type Address, EMPTY_ADDRESS } from '../../shared/casefile/address.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import type { Contact } from '../../shared/casefile/contact.ts'
import { addressKey, casefileId } from '../../shared/casefile/ids.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import type { Channel } from '../../shared/channels/channel.ts'
import type { Store } from '../../shared/store/store.ts'
import type { AnswerPorts } from '../answers/answer.ts'

export type ReplyPorts = Pick<AnswerPorts, 'take' | 'now'> & {
  readonly store: Pick<
    Store,
    'takeIn' | 'open' | 'events' | 'texts' | 'claim' | 'record' | 'keepWords' | 'count'
  >
  readonly sms: Channel
}

/** A telephone number, and who is reached there now. */
export type Line = {
  readonly number: string
  /** The number of ours that they wrote to, and from which we answer; undefined for the stage's own. */
  readonly ours: string | undefined
  readonly address: Address
  readonly contacts: readonly { readonly contactId: string; readonly contact: Contact }[]
}

/** What is known about a number. An unknown number has no contacts. */
export async function lineOf(
  number: string,
  ours: string | undefined,
  store: Pick<Store, 'open'>,
): Promise<Line> {
  const stored = await store.open(casefileId('address', addressKey(number)))
  const address = stored ? fold('address', stored.events) : EMPTY_ADDRESS
  const contacts: { contactId: string; contact: Contact }[] = []
  for (const contactId of address.contactIds) {
    const known = await store.open(casefileId('contact', contactId))
    const contact = fold('contact', known?.events ?? [])
    if (contact.details?.mobile === number) contacts.push({ contactId, contact })
  }
  return { number, ours, address, contacts }
}

/** Takes in an event of ours. Throws if it is refused, which is a bug. */
export async function takeIn(event: OurEvent, { take }: Pick<ReplyPorts, 'take'>): Promise<void> {
  const admission = await take(event)
  if (admission.is === 'refused') throw new Error(`a reply of ours was refused: ${admission.reason}`)
}
