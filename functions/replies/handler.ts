import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { chooseChannel } from '../../shared/channels/choose.ts'
import { readInbound } from '../../shared/channels/inbound.ts'
import { oneAttempt } from '../../shared/channels/request.ts'
import { textProviders } from '../../shared/channels/text-providers.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { takeOurs } from '../intake/publish.ts'
import { readEnvironment } from '../runtime/environment.ts'
import { ourTopic } from '../runtime/our-topic.ts'
import { onMessages } from '../runtime/queue.ts'
import { readSecret } from '../runtime/secrets.ts'
import { count, traced } from '../runtime/telemetry.ts'
import { wakeQueues } from '../runtime/wake-queues.ts'
import { reply } from './replies.ts'

const env = readEnvironment(process.env, [
  ...(['TABLE', 'WAKE_QUEUE_URL', 'RELEASE_WAKE_QUEUE_URL', 'OUR_EVENTS_TOPIC'] as const),
  ...(['TEXT_FROM', 'TEXT_CONFIGURATION_SET'] as const),
  ...(['STAGE', 'CHANNELS', 'NOTIFY_SECRET', 'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] as const),
])
const sqs = traced(new SQSClient())
const sns = traced(new SNSClient())
const extension = {
  port: env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
  token: process.env.AWS_SESSION_TOKEN,
}
const store = dynamoStore({
  client: DynamoDBDocumentClient.from(traced(new DynamoDBClient())),
  table: env.TABLE,
})
const queue = wakeQueues((batch) => sqs.send(new SendMessageBatchCommand(batch)), env)
const texts = {
  client: traced(new PinpointSMSVoiceV2Client(oneAttempt())),
  from: env.TEXT_FROM,
  configurationSet: env.TEXT_CONFIGURATION_SET,
}
const providers = textProviders(texts, () => readSecret(env.NOTIFY_SECRET, extension))
const ports = {
  store,
  sms: chooseChannel(env.CHANNELS, { stage: env.STAGE }, 'sms', providers),
  take: takeOurs(
    { store, queue, now: Date.now },
    ourTopic((message) => sns.send(new PublishCommand(message)), env.OUR_EVENTS_TOPIC),
  ),
  now: Date.now,
}

/** Does as people ask who answer a text message of ours. */
export const handler = onMessages(async (body) => {
  await reply(readInbound(body), ports)
  count('RepliesTaken')
})
