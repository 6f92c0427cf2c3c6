import { addressKey, casefileId } from '../../shared/casefile/ids.ts'
import { type Entry, type Language, LEASE_MS } from '../../shared/casefile/ledger.ts'
import { asTextMessage } from '../../shared/messages/text-message.ts'
import type { Line, ReplyPorts } from './line.ts'

/** Why we reply: `occasion` identifies the reply, which is sent only once. */
export type Why = { readonly step: string; readonly occasion: string; readonly because: string }

/**
 * Replies to a sender by text. It is claimed in the number's ledger, so that only one of two processes sends it.
 * Nothing is sent to a number we may not write to, except one confirmation of STOP.
 */
export async function sayBack(
  line: Line,
  { step, occasion, because }: Why,
  textIn: (language: Language) => string,
  { store, sms, now: clock }: ReplyPorts,
): Promise<'told' | 'left'> {
  const reader = line.contacts.find((one) => step === STOPPED || mayWrite(line, one))
  if (!reader?.contact.details || reader.contact.details.doNotMessage) return 'left'
  const now = clock()
  const casefile = casefileId('address', addressKey(line.number))
  const noticeId = `address_${addressKey(line.number)}_REPLY_${step}_${occasion}`
  const language = reader.contact.details.language ?? 'en'
  const entry = {
    ...{
      duty: 'REPLY',
      step,
      noticeId,
      messageId: noticeId,
      occasion,
      due: now,
      at: now,
      because: [because],
    },
    ...{ to: reader.contactId, address: line.number, language, misses: [], failed: [] },
    ...({ role: 'person', channel: 'sms' } as const),
  }
  const claim = { ...entry, is: 'claimed', leaseUntil: now + LEASE_MS } as const
  const said = textIn(language)
  const text = { subject: '', text: said, html: '', textMessage: asTextMessage(said) }
  const [standing] = await store.claim(casefile, [claim], now, () => ({ messageId: noticeId, text }))
  if (standing) return 'left'
  const letterhead = line.ours === undefined ? {} : { number: line.ours }
  const message = { ...text, messageId: noticeId, channel: 'sms', address: line.number, letterhead } as const
  const sent = await sms.send(message, now)
  const became: Entry =
    sent.is === 'accepted' || sent.is === 'unknown'
      ? { ...entry, is: 'sent' }
      : { ...entry, is: 'failed', reason: sent.is === 'rejected' ? sent.reason : 'passing' }
  await store.record(casefile, [became])
  return became.is === 'sent' ? 'told' : 'left'
}

/** The step that confirms a STOP. */
export const STOPPED = 'stopped'

function mayWrite({ address }: Line, { contact }: Line['contacts'][number]): boolean {
  return !address.isStopped && !contact.optedOut.sms && !contact.disowned.sms
}
