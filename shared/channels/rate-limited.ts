import { HOUR_MS, type Instant } from '../calendar/london.ts'
import { casefileOfNotice, kindOf } from '../casefile/ids.ts'
import type { Channel, Message, SendResult } from './channel.ts'

/** How much load one process may put on a provider. */
export type Limits = {
  /** Messages per second, in total. */
  readonly perSecond: number
  /** Messages per second reserved for releases, whatever else is waiting. */
  readonly perSecondForReleases: number
  /** Messages per hour to one address. */
  readonly perHourToOne: number
  /** After this many consecutive failures the provider is not used for `restMs`. */
  readonly failuresMax: number
  readonly restMs: number
}

export const DEFAULT_LIMITS: Limits = {
  perSecond: 10,
  perSecondForReleases: 4,
  perHourToOne: 200,
  failuresMax: 5,
  restMs: 60_000,
}

/** Addresses remembered; the oldest are dropped, and may then be sent to a little sooner. */
const ADDRESSES_MAX = 10_000

/**
 * A channel kept within its limits. A message that comes too fast, or while the provider is down, is `throttled`: its
 * claim is given back, and it is decided again later, at a spread-out time. After a rest one message tries the
 * provider; the others follow if it is accepted. Gate meetings have their own rate, so no backlog delays them.
 */
export function rateLimited(channel: Channel, limits: Limits): Channel {
  const everybody = bucket(limits.perSecond)
  const releases = bucket(limits.perSecondForReleases)
  const recent = recentSends(limits.perHourToOne)
  let failures = 0
  let restUntil = 0

  return {
    ...channel,
    async send(message: Message, now: Instant): Promise<SendResult> {
      if (now < restUntil) return { is: 'throttled', retryAfterMs: restUntil - now }
      const casefile = casefileOfNotice(message.messageId)
      const rate = casefile && kindOf(casefile) === 'release' ? releases : everybody
      const waitMs = Math.max(rate.waitMs(now), recent.waitMs(message.address, now))
      if (waitMs > 0) return { is: 'throttled', retryAfterMs: waitMs }
      rate.take(now)
      recent.take(message.address, now)
      let result: SendResult | undefined
      try {
        result = await channel.send(message, now)
        return result
      } finally {
        const isTaken = result?.is === 'accepted' || result?.is === 'rejected'
        failures = isTaken ? 0 : failures + 1
        if (failures >= limits.failuresMax) restUntil = now + limits.restMs
      }
    },
  }
}

/** A token bucket for one second's worth of sends, at least one. */
function bucket(perSecond: number) {
  const most = Math.max(1, perSecond)
  let left = most
  let at = 0
  const refill = (now: Instant) => {
    left = Math.min(most, left + (Math.max(0, now - at) * perSecond) / 1_000)
    at = now
  }
  return {
    waitMs(now: Instant): number {
      refill(now)
      return left >= 1 ? 0 : Math.ceil(((1 - left) * 1_000) / perSecond)
    },
    take(now: Instant) {
      refill(now)
      left -= 1
    },
  }
}

/** When each address was sent to, within the last hour. */
function recentSends(perHour: number) {
  const sends = new Map<string, Instant[]>()
  const within = (address: string, now: Instant) =>
    (sends.get(address) ?? []).filter((sentAt) => sentAt > now - HOUR_MS)
  return {
    waitMs(address: string, now: Instant): number {
      const known = within(address, now)
      const [oldest = now] = known
      return known.length < perHour ? 0 : oldest + HOUR_MS - now
    },
    take(address: string, now: Instant) {
      const known = [...within(address, now), now]
      sends.delete(address)
      sends.set(address, known)
      const [forgotten] = sends.keys()
      if (sends.size > ADDRESSES_MAX && forgotten !== undefined) sends.delete(forgotten)
    },
  }
}
