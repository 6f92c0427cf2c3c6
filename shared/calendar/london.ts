import { Temporal } from 'temporal-polyfill'

/** A moment, in milliseconds since 1970 UTC. */
export type Instant = number
/** A day in London, `YYYY-MM-DD`. */
export type LocalDate = string
/** A time of day on the London wall clock, `HH:MM`. */
export type LocalTime = string

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

const REMEMBERED_MAX = 100_000
const ZONE = 'Europe/London'
const EPOCH = Temporal.PlainDate.from('1970-01-01')
const TIMES: readonly LocalTime[] = Array.from({ length: DAY_MS / MINUTE_MS }, (_, minute) =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':'),
)

/** A day as a number, 0 for 1 January 1970, to count days without parsing. */
const numberOf = remembering((date: LocalDate): number => Temporal.PlainDate.from(date).since(EPOCH).days)
const dateOf = remembering((day: number): LocalDate => EPOCH.add({ days: day }).toString())
const msOf = remembering((time: LocalTime): number =>
  Temporal.PlainTime.from(time).since('00:00').total('milliseconds'),
)

/** When a day begins in London, and whether the clocks change on it, which needs extra work. */
const dayIn = remembering((day: number): { readonly begins: Instant; readonly isChanged: boolean } => {
  const begins = midnight(dateOf(day))
  return { begins, isChanged: midnight(dateOf(day + 1)) - begins !== DAY_MS }
})

function midnight(date: LocalDate): Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime(ZONE).epochMilliseconds
}

/**
 * The moment at which London clocks show `time` on `date`. A time skipped in spring is the moment an hour later; one
 * repeated in autumn is the first of the two.
 */
export function londonTime(date: LocalDate, time: LocalTime): Instant {
  const { begins, isChanged } = dayIn(numberOf(date))
  return isChanged ? timeOfChangedDay(`${date}T${time}`) : begins + msOf(time)
}

const timeOfChangedDay = remembering(
  (local: string): Instant => Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).epochMilliseconds,
)

/** The London wall clock at a moment, `YYYY-MM-DDTHH:MM`; seconds are dropped. */
export function londonClock(instant: Instant): `${LocalDate}T${LocalTime}` {
  return `${londonDate(instant)}T${londonTimeOfDay(instant)}`
}

/** The London date at a moment. */
export function londonDate(instant: Instant): LocalDate {
  return dateOf(londonDay(instant))
}

/** The London time of day at a moment. */
export function londonTimeOfDay(instant: Instant): LocalTime {
  const minute = Math.floor(instant / MINUTE_MS) * MINUTE_MS
  const { begins, isChanged } = dayIn(londonDay(instant))
  return isChanged ? clockOfChangedDay(minute) : (TIMES[(minute - begins) / MINUTE_MS] ?? '')
}

/** London is never behind UTC, and at most two hours ahead. */
function londonDay(instant: Instant): number {
  const day = Math.floor(instant / DAY_MS)
  return instant >= dayIn(day + 1).begins ? day + 1 : day
}

const clockOfChangedDay = remembering(
  (minute: Instant): LocalTime =>
    Temporal.Instant.fromEpochMilliseconds(minute)
      .toZonedDateTimeISO(ZONE)
      .toPlainTime()
      .toString({ smallestUnit: 'minute' }),
)

/** `days` after `date`; before it if negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(numberOf(date) + days)
}

/** The London midnight that ends a day. */
export function endOfDay(date: LocalDate): Instant {
  return dayIn(numberOf(date) + 1).begins
}

/** `months` after `date`, limited to the last day of a shorter month (31 January + 1 month = 28 or 29 February). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  return inMonths(months)(date)
}

const inMonths = remembering((months: number) =>
  remembering((date: LocalDate): LocalDate => Temporal.PlainDate.from(date).add({ months }).toString()),
)

/** The same London time of day `months` after a moment, limited to the end of a shorter month. */
export function monthsAfter(instant: Instant, months: number): Instant {
  return londonTime(addMonths(londonDate(instant), months), londonTimeOfDay(instant))
}

/** Days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return numberOf(to) - numberOf(from)
}

/** 1 for Monday to 7 for Sunday. */
export function dayOfWeek(date: LocalDate): number {
  return ((((numberOf(date) + 3) % 7) + 7) % 7) + 1
}

/** The earliest of several moments, some of which may be undefined. */
export function earliest(...instants: (Instant | undefined)[]): Instant | undefined {
  const known = instants.filter((instant) => instant !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** `2026-03-08T14:00:00Z`: a moment as text, without unnecessary zeros unless `decimals` are requested. */
export function writeInstant(instant: Instant, decimals: 'auto' | 9 = 'auto'): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toString({ fractionalSecondDigits: decimals })
}

/** Calendar lookups are slow, and the same few days recur all day. */
function remembering<Key extends string | number, Value>(work: (key: Key) => Value) {
  const known = new Map<Key, Value>()
  return (key: Key): Value => {
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    if (known.size >= REMEMBERED_MAX) known.clear()
    const value = work(key)
    known.set(key, value)
    return value
  }
}

/** The first and last year that any of our data can be about. */
export const YEARS = [1900, 2199] as const

const MOMENT =
  /^(\d{4})-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?(\[[\w+\-/:]{1,32}\])?$/i

/**
 * Parses a moment: with an offset it is exact, with a zone in brackets it is that zone's, and without either producers
 * mean London time. Undefined for anything else, for a zone that contradicts its offset, and for years outside `YEARS`.
 */
export function readMoment(written: string): Temporal.Instant | undefined {
  const [, year, , , offset, , zone] = MOMENT.exec(written) ?? []
  if (Number(year) < YEARS[0] || Number(year) > YEARS[1]) return undefined
  try {
    if (zone) return Temporal.ZonedDateTime.from(written, { offset: 'reject' }).toInstant()
    if (offset) return Temporal.Instant.from(written)
    return year ? Temporal.PlainDateTime.from(written).toZonedDateTime(ZONE).toInstant() : undefined
  } catch {
    return undefined
  }
}
