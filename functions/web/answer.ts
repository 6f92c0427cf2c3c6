import type { Instant } from '../../shared/calendar/london.ts'
import { writeInstant } from '../../shared/calendar/london.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import { type CasefileId, casefileOfNotice } from '../../shared/casefile/routing.ts'
import { checkLink, type SignedLink } from '../../shared/messages/links.ts'
import type { Store } from '../../shared/store/store.ts'
import { type IntakePorts, intake } from '../intake/intake.ts'

export type AnswerPorts = IntakePorts & {
  readonly store: Pick<Store, 'open' | 'append' | 'rouse'>
  /** The keys that links are signed with, newest first. */
  readonly linkKeys: readonly string[]
}

/** One thing that may be answered: what is said, and the event that saying it is. */
export type Choice = {
  readonly id: string
  readonly type: 'gate-meeting.accepted' | 'gate-meeting.declined' | 'gate-meeting.closed' | MeetingAnswer
  readonly outcome?: string
}
type MeetingAnswer = 'appointment.confirmed' | 'appointment.declined'

const YES_OR_NO: readonly Choice[] = [
  { id: 'yes', type: 'gate-meeting.accepted' },
  { id: 'no', type: 'gate-meeting.declined' },
]
const OUTCOMES: readonly Choice[] = [
  'met',
  'person-not-seen',
  'meeter-not-there',
  'not-released',
  'stood-down',
].map((outcome) => ({
  id: outcome,
  type: 'gate-meeting.closed',
  outcome,
}))

/** What may be answered to each notice, by duty and step. A notice that is not here asks for nothing. */
const ANSWERS: Readonly<Record<string, readonly Choice[]>> = {
  'GATE-01 plan': YES_OR_NO,
  'GATE-01 accept': YES_OR_NO,
  'GATE-01 confirmed': YES_OR_NO.slice(1),
  'GATE-01 alert': YES_OR_NO.slice(1),
  'GATE-01 outcome': OUTCOMES,
  'GATE-08 out-now': YES_OR_NO,
  'GATE-29 moved': YES_OR_NO,
  'TWM-14 at-risk': [
    { id: 'yes', type: 'appointment.confirmed' },
    { id: 'no', type: 'appointment.declined' },
  ],
}

/** A question that a link leads to, and whether it may be answered. */
export type Question =
  | {
      readonly is: 'open'
      readonly entry: Given
      readonly casefile: CasefileId
      readonly choices: readonly Choice[]
    }
  | { readonly is: 'expired' | 'forged' | 'nothing-to-answer' }

type Given = Extract<Entry, { is: 'sent' }>

/** What a link asks. Looking changes nothing, so a scanner that opens every link does no harm. */
export async function openQuestion(link: SignedLink, ports: AnswerPorts): Promise<Question> {
  const checked = checkLink(ports.linkKeys, link, ports.now())
  if (checked !== 'good') return { is: checked }
  const casefile = casefileOfNotice(link.noticeId)
  const stored = casefile && (await ports.store.open(casefile))
  const entry = stored?.entries.find((one) => one.noticeId === link.noticeId)
  const choices = entry && ANSWERS[`${entry.duty} ${entry.step}`]
  if (!casefile || entry?.is !== 'sent' || !choices) return { is: 'nothing-to-answer' }
  return { is: 'open', entry, casefile, choices }
}

/**
 * Takes an answer in as the domain event that it is, in the name of whoever was told. The same button pressed
 * twice is one event; another answer later is another, and the later one stands.
 */
export async function answer(
  link: SignedLink,
  choiceId: string,
  ports: AnswerPorts,
): Promise<Question | { readonly is: 'taken' }> {
  const question = await openQuestion(link, ports)
  if (question.is !== 'open') return question
  const choice = question.choices.find((one) => one.id === choiceId)
  const stored = await ports.store.open(question.casefile)
  if (!choice || !stored) return { is: 'nothing-to-answer' }
  const event = eventOf(question.entry, choice, stored.events, ports.now())
  const receipt = await intake(JSON.stringify(event), ports)
  if (receipt.is === 'refused') throw new Error(`an answer of ours was refused: ${receipt.reason}`)
  return { is: 'taken' }
}

function eventOf(entry: Given, choice: Choice, events: readonly DomainEvent[], now: Instant) {
  const [subject = ''] = entry.occasion.split('_')
  const isGate = choice.type.startsWith('gate-meeting.')
  const opening = events.find((event) => 'releaseId' in event.info && event.info.releaseId === subject)
  const order = events.find((event) => event.type === 'order.made')
  const given = events.filter((event) => 'by' in event.info && event.info.by === entry.to).length
  const noms = opening?.person.noms
  return {
    eventType: `throughcare.${choice.type}`,
    version: 1,
    eventId: `answer/${entry.noticeId}/${choice.id}/${given}`,
    occurredAt: writeInstant(now),
    personReference: { identifiers: noms ? [{ type: 'NOMS', value: noms }] : [] },
    additionalInformation: {
      ...(isGate
        ? { releaseId: subject }
        : { orderId: order?.type === 'order.made' ? order.info.orderId : '', appointmentId: subject }),
      ...(choice.outcome !== undefined && { outcome: choice.outcome }),
      by: entry.to,
    },
  }
}
