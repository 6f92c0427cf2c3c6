import * as z from 'zod'
import feed from '../calendar/bank-holidays.json' with { type: 'json' }
import type { OfficeHours, QuietHours } from '../calendar/hours.ts'
import type { Instant, LocalDate, LocalTime } from '../calendar/london.ts'
import { bankHolidaysIn, type WorkingDays, workingDays } from '../calendar/working-days.ts'
import type { Letterheads } from '../messages/letterheads.ts'

/** What a plan depends on besides its casefile: the settings of a stage, and its calendar. */
export type Rules = {
  readonly settings: Settings
  readonly days: WorkingDays
  /** Which build of the code this is. */
  readonly build: string
}

/** The schedule's figures. They are data: a stage may have its own. */
export type Settings = {
  /** What fell due before this moment is not given. */
  readonly goLive: Instant
  /** When staff prompts go. */
  readonly promptAt: LocalTime
  /** A dated prompt that comes late waits for these hours of a working day. */
  readonly office: OfficeHours
  /** A person is not messaged from `from` until `to`; what is planned there goes at `before` instead. */
  readonly quiet: QuietHours
  /** Where the links in messages lead. */
  readonly address: string
  /** Whom messages are from, where it is not as we ship it. */
  readonly letterheads: Letterheads
  /** Whether the stage has a number that calls. */
  readonly rings: boolean
  /** The duties that are held back, by id. */
  readonly dutyModes: DutyModes
  /** How many months what is over is kept. What fell due longer ago is told to nobody. */
  readonly retentionMonths: number
}

const DEFAULT_SETTINGS: Settings = {
  goLive: 0,
  promptAt: '09:00',
  office: { opens: '09:00', closes: '17:00' },
  quiet: { from: '21:00', to: '08:00', before: '20:00' },
  address: 'https://throughcare.example.org',
  letterheads: {},
  rings: false,
  dutyModes: {},
  retentionMonths: 24,
}

/** The bank holidays that the code was shipped with, in order. */
export const SHIPPED_HOLIDAYS: readonly LocalDate[] = bankHolidaysIn(feed)

type Known = { readonly build?: string; readonly holidays?: readonly LocalDate[] }

/** The schedule's own figures and the bank holidays we ship, with whatever a stage says differently. */
export function rulesWith(
  settings: Partial<Settings> = {},
  { build = '', holidays = SHIPPED_HOLIDAYS }: Known = {},
): Rules {
  return { settings: { ...DEFAULT_SETTINGS, ...settings }, days: workingDays(holidays), build }
}

/**
 * How a duty is held back: in `shadow` it is planned, and who would have been told stands in the ledger; `paused`, it
 * waits until it is taken up again, or too late to be worth saying.
 */
const Mode = z.enum(['shadow', 'paused'])

/** The duties that are held back, by id: `{"FAX-01":"paused"}`. */
export const DutyModes = z.record(z.string(), Mode)
export type DutyModes = Readonly<z.infer<typeof DutyModes>>
