import { DAY_MS, type Instant, MINUTE_MS } from '../../shared/calendar/london.ts'
import { standing } from '../../shared/casefile/appointment.ts'
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

/** What is needed to take in an answer and count it. */
export type AnsweringPorts = Pick<AnswerPorts, 'take' | 'now'> & { readonly store: Pick<Store, 'count'> }

/**
 * A question that somebody was asked. It is over when it was moved, called off or finally answered, or its time passed.
 */
export type Asked = {
  readonly is: 'open' | 'over'
  readonly entry: Given
  readonly casefile: CasefileId
  readonly events: readonly DomainEvent[]
  readonly entries: readonly Entry[]
  readonly choices: readonly Choice[]
  /** What its message was about, in a line. */
  readonly subject: string
  /** What the message said about it, in each of its languages. */
  readonly said: readonly string[]
}
type Given = Extract<Entry, { is: 'sent' }>

/** A question that a link leads to, or why it leads to none. */
export type Question = Asked | { readonly is: 'expired' | 'forged' | 'nothing-to-answer' }

/** The question of a link. Opening it changes nothing, so a scanner that opens every link does no harm. */
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
 * Whether a question is open at a moment: while its day, time and place are still the current ones and, for a yes, that
 * time has not passed. The outcome of a meeting may be corrected for an hour.
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
  // Anybody asked later than that was asked because the person came out at another time.
  return until === undefined || now < until || entry.at >= until
}

/** Until when saying yes is of any use. */
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

/** Whether somebody else had already agreed. */
export function isTakenByAnother({ casefile, entry, events, entries }: Asked): boolean {
  if (kindOf(casefile) !== 'release') return false
  const opened = openCasefile(casefile as CasefileId<'release'>, events, entries)
  const release = opened.state.byId[subjectOf(entry.occasion)]
  const by = release && accepter({ ledger: opened.ledger, release })?.by
  return by !== undefined && by !== entry.to
}

/** What a notice asks its recipient; the caller must have checked that it is them. */
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
 * Takes in an answer as a domain event, in the name of the person who was asked. The same answer twice is one event,
 * and both are accepted; a different answer later is another event, and the later one counts. One that comes again, and
 * was first given at `firstAt`, changes nothing that was answered since. Throws if intake refuses it, which is a bug.
 */
export async function answer(
  asked: Asked,
  choiceId: string,
  { take, now, store }: AnsweringPorts,
  firstAt?: Instant,
): Promise<
  | { readonly is: 'taken'; readonly choice: Choice }
  | { readonly is: 'over' | 'nothing-to-answer' | 'changed-too-often' }
> {
  const choice = asked.choices.find((one) => one.id === choiceId)
  if (!choice) return { is: 'nothing-to-answer' }
  const question = firstAt === undefined ? asked : asFirstAnswered(asked, choice, firstAt)
  if (!question) return { is: 'taken', choice }
  const event = eventOf(question, choice, now())
  // A known answer is taken in again: the process that took it in first may have died half-way.
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

/**
 * A question as it stood when an answer that comes again was first given. Undefined if that was never taken in, and
 * another was given since.
 */
function asFirstAnswered(asked: Asked, choice: Choice, firstAt: Instant): Asked | undefined {
  const since = answersTo(asked)
    .filter(({ at }) => at >= firstAt)
    .sort((a, b) => a.at - b.at)
  const own = since.findIndex((one) => says(one, choice))
  if (since.length > 0 && own < 0) return undefined
  const later = since.slice(own + 1)
  return { ...asked, events: asked.events.filter((event) => !later.includes(event)) }
}

/**
 * How often one notice may be answered in total, and the shortest time between: anybody with more to say should ring.
 */
const ANSWERS_MAX = 10
const CHANGE_MS = MINUTE_MS

function isTooOften({ entry, events }: Asked, now: Instant): boolean {
  const given = events.filter(({ eventId }) => eventId.startsWith(`answer/${entry.noticeId}/`))
  return given.length >= ANSWERS_MAX || given.some(({ at }) => at > now - CHANGE_MS)
}

/** Whether the day, time and place of the question are still the current ones, and nothing is settled. */
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

/** The event goes to the casefile of the question: by prison number if that is its key, else by its own id. */
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

/** The part of a question that is needed to recognise its answers. */
type Answerable = Pick<Asked, 'casefile' | 'events' | 'choices'> & {
  readonly entry: Pick<Given, 'to' | 'occasion'>
}

/** The answers to a question by the person who was asked, in any way. */
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
