import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import nunjucks from 'nunjucks'
import { type Instant, type LocalDate, londonDate } from '../../../shared/calendar/london.ts'
import { type Written, writeDate, writeDay, writeMoment, writeTime } from '../../../shared/messages/dates.ts'
import { noticeName } from '../../../shared/messages/links.ts'
import { writePhone } from '../../../shared/messages/phone.ts'
import { REASONS } from '../../../shared/messages/words.ts'
import { inWords, wholeDay } from './words.ts'

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

const ENVIRONMENT = new nunjucks.Environment(new nunjucks.FileSystemLoader([VIEWS, join(FRONTEND, 'dist')]), {
  autoescape: true,
})
  .addFilter('day', (instant: Instant, language?: Written) => wholeDay(londonDate(instant), language))
  .addFilter('date', (instant: Instant, language: Written = 'en') => writeDate(language, londonDate(instant)))
  .addFilter('time', (instant: Instant, language: Written = 'en') => writeTime(language, instant))
  .addFilter(
    'written',
    (date: LocalDate, language: Written) => `${writeDay(language, date)} ${date.slice(0, 4)}`,
  )
  .addFilter('clock', (instant: Instant, language: Written) => writeTime(language, instant))
  .addFilter('moment', (instant: Instant, language: Written) => writeMoment(language, instant))
  .addFilter('reason', (code: string, language: Written) => REASONS[code]?.[language] ?? inWords(code))
  .addFilter('capitalizeFirst', (text: string) => text.charAt(0).toUpperCase() + text.slice(1))
  .addFilter('localDate', (day: LocalDate) => writeDate('en', day))
  .addFilter('month', (day: LocalDate) => writeDate('en', day).split(' ')[1]?.slice(0, 3))
  .addFilter('money', (pounds: number) => pounds.toFixed(2))
  .addFilter('words', inWords)
  .addFilter('phone', writePhone)
  .addFilter('noticeName', noticeName)
  .addFilter('linked', linked)

/** An escaped text whose links can be followed. */
function linked(text: nunjucks.runtime.SafeString) {
  const links = String(text).replace(
    /https?:\/\/[^\s<]+[^\s<.,:]/g,
    (url) => `<a class="govuk-link govuk-link--no-visited-state" href="${url}">${url}</a>`,
  )
  return new nunjucks.runtime.SafeString(links)
}
