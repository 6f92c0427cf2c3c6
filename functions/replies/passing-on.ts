import { HOUR_MS, londonDate } from '../../shared/calendar/london.ts'
import {
  addressKey,
  type CasefileId,
  casefileOfNotice,
  keyOf,
  kindOf,
  subjectOf,
} from '../../shared/casefile/ids.ts'
import { ourEvent } from '../../shared/casefile/our-event.ts'
import { prisonNumberOf } from '../../shared/casefile/routing.ts'
import { answerWord } from '../../shared/messages/answer-words.ts'
import { type Line, type ReplyPorts, takeIn } from './line.ts'
import { sayBack } from './saying-back.ts'

/** A text message that somebody wrote, and the provider's id of it. */
export type ReceivedText = { readonly body: string; readonly id: string; readonly crisis: boolean }

/**
 * A casefile whose workers should read what a contact writes: an order of theirs, or a release they were asked about.
 */
type Concerned = {
  readonly casefile: CasefileId
  readonly contactId: string
  readonly about: { readonly orderId: string } | { readonly releaseId: string }
  /** The prison number of a release's person. */
  readonly noms?: string | undefined
}

/**
 * Passes a text message on to the workers concerned. The event says only that somebody wrote; the words are stored
 * separately for those who may read them, and not at all if two people share the number. The sender is told that
 * somebody will read it, though not immediately. Somebody known only as a worker is told, once a day, what a text can
 * do.
 */
export async function passOn(line: Line, written: ReceivedText, ports: ReplyPorts): Promise<'told' | 'left'> {
  const now = ports.now()
  const all = await concernedBy(line, ports)
  const replyId = addressKey(written.id)
  for (const { casefile, contactId, about, noms } of all) {
    if (isOnePerson(line)) {
      const text = { subject: '', text: written.body, html: '' }
      await ports.store.keepWords(casefile, { messageId: replyId, text })
    }
    const info = {
      ...about,
      contactId,
      channel: 'sms',
      replyId,
      ...(written.crisis && { crisis: true }),
    } as const
    const eventId = `reply/${written.id}/${casefile}`
    await takeIn(ourEvent('reply.received', now, info, { eventId, noms }), ports)
  }
  const isPerson = all.some(({ about }) => 'orderId' in about)
  const word = isPerson ? 'not-read-at-once' : all.length > 0 ? 'passed-on' : 'help'
  const occasion = all.length > 0 ? String(Math.floor(now / HOUR_MS)) : londonDate(now)
  const why = { step: word, occasion, because: written.id }
  return sayBack(line, why, (language) => answerWord(word, language), ports)
}

async function concernedBy({ address, contacts }: Line, { store }: ReplyPorts): Promise<Concerned[]> {
  const isHere = (contactId: string) => contacts.some((one) => one.contactId === contactId)
  const orders = address.told
    .filter(({ contactId }) => isHere(contactId))
    .map(({ casefile, contactId }): Concerned => {
      const id = casefile as CasefileId
      return { casefile: id, contactId, about: { orderId: keyOf(id) } }
    })
  const asked = address.questions.findLast(({ to, noticeId }) => isHere(to) && isOfRelease(noticeId))
  const casefile = asked && casefileOfNotice(asked.noticeId)
  if (!asked || !casefile) return orders
  const releaseId = subjectOf(asked.occasion)
  const noms = prisonNumberOf(releaseId, await store.events(casefile, ['release']))
  return [...orders, { casefile, contactId: asked.to, about: { releaseId }, noms }]
}

function isOfRelease(noticeId: string): boolean {
  const casefile = casefileOfNotice(noticeId)
  return casefile !== undefined && kindOf(casefile) === 'release'
}

/** Whether everybody reached there has the same name. */
function isOnePerson({ contacts }: Line): boolean {
  return new Set(contacts.map(({ contact }) => contact.details?.name)).size === 1
}
