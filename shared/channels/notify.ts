import { Agent } from 'node:https'
import { NotifyClient } from 'notifications-node-client'
import * as z from 'zod'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../calendar/london.ts'
import type { Writing } from '../casefile/ledger.ts'
import type { AskableChannel, SendResult } from './channel.ts'
import { discreet, FRESH_CONNECTION, PATIENCE_MS, resultOfFailure } from './request.ts'

export type NotifyOptions = {
  readonly apiKey: string
  /** The ids of two templates: `((subject))` and `((text))` for e-mail, `((text))` for text messages. */
  readonly templates: Readonly<Record<Writing, string>>
  readonly url?: string
  readonly patienceMs?: number
}

const NOTIFY_URL = 'https://api.notifications.service.gov.uk'

/**
 * E-mail and text messages by GOV.UK Notify. Its reference is not an idempotency key: the same one is sent twice. But
 * messages can be looked up by it. Sending throws if asked for a call.
 */
export function notifyChannel({
  apiKey,
  templates,
  url = NOTIFY_URL,
  patienceMs = PATIENCE_MS,
}: NotifyOptions): AskableChannel {
  const client = new NotifyClient(url, apiKey)
  client.setClient(
    client.apiClient.restClient.create({ timeout: patienceMs, httpsAgent: new Agent(FRESH_CONNECTION) }),
  )
  const hand = {
    email: client.sendEmail.bind(client),
    sms: client.sendSms.bind(client),
  } satisfies Record<Writing, unknown>
  return {
    async send({ channel, address, subject, text, messageId, letterhead }, now) {
      if (channel === 'call') throw new Error('GOV.UK Notify rings nobody')
      const personalisation = channel === 'email' ? { subject, text } : { text }
      try {
        const { data } = await hand[channel](templates[channel], address, {
          personalisation,
          reference: messageId,
          ...(channel === 'sms' && letterhead?.number !== undefined && { smsSenderId: letterhead.number }),
        })
        return Taken.safeParse(data).success
          ? { is: 'accepted' }
          : { is: 'unknown', reason: 'answer-not-understood' }
      } catch (error) {
        return resultOf(error, now)
      }
    },
    async find(messageId) {
      try {
        const { data } = await client.getNotifications(undefined, undefined, messageId)
        const known = Known.safeParse(data)
        if (!known.success) return 'unknown'
        return known.data[LIST].some((one) => one.reference === messageId) ? 'accepted' : 'absent'
      } catch (error) {
        resultOfFailure('GOV.UK Notify', error)
        return 'unknown'
      }
    },
  }
}

/** Notify's word for its messages. */
const LIST = 'notifications'
const Known = z.object({ [LIST]: z.array(z.object({ reference: z.string().nullish() })) })
const Taken = z.object({ id: z.string() })
const Refusal = z.object({
  response: z.object({
    status: z.number(),
    data: z.object({ errors: z.array(z.object({ error: z.string(), message: z.string() })).min(1) }),
  }),
})

/** What Notify's errors say about the message or the moment; the rest concern our configuration, and throw. */
function resultOf(error: unknown, now: Instant): SendResult {
  const refusal = Refusal.safeParse(error)
  if (!refusal.success) return resultOfFailure('GOV.UK Notify', error)
  const { status, data } = refusal.data.response
  const said = data.errors.map((one) => `${one.error} ${one.message}`).join('; ')
  if (status === 429) {
    const retryAfterMs = said.includes('TooManyRequestsError') ? untilTomorrow(now) : MINUTE_MS
    return { is: 'throttled', retryAfterMs }
  }
  if (status === 400) {
    const isOfAddress = /\b(phone_number|email_address|InvalidPhoneError|InvalidEmailError|international)\b/
    if (isOfAddress.test(said)) return { is: 'rejected', reason: 'permanent' }
    if (/longer than|too long/i.test(said)) return { is: 'rejected', reason: 'message' }
  }
  if (status < 500) throw new Error(`GOV.UK Notify ${status} ${discreet(said)}`)
  return resultOfFailure('GOV.UK Notify', error)
}

/** A day's limit ends at midnight UTC; we try every hour, since it may be raised before. */
function untilTomorrow(now: Instant): number {
  return Math.min(DAY_MS - (now % DAY_MS), HOUR_MS)
}
