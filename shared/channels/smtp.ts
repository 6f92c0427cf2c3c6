import { createTransport } from 'nodemailer'
import { MINUTE_MS } from '../calendar/london.ts'
import type { Channel, SendResult } from './channel.ts'
import { addressIn } from './mailbox.ts'
import { discreet } from './request.ts'

/** The header that identifies the message, whatever happens to it on its way. */
const MESSAGE_ID_HEADER = 'X-Throughcare-Message-Id'
/** An unavailable or busy server is tried again after this. */
const RETRY_MS = 2 * MINUTE_MS
/** Well within the lease: no send is still under way when it expires. */
const SEND_MS_MAX = 5 * MINUTE_MS
const SILENCE_MS_MAX = MINUTE_MS

export type SmtpSettings = {
  /** `smtp://user:password@host:587`, `smtps://…`. */
  readonly url: string
  /** The sender of messages that have none of their own: `messages@example.org`. */
  readonly from: string
}

export type SmtpChannel = Channel & {
  /** Signs in to the server. Throws, in words safe for a log, if that fails. */
  greet(): Promise<void>
  close(): void
}

/**
 * E-mail through a mail server. A message has the same Message-ID however often it is sent, so that a mailbox can
 * recognise a repeat. `send` throws if we cannot sign in or the server accepts nothing at all, `greet` if we cannot
 * sign in.
 */
export function smtpChannel({ url, from }: SmtpSettings): SmtpChannel {
  const transport = createTransport({
    url,
    pool: true,
    connectionTimeout: SILENCE_MS_MAX,
    greetingTimeout: SILENCE_MS_MAX,
    socketTimeout: SILENCE_MS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ subject, text, html, messageId, address, from: name, letterhead }) {
      try {
        await transport.sendMail({
          from: name === undefined ? from : { name, address: addressIn(letterhead?.email ?? from) },
          to: { name: '', address },
          subject,
          text,
          html,
          messageId: `<${messageId}@throughcare>`,
          headers: { [MESSAGE_ID_HEADER]: messageId, 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(SEND_MS_MAX),
        })
        return { is: 'accepted' }
      } catch (error) {
        return resultOf(error as SmtpError)
      }
    },
    async greet() {
      try {
        await transport.verify()
      } catch (error) {
        throw new Error(discreet((error as Error).message))
      }
    },
    close: () => transport.close(),
  }
}

/** Nodemailer's error for a message that was not accepted. */
type SmtpError = Error & {
  readonly code?: string
  /** The command that the server refused. */
  readonly command?: string
  readonly responseCode?: number
  readonly timeoutType?: string
  readonly syscall?: string
}

/**
 * A server that refused a command accepted nothing, and neither did one that was never reached: those are results. Any
 * later failure may have happened after it accepted the message. Being unable to sign in is ours to fix, and throws.
 */
function resultOf(error: SmtpError): SendResult {
  const { code, command, responseCode } = error
  if (responseCode !== undefined && responseCode >= 500) {
    if (command === 'RCPT TO') return { is: 'rejected', reason: 'permanent' }
    if (command === 'DATA') return { is: 'rejected', reason: 'message' }
    throw new Error(discreet(error.message))
  }
  if (responseCode !== undefined || wasNeverSpokenTo(error)) {
    return { is: 'throttled', retryAfterMs: RETRY_MS }
  }
  if (code === 'EENVELOPE') return { is: 'rejected', reason: 'permanent' }
  if (code === 'EAUTH') throw new Error(discreet(error.message))
  return { is: 'unknown', reason: 'no-answer' }
}

const BEFORE_SPEAKING = ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT']

function wasNeverSpokenTo({ code, syscall, timeoutType = '' }: SmtpError): boolean {
  return code === 'EDNS' || code === 'ETLS' || syscall === 'connect' || BEFORE_SPEAKING.includes(timeoutType)
}
