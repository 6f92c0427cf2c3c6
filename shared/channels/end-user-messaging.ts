import {
  AccessDeniedException,
  ConflictException,
  type PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  SendVoiceMessageCommand,
  ServiceQuotaExceededException,
  ThrottlingException,
  ValidationException,
  type VoiceId,
} from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { HOUR_MS, MINUTE_MS } from '../calendar/london.ts'
import type { Language } from '../casefile/ledger.ts'
import { type Channel, RECEIPT_TAG, type SendResult } from './channel.ts'
import { resultOfFailure } from './request.ts'

export type EndUserMessagingOptions = {
  /** Must use the settings of `oneAttempt`: the SDK's own retries would be extra messages. */
  readonly client: PinpointSMSVoiceV2Client
  /** A sender id, a number or a pool. */
  readonly from: string
  /** Its events come back to us as receipts. */
  readonly configurationSet: string
}

/** A text not delivered by then is about a moment that has passed; the provider's own limit is three days. */
const TIME_TO_LIVE_SECONDS = (4 * HOUR_MS) / 1_000
/** The limit is fragments per second; wake spreads delayed messages over a minute. */
const RATE_MS = 5_000
/** A spending limit, or a suspended account: somebody has to lift it. */
const LIFTED_MS = 15 * MINUTE_MS

/** Text messages by AWS End User Messaging. It cannot be asked by our reference, so an expired claim is sent again. */
export function endUserMessagingChannel(options: EndUserMessagingOptions): Channel {
  const { client, from, configurationSet } = options
  return {
    async send({ messageId, address, text, letterhead }) {
      const command = new SendTextMessageCommand({
        DestinationPhoneNumber: address,
        OriginationIdentity: letterhead?.number ?? from,
        MessageBody: text,
        MessageType: 'TRANSACTIONAL',
        ConfigurationSetName: configurationSet,
        Context: { [RECEIPT_TAG]: messageId },
        TimeToLive: TIME_TO_LIVE_SECONDS,
      })
      return taken(() => client.send(command))
    },
  }
}

export type CallOptions = Omit<EndUserMessagingOptions, 'from'> & {
  /** A number that calls. */
  readonly from: string
}

/** The Polly voice for each language. */
const VOICES = { en: 'AMY', both: 'AMY', cy: 'GWYNETH' } as const satisfies Record<Language, VoiceId>
/** A later call would be pointless; the provider's own limit is three days. */
const CALL_TO_LIVE_SECONDS = (30 * MINUTE_MS) / 1_000

/** Calls by AWS End User Messaging, which reads out a message. It cannot be asked by our reference either. */
export function callChannel({ client, from, configurationSet }: CallOptions): Channel {
  return {
    async send({ messageId, address, text, language = 'en' }) {
      const command = new SendVoiceMessageCommand({
        DestinationPhoneNumber: address,
        OriginationIdentity: from,
        MessageBody: text,
        MessageBodyTextType: 'TEXT',
        VoiceId: VOICES[language],
        ConfigurationSetName: configurationSet,
        Context: { [RECEIPT_TAG]: messageId },
        TimeToLive: CALL_TO_LIVE_SECONDS,
      })
      return taken(() => client.send(command))
    },
  }
}

/** The provider's response to a request. */
async function taken(send: () => Promise<{ readonly MessageId?: string | undefined }>): Promise<SendResult> {
  try {
    const { MessageId } = await send()
    return MessageId ? { is: 'accepted' } : { is: 'unknown', reason: 'answer-not-understood' }
  } catch (error) {
    return resultOf(error) ?? resultOfFailure('End User Messaging', error)
  }
}

/** What an error says about the message or the moment; undefined if it is about our account or configuration. */
function resultOf(error: unknown): SendResult | undefined {
  if (error instanceof ThrottlingException) return { is: 'throttled', retryAfterMs: RATE_MS }
  if (error instanceof ServiceQuotaExceededException) return { is: 'throttled', retryAfterMs: LIFTED_MS }
  if (error instanceof AccessDeniedException && error.Reason) {
    return { is: 'throttled', retryAfterMs: LIFTED_MS }
  }
  if (error instanceof ConflictException) return resultOfConflict(error)
  if (error instanceof ValidationException) return resultOfValidation(error)
  return undefined
}

function resultOfConflict({ Reason }: ConflictException): SendResult | undefined {
  switch (Reason) {
    case 'DESTINATION_PHONE_NUMBER_OPTED_OUT':
      return { is: 'rejected', reason: 'opted-out' }
    case 'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE':
    case 'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION':
      return { is: 'rejected', reason: 'permanent' }
    default:
      return undefined
  }
}

function resultOfValidation({ Reason, Fields = [] }: ValidationException): SendResult | undefined {
  switch (Reason) {
    case 'COUNTRY_NOT_ENABLED':
    case 'DESTINATION_COUNTRY_BLOCKED':
    case 'INTERNATIONAL_SENDING_NOT_SUPPORTED':
    case 'INVALID_IDENTITY_FOR_DESTINATION_COUNTRY':
      return { is: 'rejected', reason: 'permanent' }
  }
  const fields = Fields.map((field) => field.Name)
  if (fields.includes('DestinationPhoneNumber')) return { is: 'rejected', reason: 'permanent' }
  if (fields.includes('MessageBody')) return { is: 'rejected', reason: 'message' }
  return undefined
}
