import { createHash, timingSafeEqual } from 'node:crypto'
import { ourEvent } from '../../shared/casefile/our-event.ts'
import { readReport } from '../../shared/channels/reports.ts'
import type { Admission } from '../intake/intake.ts'
import type { TakeOurs } from '../intake/publish.ts'

export type ReceiptPorts = {
  readonly take: TakeOurs
}

/**
 * Takes in a provider's report on a message, as a domain event like any other. Intake derives its eventId from its
 * content, so the same report twice is one event. Order and delay make no difference to the ledger.
 */
export async function receive(body: string, { take }: ReceiptPorts): Promise<Admission> {
  const report = readReport(body)
  switch (report.is) {
    case 'ignored':
    case 'refused':
      return report
    case 'delivered':
      return take(ourEvent('notice.delivered', report.at, { noticeId: report.messageId }))
    default: {
      const { is: reason, messageId: noticeId, at } = report
      return take(ourEvent('notice.failed', at, { noticeId, reason }))
    }
  }
}

/** Whether a callback carries the token we gave to GOV.UK Notify, compared in constant time. */
export function bearsToken(authorization: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
