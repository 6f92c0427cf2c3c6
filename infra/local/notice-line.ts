import type { Outcome } from '../../functions/wake/ports.ts'
import { writeInstant } from '../../shared/calendar/london.ts'

/** A notice as other systems read it: one JSON object of the contract's "Notices out". */
export type NoticeLine = {
  readonly at: string
  readonly duty: string
  readonly casefile: string
  readonly noticeId: string
  readonly step: string
  readonly role: string
  readonly messageId?: string
  readonly to?: string
  readonly channel?: string
  readonly address?: string
  readonly language?: string
  readonly subject?: string
  readonly text?: string
  readonly outcome: 'sent' | 'failed' | 'skipped'
  readonly reason?: string
  readonly because: readonly string[]
}

/** The contract's line for a notice that was settled. */
export function noticeLine({ casefile, entry, text }: Outcome): NoticeLine {
  const { at, duty, noticeId, step, role, because } = entry
  const named = { at: writeInstant(at), duty, casefile, noticeId, step, role }
  if (entry.is === 'skipped') {
    const to = entry.to === undefined ? {} : { to: entry.to }
    return { ...named, ...to, outcome: 'skipped', reason: entry.reason, because }
  }
  const { messageId, to, channel, address, language } = entry
  const said = text && { subject: text.subject, text: text.text }
  const given = { ...named, messageId, to, channel, address, language, ...said }
  if (entry.is === 'sent') return { ...given, outcome: 'sent', because }
  return { ...given, outcome: 'failed', reason: entry.reason, because }
}

/** Orders lines by instant, then casefile, noticeId and channel. */
export function compareLines(a: NoticeLine, b: NoticeLine): number {
  return (
    compare(a.at, b.at) ||
    compare(a.casefile, b.casefile) ||
    compare(a.noticeId, b.noticeId) ||
    compare(a.channel ?? '', b.channel ?? '')
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
