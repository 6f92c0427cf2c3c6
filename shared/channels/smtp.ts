import { createTransport } from 'nodemailer'
import { MINUTE_MS } from '../calendar/london.ts'
import type { Channel, SendResult } from './channel.ts'
import { addressIn } from './mailbox.ts'
import { discreet } from './request.ts'

/** The header that says which message this is, whatever happens to it on its way. */
const MESSAGE_ID_HEADER = 'X-Throughcare-Message-Id'
/** A server that is away or busy is asked again after this. */
const RETRY_MS = 2 * MINUTE_MS
/** Well inside the lease under which we send: nothing is still on its way when it runs out. */
const SEND_MS_MAX = 5 * MINUTE_MS
const SILENCE_MS_MAX = MINUTE_MS

export type SmtpSettings = {
  /** `smtp://user:password@host:587`, `smtps://…`. */
  readonly url: string
  /** Whom our messages are from, where one does not say: `messages@example.org`. */
  readonly from: string
}

export type SmtpChannel = Channel & {
  /** Goes as far as to sign in to the server. Throws, in words fit for a log, where that does not succeed. */
  greet(): Promise<void>
  close(): void
}

/**
 * E-mail through a mail server. A message has the same Message-ID however often it has to be sent, so that a reader's
 * mailbox can tell a repeat. Its `send` throws where we are not let in or the server takes nothing at all, its `greet`
 * where it cannot be signed in to.
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

/** What nodemailer says of a message that was not accepted. */
type SmtpError = Error & {
  readonly code?: string
  /** What the server was told when it said no. */
  readonly command?: string
  readonly responseCode?: number
  readonly timeoutType?: string
  readonly syscall?: string
}

/**
 * A server that said no took nothing, and neither did one that was never spoken to: those are answers. Whatever goes
 * wrong later may have happened after it took the message. That we are not let in is for us to mend, and throws.
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
