import { type SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { MINUTE_MS } from '../calendar/london.ts'
import { type Channel, RECEIPT_TAG, type SendResult } from './channel.ts'
import { mailboxOf } from './mailbox.ts'
import { resultOfFailure } from './request.ts'

export type SesOptions = {
  /** Must use the settings of `oneAttempt`: the SDK's own retries would be extra messages. */
  readonly client: SESv2Client
  /** An address, or a name and an address, of a verified identity. */
  readonly from: string
  /** Its events come back to us as receipts. */
  readonly configurationSet: string
}

/** The sending rate is per second; wake spreads delayed messages over a minute. */
const RATE_MS = 5_000
/** The daily quota covers the last 24 hours, so it frees up gradually. */
const QUOTA_MS = 10 * MINUTE_MS
/** Somebody has to lift it. */
const LIFTED_MS = 15 * MINUTE_MS

/** E-mail by Amazon SES. It cannot be asked by our reference, so an expired claim is sent again. */
export function sesChannel({ client, from, configurationSet }: SesOptions): Channel {
  return {
    async send({ messageId, address, subject, text, html, from: name, letterhead }) {
      const command = new SendEmailCommand({
        FromEmailAddress: mailboxOf(name, letterhead?.email ?? from),
        Destination: { ToAddresses: [address] },
        ConfigurationSetName: configurationSet,
        EmailTags: [{ Name: RECEIPT_TAG, Value: messageId }],
        Content: {
          Simple: { Subject: content(subject), Body: { Text: content(text), Html: content(html) } },
        },
      })
      try {
        const taken = await client.send(command)
        return taken.MessageId ? { is: 'accepted' } : { is: 'unknown', reason: 'answer-not-understood' }
      } catch (error) {
        const result = error instanceof SESv2ServiceException ? resultOf(error) : undefined
        return result ?? resultOfFailure('SES', error)
      }
    },
  }
}

function content(data: string) {
  return { Data: data, Charset: 'UTF-8' }
}

/** What an error says about the message or the moment; undefined if it is about our account or configuration. */
function resultOf({ name, message }: SESv2ServiceException): SendResult | undefined {
  switch (name) {
    case 'TooManyRequestsException':
    case 'ThrottlingException':
    case 'LimitExceededException':
      return { is: 'throttled', retryAfterMs: /quota/i.test(message) ? QUOTA_MS : RATE_MS }
    case 'AccountSuspendedException':
    case 'SendingPausedException':
      return { is: 'throttled', retryAfterMs: LIFTED_MS }
    case 'MessageRejected':
      return isUnverified(message) ? undefined : { is: 'rejected', reason: 'message' }
    case 'BadRequestException': {
      const isOfAddress = /address|domain|recipient/i.test(message) && !isUnverified(message)
      return isOfAddress ? { is: 'rejected', reason: 'permanent' } : undefined
    }
    default:
      return undefined
  }
}

/** Our own identity, or an account still in the sandbox: not the message's fault, and true for all messages. */
function isUnverified(message: string): boolean {
  return /not verified/i.test(message)
}
