import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { takeOurs } from '../intake/publish.ts'
import { readEnvironment } from '../runtime/environment.ts'
import { ourTopic } from '../runtime/our-topic.ts'
import { onEvents } from '../runtime/queue.ts'
import { traced } from '../runtime/telemetry.ts'
import { wakeQueues } from '../runtime/wake-queues.ts'
import { receive } from './receipts.ts'

const env = readEnvironment(process.env, [
  ...(['TABLE', 'WAKE_QUEUE_URL', 'RELEASE_WAKE_QUEUE_URL', 'OUR_EVENTS_TOPIC'] as const),
])
const sqs = traced(new SQSClient())
const sns = traced(new SNSClient())
const store = dynamoStore({
  client: DynamoDBDocumentClient.from(traced(new DynamoDBClient())),
  table: env.TABLE,
})
const queue = wakeQueues((batch) => sqs.send(new SendMessageBatchCommand(batch)), env)
const topic = ourTopic((message) => sns.send(new PublishCommand(message)), env.OUR_EVENTS_TOPIC)
const ports = { take: takeOurs({ store, queue, now: Date.now }, topic) }

/** Takes in what SES and End User Messaging report of our messages. */
export const handler = onEvents((body) => receive(body, ports))
