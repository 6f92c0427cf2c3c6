import {
  addDays,
  dayOfWeek,
  type Instant,
  type LocalDate,
  londonDate,
  MINUTE_MS,
} from '../calendar/london.ts'
import { type ChannelName, type Entry, isAddressed, type Settled, UNREACHED } from './ledger.ts'

/** What is counted about notices and their messages, as it happens. */
export const COUNTED = [
  /** Notices that a provider accepted. */
  'given',
  /** Of those, the ones reported as delivered. */
  'delivered',
  /** Of those, the ones reported as not delivered. */
  'bounced',
  /** Notices that a provider refused. */
  'failed',
  /** Notices for which nobody could be reached. */
  'unreached',
  /** Notices that would have come too late to be useful. */
  'tooLate',
  /** Notices given more than `LATE_MS` after they could have been. */
  'late',
  /** Notices whose reader did what was asked here, or answered. */
  'actedOn',
  /** Messages by e-mail, of one notice or several. */
  'emails',
  /** Fragments of text messages, each of which costs money. */
  'fragments',
] as const
export type Counted = (typeof COUNTED)[number]

/** Counts for the notices of one duty settled in one week, identified by its Monday. */
export type DutyWeek = {
  readonly week: LocalDate
  readonly duty: string
  readonly counts: Readonly<Partial<Record<Counted, number>>>
}

/** The part of a rendered message that is counted: its fragments. */
type Said = { readonly textMessage?: { readonly fragments: number } }

/** A notice given this long after it could have been is late. */
const LATE_MS = 15 * MINUTE_MS

/** What a turn adds to the counts: one line for each duty and week. A message counts for its first notice. */
export function countsOf(outcomes: readonly { readonly entry: Settled; readonly text?: Said }[]): DutyWeek[] {
  const messages = new Set<string>()
  return added(
    outcomes.map(({ entry, text }) => {
      const isFirst = entry.is === 'sent' && !messages.has(entry.messageId)
      if (entry.is === 'sent') messages.add(entry.messageId)
      return counted(entry, { ...becameOf(entry), ...(isFirst && messageOf(entry.channel, text)) })
    }),
  )
}

/** What an act or a receipt adds to the counts of the notices it is about. */
export function countedOf(what: Counted, entries: readonly Pick<Entry, 'duty' | 'at'>[]): DutyWeek[] {
  return added(entries.map((entry) => counted(entry, { [what]: 1 })))
}

/** Merges lines of the same duty and week. */
export function added(lines: readonly DutyWeek[]): DutyWeek[] {
  const sums = new Map<string, DutyWeek>()
  for (const line of lines) {
    const name = `${line.week} ${line.duty}`
    const sum = sums.get(name)
    sums.set(name, sum ? { ...line, counts: sumOf(sum.counts, line.counts) } : line)
  }
  return [...sums.values()].filter(({ counts }) => Object.keys(counts).length > 0)
}

/** Several counts of the same things, added up. */
export function sumOf(...all: readonly DutyWeek['counts'][]): DutyWeek['counts'] {
  const sums: Partial<Record<Counted, number>> = {}
  for (const counts of all)
    for (const [what, count] of Object.entries(counts) as [Counted, number][])
      sums[what] = (sums[what] ?? 0) + count
  return sums
}

/** The Monday of an instant's week in London. */
export function weekOf(at: Instant): LocalDate {
  const day = londonDate(at)
  return addDays(day, 1 - dayOfWeek(day))
}

function counted({ duty, at }: Pick<Entry, 'duty' | 'at'>, counts: DutyWeek['counts']): DutyWeek {
  return { week: weekOf(at), duty, counts }
}

/** A call only asks somebody to read a text, and is not counted. */
function becameOf(entry: Settled): DutyWeek['counts'] {
  if (isAddressed(entry) && entry.channel === 'call') return {}
  if (entry.is === 'failed') return { failed: 1 }
  if (entry.is === 'skipped') {
    if (entry.reason === 'stale') return { tooLate: 1 }
    return UNREACHED.has(entry.reason) ? { unreached: 1 } : {}
  }
  return { given: 1, ...(isLate(entry) && { late: 1 }) }
}

/** Whether a notice was given more than `LATE_MS` after it could have been. */
export function isLate(entry: Entry): boolean {
  return isAddressed(entry) && entry.since !== undefined && entry.at - entry.since > LATE_MS
}

function messageOf(channel: ChannelName, text: Said | undefined): DutyWeek['counts'] {
  if (channel === 'call') return {}
  return channel === 'email' ? { emails: 1 } : { fragments: text?.textMessage?.fragments ?? 1 }
}
