import { addDays, type LocalDate, londonClock, londonTime } from '../../shared/calendar/london.ts'
import type { Random } from './random.ts'

/** Some minute of the `days` that begin with `first`. */
export function within(random: Random, first: LocalDate, days: number): string {
  return later(`${first}T00:00`, random.between(0, days * 24 * 60 - 1))
}

/** A start by day, on the quarter hour. */
export function startOf(random: Random, first: LocalDate, days: number): string {
  const day = addDays(first, random.between(0, days + 1))
  return `${day}T${String(random.between(8, 18)).padStart(2, '0')}:${random.pick(['00', '15', '30', '45'])}`
}

export function later(local: string, minutes: number): string {
  return londonClock(londonTime(local.slice(0, 10), local.slice(11, 16)) + minutes * 60_000)
}
