import { createHash, timingSafeEqual } from 'node:crypto'
import { ourEvent } from '../../shared/casefile/our-event.ts'
import { readReport } from '../../shared/channels/reports.ts'
import type { Admission } from '../intake/intake.ts'
import type { TakeOurs } from '../intake/publish.ts'

export type ReceiptPorts = {
  readonly take: TakeOurs
}

/**
 * Takes in a provider's report on a message, as a domain event like any other. Its eventId is the message and what
 * became of it, so the same report twice is one event, also when a network gives it a different time. Order and delay
 * make no difference to the ledger.
 */
export async function receive(body: string, { take }: ReceiptPorts): Promise<Admission> {
  const report = readReport(body)
  if (report.is === 'ignored' || report.is === 'refused') return report
  const { is, messageId: noticeId, at } = report
  const eventId = { eventId: `${is}/${noticeId}` }
  return take(
    is === 'delivered'
      ? ourEvent('notice.delivered', at, { noticeId }, eventId)
      : ourEvent('notice.failed', at, { noticeId, reason: is }, eventId),
  )
}

/** Whether a callback carries the token we gave to GOV.UK Notify, compared in constant time. */
export function bearsToken(authorization: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
