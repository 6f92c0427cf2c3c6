import { londonDate } from '../../shared/calendar/london.ts'
import { fold } from '../../shared/casefile/casefile.ts'
import type { Contact } from '../../shared/casefile/contact.ts'
import { phoneNumber } from '../../shared/casefile/fields.ts'
import { addressKey, type CasefileId, casefileId, keyOf } from '../../shared/casefile/ids.ts'
import { type Entry, type Language, LEASE_MS } from '../../shared/casefile/ledger.ts'
import { ourEvent } from '../../shared/casefile/our-event.ts'
import type { Channel } from '../../shared/channels/channel.ts'
import type { Inbound } from '../../shared/channels/inbound.ts'
import { answerWord } from '../../shared/messages/answer-words.ts'
import { asTextMessage } from '../../shared/messages/text-message.ts'
import type { Store } from '../../shared/store/store.ts'
import { type AnswerPorts, type Asked, answer, questionOf } from '../answers/answer.ts'

export type ReplyPorts = Pick<AnswerPorts, 'take' | 'now'> & {
  readonly store: Pick<Store, 'open' | 'texts' | 'claim' | 'record'>
  readonly sms: Channel
}

/** What a reply asks of us. */
export type Wish = 'stop' | 'start' | 'not-me' | 'yes' | 'no' | 'something-else'

const WISHES: Readonly<Record<Exclude<Wish, 'something-else'>, readonly string[]>> = {
  stop: ['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'STOPIWCH'],
  start: ['START', 'UNSTOP', 'DECHRAU'],
  'not-me': ['NOT ME', 'NID FI'],
  yes: ['1', 'YES', 'Y', 'GALLAF', 'IE'],
  no: ['2', 'NO', 'N', 'NA', 'NA ALLAF'],
}

/** Reads a reply, however it is punctuated. It is the whole of it or nothing: "stop by at nine?" stops nothing. */
export function readReply(body: string): Wish {
  const words = body
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const [wish] = Object.entries(WISHES).find(([, ways]) => ways.includes(words)) ?? []
  return (wish as Wish | undefined) ?? 'something-else'
}

/** `done` as asked, `helped` with what may be said, or left at that. */
export type Replied = 'done' | 'helped' | 'left'

/**
 * Does as somebody asks who answers a text message of ours: for every contact who is reached at their number now,
 * since we cannot know which of them holds it. What we do not understand is answered once a day at most, and never
 * where we may not write or know nobody, so that two machines cannot talk to each other for ever.
 * Throws where intake refuses what was asked, which is a fault of ours.
 */
export async function reply({ from, body, id }: Inbound, ports: ReplyPorts): Promise<Replied> {
  const number = phoneNumber(from)
  if (number === undefined) return 'left'
  const line = await lineOf(number, ports.store)
  const say = async (type: 'opted-out' | 'opted-in' | 'disowned') => {
    for (const { contactId } of line.contacts) {
      const info = { contactId, channel: 'sms' } as const
      const eventId = `reply/${id}/${contactId}`
      const admission = await ports.take(ourEvent(`contact.${type}`, ports.now(), info, { eventId }))
      if (admission.is === 'refused') throw new Error(`a reply of ours was refused: ${admission.reason}`)
    }
    return line.contacts.length > 0 ? 'done' : 'left'
  }
  const wish = readReply(body)
  switch (wish) {
    case 'stop':
      return say('opted-out')
    case 'start':
      return say('opted-in')
    case 'not-me':
      return say('disowned')
    case 'something-else':
      return help(number, line, id, ports)
    default:
      return (await answerLatest(line, wish, ports)) ?? help(number, line, id, ports)
  }
}

/** A telephone number as we know it: who is reached there now, and what was asked there. */
type Line = {
  readonly casefile: CasefileId
  readonly contacts: readonly { readonly contactId: string; readonly contact: Contact }[]
  /** Newest first. */
  readonly asked: readonly Entry[]
}

async function lineOf(number: string, store: ReplyPorts['store']): Promise<Line> {
  const casefile = casefileId('address', addressKey(number))
  const { events = [], entries = [] } = (await store.open(casefile)) ?? {}
  const contacts: { contactId: string; contact: Contact }[] = []
  for (const contactId of fold('address', events).contactIds) {
    const stored = await store.open(casefileId('contact', contactId))
    const contact = fold('contact', stored?.events ?? [])
    if (contact.details?.mobile === number) contacts.push({ contactId, contact })
  }
  const asked = entries
    .filter((entry) => entry.is === 'sent' && entry.duty !== HELP.duty)
    .toSorted((a, b) => b.at - a.at || (a.noticeId < b.noticeId ? 1 : -1))
  return { casefile, contacts, asked }
}

/**
 * Answers what was asked last and still waits for an answer; undefined when nothing is, or when it asks for more than
 * yes or no. Who has said yes before, and says so again, is heard as well: there is nothing to do.
 */
async function answerLatest(
  { contacts, asked }: Line,
  wish: 'yes' | 'no',
  ports: ReplyPorts,
): Promise<'done' | undefined> {
  const isHere = ({ entry }: Asked) => contacts.some(({ contactId }) => contactId === entry.to)
  for (const { noticeId } of asked) {
    const question = await questionOf(noticeId, ports)
    if (question.is !== 'open' || !isHere(question)) continue
    const ids = question.choices.map((choice) => choice.id)
    if (!ids.includes('no')) return undefined
    if (ids.includes(wish)) await answer(question, wish, ports)
    return 'done'
  }
  return undefined
}

const HELP = { duty: 'REPLY', step: 'help' } as const

/** Says what may be replied. The day's claim on it is in the number's ledger, so that a second invocation says nothing. */
async function help(number: string, line: Line, id: string, ports: ReplyPorts): Promise<Replied> {
  const { store, sms } = ports
  const reader = line.contacts.find(({ contact }) => mayWrite(contact))
  if (!reader) return 'left'
  const now = ports.now()
  const occasion = londonDate(now)
  const noticeId = `address_${keyOf(line.casefile)}_${HELP.duty}_${HELP.step}_${occasion}`
  const language: Language = reader.contact.details?.language ?? 'en'
  const entry = {
    ...HELP,
    noticeId,
    messageId: noticeId,
    occasion,
    due: now,
    at: now,
    because: [id],
    to: reader.contactId,
    role: 'person',
    channel: 'sms',
    address: number,
    language,
    misses: [],
    failed: [],
  } as const
  const text = helpIn(language)
  const claim = { ...entry, is: 'claimed', leaseUntil: now + LEASE_MS } as const
  const [standing] = await store.claim(line.casefile, [claim], now, () => ({ messageId: noticeId, text }))
  if (standing) return 'left'
  const sent = await sms.send({ ...text, messageId: noticeId, channel: 'sms', address: number }, now)
  const became: Entry =
    sent.is === 'accepted' || sent.is === 'unknown'
      ? { ...entry, is: 'sent' }
      : { ...entry, is: 'failed', reason: sent.is === 'rejected' ? sent.reason : 'throttled' }
  await store.record(line.casefile, [became])
  return became.is === 'sent' ? 'helped' : 'left'
}

function mayWrite({ details, optedOut, disowned }: Contact): boolean {
  return details !== undefined && !details.doNotMessage && !optedOut.sms && !disowned.sms
}

function helpIn(language: Language) {
  const text = answerWord('help', language)
  return { subject: '', text, html: '', textMessage: asTextMessage(text) }
}
