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

const ZONE = 'Europe/London'
/** Reading the zone rules is slow and the same few local times recur all day, so both directions remember. */
const REMEMBERED_MAX = 100_000

/**
 * The moment at which London clocks show `time` on `date`. A time that the spring change skips is the moment
 * an hour later; one that the autumn change repeats is the first of the two.
 */
export const londonTime = remembering((date: LocalDate, time: LocalTime): Instant => {
  const local = Temporal.PlainDateTime.from(`${date}T${time}`)
  return local.toZonedDateTime(ZONE).epochMilliseconds
})

/** The London wall clock at a moment, `YYYY-MM-DDTHH:MM`; seconds are dropped. */
export function londonClock(instant: Instant): `${LocalDate}T${LocalTime}` {
  const minute = Math.floor(instant / MINUTE_MS) * MINUTE_MS
  return clockAtMinute(minute) as `${LocalDate}T${LocalTime}`
}

const clockAtMinute = remembering((minute: Instant) =>
  Temporal.Instant.fromEpochMilliseconds(minute)
    .toZonedDateTimeISO(ZONE)
    .toPlainDateTime()
    .toString()
    .slice(0, 16),
)

/** The day it is in London at a moment. */
export function londonDate(instant: Instant): LocalDate {
  return londonClock(instant).slice(0, 10)
}

/** The time of day it is in London at a moment. */
export function londonTimeOfDay(instant: Instant): LocalTime {
  return londonClock(instant).slice(11)
}

/** `days` after `date`; before it when negative. */
export const addDays = remembering(
  (date: LocalDate, days: number): LocalDate => Temporal.PlainDate.from(date).add({ days }).toString(),
)

/** The midnight in London that ends a day. */
export function endOfDay(date: LocalDate): Instant {
  return londonTime(addDays(date, 1), '00:00')
}

/** `months` after `date`, held to the last day of a shorter month (31 January + 1 month = 28 or 29 February). */
export const addMonths = remembering(
  (date: LocalDate, months: number): LocalDate => Temporal.PlainDate.from(date).add({ months }).toString(),
)

/** The same time of the London day so many months after a moment, held to month ends. */
export function monthsAfter(instant: Instant, months: number): Instant {
  return londonTime(addMonths(londonDate(instant), months), londonTimeOfDay(instant))
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days
}

/** 1 for Monday to 7 for Sunday. */
export const dayOfWeek = remembering((date: LocalDate): number => Temporal.PlainDate.from(date).dayOfWeek)

/** The earlier of several moments, where some may be absent. */
export function earliest(...instants: (Instant | undefined)[]): Instant | undefined {
  const known = instants.filter((instant) => instant !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** `2026-03-08T14:00:00Z`: how a moment is written on a line, without needless zeros unless `decimals` are asked for. */
export function writeInstant(instant: Instant, decimals: 'auto' | 9 = 'auto'): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toString({ fractionalSecondDigits: decimals })
}

function remembering<Args extends [string | number, (string | number)?], Value>(
  work: (...args: Args) => Value,
) {
  const known = new Map<string | number, Value>()
  return (...args: Args): Value => {
    const [first = '', second] = args
    const key = second === undefined ? first : `${first} ${second}`
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    if (known.size >= REMEMBERED_MAX) known.clear()
    const value = work(...args)
    known.set(key, value)
    return value
  }
}

/** The first and the last year that anything of ours could be about. */
export const YEARS = [1900, 2199] as const

const MOMENT =
  /^(\d{4})-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?(\[[\w+\-/:]{1,32}\])?$/i

/**
 * A moment as written on the wire: with an offset it is plain, with a zone in brackets it is that zone's, and without
 * either real producers mean London. Undefined for what is none, for a zone that contradicts its offset, and for years
 * outside of `YEARS`.
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
