import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import * as z from 'zod'
import bankHolidays from '../../shared/calendar/bank-holidays.json' with { type: 'json' }
import { type Instant, writeInstant } from '../../shared/calendar/london.ts'
import type { ChannelName } from '../../shared/casefile/ledger.ts'
import { RECEIPT_TAG } from '../../shared/channels/channel.ts'

/** A message as its provider accepted it. */
export type Taken = {
  readonly at: Instant
  readonly channel: ChannelName
  readonly messageId: string | undefined
  readonly address: string
  readonly subject: string
  readonly text: string
}

/** An error in a provider's own words, which may repeat the address. */
export type Refusal = { readonly status: number; readonly name: string; readonly message: string }

/** Where a configuration set reports on messages. */
export type Reporting = { readonly types: readonly string[]; readonly topicArn: string }

/** What a provider knows about our account, and what it does for us. */
export type Account = {
  readonly now: () => Instant
  /** Whether it accepts messages from this address or number. */
  readonly isOurs: (from: string) => boolean
  /** Where its configuration sets report to. A message with any other set is refused. */
  readonly reporting: ReadonlyMap<string, readonly Reporting[]>
  readonly publish: (topicArn: string, report: string) => Promise<void>
  readonly refuses: (address: string) => Refusal | undefined
  /** Whether it accepts a message but drops the connection without a response. */
  readonly breaksOff: () => boolean
  readonly took: (message: Taken) => void
}

async function tell({ reporting, publish }: Account, set: string, type: string, report: object) {
  for (const { types, topicArn } of reporting.get(set) ?? []) {
    if (types.some((one) => one.toUpperCase() === type)) await publish(topicArn, JSON.stringify(report))
  }
}

export type Provider = { readonly endpoint: string; close(): Promise<void> }

const Email = z.object({
  FromEmailAddress: z.string(),
  Destination: z.object({ ToAddresses: z.tuple([z.string()]) }),
  ConfigurationSetName: z.string(),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })),
  Content: z.object({
    Simple: z.object({
      Subject: z.object({ Data: z.string() }),
      Body: z.object({ Text: z.object({ Data: z.string() }) }),
    }),
  }),
})

/** Amazon SES v2, as far as `SendEmail`: it accepts and keeps a message, and reports its delivery immediately. */
export function openSes(account: Account): Promise<Provider> {
  let taken = 0
  return serve(async (request) => {
    if (request.method !== 'POST' || request.url !== '/v2/email/outbound-emails') return NOT_SPOKEN
    const { FromEmailAddress, Destination, ConfigurationSetName, EmailTags, Content } = Email.parse(
      await json(request),
    )
    const [address] = Destination.ToAddresses
    const refusal = account.isOurs(FromEmailAddress)
      ? account.reporting.has(ConfigurationSetName)
        ? account.refuses(address)
        : { status: 400, name: 'BadRequestException', message: 'Configuration set does not exist.' }
      : { status: 400, name: 'MessageRejected', message: 'Email address is not verified.' }
    if (refusal) {
      const { status, name, message } = refusal
      return { status, headers: { 'x-amzn-errortype': name }, body: { message } }
    }
    const MessageId = `email-${++taken}`
    const tags = Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, [Value]]))
    const { Subject, Body } = Content.Simple
    const [messageId] = tags[RECEIPT_TAG] ?? []
    account.took({
      at: account.now(),
      channel: 'email',
      messageId,
      address,
      subject: Subject.Data,
      text: Body.Text.Data,
    })
    const timestamp = writeInstant(account.now())
    const mail = { messageId: MessageId, timestamp, destination: [address], tags }
    const delivery = { timestamp, recipients: [address], smtpResponse: '250 ok' }
    await tell(account, ConfigurationSetName, 'DELIVERY', { eventType: 'Delivery', mail, delivery })
    return account.breaksOff() ? NO_ANSWER : { status: 200, body: { MessageId } }
  })
}

const KINDS: Readonly<Record<string, { channel: ChannelName; reported: string; went: string }>> = {
  'PinpointSMSVoiceV2.SendTextMessage': { channel: 'sms', reported: 'TEXT_ALL', went: 'TEXT_DELIVERED' },
  'PinpointSMSVoiceV2.SendVoiceMessage': { channel: 'call', reported: 'VOICE_ALL', went: 'VOICE_COMPLETED' },
}

const TextMessage = z.object({
  DestinationPhoneNumber: z.string(),
  OriginationIdentity: z.string(),
  MessageBody: z.string(),
  ConfigurationSetName: z.string(),
  Context: z.record(z.string(), z.string()),
})

/** AWS End User Messaging, as far as `SendTextMessage` and `SendVoiceMessage`. */
export function openEndUserMessaging(account: Account): Promise<Provider> {
  let taken = 0
  return serve(async (request) => {
    const is = KINDS[String(request.headers['x-amz-target'])]
    if (!is) return NOT_SPOKEN
    const message = TextMessage.parse(await json(request))
    const { DestinationPhoneNumber: address, ConfigurationSetName, Context } = message
    const isKnown = account.isOurs(message.OriginationIdentity) && account.reporting.has(ConfigurationSetName)
    const refusal = isKnown
      ? account.refuses(address)
      : { status: 400, name: 'ResourceNotFoundException', message: 'No such identity or configuration set.' }
    if (refusal) {
      const { status, name, message } = refusal
      return { status, body: { __type: `com.amazonaws.pinpointsmsvoicev2#${name}`, Message: message } }
    }
    const MessageId = `text-${++taken}`
    const messageId = Context[RECEIPT_TAG]
    account.took({
      at: account.now(),
      channel: is.channel,
      messageId,
      address,
      subject: '',
      text: message.MessageBody,
    })
    await tell(account, ConfigurationSetName, is.reported, {
      eventType: is.went,
      eventTimestamp: account.now(),
      isFinal: true,
      destinationPhoneNumber: address,
      messageId: MessageId,
      context: Context,
    })
    return account.breaksOff() ? NO_ANSWER : { status: 200, body: { MessageId } }
  })
}

export type Kept = {
  /** Each secret's current value, and the one before its last rotation. */
  readonly secrets: ReadonlyMap<string, readonly [current: string, former?: string]>
  /** Every version of each parameter, oldest first. */
  readonly parameters: ReadonlyMap<string, string[]>
}

const Asked = z.object({ Name: z.string(), Value: z.string().optional() })

/**
 * Systems Manager's parameters, and Lambda's extension for parameters and secrets. A secret that was never rotated has
 * no former value.
 */
export function openKept({ secrets, parameters }: Kept): Promise<Provider> {
  return serve(async (request) => {
    const { url = '', headers } = request
    const [, action] = /^AmazonSSM\.(Get|Put)Parameter$/.exec(String(headers['x-amz-target'])) ?? []
    if (action) {
      const { Name, Value } = Asked.parse(await json(request))
      const versions = parameters.get(Name)
      if (!versions) return NOT_KEPT
      if (Value !== undefined) versions.push(Value)
      return { status: 200, body: { Parameter: { Name, Value: versions.at(-1) } } }
    }
    if (!headers['x-aws-parameters-secrets-token']) return { status: 401, body: {} }
    const { pathname, searchParams: query } = new URL(url, 'http://localhost')
    if (pathname === '/secretsmanager/get') {
      const [current, former] = secrets.get(query.get('secretId') ?? '') ?? []
      const SecretString = query.get('versionStage') === 'AWSPREVIOUS' ? former : current
      return SecretString === undefined ? NOT_KEPT : { status: 200, body: { SecretString } }
    }
    if (pathname === '/systemsmanager/parameters/get') {
      const versions = parameters.get(query.get('name') ?? '') ?? []
      const Version = Number(query.get('version') ?? versions.length)
      const Value = versions[Version - 1]
      return Value === undefined ? NOT_KEPT : { status: 200, body: { Parameter: { Value, Version } } }
    }
    return NOT_SPOKEN
  })
}

/** GOV.UK's feed of bank holidays. */
export function openGovUk(): Promise<Provider> {
  return serve(async () => ({ status: 200, body: bankHolidays }))
}

type Reply = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: object
}

/** To the caller it looks as if the response was lost: the request may have been processed. */
const NO_ANSWER = 'no answer'
const NOT_SPOKEN: Reply = { status: 404, body: { message: 'Not spoken here.' } }
const NOT_KEPT: Reply = { status: 400, body: { __type: 'ResourceNotFoundException' } }

async function serve(
  answer: (request: IncomingMessage) => Promise<Reply | typeof NO_ANSWER>,
): Promise<Provider> {
  const server: Server = createServer(async (request, response) => {
    const reply = await answer(request).catch((error) => ({
      status: 400,
      headers: { 'x-amzn-errortype': 'ValidationException' },
      body: { message: String(error) },
    }))
    if (reply === NO_ANSWER) {
      response.destroy()
      return
    }
    const { status, headers, body } = reply
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  // A connection closed while idle makes the next request on it fail, as one that may have been processed.
  server.keepAliveTimeout = 0
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
