import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'
import type { Instant } from '../../shared/calendar/london.ts'

const REGION = 'eu-west-2'
const ACCOUNT = '000000000000'

/** An emulator of SQS and SNS, on this machine alone. */
export type Queues = {
  readonly endpoint: string
  readonly client: SQSClient
  /** Every message sent, oldest first. */
  readonly sent: readonly { readonly url: string; readonly body: string }[]
  /** The URL that a queue of this name has, or would have. */
  urlOf(name: string): string
  /** Makes a queue with these SQS attributes. */
  make(name: string, attributes: Record<string, string>): Promise<void>
  /** Makes a topic that puts published messages into queues, in SNS's wrapper. */
  makeTopic(name: string, queueArns: readonly string[]): Promise<void>
  publish(topicArn: string, message: string): Promise<void>
  send(url: string, body: string): Promise<void>
  /** The next messages in a queue, at most `limit`. */
  receive(url: string, limit: number): Promise<readonly Message[]>
  /** The number of messages waiting in a queue. */
  count(url: string): Promise<number>
  /**
   * Deletes processed messages, and hides failed ones: for as long as the function asked for, else for the queue's
   * timeout, by the cloud's clock.
   */
  settle(url: string, done: readonly Message[], failed: readonly Message[], now: Instant): Promise<void>
  /** When the next hidden message becomes visible; undefined if none is hidden. */
  nextShown(): Instant | undefined
  /** Makes hidden messages visible whose time has come. */
  show(now: Instant): Promise<void>
  close(): Promise<void>
}

/** The ARN of a queue of that name here. */
export function queueArn(name: string): string {
  return `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`
}

/** The ARN of a topic of that name here. */
export function topicArn(name: string): string {
  return `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`
}

/** One message, or a batch. */
type Sending = { QueueUrl: string; MessageBody: string; Entries?: { MessageBody: string }[] }

/** The longest that SQS hides a message: none becomes visible by the emulator's own clock. */
const HIDDEN_SECONDS = 12 * 60 * 60

/** Starts an emulator on a free port, until it is closed. Throws what SNS refuses. */
export async function openQueues(): Promise<Queues> {
  const app = buildApp({ logger: false, defaultRegion: REGION })
  const sent: { url: string; body: string }[] = []
  const hiddenSeconds = new Map<string, number>()
  const askedSeconds = new Map<string, number>()
  const hidden: { readonly url: string; readonly message: Message; readonly until: Instant }[] = []
  app.addHook('preHandler', async ({ headers, body }) => {
    const asked = String(headers['x-amz-target'])
    if (asked.startsWith('AmazonSQS.SendMessage')) {
      const { QueueUrl, Entries, ...alone } = body as Sending
      for (const { MessageBody } of Entries ?? [alone]) sent.push({ url: QueueUrl, body: MessageBody })
    }
    if (asked === 'AmazonSQS.ChangeMessageVisibility') {
      const hiding = body as { ReceiptHandle: string; VisibilityTimeout: number }
      if (hiding.VisibilityTimeout === 0) return
      askedSeconds.set(hiding.ReceiptHandle, hiding.VisibilityTimeout)
      hiding.VisibilityTimeout = HIDDEN_SECONDS
    }
  })
  const endpoint = await app.listen({ host: '127.0.0.1', port: 0 })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new SQSClient({ region: REGION, endpoint, credentials, useQueueUrlAsEndpoint: false })
  const askSns = async (Action: string, parameters: Record<string, string>) => {
    const body = new URLSearchParams({ Action, ...parameters })
    const response = await fetch(endpoint, { method: 'POST', body })
    if (!response.ok) throw new Error(`SNS ${Action}: ${await response.text()}`)
  }
  const urlOf = (name: string) => `${endpoint}/${ACCOUNT}/${name}`
  const hide = async (QueueUrl: string, messages: readonly Message[], VisibilityTimeout: number) => {
    const Entries = named(messages).map((one) => ({ ...one, VisibilityTimeout }))
    await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }))
  }
  return {
    endpoint,
    client,
    sent,
    urlOf,
    async make(QueueName, Attributes) {
      hiddenSeconds.set(urlOf(QueueName), Number(Attributes.VisibilityTimeout))
      await client.send(new CreateQueueCommand({ QueueName, Attributes }))
    },
    async makeTopic(Name, queueArns) {
      await askSns('CreateTopic', { Name })
      for (const Endpoint of queueArns) {
        await askSns('Subscribe', { TopicArn: topicArn(Name), Protocol: 'sqs', Endpoint })
      }
    },
    publish: (TopicArn, Message) => askSns('Publish', { TopicArn, Message }),
    async send(QueueUrl, MessageBody) {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody }))
    },
    async receive(QueueUrl, MaxNumberOfMessages) {
      const asked = { QueueUrl, MaxNumberOfMessages, MessageSystemAttributeNames: ['All' as const] }
      return (await client.send(new ReceiveMessageCommand(asked))).Messages ?? []
    },
    async count(QueueUrl) {
      const asked = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] }
      const { Attributes } = await client.send(new GetQueueAttributesCommand(asked))
      return Number(Attributes?.ApproximateNumberOfMessages)
    },
    async settle(QueueUrl, done, failed, now) {
      if (done.length > 0)
        await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: named(done) }))
      if (failed.length > 0) {
        await hide(QueueUrl, failed, HIDDEN_SECONDS)
        for (const message of failed) {
          const handle = message.ReceiptHandle ?? ''
          const seconds = askedSeconds.get(handle) ?? hiddenSeconds.get(QueueUrl) ?? 0
          askedSeconds.delete(handle)
          hidden.push({ url: QueueUrl, message, until: now + seconds * 1_000 })
        }
      }
    },
    nextShown: () => (hidden.length > 0 ? Math.min(...hidden.map(({ until }) => until)) : undefined),
    async show(now) {
      const shown = hidden.filter(({ until }) => until <= now)
      for (const { url, message } of shown) {
        await hide(url, [message], 0)
        hidden.splice(
          hidden.findIndex((one) => one.message === message),
          1,
        )
      }
    },
    async close() {
      client.destroy()
      await app.close()
    },
  }
}

function named(messages: readonly Message[]) {
  return messages.map(({ MessageId: Id, ReceiptHandle }) => ({ Id, ReceiptHandle }))
}
