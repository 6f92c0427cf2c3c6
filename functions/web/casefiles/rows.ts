import type { Instant } from '../../../shared/calendar/london.ts'
import type { DomainEvent } from '../../../shared/casefile/events.ts'
import type { CasefileId } from '../../../shared/casefile/ids.ts'
import type { Entry, Miss } from '../../../shared/casefile/ledger.ts'
import type { Ledger } from '../../../shared/casefile/open-ledger.ts'
import { DUTIES } from '../../../shared/duties/all.ts'
import type { Words } from '../../../shared/messages/dates.ts'
import type { Text } from '../../../shared/messages/text.ts'

/** One notice as a worker reads it, whether it was given, will be, or is deliberately not. */
export type NoticeRow = {
  readonly casefile: CasefileId
  readonly noticeId: string
  /** When it was given, or will be. */
  readonly at: Instant
  readonly due: Instant
  readonly duty: string
  readonly step: string
  readonly title: Words
  readonly source: string
  readonly because: readonly Because[]
  readonly outcome: Outcome
  readonly reason?: string
  readonly role?: string
  readonly to?: string | undefined
  readonly channel?: string
  readonly language?: string
  readonly misses: readonly Miss[]
  readonly text?: Text | undefined
}

export type Outcome =
  | 'planned'
  | 'not told'
  | 'being given'
  | 'to be tried again'
  | 'sent'
  | 'delivered'
  | 'failed'
  | 'skipped'

/** An event that caused a notice; only its id is known if it is in another casefile. */
export type Because = { readonly eventId: string; readonly type?: string; readonly at?: Instant }

type Records = {
  readonly ledger: Ledger
  readonly events: readonly DomainEvent[]
  readonly texts: ReadonlyMap<string, Text>
}

/** What became of a notice, according to the ledger and the receipts. */
export function pastRow(casefile: CasefileId, entry: Entry, records: Records): NoticeRow {
  return discreet(wholeRow(casefile, entry, records))
}

function wholeRow(casefile: CasefileId, entry: Entry, { ledger, events, texts }: Records): NoticeRow {
  const { at, due, noticeId } = entry
  const row = {
    casefile,
    noticeId,
    at,
    due,
    misses: [],
    ...dutyOf(entry),
    because: becauseOf(entry.because, events),
  }
  switch (entry.is) {
    case 'throttled':
      return { ...row, at: entry.retryAt, outcome: 'to be tried again' }
    case 'skipped': {
      const { reason, role, to, misses } = entry
      return { ...row, outcome: 'skipped', reason, role, to, misses }
    }
    default: {
      const { role, to, channel, language, misses, messageId } = entry
      const addressed = { ...row, role, to, channel, language, misses, text: texts.get(messageId) }
      if (entry.is === 'claimed') return { ...addressed, outcome: 'being given' }
      if (entry.is === 'failed') return { ...addressed, outcome: 'failed', reason: entry.reason }
      const failure = ledger.failureOf(entry)
      if (failure) return { ...addressed, outcome: 'failed', reason: failure.kind }
      return { ...addressed, outcome: ledger.hasArrived(entry) ? 'delivered' : 'sent' }
    }
  }
}

/**
 * A sponsor, peer or relative is on no page of prison or probation: it shows only that somebody was asked, neither who
 * nor the message, which contains their link to answer.
 */
export function discreet(row: NoticeRow): NoticeRow {
  return row.role === 'meeter' ? { ...row, to: undefined, text: undefined, misses: [] } : row
}

/** A message as anybody but its recipient may see it: without the link, which would let them answer as the recipient. */
export function withoutAnswer(row: NoticeRow): NoticeRow {
  return row.text ? { ...row, text: { ...row.text, text: row.text.text.replace(ANSWER_LINK, '/a/…') } } : row
}

const ANSWER_LINK = /\/a\/\S+/g

/** For a step that was removed from the schedule. */
const UNTITLED: Words = { en: '', cy: '' }

/** A duty's words for one of its steps. */
export function dutyOf({ duty, step }: { duty: string; step: string }) {
  const { title = UNTITLED, source = '' } = DUTIES.find(({ id, rows }) => id === duty && step in rows) ?? {}
  return { duty, step, title, source }
}

/** The events by their ids, each once; of one that is not among `events` no more than its id. */
export function becauseOf(eventIds: readonly string[], events: readonly DomainEvent[]): Because[] {
  return [...new Set(eventIds)].map((eventId) => {
    const { type, at } = events.find((event) => event.eventId === eventId) ?? {}
    return { eventId, ...(type !== undefined && at !== undefined && { type, at }) }
  })
}
