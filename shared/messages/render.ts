import nunjucks from 'nunjucks'
import { londonDate } from '../calendar/london.ts'
import type { ChannelName, Language, Writing } from '../casefile/ledger.ts'
import { howToReply } from './answer-words.ts'
import { spoken } from './call.ts'
import { type Written, writeDate, writeDay, writeMoment, writeOnDay, writeTime } from './dates.ts'
import { writeHtml } from './html.ts'
import type { Letterhead } from './letterheads.ts'
import { writePhone } from './phone.ts'
import { BREAK, type Facts, type Template, type Text, type Wording } from './text.ts'
import { asTextMessage, inPlainLetters, inPlainQuotes } from './text-message.ts'
import { ATTENDANCE, REASONS } from './words.ts'

/** One notice to render: its text, its facts, and whether what it asks for is overdue. */
export type Part = { readonly text: Template; readonly facts: Facts; readonly isOverdue?: boolean }

/** Above this many fragments in one language, facts such as a place are shortened. */
const FRAGMENTS_MAX = 2
const PLACE_LENGTHS = [60, 40, 25, 0]

/** How a message is written: who signs it, and whether it must be as short as possible. */
export type Manner = Partial<Pick<Letterhead, 'signs' | 'isWelshFirst'>> & {
  readonly shortest?: boolean | undefined
}

/**
 * Renders the message of one or more notices in the reader's language. The only renderer, for preview, replay and
 * sending. Throws if a text uses a fact that it was not given: that is a bug, not an outcome.
 */
export function renderMessage(
  parts: readonly Part[],
  language: Language,
  channel: ChannelName,
  { signs, isWelshFirst = false, shortest = false }: Manner = {},
): Text {
  if (channel === 'call') return asCall(parts, language)
  const inWales = isWelshFirst || parts.some(({ facts }) => facts.wales === true)
  const both: Written[] = inWales ? ['cy', 'en'] : ['en', 'cy']
  const pressing = [...parts].sort((a, b) => Number(b.isOverdue ?? false) - Number(a.isOverdue ?? false))
  const versions = (language === 'both' ? both : [language]).map((one) => {
    const sign = signs && (channel === 'sms' ? `\n${signs[one]}` : `\n\n${signs[one]}`)
    const wording = channel === 'sms' ? asText(pressing, one, sign) : asMail(pressing, one)
    const { subject, text } = shortest ? inShort(wording) : wording
    return { language: one, subject, text: text + (sign ?? '') }
  })
  const text = fitted(versions.map((version) => version.text).join(BREAK), channel, versions.length)
  return {
    subject: versions.map((version) => version.subject).join(' / '),
    text,
    html: writeHtml(versions),
    ...(signs && { from: signs[versions[0]?.language ?? 'en'] }),
    ...(channel === 'sms' && { textMessage: asTextMessage(text) }),
  }
}

/** A call says nothing about the notices, only that there are texts to read. */
function asCall([part]: readonly Part[], language: Language): Text {
  const { text } = spoken(String(part?.facts.name ?? ''), language)
  return { subject: '', text, html: '' }
}

/** Removes the accents that would make a text message longer than it may be in its languages. */
function fitted(text: string, channel: ChannelName, languages: number): string {
  const isTooLong = channel === 'sms' && asTextMessage(text).fragments > FRAGMENTS_MAX * languages
  return isTooLong ? inPlainLetters(text) : text
}

/** Every notice in full, the most urgent first, with a shared link only once. */
function asMail(parts: readonly Part[], language: Written): Wording {
  const rendered = unlike(parts.map((part) => renderPart(part, language, 'email')))
  const link = lastParagraph(rendered.at(-1)?.text)
  const texts = rendered.map(({ text }, index) =>
    index < rendered.length - 1 && lastParagraph(text) === link && link.includes('://')
      ? text.slice(0, -link.length).trim()
      : text,
  )
  return { subject: subjectOf(rendered, parts, language), text: texts.join(BREAK) }
}

/** The most urgent notice, and how many more there are at the link; as short as a text must be. */
function asText(parts: readonly Part[], language: Written, sign = ''): Wording {
  const wording = (placeMax: number): Wording => {
    const short = parts.map((part) => ({ ...part, facts: withPlaceOf(part.facts, placeMax) }))
    const rendered = unlike(short.map((part) => renderPart(part, language, 'sms')))
    const [first] = rendered
    const more = rendered.length - 1
    const link = linkIn(first?.text)
    const text = inPlainQuotes(first?.text ?? '')
    const shown = more > 0 && link ? withoutLink(text, link) : text
    const others = more > 0 ? `\n\n${moreOf(more, language)}: ${link ?? ''}` : ''
    return { subject: subjectOf(rendered, parts, language), text: shown + others }
  }
  const whole = wording(Number.POSITIVE_INFINITY)
  const fits = ({ text }: Wording) => asTextMessage(inPlainLetters(text + sign)).fragments <= FRAGMENTS_MAX
  if (fits(whole)) return whole
  for (const length of PLACE_LENGTHS) {
    const shorter = wording(length)
    if (fits(shorter)) return shorter
  }
  return briefly(whole)
}

/** A text whose link is shown elsewhere: without its last paragraph, or without the link if that is all it says. */
function withoutLink(text: string, link: string): string {
  const above = text.replace(lastParagraph(text), '').trim()
  return above || text.replace(link, '').replace(/[\s:]+$/, '')
}

/** What does not fit is reduced to its subject and its link. */
function briefly({ subject, text }: Wording): Wording {
  const link = linkIn(text)
  return { subject, text: link === undefined ? text : inPlainQuotes(`${subject}\n\n${link}`) }
}

function moreOf(count: number, language: Written): string {
  return language === 'en' ? `${count} more` : `${count} arall`
}

/** `Case O-1: 3 things to do, 2 overdue`. One thing has its own subject. */
function subjectOf(rendered: readonly Wording[], parts: readonly Part[], language: Written): string {
  const [first, ...others] = rendered.map(({ subject }) => subject)
  if (first === undefined) throw new Error('a message needs at least one notice')
  if (others.length === 0) return first
  const [about = ''] = /^[^:,]+/.exec(first) ?? []
  const count = rendered.length
  const overdue = Math.min(count, parts.filter(({ isOverdue }) => isOverdue).length)
  const things = language === 'en' ? `${count} things to do` : `${count} peth i'w gwneud`
  const late = language === 'en' ? `, ${overdue} overdue` : `, ${overdue} yn hwyr`
  return `${about}: ${things}${overdue > 0 ? late : ''}`
}

/** Notices with the same text are shown once. */
function unlike(rendered: readonly Wording[]): Wording[] {
  return [...new Map(rendered.map((one) => [one.text, one])).values()]
}

function lastParagraph(text = ''): string {
  return text.split('\n\n').at(-1) ?? ''
}

function linkIn(text = ''): string | undefined {
  return /https?:\/\/\S+[\w/]/.exec(text)?.[0]
}

function withPlaceOf(facts: Facts, max: number): Facts {
  const { place } = facts
  return typeof place === 'string' && place.length > max
    ? { ...facts, place: place.slice(0, max).trim() }
    : facts
}

/** As few words as possible: the first paragraph, which says what it is about, and the link to the rest. */
function inShort({ subject, text }: Wording): Wording {
  const [first = ''] = text.split('\n\n')
  const link = linkIn(text)
  return { subject, text: link === undefined || first.includes(link) ? first : `${first}\n\n${link}` }
}

function renderPart({ text, facts }: Part, language: Written, channel: Writing): Wording {
  const template = text[language]
  const answering = howToAnswer(facts, language, channel)
  const write = (source: string) =>
    compiled(language, source).render({ ...facts, ...answering, isTextMessage: channel === 'sms' })
  return { subject: write(template.subject).trim(), text: tidy(write(template.text)) }
}

/** How to answer a question: for a text message by replying, otherwise at its link. */
function howToAnswer({ answer, letter }: Facts, language: Written, channel: Writing) {
  if (channel === 'sms') {
    const named = typeof letter === 'string' ? letter : undefined
    const reply = (ids: readonly string[]) => howToReply(ids, named, language)
    const cannot = language === 'en' ? 'If you cannot go after all, ' : "Os na allwch fynd wedi'r cyfan, "
    const [first = '', ...rest] = reply(['yes', 'no'])
    return { sayYesOrNo: `${first.toUpperCase()}${rest.join('')}.`, sayNo: `${cannot}${reply(['no'])}.` }
  }
  return language === 'en'
    ? { sayYesOrNo: `Say yes or no: ${answer}`, sayNo: `If you cannot go after all, say so: ${answer}` }
    : {
        sayYesOrNo: `Atebwch gallaf neu na allaf: ${answer}`,
        sayNo: `Os na allwch fynd wedi’r cyfan, dywedwch: ${answer}`,
      }
}

/** Compiling takes longer than rendering, and there are only as many templates as texts, so they are kept. */
function compiled(language: Written, source: string): nunjucks.Template {
  const known = COMPILED[language].get(source) ?? new nunjucks.Template(source, ENVIRONMENTS[language])
  COMPILED[language].set(source, known)
  return known
}

const COMPILED = { en: new Map<string, nunjucks.Template>(), cy: new Map<string, nunjucks.Template>() }

/** Keeps one blank line between paragraphs, whatever an optional sentence left behind. */
function tidy(text: string): string {
  return text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const ENVIRONMENTS: { readonly [L in Written]: nunjucks.Environment } = {
  en: environmentIn('en'),
  cy: environmentIn('cy'),
}

function environmentIn(language: Written): nunjucks.Environment {
  const environment = new nunjucks.Environment(null, { autoescape: false, throwOnUndefined: true })
  environment.addFilter('date', (date: string) => writeDate(language, date))
  const dated = (day: string | number) => (typeof day === 'number' ? londonDate(day) : day)
  environment.addFilter('day', (day: string | number) => writeDay(language, dated(day)))
  environment.addFilter('onDay', (day: string | number) => writeOnDay(language, dated(day)))
  environment.addFilter('phone', writePhone)
  environment.addFilter('time', (instant: number) => writeTime(language, instant))
  environment.addFilter('moment', (instant: number) => writeMoment(language, instant))
  environment.addFilter('reason', (reason: string) => REASONS[reason]?.[language] ?? reason)
  environment.addFilter(
    'attendance',
    (attendance: string) => ATTENDANCE[attendance]?.[language] ?? attendance,
  )
  return environment
}
