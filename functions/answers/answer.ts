import { DAY_MS, type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { fold, openCasefile } from '../../shared/casefile/casefile.ts'
import { countedOf } from '../../shared/casefile/counts.ts'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import {
  type CasefileId,
  casefileOfNotice,
  keyOf,
  kindOf,
  stamp,
  subjectOf,
} from '../../shared/casefile/ids.ts'
import type { Entry } from '../../shared/casefile/ledger.ts'
import { openLedger } from '../../shared/casefile/open-ledger.ts'
import { standing } from '../../shared/casefile/order.ts'
import { type OurEvent, ourEvent } from '../../shared/casefile/our-event.ts'
import { gateTimeOf } from '../../shared/casefile/release.ts'
import { CORRECTED_WITHIN_MS } from '../../shared/casefile/release-plan.ts'
import { choicesOf } from '../../shared/duties/catalogue.ts'
import { askingUntil } from '../../shared/duties/releases/asking.ts'
import { accepter } from '../../shared/duties/releases/meeters.ts'
import { isOver, versionOf } from '../../shared/duties/releases/open-release.ts'
import { type Choice, isSameQuestion, questionIn } from '../../shared/messages/answers.ts'
import { ANSWER_LINK_DAYS, leadsTo, readAnswerLink } from '../../shared/messages/links.ts'
import type { Store } from '../../shared/store/store.ts'
import type { TakeOurs } from '../intake/publish.ts'

export type AnswerPorts = {
  readonly store: Pick<Store, 'open' | 'texts'>
  readonly take: TakeOurs
  readonly now: () => Instant
  /** The keys that links are signed with, newest first. */
  readonly linkKeys: () => Promise<readonly string[]>
}

/** What it takes to take an answer in, and to count it. */
export type AnsweringPorts = Pick<AnswerPorts, 'take' | 'now'> & { readonly store: Pick<Store, 'count'> }

/** A question that somebody was asked. It is over once it was moved, called off, or answered for good, or its time has passed. */
export type Asked = {
  readonly is: 'open' | 'over'
  readonly entry: Given
  readonly casefile: CasefileId
  readonly events: readonly DomainEvent[]
  readonly entries: readonly Entry[]
  readonly choices: readonly Choice[]
  /** What its message was about, in a line. */
  readonly subject: string
  /** What the message said of it, in each of its languages. */
  readonly said: readonly string[]
}
type Given = Extract<Entry, { is: 'sent' }>

/** A question that a link leads to, or why it leads to none. */
export type Question = Asked | { readonly is: 'expired' | 'forged' | 'nothing-to-answer' }

/** What a link asks. Looking changes nothing, so a scanner that opens every link does no harm. */
export async function openQuestion(written: string, ports: AnswerPorts): Promise<Question> {
  const link = readAnswerLink(written, await ports.linkKeys())
  if (!link) return { is: 'forged' }
  const { entries = [] } = (await ports.store.open(link.casefile)) ?? {}
  const entry = entries.find(({ noticeId }) => leadsTo(link, noticeId))
  if (!entry) return { is: 'forged' }
  if (entry.at + ANSWER_LINK_DAYS * DAY_MS <= ports.now()) return { is: 'expired' }
  return questionOf(entry.noticeId, ports)
}

/**
 * Whether a question asks at a moment: while the day, time and place that it was about still are the ones, and for a
 * yes, before that time has passed; how a meeting went may be said better for an hour.
 */
export function isAsking(
  question: Answerable & { readonly entry: Pick<Given, 'at'> },
  now: Instant,
): boolean {
  const { choices, entry } = question
  const isStanding = isStillAsked(question)
  if (choices.some(({ outcome }) => outcome !== undefined)) {
    return isStanding || answersTo(question).some(({ at }) => now - at <= CORRECTED_WITHIN_MS)
  }
  if (!isStanding || !choices.some(({ id }) => id === 'yes')) return isStanding
  const until = timeOf(question)
  // Anybody who was asked after that was asked because the person came out at another time.
  return until === undefined || now < until || entry.at >= until
}

/** Until when it is any use to say yes. */
function timeOf({ casefile, entry, events }: Answerable): Instant | undefined {
  const subject = subjectOf(entry.occasion)
  if (kindOf(casefile) !== 'release') {
    const meeting = fold('order', events).appointments[subject]
    return meeting && standing(meeting).startsAt
  }
  const release = fold('release', events).byId[subject]
  const gateTime = release && gateTimeOf(release)
  if (!release?.releaseOn || gateTime === undefined) return undefined
  return askingUntil({ release, releaseOn: release.releaseOn, gateTime })
}

/** Whether somebody else had agreed already to what was asked. */
export function isTakenByAnother({ casefile, entry, events, entries }: Asked): boolean {
  if (kindOf(casefile) !== 'release') return false
  const opened = openCasefile(casefile as CasefileId<'release'>, events, entries)
  const release = opened.state.byId[subjectOf(entry.occasion)]
  const by = release && accepter({ ledger: opened.ledger, release })?.by
  return by !== undefined && by !== entry.to
}

/** What a notice asks of the person it told, for a caller who has shown that they are that person. */
export async function questionOf(
  noticeId: string,
  { store, now }: Pick<AnswerPorts, 'store' | 'now'>,
): Promise<Asked | { readonly is: 'nothing-to-answer' }> {
  const casefile = casefileOfNotice(noticeId)
  const stored = casefile && (await store.open(casefile))
  const entry = stored && openLedger(stored.entries, stored.events).entry(noticeId)
  const choices = entry ? choicesOf(entry) : []
  if (!casefile || !stored || entry?.is !== 'sent' || choices.length === 0) return { is: 'nothing-to-answer' }
  const { events, entries } = stored
  const { text = '', subject = '' } = (await store.texts(casefile)).get(entry.messageId) ?? {}
  const is = isAsking({ casefile, entry, events, choices }, now()) ? 'open' : 'over'
  return { is, entry, casefile, events, entries, choices, subject, said: questionIn(text, noticeId) }
}

/**
 * Takes an answer in as the domain event that it is, in the name of the person who was told. The same answer given twice
 * is one event, and both are accepted; another answer later is another, and the later one stands. Throws where intake
 * refuses it, which is a fault of ours.
 */
export async function answer(
  question: Asked,
  choiceId: string,
  { take, now, store }: AnsweringPorts,
): Promise<
  | { readonly is: 'taken'; readonly choice: Choice }
  | { readonly is: 'over' | 'nothing-to-answer' | 'changed-too-often' }
> {
  const choice = question.choices.find((one) => one.id === choiceId)
  if (!choice) return { is: 'nothing-to-answer' }
  const event = eventOf(question, choice, now())
  // One that is known is taken in again: the one who took it in first may have died before all of it was done.
  if (!question.events.some(({ eventId }) => eventId === event.eventId)) {
    if (question.is === 'over') return { is: 'over' }
    if (isTooOften(question, now())) return { is: 'changed-too-often' }
  }
  const admission = await take(event)
  if (admission.is === 'refused') throw new Error(`an answer of ours was refused: ${admission.reason}`)
  const isFirst = admission.is === 'accepted' && answersTo(question).length === 0
  if (isFirst) await store.count(question.casefile, countedOf('actedOn', [question.entry]))
  return { is: 'taken', choice }
}

/** How often one notice may be answered in all, and how soon again: who has more to say rings us. */
const ANSWERS_MAX = 10
const CHANGE_MS = MINUTE_MS

function isTooOften({ entry, events }: Asked, now: Instant): boolean {
  const given = events.filter(({ eventId }) => eventId.startsWith(`answer/${entry.noticeId}/`))
  return given.length >= ANSWERS_MAX || given.some(({ at }) => at > now - CHANGE_MS)
}

/** Whether the day, time and place that somebody was asked about still are the ones, and nothing is settled. */
function isStillAsked({ casefile, entry: { occasion }, events }: Answerable): boolean {
  const subject = subjectOf(occasion)
  if (kindOf(casefile) === 'release') {
    const release = fold('release', events).byId[subject]
    return release !== undefined && !isOver(release) && isAbout(occasion, versionOf(release))
  }
  const meeting = fold('order', events).appointments[subject]
  return (
    meeting !== undefined &&
    !meeting.cancelled &&
    isAbout(occasion, `${subject}_${stamp(standing(meeting).startsAt)}`)
  )
}

function isAbout(occasion: string, version: string): boolean {
  return `${occasion}_`.startsWith(`${version}_`)
}

/** Filed where the question was asked: by prison number if that is how the casefile is found, else by its own id. */
function eventOf(question: Asked, choice: Choice, now: Instant): OurEvent {
  const { entry, events } = question
  const about = subjectIn(question)
  const noms = events.find(({ info, person }) => isSameSubject(info, about) && person.noms)?.person.noms
  const before = answersTo(question)
  const takenBack = before.filter((one) => !says(one, choice)).length
  const last = Math.max(...before.map(({ at }) => at))
  const info = { ...about, ...(choice.outcome && { outcome: choice.outcome }), by: entry.to }
  const eventId = `answer/${entry.noticeId}/${choice.id}/${takenBack}`
  return ourEvent(choice.type, Math.max(now, last + 1), info, { eventId, noms })
}

function says({ type, info }: DomainEvent, choice: Choice): boolean {
  return (
    type === choice.type &&
    (choice.outcome === undefined || ('outcome' in info && info.outcome === choice.outcome))
  )
}

/** As much of a question as tells what is an answer to it. */
type Answerable = Pick<Asked, 'casefile' | 'events' | 'choices'> & {
  readonly entry: Pick<Given, 'to' | 'occasion'>
}

/** What has been answered to a question, by the one who was asked, in any way. */
export function answersTo(question: Answerable): DomainEvent[] {
  const { entry, events, choices } = question
  const about = subjectIn(question)
  return events.filter(
    ({ type, info }) =>
      choices.some((choice) => isSameQuestion(type, choice.type)) &&
      isSameSubject(info, about) &&
      'by' in info &&
      info.by === entry.to,
  )
}

function subjectIn({ entry, casefile }: Answerable) {
  const subject = subjectOf(entry.occasion)
  return kindOf(casefile) === 'release'
    ? { releaseId: subject }
    : { orderId: keyOf(casefile), appointmentId: subject }
}

function isSameSubject(info: object, about: Readonly<Record<string, string>>): boolean {
  const said: Readonly<Record<string, unknown>> = { ...info }
  return Object.entries(about).every(([field, value]) => said[field] === value)
}
