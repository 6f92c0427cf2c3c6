import { dayOfWeek, type Instant, type LocalDate, londonClock } from '../calendar/london.ts'

/** The languages a text is written in. */
export type Written = 'en' | 'cy'

/** What people read, in each language that they read. */
export type Words = Readonly<Record<Written, string>>

type Names = { readonly days: readonly string[]; readonly months: readonly string[]; readonly join: string }

const NAMES: { readonly [L in Written]: Names } = {
  en: {
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    months: [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ],
    join: 'at',
  },
  cy: {
    days: ['dydd Llun', 'dydd Mawrth', 'dydd Mercher', 'dydd Iau', 'dydd Gwener', 'dydd Sadwrn', 'dydd Sul'],
    months: [
      'Ionawr',
      'Chwefror',
      'Mawrth',
      'Ebrill',
      'Mai',
      'Mehefin',
      'Gorffennaf',
      'Awst',
      'Medi',
      'Hydref',
      'Tachwedd',
      'Rhagfyr',
    ],
    join: 'am',
  },
}

/** `4 June 2027`, in the GOV.UK style. */
export function writeDate(language: Written, date: LocalDate): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day} ${NAMES[language].months[(month ?? 1) - 1]} ${year}`
}

/** `Tuesday 4 June`: a day near enough to need no year. */
export function writeDay(language: Written, date: LocalDate): string {
  const [, month, day] = date.split('-').map(Number)
  const { days, months } = NAMES[language]
  return `${days[dayOfWeek(date) - 1]} ${day} ${months[(month ?? 1) - 1]}`
}

/** `on Friday 16 October`, `ddydd Gwener 16 Hydref`: the day by which something should be done. */
export function writeOnDay(language: Written, date: LocalDate): string {
  const day = writeDay(language, date)
  return language === 'en' ? `on ${day}` : `d${day}`
}

/** `10am`, `5:30pm`, `midday`: the London time at a moment. */
export function writeTime(language: Written, instant: Instant): string {
  const [hour = 0, minute = 0] = londonClock(instant).slice(11).split(':').map(Number)
  if (minute === 0 && hour === 12) return language === 'en' ? 'midday' : 'hanner dydd'
  if (minute === 0 && hour === 0) return language === 'en' ? 'midnight' : 'hanner nos'
  const past = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`
  return `${hour % 12 || 12}${past}${hour < 12 ? 'am' : 'pm'}`
}

/** `Tuesday 4 June at 10am`: a moment in London. */
export function writeMoment(language: Written, instant: Instant): string {
  const { join } = NAMES[language]
  return `${writeDay(language, londonClock(instant).slice(0, 10))} ${join} ${writeTime(language, instant)}`
}
