import type { Instant } from '../../shared/calendar/london.ts'
import type { Question } from '../../shared/casefile/address.ts'
import { phoneNumber } from '../../shared/casefile/fields.ts'
import { addressKey, casefileId } from '../../shared/casefile/ids.ts'
import { ourEvent } from '../../shared/casefile/our-event.ts'
import { addressEvent } from '../../shared/casefile/passing-on.ts'
import type { Inbound } from '../../shared/channels/inbound.ts'
import { choicesOf } from '../../shared/duties/catalogue.ts'
import { answerWord, type Waiting, whichQuestion } from '../../shared/messages/answer-words.ts'
import { type Reply, readReply } from '../../shared/messages/reply-words.ts'
import { answer, questionOf } from '../answers/answer.ts'
import { letterOf, openQuestionsAt } from '../answers/questions.ts'
import { type Line, lineOf, type ReplyPorts, takeIn } from './line.ts'
import { passOn } from './passing-on.ts'
import { STOPPED, sayBack } from './saying-back.ts'

/** `done` as asked; `told` what they can say, or that somebody will read it; or `left` alone. */
export type Replied = 'done' | 'told' | 'left'

/**
 * Acts on a text message to us. A wish (STOP, START, NOT ME) belongs to the number; an answer is applied only if it can
 * mean exactly one question; anything else is passed on for a person to read. Throws if intake refuses an event, which
 * is a bug.
 */
export async function reply({ from, to, body, id }: Inbound, ports: ReplyPorts): Promise<Replied> {
  const number = phoneNumber(from)
  if (number === undefined) return 'left'
  const line = await lineOf(number, to, ports.store)
  if (line.address.contactIds.length === 0) return 'left'
  const said = readReply(body)
  switch (said.is) {
    case 'stop':
      return wish('contact.opted-out', line, id, ports)
    case 'start':
      return wish('contact.opted-in', line, id, ports)
    case 'not-me':
      return wish('contact.disowned', line, id, ports)
    case 'yes':
    case 'no':
      return (await answerBy(said, line, id, ports)) ?? passOn(line, { body, id, crisis: false }, ports)
    case 'something-else':
      return passOn(line, { body, id, crisis: said.crisis }, ports)
  }
}

/** Recorded for everybody who is or was reached there: the wish is the number's, whoever holds it. */
async function wish(
  type: 'contact.opted-out' | 'contact.opted-in' | 'contact.disowned',
  line: Line,
  id: string,
  ports: ReplyPorts,
): Promise<Replied> {
  const { number: address, contacts } = line
  const holders =
    contacts.length > 0 ? contacts.map((one) => one.contactId) : line.address.contactIds.slice(-1)
  for (const contactId of holders) {
    const info = { contactId, channel: 'sms', address } as const
    await takeIn(ourEvent(type, ports.now(), info, { eventId: `reply/${id}/${contactId}` }), ports)
  }
  const isNews = type === 'contact.opted-out' && !line.address.isStopped
  const why = { step: STOPPED, occasion: addressKey(id), because: id }
  if (isNews) await sayBack(line, why, (language) => answerWord('stopped', language), ports)
  return holders.length > 0 ? 'done' : 'left'
}

/**
 * Applies an answer to the question that it names, or to the only open one. If it is ambiguous, nothing changes, and
 * the sender is told which questions are open and how to answer each. Undefined if none is open.
 */
async function answerBy(
  { is, letter }: Extract<Reply, { is: 'yes' | 'no' }>,
  line: Line,
  id: string,
  ports: ReplyPorts,
): Promise<Replied | undefined> {
  const { open, firstAt } = await whenItFirstCame(line, id, ports)
  if (open.length === 0) return undefined
  const meant = open.filter((question) => letter === undefined || letter === letterOf(question))
  const [only] = meant
  const ids = only ? choicesOf(only).map((choice) => choice.id) : []
  if (meant.length !== 1 || !only || !ids.includes('no')) return tellWhich(line, open, id, ports)
  if (!ids.includes(is)) return 'done' // they had said yes, and say so again
  const asked = await questionOf(only.noticeId, ports)
  const answered = 'entry' in asked ? await answer(asked, is, ports, firstAt) : asked
  return answered.is === 'taken' ? 'done' : undefined
}

/**
 * The questions that were open at a number when a text first came from there, and when that was if it comes again. They
 * are recorded before the text is acted on: if the provider hands it over again, it answers no question asked since.
 */
async function whenItFirstCame(
  line: Line,
  id: string,
  ports: ReplyPorts,
): Promise<{ readonly open: readonly Question[]; readonly firstAt?: Instant }> {
  const { store, now } = ports
  const [address, replyId] = [addressKey(line.number), addressKey(id)]
  const put = line.address.questions.filter(({ to }) =>
    line.contacts.some(({ contactId }) => contactId === to),
  )
  const known = line.address.replied.find((one) => one.replyId === replyId)
  if (known) {
    return { open: put.filter(({ noticeId }) => known.open.includes(noticeId)), firstAt: known.at }
  }
  const open = await openQuestionsAt(put, store, now())
  const replied = { address, replyId, open: open.map(({ noticeId }) => noticeId) }
  const event = addressEvent('address.replied', `replied/${replyId}`, replied, now())
  if ((await store.takeIn(casefileId('address', address), event)) === 'added') return { open }
  return whenItFirstCame(await lineOf(line.number, line.ours, store), id, ports)
}

async function tellWhich(
  line: Line,
  open: readonly Question[],
  id: string,
  ports: ReplyPorts,
): Promise<Replied> {
  const waiting: Waiting[] = []
  for (const question of open) {
    const asked = await questionOf(question.noticeId, ports)
    const ids = choicesOf(question).map((choice) => choice.id)
    waiting.push({ letter: letterOf(question), subject: 'subject' in asked ? asked.subject : '', ids })
  }
  const why = { step: 'which', occasion: addressKey(id), because: id }
  return sayBack(line, why, (language) => whichQuestion(waiting, language), ports)
}
