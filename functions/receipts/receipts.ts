import { createHash, timingSafeEqual } from 'node:crypto'
import { casefileOfNotice } from '../../shared/casefile/ids.ts'
import { ourEvent } from '../../shared/casefile/our-event.ts'
import { readReport } from '../../shared/channels/reports.ts'
import type { Store } from '../../shared/store/store.ts'
import type { Admission } from '../intake/intake.ts'
import type { TakeOurs } from '../intake/publish.ts'

export type ReceiptPorts = {
  readonly take: TakeOurs
  readonly store: Pick<Store, 'open'>
}

/**
 * Takes in what a provider reports of a message, as a domain event like any other. Its eventId is left to intake,
 * which derives it from what the event says: a report that comes twice is one event. In any order, and however late,
 * the ledger makes the same of them.
 */
export async function receive(body: string, { take, store }: ReceiptPorts): Promise<Admission> {
  const report = readReport(body)
  switch (report.is) {
    case 'ignored':
    case 'refused':
      return report
    case 'delivered':
      return take(ourEvent('notice.delivered', report.at, { noticeId: report.messageId }))
    case 'failed': {
      const { messageId, at, reason } = report
      return take(ourEvent('notice.failed', at, { noticeId: messageId, reason }))
    }
    case 'unwanted': {
      const { messageId, at, channel } = report
      const contactId = await recipientOf(messageId, store)
      return contactId === undefined
        ? take(ourEvent('notice.failed', at, { noticeId: messageId, reason: 'complaint' }))
        : take(ourEvent('contact.opted-out', at, { contactId, channel }))
    }
  }
}

/** Whether a callback bears the token we gave to GOV.UK Notify, in a time that tells nothing of how much is right. */
export function bearsToken(authorization: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** To whom a message went, as its casefile's ledger has it. */
async function recipientOf(messageId: string, store: Pick<Store, 'open'>): Promise<string | undefined> {
  const casefile = casefileOfNotice(messageId)
  const stored = casefile && (await store.open(casefile))
  for (const entry of stored?.entries ?? []) {
    if ('messageId' in entry && entry.messageId === messageId) return entry.to
  }
  return undefined
}
