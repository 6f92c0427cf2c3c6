import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { readEnvironment } from '../runtime/environment.ts'
import { count, instrumented, traced } from '../runtime/telemetry.ts'
import { wakeQueues } from '../runtime/wake-queues.ts'
import { tick } from './tick.ts'

const env = readEnvironment(process.env, ['TABLE', 'WAKE_QUEUE_URL', 'RELEASE_WAKE_QUEUE_URL'])
const sqs = traced(new SQSClient())
const ports = {
  store: dynamoStore({ client: DynamoDBDocumentClient.from(traced(new DynamoDBClient())), table: env.TABLE }),
  queue: wakeQueues((batch) => sqs.send(new SendMessageBatchCommand(batch)), env),
  now: Date.now,
}

/** Runs every minute. It counts what it handed over even when that is nothing: an alarm listens for its silence. */
export const handler = instrumented(async () => count('WakesHandedOver', await tick(ports)))
