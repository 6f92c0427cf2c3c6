import { SESv2Client } from '@aws-sdk/client-sesv2'
import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '../../shared/calendar/london.ts'
import { oneAttempt } from '../../shared/channels/request.ts'
import { sesChannel } from '../../shared/channels/ses.ts'
import { keepsTheContract, messageTo, NOW, PATIENCE_MS } from './contract.ts'
import { type Dialect, Provider, type Reply } from './provider.ts'

/** SES as REST JSON: an error's name is in a header, its words in the body. */
function refusal(status: number, name: string, message: string): Reply {
  return { status, headers: { 'x-amzn-errortype': name }, body: JSON.stringify({ message }) }
}

const ses: Dialect = (_asked, mood) => {
  switch (mood) {
    case 'throttles':
      return refusal(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.')
    case 'is unavailable':
      return refusal(503, 'ServiceUnavailable', 'Service is unavailable')
    case 'rejects':
      return refusal(400, 'BadRequestException', 'Illegal address: c-person@example.com')
    case 'fails':
      return refusal(500, 'InternalFailure', 'Internal failure')
    case 'knows nobody of our name':
      return refusal(403, 'AccessDeniedException', 'not authorized to send to c-person@example.com')
    default:
      return { status: 200, body: JSON.stringify({ MessageId: '0102018e-ses' }) }
  }
}

async function open() {
  const provider = await Provider.open(ses)
  const client = new SESv2Client({
    ...oneAttempt(PATIENCE_MS),
    region: 'eu-west-2',
    endpoint: provider.url,
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
  })
  const channel = sesChannel({
    client,
    from: 'Throughcare <notices@throughcare.example.org>',
    configurationSet: 'throughcare',
  })
  return { channel, provider, message: messageTo('email', 'c-person@example.com') }
}

keepsTheContract('SES', open)

describe('SES', () => {
  test('gets text and html, a configuration set, and the messageId as the tag a receipt brings back', async () => {
    const { channel, provider, message } = await open()
    await channel.send(message, NOW)
    await provider.close()
    const [asked] = provider.asked
    expect(asked).toMatchObject({ method: 'POST', path: '/v2/email/outbound-emails' })
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      FromEmailAddress: 'Throughcare <notices@throughcare.example.org>',
      Destination: { ToAddresses: ['c-person@example.com'] },
      ConfigurationSetName: 'throughcare',
      EmailTags: [{ Name: 'notice', Value: message.messageId }],
      Content: {
        Simple: {
          Subject: { Data: message.subject, Charset: 'UTF-8' },
          Body: {
            Text: { Data: message.text, Charset: 'UTF-8' },
            Html: { Data: message.html, Charset: 'UTF-8' },
          },
        },
      },
    })
  })

  test.each([
    ['TooManyRequestsException', 429, 'Maximum sending rate exceeded.', 'throttled', 5_000],
    ['TooManyRequestsException', 429, 'Daily message quota exceeded.', 'throttled', 10 * MINUTE_MS],
    ['LimitExceededException', 400, 'Daily sending quota exceeded', 'throttled', 10 * MINUTE_MS],
    ['AccountSuspendedException', 400, 'Account suspended', 'throttled', 15 * MINUTE_MS],
    ['SendingPausedException', 400, 'Sending paused', 'throttled', 15 * MINUTE_MS],
    ['BadRequestException', 400, "Missing final '@domain'", 'rejected', 'permanent'],
    ['MessageRejected', 400, 'Bad content', 'rejected', 'message'],
    ['MessageRejected', 400, 'Email address is not verified: a@example.com', 'throws', 'MessageRejected'],
    ['BadRequestException', 400, 'Configuration set x does not exist', 'throws', 'BadRequestException'],
    ['NotFoundException', 404, 'Configuration set x does not exist', 'throws', 'NotFoundException'],
    ['MailFromDomainNotVerifiedException', 400, 'not verified', 'throws', 'MailFromDomainNotVerified'],
  ])('%s (%i, %s): %s, %s', async (name, status, words, is, detail) => {
    const { channel, provider, message } = await open()
    provider.reply = refusal(status, name, words)
    const answer = channel.send(message, NOW)
    if (is === 'throws') await expect(answer).rejects.toThrow(`SES ${status} ${detail}`)
    else if (is === 'throttled') expect(await answer).toEqual({ is, retryAfterMs: detail })
    else expect(await answer).toEqual({ is, reason: detail })
    await provider.close()
  })
})
