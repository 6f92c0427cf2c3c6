import nunjucks from 'nunjucks'
import { londonDate } from '../calendar/london.ts'
import type { ChannelName, Language } from '../casefile/ledger.ts'
import { type Written, writeDate, writeDay, writeMoment, writeTime } from './dates.ts'
import { writeHtml } from './html.ts'
import type { Facts, Template, Text, Wording } from './text.ts'
import { asTextMessage } from './text-message.ts'
import { ATTENDANCE, REASONS } from './words.ts'

/** One notice to be written: which text, and what it may say. */
export type Part = { readonly text: Template; readonly facts: Facts }

/** Between two languages, and between the notices that share a message. */
const BREAK = '\n\n---\n\n'

/**
 * Writes the message of one or more notices in the reader's language. The one renderer for preview, replay and
 * send. Throws when a text speaks of a fact it was not given: that is a bug, not an outcome.
 */
export function renderMessage(
  parts: readonly Part[],
  language: Language,
  channel: ChannelName,
  shortest = false,
): Text {
  const written: Written[] = language === 'both' ? ['en', 'cy'] : [language]
  const versions = written.map((one) => ({
    language: one,
    ...(shortest ? inShort(renderIn(parts, one)) : renderIn(parts, one)),
  }))
  const text = versions.map((version) => version.text).join(BREAK)
  return {
    subject: versions.map((version) => version.subject).join(' / '),
    text,
    html: writeHtml(versions),
    ...(channel === 'sms' && { textMessage: asTextMessage(text) }),
  }
}

function renderIn(parts: readonly Part[], language: Written): Wording {
  const rendered = parts.map((part) => renderPart(part, language))
  const texts = [...new Set(rendered.map((part) => part.text))]
  const [first] = rendered
  if (!first) throw new Error('a message needs at least one notice')
  const others = texts.length - 1
  const more = language === 'en' ? ` and ${others} more` : ` a ${others} arall`
  return {
    subject: others > 0 ? first.subject + more : first.subject,
    text: texts.join(BREAK),
  }
}

/** As few words as can be: the first paragraph, which says what it is about, and the link to the rest. */
function inShort({ subject, text }: Wording): Wording {
  const [first = ''] = text.split('\n\n')
  const [, link] = /(https?:\/\/\S+[\w/])/.exec(text) ?? []
  return { subject, text: link === undefined || first.includes(link) ? first : `${first}\n\n${link}` }
}

function renderPart({ text, facts }: Part, language: Written): Wording {
  const template = text[language]
  const write = (source: string) => compiled(language, source).render(facts)
  return { subject: write(template.subject).trim(), text: tidy(write(template.text)) }
}

/** Compiling takes longer than rendering, and there are only as many templates as texts. */
function compiled(language: Written, source: string): nunjucks.Template {
  const known = COMPILED[language].get(source) ?? new nunjucks.Template(source, ENVIRONMENTS[language])
  COMPILED[language].set(source, known)
  return known
}

const COMPILED = { en: new Map<string, nunjucks.Template>(), cy: new Map<string, nunjucks.Template>() }

/** Paragraphs keep one blank line between them, whatever an optional sentence left behind. */
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
  environment.addFilter('day', (day: string | number) =>
    writeDay(language, typeof day === 'number' ? londonDate(day) : day),
  )
  environment.addFilter('time', (instant: number) => writeTime(language, instant))
  environment.addFilter('moment', (instant: number) => writeMoment(language, instant))
  environment.addFilter('reason', (reason: string) => REASONS[reason]?.[language] ?? reason)
  environment.addFilter(
    'attendance',
    (attendance: string) => ATTENDANCE[attendance]?.[language] ?? attendance,
  )
  return environment
}
