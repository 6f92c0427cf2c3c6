import { addDays, DAY_MS, type Instant, type LocalDate, MINUTE_MS } from '../../../shared/calendar/london.ts'
import { type Counted, type DutyWeek, sumOf, weekOf } from '../../../shared/casefile/counts.ts'
import { DUTIES } from '../../../shared/duties/all.ts'
import type { Words, Written } from '../../../shared/messages/dates.ts'
import { PENCE_A_FRAGMENT } from '../../../shared/messages/text-message.ts'
import type { Due, Store } from '../../../shared/store/store.ts'

/** A row of figures: of a week, or of a duty. */
export type Figures = {
  readonly counts: Readonly<Partial<Record<Counted, number>>>
  /** The parts of its bar, in drawing order. */
  readonly bar: readonly { readonly what: Shown; readonly count: number }[]
  readonly notReached: number
  readonly pounds: number
}

/** The parts of a bar: what became of everything that fell due. */
export const SHOWN = ['delivered', 'not-confirmed', 'not-reached', 'too-late'] as const
type Shown = (typeof SHOWN)[number]

export type HowItGoes = {
  readonly weeks: readonly (Figures & { readonly week: LocalDate })[]
  readonly duties: readonly (Figures & { readonly duty: string; readonly title: Words })[]
  readonly total: Figures
  readonly longestWeek: number
  readonly longestDuty: number
}

/**
 * What became of what fell due, by week, newest first, from the first week in which anything did; and by duty, in the
 * order of the schedule. Of one duty alone, where `only` names it, its weeks are shown.
 */
export function howItGoes(lines: readonly DutyWeek[], now: Instant, only?: string): HowItGoes {
  const shown = lines.filter(({ duty }) => only === undefined || duty === only)
  const weeks = weeksFrom(shown, now).map((week) => ({
    week,
    ...figuresOf(shown.filter((line) => line.week === week)),
  }))
  const duties = [...Map.groupBy(DUTIES, ({ id }) => id)]
    .map(([duty, rules]) => ({
      duty,
      title: { en: titlesOf(rules, 'en'), cy: titlesOf(rules, 'cy') },
      ...figuresOf(lines.filter((line) => line.duty === duty)),
    }))
    .filter(({ counts }) => Object.keys(counts).length > 0)
  return {
    weeks,
    duties,
    total: figuresOf(shown),
    longestWeek: longest(weeks),
    longestDuty: longest(duties),
  }
}

function titlesOf(rules: typeof DUTIES, language: Written): string {
  return [...new Set(rules.map(({ title }) => title[language]))].join('; ')
}

function weeksFrom(lines: readonly DutyWeek[], now: Instant): LocalDate[] {
  const weeks = new Set(lines.map(({ week }) => week))
  const [first] = [...weeks].sort()
  if (first === undefined) return []
  const all: LocalDate[] = []
  for (let week = weekOf(now); week >= first; week = addDays(week, -7)) all.push(week)
  return all
}

function figuresOf(lines: readonly DutyWeek[]): Figures {
  const counts = sumOf(...lines.map((line) => line.counts))
  const { given = 0, delivered = 0, bounced = 0, failed = 0 } = counts
  const { unreached = 0, tooLate = 0, fragments = 0 } = counts
  const notReached = bounced + failed + unreached
  const became = {
    delivered,
    'not-confirmed': Math.max(0, given - delivered - bounced),
    'not-reached': notReached,
    'too-late': tooLate,
  }
  const bar = SHOWN.map((what) => ({ what, count: became[what] })).filter(({ count }) => count > 0)
  return { counts, bar, notReached, pounds: (fragments * PENCE_A_FRAGMENT) / 100 }
}

function longest(all: readonly Figures[]): number {
  return Math.max(0, ...all.map(({ bar }) => bar.reduce((sum, { count }) => sum + count, 0)))
}

/** A minute ahead, and how many casefiles will be looked at in it. */
export type BusyMinute = { readonly at: Instant; readonly casefiles: number }

const AHEAD_DAYS = 7
/** The most wakes read for a page, to limit its cost. */
const WAKES_MAX = 2_000
const MINUTES_SHOWN = 5

/**
 * The busiest minutes of the coming week, busiest first, and until when they were looked for where there was too much
 * to read. A casefile that is looked at may have nobody to tell.
 */
export async function busiestAhead(store: Pick<Store, 'due'>, now: Instant) {
  const end = now + AHEAD_DAYS * DAY_MS
  const due = await store.due({ after: now, until: end }, WAKES_MAX)
  return {
    busiest: byMinute(due).slice(0, MINUTES_SHOWN),
    until: due.length < WAKES_MAX ? end : (due.at(-1)?.wake ?? end),
  }
}

function byMinute(due: readonly Due[]): BusyMinute[] {
  const minutes = Map.groupBy(due, ({ wake }) => Math.floor(wake / MINUTE_MS) * MINUTE_MS)
  return [...minutes]
    .map(([at, { length: casefiles }]) => ({ at, casefiles }))
    .sort((a, b) => b.casefiles - a.casefiles || a.at - b.at)
}
