import { createHash, timingSafeEqual } from 'node:crypto'
import { writeInstant } from '../../shared/calendar/london.ts'
import { casefileOfNotice } from '../../shared/casefile/ids.ts'
import { type Report, readReport } from '../../shared/channels/reports.ts'
import type { Store } from '../../shared/store/store.ts'
import type { Admission } from '../intake/intake.ts'

export type ReceiptPorts = {
  /** Takes one domain event in. */
  readonly intake: (body: string) => Promise<Admission>
  readonly store: Pick<Store, 'open'>
}

/**
 * Takes in what a provider reports of a message, as a domain event like any other. Its eventId is left to intake,
 * which derives it from what the event says: a report that comes twice is one event. In any order, and however late,
 * the ledger makes the same of them.
 */
export async function receive(body: string, { intake, store }: ReceiptPorts): Promise<Admission> {
  const report = readReport(body)
  switch (report.is) {
    case 'ignored':
    case 'refused':
      return report
    case 'delivered':
      return intake(written('notice.delivered', report, { noticeId: report.messageId }))
    case 'failed': {
      const { messageId, reason } = report
      return intake(written('notice.failed', report, { noticeId: messageId, reason }))
    }
    case 'unwanted': {
      const { messageId, channel } = report
      const contactId = await recipientOf(messageId, store)
      return contactId === undefined
        ? intake(written('notice.failed', report, { noticeId: messageId, reason: 'complaint' }))
        : intake(written('contact.opted-out', report, { contactId, channel }))
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

function written(
  type: string,
  { at }: Extract<Report, { at: unknown }>,
  additionalInformation: object,
): string {
  return JSON.stringify({
    eventType: `throughcare.${type}`,
    version: 1,
    occurredAt: writeInstant(at),
    additionalInformation,
  })
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
