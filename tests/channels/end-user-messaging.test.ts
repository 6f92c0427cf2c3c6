import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '../../shared/calendar/london.ts'
import { callChannel, endUserMessagingChannel } from '../../shared/channels/end-user-messaging.ts'
import { oneAttempt } from '../../shared/channels/request.ts'
import { keepsTheContract, messageTo, NOW, PATIENCE_MS } from './contract.ts'
import { type Dialect, Provider, type Reply } from './provider.ts'

/** AWS JSON 1.0: an error's name is in the body, with what else it tells. */
function refusal(status: number, name: string, more: object = {}): Reply {
  const body = { __type: `com.amazonaws.pinpointsmsvoicev2#${name}`, Message: name, ...more }
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) }
}

const endUserMessaging: Dialect = (_asked, mood) => {
  switch (mood) {
    case 'throttles':
      return refusal(400, 'ThrottlingException')
    case 'is unavailable':
      return refusal(503, 'ServiceUnavailable')
    case 'rejects':
      return refusal(400, 'ConflictException', { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' })
    case 'fails':
      return refusal(500, 'InternalServerException')
    case 'knows nobody of our name':
      return refusal(400, 'ResourceNotFoundException', { Message: 'no such pool for +447700900001' })
    default:
      return { status: 200, body: JSON.stringify({ MessageId: '0102018e-text' }) }
  }
}

async function openProvider() {
  const provider = await Provider.open(endUserMessaging)
  const client = new PinpointSMSVoiceV2Client({
    ...oneAttempt(PATIENCE_MS),
    region: 'eu-west-2',
    endpoint: provider.url,
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
  })
  return { provider, client }
}

async function open() {
  const { provider, client } = await openProvider()
  const channel = endUserMessagingChannel({ client, from: 'Thrucare', configurationSet: 'throughcare' })
  return { channel, provider, message: messageTo('sms', '+447700900001') }
}

async function openCalls() {
  const { provider, client } = await openProvider()
  const channel = callChannel({ client, from: '+447700900999', configurationSet: 'throughcare' })
  return { channel, provider, message: messageTo('call', '+447700900001') }
}

keepsTheContract('End User Messaging', open)
keepsTheContract('calls by End User Messaging', openCalls)

describe('End User Messaging', () => {
  test('gets the text alone, four hours to live, and the messageId as the context a receipt brings back', async () => {
    const { channel, provider, message } = await open()
    await channel.send(message, NOW)
    await provider.close()
    const [asked] = provider.asked
    expect(asked?.headers['x-amz-target']).toBe('PinpointSMSVoiceV2.SendTextMessage')
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      DestinationPhoneNumber: '+447700900001',
      OriginationIdentity: 'Thrucare',
      MessageBody: message.text,
      MessageType: 'TRANSACTIONAL',
      ConfigurationSetName: 'throughcare',
      Context: { notice: message.messageId },
      TimeToLive: 14_400,
    })
  })

  const field = (Name: string) => ({ Reason: 'FIELD_VALIDATION_FAILED', Fields: [{ Name, Message: 'no' }] })
  const because = (Reason: string) => ({ Reason })
  const lifted = 15 * MINUTE_MS

  test.each([
    ['ThrottlingException', {}, 'throttled', 5_000],
    ['ServiceQuotaExceededException', because('MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT'), 'throttled', lifted],
    ['AccessDeniedException', because('ACCOUNT_DISABLED'), 'throttled', lifted],
    ['ConflictException', because('DESTINATION_PHONE_NUMBER_OPTED_OUT'), 'rejected', 'opted-out'],
    [
      'ConflictException',
      because('DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE'),
      'rejected',
      'permanent',
    ],
    ['ValidationException', because('DESTINATION_COUNTRY_BLOCKED'), 'rejected', 'permanent'],
    ['ValidationException', field('DestinationPhoneNumber'), 'rejected', 'permanent'],
    ['ValidationException', field('MessageBody'), 'rejected', 'message'],
    ['ValidationException', field('OriginationIdentity'), 'throws', 'ValidationException'],
    ['ValidationException', because('SENDER_ID_NOT_REGISTERED'), 'throws', 'ValidationException'],
    ['ConflictException', because('DESTINATION_PHONE_NUMBER_NOT_VERIFIED'), 'throws', 'ConflictException'],
    ['AccessDeniedException', {}, 'throws', 'AccessDeniedException'],
  ])('%s %o: %s, %s', async (name, more, is, detail) => {
    const { channel, provider, message } = await open()
    provider.reply = refusal(400, name, more)
    const answer = channel.send(message, NOW)
    if (is === 'throws') await expect(answer).rejects.toThrow(`End User Messaging 400 ${detail}`)
    else if (is === 'throttled') expect(await answer).toEqual({ is, retryAfterMs: detail })
    else expect(await answer).toEqual({ is, reason: detail })
    await provider.close()
  })
})

describe('a call', () => {
  test.each([
    ['en', 'AMY'],
    ['cy', 'GWYNETH'],
    ['both', 'AMY'],
  ] as const)(
    'to a reader of %s is read out by %s, and is not made half an hour late',
    async (language, voice) => {
      const { channel, provider, message } = await openCalls()
      await channel.send({ ...message, language, letterhead: { number: '+447700900111' } }, NOW)
      await provider.close()
      const [asked] = provider.asked
      expect(asked?.headers['x-amz-target']).toBe('PinpointSMSVoiceV2.SendVoiceMessage')
      expect(JSON.parse(asked?.body ?? '')).toEqual({
        DestinationPhoneNumber: '+447700900001',
        OriginationIdentity: '+447700900999',
        MessageBody: message.text,
        MessageBodyTextType: 'TEXT',
        VoiceId: voice,
        ConfigurationSetName: 'throughcare',
        Context: { notice: message.messageId },
        TimeToLive: 1_800,
      })
    },
  )
})
