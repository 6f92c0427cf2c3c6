import { addDays, type Instant, type LocalTime, londonDate, londonTime, londonTimeOfDay } from './london.ts'
import type { WorkingDays } from './working-days.ts'

/** When a person is not disturbed, by the London clock: `from` is inside the quiet hours, `to` is not. */
export type QuietHours = { readonly from: LocalTime; readonly to: LocalTime; readonly before: LocalTime }

/** Whether `instant` is in quiet hours, by the London clock. */
export function isQuiet(quiet: QuietHours, instant: Instant): boolean {
  const time = londonTimeOfDay(instant)
  return time >= quiet.from || time < quiet.to
}

/** When a message for `instant` is sent instead: at `before` on the evening before, if that is in quiet hours. */
export function plannedOutsideQuiet(quiet: QuietHours, instant: Instant): Instant {
  if (!isQuiet(quiet, instant)) return instant
  const day = londonDate(instant)
  const evening = londonTimeOfDay(instant) >= quiet.from ? day : addDays(day, -1)
  return londonTime(evening, quiet.before)
}

/** When the quiet hours around `instant` end. */
export function quietUntil(quiet: QuietHours, instant: Instant): Instant {
  const day = londonDate(instant)
  return londonTime(londonTimeOfDay(instant) < quiet.to ? day : addDays(day, 1), quiet.to)
}

/** The office hours of working days. */
export type OfficeHours = { readonly opens: LocalTime; readonly closes: LocalTime }

/** Whether an office is open at `instant`. */
export function isInOffice(office: OfficeHours, days: WorkingDays, instant: Instant): boolean {
  return officeTime(office, days, instant) === instant
}

/** The moment by which an office has been open for this many milliseconds after `instant`. */
export function officeHoursAfter(
  office: OfficeHours,
  days: WorkingDays,
  instant: Instant,
  openMs: number,
): Instant {
  const from = officeTime(office, days, instant)
  const closes = londonTime(londonDate(from), office.closes)
  return from + openMs <= closes
    ? from + openMs
    : officeHoursAfter(office, days, closes, from + openMs - closes)
}

/** `instant` itself inside office hours, else the next opening. Closing time is outside. */
export function officeTime(office: OfficeHours, days: WorkingDays, instant: Instant): Instant {
  const day = londonDate(instant)
  const time = londonTimeOfDay(instant)
  if (days.isWorkingDay(day) && time < office.closes) {
    return time < office.opens ? londonTime(day, office.opens) : instant
  }
  return londonTime(days.after(day, 1), office.opens)
}
