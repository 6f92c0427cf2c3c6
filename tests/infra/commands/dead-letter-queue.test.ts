import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { mockClient } from 'aws-sdk-client-mock'
import { buildApp } from 'fauxqs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listDeadLetters, redrive } from '../../../infra/commands/dead-letter-queue.ts'
import { londonTime } from '../../../shared/calendar/london.ts'
import { event } from '../../story.ts'

const NOW = londonTime('2026-03-10', '12:00')
const cancelled = event('2026-03-10T10:00', 'appointment.cancelled', { orderId: 'O-1', appointmentId: 'A-1' })

describe('a dead letter that cannot be moved', () => {
  const [from, to] = ['https://sqs.example.org/dead', 'https://sqs.example.org/live']
  const fault = Object.assign(new Error('not now'), { name: 'KmsThrottled' })

  /** A queue of one dead letter, on a client of our own. */
  function oneDeadLetter() {
    const client = new SQSClient({ region: 'eu-west-2' })
    const answers = mockClient(client)
    const Messages = [{ MessageId: 'm1', Body: JSON.stringify(cancelled), ReceiptHandle: 'r1' }]
    answers.on(ReceiveMessageCommand).resolvesOnce({ Messages }).resolves({})
    return { client, answers }
  }

  test('is not deleted when it could not be sent', async () => {
    const { client, answers } = oneDeadLetter()
    answers.on(SendMessageCommand).rejects(fault)
    await expect(redrive(client, { from, to })).rejects.toBe(fault)
    expect(answers.commandCalls(DeleteMessageCommand)).toEqual([])
  })

  test('is sent before it is deleted, and a failure to delete it is told', async () => {
    const { client, answers } = oneDeadLetter()
    answers.on(SendMessageCommand).resolves({}).on(DeleteMessageCommand).rejects(fault)
    await expect(redrive(client, { from, to })).rejects.toBe(fault)
    expect(answers.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
      { QueueUrl: to, MessageBody: JSON.stringify(cancelled) },
    ])
  })

  test('is only hidden and shown again by listing', async () => {
    const { client, answers } = oneDeadLetter()
    await listDeadLetters(client, from, NOW)
    const commands = answers.calls().map(({ args }) => args[0].constructor.name)
    expect(new Set(commands)).toEqual(new Set(['ReceiveMessageCommand', 'ChangeMessageVisibilityCommand']))
  })
})

describe('dead letters', () => {
  const app = buildApp({ logger: false })
  let sqs: SQSClient
  let from: string
  let to: string
  let queues = 0

  beforeAll(async () => {
    const endpoint = await app.listen({ host: '127.0.0.1', port: 0 })
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    sqs = new SQSClient({ region: 'eu-west-2', endpoint, credentials, useQueueUrlAsEndpoint: false })
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    const create = async () =>
      (await sqs.send(new CreateQueueCommand({ QueueName: `queue-${queues++}` }))).QueueUrl ?? ''
    ;[from, to] = [await create(), await create()]
  })

  const put = (body: string) => sqs.send(new SendMessageCommand({ QueueUrl: from, MessageBody: body }))
  const countIn = async (queue: string) => {
    const asked = new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] })
    const { Attributes = {} } = await sqs.send(asked)
    return Number(Attributes.ApproximateNumberOfMessages)
  }

  test('are listed by their ids and reasons, and stay in the queue', async () => {
    await put(JSON.stringify({ ...cancelled, additionalInformation: { orderId: 'O-1' } }))
    await put(JSON.stringify(cancelled))
    await put('order:O-7')
    await put(
      JSON.stringify(event('2026-03-10T10:00', 'day.booked', { contactId: 'C-1', day: '2026-03-11' })),
    )
    const deadLetters = await listDeadLetters(sqs, from, NOW)
    expect(deadLetters.map(({ about, reason }) => `${about}: ${reason}`).sort()).toEqual([
      'appointment.cancelled appointment.cancelled/A-1/2026-03-10T10:00 order:O-1: would be taken in now',
      'day.booked day.booked/C-1/2026-03-10T10:00 contact:C-1: eventType: this sender may not send day.booked',
      'not understood: additionalInformation.appointmentId: expected an id of 1 to 64 letters, digits and hyphens, got nothing',
      'order:O-7: its wake failed',
    ])
    expect(await countIn(from)).toBe(4)
  })

  test('show nothing of their content', async () => {
    await put(
      JSON.stringify(
        event('2026-03-10T10:00', 'contact.updated', { contactId: 'C-1', name: 7, email: 'a@example.com' }),
      ),
    )
    expect(JSON.stringify(await listDeadLetters(sqs, from, NOW))).not.toContain('a@example.com')
  })

  test('are all redriven, and then gone', async () => {
    for (let nth = 0; nth < 23; nth++) await put(`message ${nth}`)
    expect(await redrive(sqs, { from, to })).toBe(23)
    expect(await countIn(to)).toBe(23)
    expect(await redrive(sqs, { from, to })).toBe(0)
  })

  test('one alone is redriven with a corrected body', async () => {
    const { MessageId } = await put('broken')
    await put('another')
    expect(await redrive(sqs, { from, to, id: MessageId, body: JSON.stringify(cancelled) })).toBe(1)
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: to }))
    expect(Messages.map((message) => message.Body)).toEqual([JSON.stringify(cancelled)])
  })
})
