import { londonClock } from '../../../shared/calendar/london.ts'
import { type DomainEvent, EVENTS } from '../../../shared/casefile/events.ts'
import type { Written } from '../../../shared/messages/dates.ts'
import { noticeName } from '../../../shared/messages/links.ts'
import type { Text } from '../../../shared/messages/text.ts'
import { CONTACTS, labelOf } from '../casefiles/facts.ts'
import type { NoticeRow } from '../casefiles/rows.ts'
import { sayIn } from '../frame/welsh.ts'
import { inWords } from '../frame/words.ts'

/** One thing that is held: in full, or covered until somebody with a reason uncovers it by its key. */
export type HeldFact = {
  readonly key: string
  readonly label: string
  readonly value: string
  /** Why it is covered, and that it is; undefined for what is the person's own. */
  readonly covered: { readonly why: string; readonly isStill: boolean } | undefined
}

/** Whose the rest is: the contacts that the person is, what was uncovered, the texts of messages and replies, and the reader’s language. */
export type Known = {
  readonly own: ReadonlySet<string>
  readonly uncovered: ReadonlySet<string>
  readonly texts: ReadonlyMap<string, Text>
  readonly language: Written
}

/** The numbers by which an event names the person. */
export function numbersIn({ person, eventId }: DomainEvent, language: Written): HeldFact[] {
  return Object.entries(person).flatMap(([name, value]) => {
    const label = name === 'crn' ? 'CRN' : labelOf('nomsNumber', language)
    return value === undefined ? [] : [{ key: `${eventId}#${name}`, label, value, covered: undefined }]
  })
}

/** Every field of an event, and the words that it came with. What is not the person's own is covered at first. */
export function factsHeldIn(event: DomainEvent, known: Known): HeldFact[] {
  const { eventId, info } = event
  const facts = Object.entries(info).flatMap(([field, value]) =>
    value === undefined
      ? []
      : [
          factOf(
            `${eventId}#${field}`,
            labelOf(field, known.language),
            written(field, value, known.language),
            whyCovered(event, field, value, known),
            known,
          ),
        ],
  )
  const words = event.type === 'reply.received' ? known.texts.get(event.info.replyId)?.text : undefined
  if (words === undefined || event.type !== 'reply.received') return facts
  const why = known.own.has(event.info.contactId) ? undefined : ELSE
  const say = sayIn(known.language)
  return [...facts, factOf(`${eventId}#words`, say('What they wrote'), words, why, known)]
}

/** What became of a notice, to whom it went and what it said: to anybody but the person, covered at first. */
export function noticeFacts(row: NoticeRow, known: Known): HeldFact[] {
  const { noticeId, channel = '', outcome, reason, role, to, text } = row
  // The name, since an id may say whom a notice was for.
  const key = `${noticeName(noticeId)}/${channel}`
  const why = to !== undefined && known.own.has(to) ? undefined : ELSE
  const { language } = known
  const say = sayIn(language)
  const became = [outcome, reason].flatMap((code) => (code ? [inWords(code, language)] : [])).join(': ')
  return [
    factOf(`${key}#became`, say('What became of it'), became, undefined, known),
    ...(role === undefined
      ? []
      : [factOf(`${key}#role`, say('In which role'), inWords(role, language), undefined, known)]),
    ...(to === undefined ? [] : [factOf(`${key}#to`, say('To'), to, why, known)]),
    ...(text === undefined ? [] : [factOf(`${key}#text`, say('What it said'), text.text, why, known)]),
  ]
}

const ELSE = 'somebody else'
const CHOSEN = 'people of their choice'
const WARNING = 'a warning'
const SHARER = 'somebody who is reached there too'
const WORDS = 'words that may name others'
const UNKNOWN = 'nothing that we know'

const WARNINGS: readonly string[] = ['partnerViolenceRisk', 'crisis']
const FREE_WORDS: readonly string[] = ['progress', 'supportNeed']

/** Why a field is not shown at first. One that the contract does not know may hold anything. */
function whyCovered(
  { type, info }: DomainEvent,
  field: string,
  value: unknown,
  { own }: Known,
): string | undefined {
  if (type === 'contact.disowned' && field !== 'contactId') return SHARER
  if (field === 'meeters') return CHOSEN
  if (WARNINGS.includes(field)) return WARNING
  if (FREE_WORDS.includes(field)) return WORDS
  if (field in { contactId: 0, by: 0, to: 0 } || CONTACTS.has(field)) {
    return own.has(String(value)) ? undefined : ELSE
  }
  // Everything about a contact who is somebody else is about others.
  if ('contactId' in info && !own.has(String(info.contactId))) return ELSE
  return field in EVENTS[type].shape ? undefined : UNKNOWN
}

/** What the contract's own lists hold: `did-not-attend`. */
const IS_CODE = /^[a-z]+(-[a-z]+)*$/

function written(field: string, value: unknown, language: Written): string {
  if (field === 'startsAt' && typeof value === 'number') return londonClock(value).replace('T', ' ')
  if (typeof value === 'boolean') return sayIn(language)(value ? 'yes' : 'no')
  if (typeof value !== 'string') return JSON.stringify(value)
  return IS_CODE.test(value) ? inWords(value, language) : value
}

function factOf(
  key: string,
  label: string,
  value: string,
  why: string | undefined,
  { uncovered }: Known,
): HeldFact {
  const isStill = !uncovered.has(key)
  return { key, label, value, covered: why === undefined ? undefined : { why, isStill } }
}
