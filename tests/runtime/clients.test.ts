import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, test } from 'vitest'
import { parameterOf } from '../../functions/runtime/clients.ts'
import { ourTopic } from '../../functions/runtime/our-topic.ts'
import { BANK_HOLIDAYS_PATTERN } from '../../functions/runtime/settings.ts'
import { wakeQueues } from '../../functions/runtime/wake-queues.ts'

/** What our adapters send to AWS, and what becomes of answers that an emulator cannot be made to give. */

const FAULT = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })
const REGION = { region: 'eu-west-2' }

describe('the topic of our events', () => {
  const additionalInformation = { noticeId: 'order_O-1_FAX-06_changed_x_offender-manager' }
  const OURS = { eventId: '1', eventType: 'notice.delivered', additionalInformation } as never
  function topic() {
    const sns = new SNSClient(REGION)
    const answers = mockClient(sns)
    answers.on(PublishCommand).resolves({})
    return { answers, publish: ourTopic((message) => sns.send(new PublishCommand(message)), 'arn:topic') }
  }

  test('gets each event with its type as an attribute that subscribers filter by', async () => {
    const { answers, publish } = topic()
    await publish(OURS)
    expect(answers.calls().map(({ args }) => args[0].input)).toEqual([
      {
        TopicArn: 'arn:topic',
        Message: JSON.stringify(OURS),
        MessageAttributes: { eventType: { DataType: 'String', StringValue: 'notice.delivered' } },
      },
    ])
  })

  test('that does not take an event is a failure of who publishes it', async () => {
    const { answers, publish } = topic()
    answers.on(PublishCommand).rejects(FAULT)
    await expect(publish(OURS)).rejects.toBe(FAULT)
  })
})

test('a wake queue that refuses a whole batch is a failure, and the batch for the other queue goes', async () => {
  const sqs = new SQSClient(REGION)
  const answers = mockClient(sqs)
  answers
    .on(SendMessageBatchCommand, { QueueUrl: 'others' })
    .rejects(FAULT)
    .on(SendMessageBatchCommand, { QueueUrl: 'releases' })
    .resolves({})
  const urls = { WAKE_QUEUE_URL: 'others', RELEASE_WAKE_QUEUE_URL: 'releases' }
  const queue = wakeQueues((batch) => sqs.send(new SendMessageBatchCommand(batch)), urls)
  await expect(queue.send(['order:O-1', 'release:R-1'])).rejects.toBe(FAULT)
  expect(answers.commandCalls(SendMessageBatchCommand, { QueueUrl: 'releases' })).toHaveLength(1)
})

describe('a parameter', () => {
  function bankHolidays() {
    const ssm = new SSMClient(REGION)
    const answers = mockClient(ssm)
    answers.onAnyCommand().resolves({})
    return { answers, parameter: parameterOf(ssm, '/throughcare/dev/bank-holidays', BANK_HOLIDAYS_PATTERN) }
  }

  test('is written under its own name, over what was there, and only in its pattern', async () => {
    const { answers, parameter } = bankHolidays()
    await parameter.write('["2026-12-25"]')
    const calls = answers.calls().map(({ args }) => args[0])
    expect(calls.map(({ input }) => input)).toEqual([
      {
        Name: '/throughcare/dev/bank-holidays',
        Value: '["2026-12-25"]',
        Overwrite: true,
        AllowedPattern: BANK_HOLIDAYS_PATTERN,
      },
    ])
    expect(calls[0]).toBeInstanceOf(PutParameterCommand)
  })

  test.each([
    ['that is not there', 'ParameterNotFound'],
    ['that AWS is too busy for', 'ThrottlingException'],
  ])('%s is a failure to read, and not an empty one', async (_, name) => {
    const { answers, parameter } = bankHolidays()
    const fault = Object.assign(new Error('no'), { name })
    answers.on(GetParameterCommand).rejects(fault)
    await expect(parameter.read()).rejects.toBe(fault)
  })
})
