import type { ChannelName } from '../../shared/casefile/ledger.ts'
import type { Channel } from '../../shared/channels/channel.ts'
import { notifyChannel } from '../../shared/channels/notify.ts'
import { DEFAULT_LIMITS, rateLimited } from '../../shared/channels/rate-limited.ts'
import { smtpChannel } from '../../shared/channels/smtp.ts'

/** By what this machine really sends. A way that is missing stays in the outbox. */
export type Providers = {
  readonly channels: Readonly<Partial<Record<ChannelName, Channel>>>
  close(): void
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * A mail server for e-mail, GOV.UK Notify for both, or Notify for text messages beside a mail server. Throws when
 * Notify's templates are missing.
 */
export function providersOf(env: Environment, from: string): Providers {
  const { SMTP_URL, NOTIFY_API_KEY, NOTIFY_EMAIL_TEMPLATE, NOTIFY_TEXT_TEMPLATE } = env
  const mail = SMTP_URL === undefined ? undefined : smtpChannel({ url: SMTP_URL, from })
  const close = () => mail?.close()
  const byMail = mail ? { email: mail } : {}
  if (NOTIFY_API_KEY === undefined) return { channels: byMail, close }
  if (NOTIFY_EMAIL_TEMPLATE === undefined || NOTIFY_TEXT_TEMPLATE === undefined) {
    throw new Error('NOTIFY_API_KEY needs NOTIFY_EMAIL_TEMPLATE and NOTIFY_TEXT_TEMPLATE beside it')
  }
  const templates = { email: NOTIFY_EMAIL_TEMPLATE, sms: NOTIFY_TEXT_TEMPLATE }
  const notify = rateLimited(notifyChannel({ apiKey: NOTIFY_API_KEY, templates }), DEFAULT_LIMITS)
  return { channels: { email: notify, sms: notify, ...byMail }, close }
}
