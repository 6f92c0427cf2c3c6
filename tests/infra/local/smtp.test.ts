import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import type { SendResult } from '../../../shared/channels/channel.ts'
import { smtpChannel } from '../../../shared/channels/smtp.ts'
import { PROGRESS_TEXTS } from '../../../shared/duties/progress/texts.ts'
import { renderMessage } from '../../../shared/messages/render.ts'
import { type MailServer, refusal, startMailServer } from './mail-server.ts'

/** The SMTP channel against a real mail server that behaves as they do. */

const FROM = 'Throughcare <throughcare@example.org>'
const TEXT = renderMessage(
  [{ text: PROGRESS_TEXTS.prompt, facts: { orderId: 'O-1', start: 0, link: 'https://example.org' } }],
  'en',
  'email',
)
const messageTo = (address: string) => ({
  ...TEXT,
  messageId: 'order_O-1_FAX-01_prompt_A-1_202603091400_case-manager',
  channel: 'email' as const,
  address,
})

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function sendBy(options: SMTPServerOptions, address = 'sam@example.com'): Promise<SendResult> {
  const server = await startMailServer(options)
  const channel = smtpChannel({ url: server.url, from: FROM })
  open.push(channel, server)
  return channel.send(messageTo(address), 0)
}

async function openBoth(): Promise<{ server: MailServer; channel: ReturnType<typeof smtpChannel> }> {
  const server = await startMailServer()
  const channel = smtpChannel({ url: server.url, from: FROM })
  open.push(channel, server)
  return { server, channel }
}

test('a message is sent as it was written, under its own id however often it is sent', async () => {
  const { server, channel } = await openBoth()
  const message = messageTo('sam@example.com')
  expect(await channel.send(message, 0)).toEqual({ is: 'accepted' })
  expect(await channel.send(message, 0)).toEqual({ is: 'accepted' })
  expect(server.mails).toHaveLength(2)
  for (const mail of server.mails) {
    expect(mail).toMatchObject({
      messageId: message.messageId,
      from: 'throughcare@example.org',
      to: ['sam@example.com'],
    })
    expect(mail.raw).toContain(`Message-ID: <${message.messageId}@throughcare>`)
    expect(mail.raw).toContain(`Subject: ${message.subject}`)
    expect(mail.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  }
})

test('an address is one address, even where it looks like several', async () => {
  const { server, channel } = await openBoth()
  await channel.send(messageTo('sam(or,kim)@example.com'), 0)
  expect(server.mails.every(({ to }) => to.length === 1)).toBe(true)
})

describe('what a server says', () => {
  const throttled = { is: 'throttled', retryAfterMs: expect.any(Number) }
  test.each<[string, SMTPServerOptions, object]>([
    [
      'no such mailbox',
      { onRcptTo: (_, __, say) => say(refusal(550)) },
      { is: 'rejected', reason: 'permanent' },
    ],
    ['come back later, to an address', { onRcptTo: (_, __, say) => say(refusal(451)) }, throttled],
    [
      'no, to a message',
      { onData: (stream, _, say) => stream.resume().on('end', () => say(refusal(554))) },
      { is: 'rejected', reason: 'message' },
    ],
    [
      'come back later, to a message',
      { onData: (stream, _, say) => stream.resume().on('end', () => say(refusal(452))) },
      throttled,
    ],
    [
      'we are closing, to a message',
      { onData: (stream, _, say) => stream.resume().on('end', () => say(refusal(421))) },
      throttled,
    ],
    ['we are closing, to everybody', { onConnect: (_, say) => say(refusal(421)) }, throttled],
  ])('%s', async (_, options, answer) => {
    expect(await sendBy(options)).toEqual(answer)
  })

  test.each<[string, SMTPServerOptions]>([
    ['we do not take your mail', { onMailFrom: (_, __, say) => say(refusal(550)) }],
    ['we do not speak to you', { onConnect: (_, say) => say(refusal(554)) }],
  ])('%s is for us to mend, and throws without anybody’s address', async (_, options) => {
    const failure = await sendBy(options).catch((error: Error) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(String(failure)).not.toContain('@')
  })

  test('a wrong password is for us to mend, and throws', async () => {
    const server = await startMailServer({
      authOptional: false,
      onAuth: (_, __, done) => done(refusal(535)),
    })
    const url = server.url.replace('smtp://', 'smtp://user:wrong@')
    const channel = smtpChannel({ url, from: FROM })
    open.push(channel, server)
    await expect(channel.send(messageTo('sam@example.com'), 0)).rejects.toThrow()
  })
})

describe('what a server does not say', () => {
  test('nobody is there: nothing was sent, so it is tried again', async () => {
    const server = await startMailServer()
    await server.close()
    const channel = smtpChannel({ url: server.url, from: FROM })
    open.push(channel)
    expect(await channel.send(messageTo('sam@example.com'), 0)).toMatchObject({ is: 'throttled' })
  })

  test('there is no such host: nothing was sent, so it is tried again', async () => {
    const channel = smtpChannel({ url: 'smtp://mail.invalid', from: FROM })
    open.push(channel)
    expect(await channel.send(messageTo('sam@example.com'), 0)).toMatchObject({ is: 'throttled' })
  })

  test('it hangs up after it has heard the message: nobody knows, so the lease runs out', async () => {
    const server = await startMailServer({ onData: (stream) => stream.resume().on('end', server.hangUp) })
    const channel = smtpChannel({ url: server.url, from: FROM })
    open.push(channel, server)
    expect(await channel.send(messageTo('sam@example.com'), 0)).toMatchObject({ is: 'unknown' })
  })
})
