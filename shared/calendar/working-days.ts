import { addDays, dayOfWeek, type LocalDate } from './london.ts'

/** GOV.UK's own feed of bank holidays, as published at /bank-holidays.json. */
export type BankHolidayFeed = {
  readonly 'england-and-wales': { readonly events: readonly { readonly date: LocalDate }[] }
}

/** The bank holidays of England and Wales in GOV.UK's feed, in order. */
export function bankHolidaysIn(feed: BankHolidayFeed): LocalDate[] {
  return [...new Set(feed['england-and-wales'].events.map((event) => event.date))].sort()
}

/** The known bank holidays after a new lookup: between the first and the last of the newer ones only those count. */
export function mergedHolidays(known: readonly LocalDate[], newer: readonly LocalDate[]): LocalDate[] {
  const [first, last] = [newer[0], newer.at(-1)]
  if (first === undefined || last === undefined) return [...known]
  return [...known.filter((date) => date < first), ...newer, ...known.filter((date) => date > last)]
}

/** Which days are working days in England and Wales: Monday to Friday, not a bank holiday. */
export type WorkingDays = {
  isWorkingDay(date: LocalDate): boolean
  /** `date` itself if it is a working day, else the last working day before it. */
  onOrBefore(date: LocalDate): LocalDate
  /** `date` itself if it is a working day, else the first working day after it. */
  onOrAfter(date: LocalDate): LocalDate
  /** The `count`-th working day after `date`. */
  after(date: LocalDate, count: number): LocalDate
  /** The `count`-th working day before `date`. */
  before(date: LocalDate, count: number): LocalDate
  /** The bank holidays, in order. */
  readonly holidays: readonly LocalDate[]
  /** The last of them. After it only weekends are known. */
  readonly knownUntil: LocalDate
}

/** The working days given these bank holidays, which must be in order. */
export function workingDays(bankHolidays: readonly LocalDate[]): WorkingDays {
  const holidays = new Set(bankHolidays)
  const isWorkingDay = (date: LocalDate) => dayOfWeek(date) <= 5 && !holidays.has(date)
  const step = (date: LocalDate, by: 1 | -1) => {
    let day = addDays(date, by)
    while (!isWorkingDay(day)) day = addDays(day, by)
    return day
  }
  const count = (date: LocalDate, times: number, by: 1 | -1) => {
    let day = date
    for (let n = 0; n < times; n++) day = step(day, by)
    return day
  }
  return {
    isWorkingDay,
    onOrBefore: (date) => (isWorkingDay(date) ? date : step(date, -1)),
    onOrAfter: (date) => (isWorkingDay(date) ? date : step(date, 1)),
    after: (date, times) => count(date, times, 1),
    before: (date, times) => count(date, times, -1),
    holidays: bankHolidays,
    knownUntil: bankHolidays.at(-1) ?? '',
  }
}
