import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { takeOurs } from '../intake/publish.ts'
import { callbacks } from '../receipts/callbacks.ts'
import { readEnvironment } from '../runtime/environment.ts'
import { ourTopic } from '../runtime/our-topic.ts'
import { RULES_VARIABLES, rulesReader } from '../runtime/rules-reader.ts'
import { readParameter, readSecret, readSecretAndFormer } from '../runtime/secrets.ts'
import { instrumented, logError, traced } from '../runtime/telemetry.ts'
import { wakeQueues } from '../runtime/wake-queues.ts'
import { answerPages } from './answer-pages.ts'
import { overTlsAlone } from './headers.ts'
import { signIn } from './sign-in.ts'
import { webPages } from './web.ts'

const env = readEnvironment(process.env, [
  ...(['TABLE', 'WAKE_QUEUE_URL', 'RELEASE_WAKE_QUEUE_URL', 'OUR_EVENTS_TOPIC', 'SIGN_IN'] as const),
  ...(['LINK_KEY_SECRET', 'SESSION_KEY_SECRET', 'CLIENT_SECRET', 'CALLBACK_TOKEN_SECRET'] as const),
  'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT',
  ...RULES_VARIABLES,
])
const sqs = traced(new SQSClient())
const sns = traced(new SNSClient())
const store = dynamoStore({
  client: DynamoDBDocumentClient.from(traced(new DynamoDBClient())),
  table: env.TABLE,
})
const queue = wakeQueues((batch) => sqs.send(new SendMessageBatchCommand(batch)), env)
const now = Date.now
const take = takeOurs(
  { store, queue, now },
  ourTopic((message) => sns.send(new PublishCommand(message)), env.OUR_EVENTS_TOPIC),
)
const extension = {
  port: env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
  token: process.env.AWS_SESSION_TOKEN,
}
const rules = rulesReader(env, (name) => readParameter(name, extension))

const app = new Hono()
app.use(overTlsAlone)
app.onError((error, c) => {
  logError('request failed', {}, error)
  return c.text('That did not work. It was written down; please try again.', 500)
})
app.route(
  '/',
  answerPages({ store, take, now, linkKeys: () => readSecretAndFormer(env.LINK_KEY_SECRET, extension) }),
)
app.route('/', callbacks({ take, callbackToken: () => readSecret(env.CALLBACK_TOKEN_SECRET, extension) }))
app.route(
  '/',
  webPages({
    ...{ store, now, rules },
    signIn: signIn({
      ...{ settings: env.SIGN_IN, address: env.ADDRESS, now },
      clientSecret: () => readSecret(env.CLIENT_SECRET, extension),
      sessionKeys: () => readSecretAndFormer(env.SESSION_KEY_SECRET, extension),
    }),
  }),
)
const serve = handle(app)

/** Serves the pages to browsers: those for answering to whoever holds a link, all others to who has signed in. */
export const handler = instrumented(serve)
