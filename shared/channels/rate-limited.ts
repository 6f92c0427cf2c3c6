import { HOUR_MS, type Instant } from '../calendar/london.ts'
import { casefileOfNotice, kindOf } from '../casefile/ids.ts'
import type { Channel, Message, SendResult } from './channel.ts'

/** How hard a provider may be leant on by one process. */
export type Limits = {
  /** Messages a second, to everybody together. */
  readonly perSecond: number
  /** Messages a second that are kept for releases, whatever else is waiting. */
  readonly perSecondForReleases: number
  /** Messages an hour to one address. */
  readonly perHourToOne: number
  /** So many failures in a row and the provider is left alone for `restMs`. */
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

/** Addresses remembered at once; the oldest are forgotten, and may then be sent to a little sooner. */
const ADDRESSES_MAX = 10_000

/**
 * A channel that is leant on no harder than its limits. What comes too fast, or while the provider is down, is
 * `throttled`: its claim is given back and it comes again, spread out, decided again and never stale. After a
 * rest one message tries the provider; the rest follow when it is taken. What gate meetings need has a rate of
 * its own, so that a backlog of anything else never stands before them.
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

/** A second's worth of sends, or one, refilled as time passes. */
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

/** When each address was last sent to, within the hour. */
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
