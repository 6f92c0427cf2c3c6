import { MINUTE_MS } from '../../shared/calendar/london.ts'
import type { ChannelName } from '../../shared/casefile/ledger.ts'
import type { Channel, SendResult } from '../../shared/channels/channel.ts'
import { notifyChannel } from '../../shared/channels/notify.ts'
import { DEFAULT_LIMITS, rateLimited } from '../../shared/channels/rate-limited.ts'
import { type SmtpChannel, smtpChannel } from '../../shared/channels/smtp.ts'

/** What is wrong with a provider, in words that may be logged. */
type Trouble = { readonly reason: string }

/** The channels that really send. Others go to the outbox. */
export type Providers = {
  readonly channels: Readonly<Partial<Record<ChannelName, Channel>>>
  /** The problem of each channel when it was last used; undefined if it worked. */
  health(): Readonly<Partial<Record<ChannelName, Trouble | undefined>>>
  close(): void
}

type Environment = Readonly<Record<string, string | undefined>>

/** Whether an environment makes messages really go out. */
export function isSending({ SMTP_URL, NOTIFY_API_KEY }: Environment): boolean {
  return SMTP_URL !== undefined || NOTIFY_API_KEY !== undefined
}

/**
 * A mail server for e-mail, GOV.UK Notify for both channels, or Notify for text messages and a mail server for e-mail.
 * The mail server is tried at the start, and every minute while it fails. `changed` is called when a provider starts to
 * fail, and when it works again. Throws if Notify's templates are missing.
 */
export function providersOf(
  env: Environment,
  from: string,
  changed: (name: ChannelName, trouble: Trouble | undefined) => void,
): Providers {
  const { SMTP_URL, NOTIFY_API_KEY, NOTIFY_EMAIL_TEMPLATE, NOTIFY_TEXT_TEMPLATE } = env
  const watched: Partial<Record<ChannelName, ReturnType<typeof watch>>> = {}
  const use = (name: ChannelName, channel: Channel) => {
    const one = watch(channel, (trouble) => changed(name, trouble))
    watched[name] = one
    return one
  }
  if (NOTIFY_API_KEY !== undefined) {
    if (NOTIFY_EMAIL_TEMPLATE === undefined || NOTIFY_TEXT_TEMPLATE === undefined) {
      throw new Error('NOTIFY_API_KEY needs NOTIFY_EMAIL_TEMPLATE and NOTIFY_TEXT_TEMPLATE beside it')
    }
    const templates = { email: NOTIFY_EMAIL_TEMPLATE, sms: NOTIFY_TEXT_TEMPLATE }
    const notify = rateLimited(notifyChannel({ apiKey: NOTIFY_API_KEY, templates }), DEFAULT_LIMITS)
    use('sms', notify)
    if (SMTP_URL === undefined) use('email', notify)
  }
  const mail = SMTP_URL === undefined ? undefined : mailServer(SMTP_URL, from)
  const trying = mail && keepTrying(mail, use('email', mail))
  const each = <T>(read: (one: ReturnType<typeof watch>) => T) =>
    Object.fromEntries(Object.entries(watched).map(([name, one]) => [name, read(one)]))
  return {
    channels: each(({ channel }) => channel),
    health: () => each(({ trouble }) => trouble()),
    close() {
      clearInterval(trying)
      mail?.close()
    },
  }
}

function mailServer(url: string, from: string): SmtpChannel {
  if (!/^smtps?:\/\/[^/]+/.test(url)) throw new Error('SMTP_URL: expected smtp://… or smtps://…')
  return smtpChannel({ url, from })
}

/** Signs in to a mail server now, and every minute while that fails. */
function keepTrying(mail: SmtpChannel, { note, trouble }: ReturnType<typeof watch>): NodeJS.Timeout {
  const greet = () =>
    mail.greet().then(
      () => note(undefined),
      (error: Error) => note(error.message),
    )
  greet()
  return setInterval(() => trouble() && greet(), MINUTE_MS)
}

/** A channel that remembers whether it worked when it was last used. */
function watch(channel: Channel, changed: (trouble: Trouble | undefined) => void) {
  let trouble: Trouble | undefined
  const note = (reason: string | undefined) => {
    if (reason === trouble?.reason) return
    trouble = reason === undefined ? undefined : { reason }
    changed(trouble)
  }
  const watched: Channel = {
    ...channel,
    async send(message, now) {
      try {
        const result = await channel.send(message, now)
        note(troubleOf(result))
        return result
      } catch (error) {
        note((error as Error).message)
        throw error
      }
    },
  }
  return { channel: watched, note, trouble: () => trouble }
}

/** A rejected message says nothing about the provider's health. */
function troubleOf(result: SendResult): string | undefined {
  if (result.is === 'throttled') return 'it takes no message for now'
  return result.is === 'unknown' ? result.reason : undefined
}
