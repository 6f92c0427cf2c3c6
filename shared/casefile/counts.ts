import {
  addDays,
  dayOfWeek,
  type Instant,
  type LocalDate,
  londonDate,
  MINUTE_MS,
} from '../calendar/london.ts'
import { type ChannelName, type Entry, isAddressed, type Settled, UNREACHED } from './ledger.ts'

/** What is counted of notices and of their messages, as it happens. */
export const COUNTED = [
  /** Notices that a provider took. */
  'given',
  /** Of those, the ones that a provider reports as delivered. */
  'delivered',
  /** Of those, the ones that it reports as not delivered. */
  'bounced',
  /** Notices that a provider refused. */
  'failed',
  /** Notices for which nobody could be reached at all. */
  'unreached',
  /** Notices that would have come too late to be worth saying. */
  'tooLate',
  /** Notices that were given, but later than `LATE_MS` after they could have been. */
  'late',
  /** Notices whose reader did here what was asked, or answered. */
  'actedOn',
  /** Messages by e-mail, of one notice or several. */
  'emails',
  /** Fragments of text messages, each of which is paid for. */
  'fragments',
] as const
export type Counted = (typeof COUNTED)[number]

/** How often each thing happened to the notices of one duty that were settled in one week, named by its Monday. */
export type DutyWeek = {
  readonly week: LocalDate
  readonly duty: string
  readonly counts: Readonly<Partial<Record<Counted, number>>>
}

/** As much of a message's text as is counted: into how many parts it falls as a text message. */
type Said = { readonly textMessage?: { readonly fragments: number } }

/** A notice that could have been given so long before is late. */
const LATE_MS = 15 * MINUTE_MS

/** What a turn adds to the counts: one line for each duty and week in it. A message counts for its first notice. */
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

/** What somebody's doing, or a receipt, adds to the counts of the notices it is about. */
export function countedOf(what: Counted, entries: readonly Pick<Entry, 'duty' | 'at'>[]): DutyWeek[] {
  return added(entries.map((entry) => counted(entry, { [what]: 1 })))
}

/** Lines of which some are of one duty and week, as one line for each of these. */
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

/** The Monday of the London week in which an instant lies. */
export function weekOf(at: Instant): LocalDate {
  const day = londonDate(at)
  return addDays(day, 1 - dayOfWeek(day))
}

function counted({ duty, at }: Pick<Entry, 'duty' | 'at'>, counts: DutyWeek['counts']): DutyWeek {
  return { week: weekOf(at), duty, counts }
}

/** A call only asks to read what was written, and counts for nothing beside it. */
function becameOf(entry: Settled): DutyWeek['counts'] {
  if (isAddressed(entry) && entry.channel === 'call') return {}
  if (entry.is === 'failed') return { failed: 1 }
  if (entry.is === 'skipped') {
    if (entry.reason === 'stale') return { tooLate: 1 }
    return UNREACHED.has(entry.reason) ? { unreached: 1 } : {}
  }
  return { given: 1, ...(isLate(entry) && { late: 1 }) }
}

/** Whether a notice was given later than `LATE_MS` after it could have been. */
export function isLate(entry: Entry): boolean {
  return isAddressed(entry) && entry.since !== undefined && entry.at - entry.since > LATE_MS
}

function messageOf(channel: ChannelName, text: Said | undefined): DutyWeek['counts'] {
  if (channel === 'call') return {}
  return channel === 'email' ? { emails: 1 } : { fragments: text?.textMessage?.fragments ?? 1 }
}
