import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { rulesWith } from '../../shared/duties/rules.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { readEnvironment } from '../environment.ts'
import { intake } from '../intake/intake.ts'
import { callbacks } from '../receipts/callbacks.ts'
import { readSecret, readSecretAndFormer } from '../secrets.ts'
import { complain, told } from '../telemetry.ts'
import { wakeQueues } from '../tick/wake-queues.ts'
import { answerPages } from './answers.ts'
import { overTlsAlone } from './headers.ts'
import { signIn } from './sign-in.ts'
import { webPages } from './web.ts'

const env = readEnvironment(process.env, [
  ...(['TABLE', 'WAKE_QUEUE_URL', 'RELEASE_WAKE_QUEUE_URL'] as const),
  ...(['GO_LIVE', 'ADDRESS', 'BUILD', 'SIGN_IN'] as const),
  ...(['LINK_KEY_SECRET', 'SESSION_KEY_SECRET', 'CLIENT_SECRET', 'CALLBACK_TOKEN_SECRET'] as const),
  'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT',
])
const sqs = new SQSClient()
const store = dynamoStore({ client: DynamoDBDocumentClient.from(new DynamoDBClient()), table: env.TABLE })
const queue = wakeQueues((message) => sqs.send(new SendMessageCommand(message)), env)
const rules = rulesWith({ goLive: env.GO_LIVE, address: env.ADDRESS }, env.BUILD)
const now = Date.now
const take = (body: string) => intake(body, { store, queue, now })
const extension = {
  port: env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
  token: process.env.AWS_SESSION_TOKEN,
}

const app = new Hono()
app.use(overTlsAlone)
app.onError((error, c) => {
  complain('request failed', {}, error)
  return c.text('That did not work. It was written down; please try again.', 500)
})
app.route(
  '/',
  answerPages({ store, take, now, linkKeys: () => readSecretAndFormer(env.LINK_KEY_SECRET, extension) }),
)
app.route(
  '/',
  callbacks({ store, intake: take, callbackToken: () => readSecret(env.CALLBACK_TOKEN_SECRET, extension) }),
)
app.route(
  '/',
  webPages({
    ...{ store, now, rules: () => rules },
    signIn: signIn({
      ...{ settings: env.SIGN_IN, address: env.ADDRESS, now },
      clientSecret: () => readSecret(env.CLIENT_SECRET, extension),
      sessionKeys: () => readSecretAndFormer(env.SESSION_KEY_SECRET, extension),
    }),
  }),
)
const serve = handle(app)

/** Serves the pages to browsers: those for answering to whoever holds a link, all others to who has signed in. */
export const handler = told(serve)
