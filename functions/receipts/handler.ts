import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { readEnvironment } from '../environment.ts'
import { intake } from '../intake/intake.ts'
import { onEvents } from '../queue.ts'
import { wakeQueues } from '../tick/wake-queues.ts'
import { receive } from './receipts.ts'

const env = readEnvironment(process.env, ['TABLE', 'WAKE_QUEUE_URL', 'RELEASE_WAKE_QUEUE_URL'])
const sqs = new SQSClient()
const store = dynamoStore({ client: DynamoDBDocumentClient.from(new DynamoDBClient()), table: env.TABLE })
const queue = wakeQueues((message) => sqs.send(new SendMessageCommand(message)), env)

/** Takes in what SES and End User Messaging report of our messages. */
export const handler = onEvents((body) =>
  receive(body, { store, intake: (event) => intake(event, { store, queue, now: Date.now }) }),
)
