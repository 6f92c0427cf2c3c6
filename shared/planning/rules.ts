import * as z from 'zod'
import feed from '../calendar/bank-holidays.json' with { type: 'json' }
import type { OfficeHours, QuietHours } from '../calendar/hours.ts'
import type { Instant, LocalDate, LocalTime } from '../calendar/london.ts'
import { bankHolidaysIn, type WorkingDays, workingDays } from '../calendar/working-days.ts'
import type { Letterheads } from '../messages/letterheads.ts'

/** What a plan depends on besides its casefile: a stage's settings, and its calendar. */
export type Rules = {
  readonly settings: Settings
  readonly days: WorkingDays
  /** The build of the code. */
  readonly build: string
}

/** The schedule's figures. They are data: a stage may override them. */
export type Settings = {
  /** What fell due before this moment is not told. */
  readonly goLive: Instant
  /** When staff prompts are sent. */
  readonly promptAt: LocalTime
  /** A late prompt waits for these hours of a working day. */
  readonly office: OfficeHours
  /** A person is not messaged from `from` until `to`; a message planned for that time is sent at `before` instead. */
  readonly quiet: QuietHours
  /** The base address of links in messages. */
  readonly address: string
  /** Who messages are from, where that differs from the defaults. */
  readonly letterheads: Letterheads
  /** Whether the stage has a number that calls. */
  readonly rings: boolean
  /** The duties that are paused or in shadow, by id. */
  readonly dutyModes: DutyModes
  /** How many months finished matters are kept. What fell due longer ago is not told. */
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

/** The bank holidays that the code contains, in order. */
export const SHIPPED_HOLIDAYS: readonly LocalDate[] = bankHolidaysIn(feed)

type Known = { readonly build?: string; readonly holidays?: readonly LocalDate[] }

/** The schedule's figures and our bank holidays, with a stage's overrides. */
export function rulesWith(
  settings: Partial<Settings> = {},
  { build = '', holidays = SHIPPED_HOLIDAYS }: Known = {},
): Rules {
  return { settings: { ...DEFAULT_SETTINGS, ...settings }, days: workingDays(holidays), build }
}

/**
 * How a duty is held back: in `shadow` it is planned, and the ledger says who would have been told; `paused`, it waits
 * until it is resumed, or is too late to be worth telling.
 */
const Mode = z.enum(['shadow', 'paused'])

/** The duties that are held back, by id: `{"FAX-01":"paused"}`. */
export const DutyModes = z.record(z.string(), Mode)
export type DutyModes = Readonly<z.infer<typeof DutyModes>>
