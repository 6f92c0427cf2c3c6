import { addDays, type Instant, type LocalDate, type LocalTime, londonTime } from '../calendar/london.ts'
import { promptOnOrAfter, promptOnOrBefore, promptWorkingDaysAfter } from './ladder.ts'
import type { Says } from './printed.ts'
import type { Due, When } from './rows.ts'
import type { Rules } from './rules.ts'

/** A day that rows count from. */
export type Day<S> = Says & { of(about: S): LocalDate }

type InRules = { readonly rules: Rules }
type Counted<S> = (rules: Rules, day: LocalDate, count: number, about: S) => Instant

/** 09:00 each count of days before; on a non-working day, the working day before it. 0 is the day itself. */
export function daysBefore<S>(day: Day<S>, ...counts: readonly number[]): When<S & InRules> {
  return counted(day, counts, 'days', 'before', (rules, on, count) =>
    promptOnOrBefore(rules, addDays(on, -count)),
  )
}

/** 09:00 each count of days after; on a non-working day, the working day after it. */
export function daysAfter<S>(day: Day<S>, ...counts: readonly number[]): When<S & InRules> {
  return counted(day, counts, 'days', 'after', (rules, on, count) =>
    promptOnOrAfter(rules, addDays(on, count)),
  )
}

/** 09:00 each count of weeks before; on a non-working day, the working day before it. 0 is the day itself. */
export function weeksBefore<S>(day: Day<S>, ...counts: readonly number[]): When<S & InRules> {
  return counted(day, counts, 'weeks', 'before', (rules, on, count) =>
    promptOnOrBefore(rules, addDays(on, -7 * count)),
  )
}

/** 09:00 each count of working days before. */
export function workingDaysBefore<S>(day: Day<S>, ...counts: readonly number[]): When<S & InRules> {
  return counted(day, counts, 'working-days', 'before', (rules, on, count) =>
    promptWorkingDaysAfter(rules, on, -count),
  )
}

/** 09:00 each count of working days after. */
export function workingDaysAfter<S>(day: Day<S>, ...counts: readonly number[]): When<S & InRules> {
  return counted(day, counts, 'working-days', 'after', promptWorkingDaysAfter)
}

function counted<S>(
  day: Day<S>,
  counts: readonly number[],
  unit: 'days' | 'weeks' | 'working-days',
  side: 'before' | 'after',
  due: Counted<S>,
): When<S & InRules> {
  const steps = counts.map((count) => {
    const label = count === 0 ? 'on-the-day' : `${count}-${unit}`
    return { count, label: counts.length > 1 ? label : undefined }
  })
  return {
    says: inWords(counts, unit, side, day.says),
    dues: (about) => {
      const on = day.of(about)
      return steps.map(({ count, label }) => ({ label, due: due(about.rules, on, count, about) }))
    },
  }
}

/** `14 and 3 days before the requirement ends, and on the day`. */
function inWords(counts: readonly number[], unit: string, side: string, day: string): string {
  const ahead = counts.filter((count) => count !== 0)
  const [last] = ahead.slice(-1)
  const numbers = ahead.length > 1 ? `${ahead.slice(0, -1).join(', ')} and ${last}` : `${last}`
  const named = ahead.length === 1 && last === 1 ? unit.slice(0, -1) : unit
  if (ahead.length === 0) return `on ${day}`
  const words = `${numbers} ${named.replace('-', ' ')} ${side} ${day}`
  return counts.includes(0) ? `${words}, and on the day` : words
}

/** A time of day on the next working day after a day, London wall clock. */
export function nextWorkingDayAt<S>(time: LocalTime, day: Day<S>): When<S & InRules> {
  return {
    says: `${time} on the next working day after ${day.says}`,
    dues: (about) => [{ due: londonTime(about.rules.days.after(day.of(about), 1), time) }],
  }
}

/** The moment of a fact: told when we learn of it, on any day at any hour. */
export function atOnce<S>(fact: string, at: (about: S) => Instant): When<S> {
  return { says: `at once on ${fact}`, dues: (about) => [{ due: at(about) }] }
}

/** Moments that a function finds, described in the row's own words. */
export function when<S>(says: string, dues: (about: S) => Iterable<Due>): When<S> {
  return { says, dues }
}

/** Distinguishes a row from the step's other rows: `7-days` and `after` make `7-days-after`. */
export function labelled<S>(label: string, { says, dues }: When<S>): When<S> {
  return {
    says,
    dues: (about) =>
      [...dues(about)].map((one) => ({ ...one, label: one.label ? `${one.label}-${label}` : label })),
  }
}
