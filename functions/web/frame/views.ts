import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import nunjucks from 'nunjucks'
import { type Instant, type LocalDate, londonDate } from '../../../shared/calendar/london.ts'
import { type Written, writeDate, writeMoment, writeTime } from '../../../shared/messages/dates.ts'
import { noticeName } from '../../../shared/messages/links.ts'
import { writePhone } from '../../../shared/messages/phone.ts'
import { REASONS } from '../../../shared/messages/words.ts'
import { type SaidOf, sayIn } from './welsh.ts'
import { capitalized, inWords, wholeDay } from './words.ts'

/** Where the GOV.UK and Ministry of Justice design systems lie on this machine: nothing is fetched from elsewhere. */
export const FRONTEND = folderOf('govuk-frontend')
export const MOJ_FRONTEND = folderOf('@ministryofjustice/frontend')

function folderOf(name: string): string {
  return dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)))
}

const VIEWS = join(import.meta.dirname, 'views')

/** Our own few styles, beside the design system's: on a screen, and on paper. */
export const STYLES = ['throughcare.css', 'boards.css', 'figures.css', 'telephone.css', 'print.css']
  .map((name) => readFileSync(join(VIEWS, name), 'utf8'))
  .join('\n')

/** Writes a page. Everything in the facts is escaped. */
export function renderPage(view: string, facts: object): string {
  return ENVIRONMENT.render(`${view}.njk`, facts)
}

/** What a filter or a global finds as `this`: the facts of the page, in a macro those it was imported with. */
type InPage = { readonly ctx: { readonly language?: Written } }
type Filter<Value> = (value: Value, language: Written) => unknown

/** Filters of a moment, of a day and of a code, which write in the language of the page on which they stand. */
const OF_MOMENTS: Readonly<Record<string, Filter<Instant>>> = {
  day: (instant, language) => wholeDay(londonDate(instant), language),
  date: (instant, language) => writeDate(language, londonDate(instant)),
  time: (instant, language) => writeTime(language, instant),
  moment: (instant, language) => writeMoment(language, instant),
}
const OF_DAYS: Readonly<Record<string, Filter<LocalDate>>> = {
  wholeDay,
  localDate: (day, language) => writeDate(language, day),
  month: (day, language) => writeDate(language, day).split(' ')[1]?.slice(0, 3),
}
const OF_CODES: Readonly<Record<string, Filter<string>>> = {
  words: inWords,
  reason: (code, language) => REASONS[code]?.[language] ?? inWords(code, language),
}

const ENVIRONMENT = new nunjucks.Environment(new nunjucks.FileSystemLoader([VIEWS, join(FRONTEND, 'dist')]), {
  autoescape: true,
})
  .addGlobal('say', function (this: InPage, english: string, facts?: SaidOf) {
    return sayIn(languageOf(this))(english, facts)
  })
  .addFilter('capitalizeFirst', capitalized)
  .addFilter('money', (pounds: number) => pounds.toFixed(2))
  .addFilter('phone', writePhone)
  .addFilter('noticeName', noticeName)
  .addFilter('linked', linked)
for (const [name, write] of Object.entries({ ...OF_MOMENTS, ...OF_DAYS, ...OF_CODES })) {
  ENVIRONMENT.addFilter(name, function (this: InPage, value: never) {
    return write(value, languageOf(this))
  })
}

function languageOf({ ctx: { language = 'en' } }: InPage): Written {
  return language
}

/** An escaped text whose links can be followed. */
function linked(text: nunjucks.runtime.SafeString) {
  const links = String(text).replace(
    /https?:\/\/[^\s<]+[^\s<.,:]/g,
    (url) => `<a class="govuk-link govuk-link--no-visited-state" href="${url}">${url}</a>`,
  )
  return new nunjucks.runtime.SafeString(links)
}
