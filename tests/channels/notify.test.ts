import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { HOUR_MS, londonTime, MINUTE_MS } from '../../shared/calendar/london.ts'
import { notifyChannel } from '../../shared/channels/notify.ts'
import { notifyAccountChannel } from '../../shared/channels/notify-account.ts'
import { keepsTheContract, messageTo, NOW, PATIENCE_MS } from './contract.ts'
import { type Asked, type Dialect, type Mood, Provider, type Reply } from './provider.ts'

const SERVICE = '26785a09-ab16-4eb0-8407-a37497a57506'
const SECRET = '3d844edf-8d35-48ac-975b-e847b4f122b0'

function refusal(status: number, error: string, message: string): Reply {
  return { status, body: JSON.stringify({ status_code: status, errors: [{ error, message }] }) }
}

/** The service's id under its secret, by HMAC with SHA-256, is who is asking. */
function isSigned({ headers }: Asked): boolean {
  const [head = '', claims = '', signature] = (headers.authorization ?? '').replace(/^Bearer /, '').split('.')
  const expected = createHmac('sha256', SECRET).update(`${head}.${claims}`).digest('base64url')
  return signature === expected && JSON.parse(`${Buffer.from(claims, 'base64url')}`).iss === SERVICE
}

/** Notify as far as we use it: two ways to send, and what it knows of a reference. It keeps every message it takes. */
function notify(): Dialect {
  const taken: string[] = []
  return (asked, mood) => {
    if (!isSigned(asked)) return refusal(403, 'AuthError', 'Invalid token: signature')
    switch (mood) {
      case 'throttles':
        return refusal(
          429,
          'RateLimitError',
          'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds',
        )
      case 'is unavailable':
        return refusal(503, 'ServiceUnavailable', 'unavailable')
      case 'rejects':
        return refusal(400, 'ValidationError', 'phone_number Not enough digits')
      case 'fails':
        return refusal(500, 'Exception', 'Internal server error')
      case 'knows nobody of our name':
        return refusal(403, 'AuthError', 'Invalid token: service not found for +447700900001')
    }
    if (asked.method === 'POST') {
      const { reference } = JSON.parse(asked.body)
      taken.push(reference)
      return { status: 201, body: JSON.stringify({ id: 'a1', reference }) }
    }
    const wanted = new URL(asked.path, 'http://localhost').searchParams.get('reference')
    const found = taken.filter((reference) => reference === wanted)
    return {
      status: 200,
      body: JSON.stringify({ notifications: found.map((reference) => ({ id: 'a1', reference })), links: {} }),
    }
  }
}

async function open(way: 'email' | 'sms' = 'sms') {
  const provider = await Provider.open(notify())
  const channel = notifyChannel({
    apiKey: `throughcare-${SERVICE}-${SECRET}`,
    templates: { email: 'e-mail template', sms: 'text template' },
    url: provider.url,
    patienceMs: PATIENCE_MS,
  })
  const message = messageTo(way, way === 'email' ? 'c-person@example.com' : '+447700900001')
  return { channel, provider, message }
}

keepsTheContract('GOV.UK Notify, e-mail,', () => open('email'))
keepsTheContract('GOV.UK Notify, text messages,', () => open('sms'))

describe('GOV.UK Notify', () => {
  test('a key that is rotated while we run is the one that is used', async () => {
    const provider = await Provider.open(notify())
    const account = (secret: string) =>
      JSON.stringify({
        apiKey: `throughcare-${SERVICE}-${secret}`,
        email: 'e-mail template',
        sms: 'text template',
      })
    let written = account('00000000-0000-4000-8000-000000000000')
    const make: typeof notifyChannel = (options) =>
      notifyChannel({ ...options, url: provider.url, patienceMs: PATIENCE_MS })
    const channel = notifyAccountChannel(async () => written, make)
    const message = messageTo('email', 'c-person@example.com')
    await expect(channel.send(message, NOW)).rejects.toThrow('403')
    written = account(SECRET)
    expect(await channel.send(message, NOW)).toEqual({ is: 'accepted' })
    expect(await channel.find(message.messageId)).toBe('accepted')
    await provider.close()
  })

  test.each([
    [
      'email',
      '/v2/notifications/email',
      { email_address: 'c-person@example.com', template_id: 'e-mail template' },
      ['subject', 'text'],
    ],
    [
      'sms',
      '/v2/notifications/sms',
      { phone_number: '+447700900001', template_id: 'text template' },
      ['text'],
    ],
  ] as const)('%s goes to %s by its template, under the messageId', async (way, path, to, fields) => {
    const { channel, provider, message } = await open(way)
    await channel.send(message, NOW)
    await provider.close()
    const [asked] = provider.asked
    expect(asked).toMatchObject({ method: 'POST', path })
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      ...to,
      reference: message.messageId,
      personalisation: Object.fromEntries(fields.map((field) => [field, message[field]])),
    })
  })

  const trial = 'Can’t send to this recipient when service is in trial mode'
  const today = 'Exceeded send limits (250,000) for today'
  test.each([
    ['RateLimitError', 429, 'Exceeded rate limit', 'throttled', MINUTE_MS],
    ['TooManyRequestsError', 429, today, 'throttled', HOUR_MS],
    ['ValidationError', 400, 'email_address Not a valid email address', 'rejected', 'permanent'],
    ['InvalidPhoneError', 400, 'Not a UK mobile number', 'rejected', 'permanent'],
    ['BadRequestError', 400, 'Cannot send to international mobile numbers', 'rejected', 'permanent'],
    [
      'BadRequestError',
      400,
      'Text messages cannot be longer than 918 characters. Your message is 1200 characters',
      'rejected',
      'message',
    ],
    ['BadRequestError', 400, 'Template not found', 'throws', 'BadRequestError Template not found'],
    ['BadRequestError', 400, 'Missing personalisation: subject', 'throws', 'BadRequestError Missing'],
    ['BadRequestError', 400, trial, 'throws', `BadRequestError ${trial}`],
    ['AuthError', 403, 'Invalid token: API key not found', 'throws', 'AuthError Invalid token'],
  ])('%s (%i, %s): %s, %s', async (name, status, words, is, detail) => {
    const { channel, provider, message } = await open()
    provider.reply = refusal(status, name, words)
    const answer = channel.send(message, NOW)
    if (is === 'throws') await expect(answer).rejects.toThrow(`GOV.UK Notify ${status} ${detail}`)
    else if (is === 'throttled') expect(await answer).toEqual({ is, retryAfterMs: detail })
    else expect(await answer).toEqual({ is, reason: detail })
    await provider.close()
  })

  test('a day’s limit reached twenty minutes before midnight UTC waits twenty minutes', async () => {
    const { channel, provider, message } = await open()
    provider.reply = refusal(429, 'TooManyRequestsError', today)
    expect(await channel.send(message, londonTime('2026-03-09', '23:40'))).toEqual({
      is: 'throttled',
      retryAfterMs: 20 * MINUTE_MS,
    })
    await provider.close()
  })
})

describe('GOV.UK Notify, asked by our reference,', () => {
  test.each<[Mood, string]>([
    ['accepts', 'accepted'],
    ['takes it and drops the connection', 'accepted'],
    ['takes it and drops the connection half way through its answer', 'accepted'],
    ['takes it and says nothing', 'accepted'],
    ['answers garbage', 'absent'],
    ['throttles', 'absent'],
    ['rejects', 'absent'],
    ['fails', 'absent'],
  ])('after a send to a provider that %s, knows the message as %s', async (mood, finding) => {
    const { channel, provider, message } = await open()
    provider.mood = mood
    await channel.send(message, NOW)
    provider.mood = 'accepts'
    expect(await channel.find?.(message.messageId)).toBe(finding)
    await provider.close()
  })

  test('knows nothing of a message it was given under another reference', async () => {
    const { channel, provider, message } = await open()
    await channel.send({ ...message, messageId: 'order_O-2_message_1' }, NOW)
    expect(await channel.find?.(message.messageId)).toBe('absent')
    await provider.close()
  })

  test.each<Mood>([
    'throttles',
    'is unavailable',
    'fails',
    'answers garbage',
    'answers an empty object',
    'takes it and says nothing',
    'takes it and drops the connection',
  ])('a provider that %s: unknown, so that nothing is sent on a guess', async (mood) => {
    const { channel, provider, message } = await open()
    provider.mood = mood
    expect(await channel.find?.(message.messageId)).toBe('unknown')
    await provider.close()
  })

  test('a key that is not ours throws', async () => {
    const { channel, provider, message } = await open()
    provider.mood = 'knows nobody of our name'
    await expect(channel.find?.(message.messageId)).rejects.toThrow('GOV.UK Notify 403')
    await provider.close()
  })
})
