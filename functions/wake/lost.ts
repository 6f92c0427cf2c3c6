import type { Instant } from '../../shared/calendar/london.ts'
import type { Casefile } from '../../shared/casefile/casefile.ts'
import { LEASE_MS } from '../../shared/casefile/ledger.ts'
import type { Outcome, WakePorts } from './ports.ts'

/**
 * A claim with an expired lease may have been sent by a waker that died. It was if there is a receipt for it; otherwise
 * a provider that can be asked by our reference is asked, before anything is claimed again or given up. Records and
 * returns what was sent, and the notices about which the provider cannot say.
 */
export async function findLost(
  { id, ledger }: Casefile,
  { store, channels }: Pick<WakePorts, 'store' | 'channels'>,
  now: Instant,
): Promise<{ readonly found: readonly Outcome[]; readonly unknown: ReadonlySet<string> }> {
  const found: Outcome[] = []
  const unknown = new Set<string>()
  for (const lost of ledger.entries) {
    if (lost.is !== 'claimed' || lost.leaseUntil > now) continue
    const isReported = ledger.hasArrived(lost) || ledger.failureOf(lost) !== undefined
    const finding = isReported
      ? 'accepted'
      : ((await channels[lost.channel]?.find?.(lost.messageId)) ?? 'absent')
    if (finding === 'unknown') unknown.add(lost.noticeId)
    if (finding !== 'accepted') continue
    // Another waker may have found it first, and sent it again another way since.
    const [standing] = await store.claim(id, [{ ...lost, leaseUntil: now + LEASE_MS }], now)
    if (standing) continue
    const { leaseUntil: _, replaces: __, ...addressed } = lost
    const entry = { ...addressed, is: 'sent' } as const
    const text = (await store.texts(id)).get(lost.messageId)
    await store.record(id, [entry])
    found.push({ casefile: id, entry, ...(text && { text }) })
  }
  return { found, unknown }
}
