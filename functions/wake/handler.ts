import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { chooseChannels } from '../../shared/channels/choose.ts'
import { endUserMessagingChannel } from '../../shared/channels/end-user-messaging.ts'
import { DEFAULT_LIMITS, governed } from '../../shared/channels/governed.ts'
import { oneAttempt } from '../../shared/channels/request.ts'
import { sesChannel } from '../../shared/channels/ses.ts'
import { rulesWith } from '../../shared/duties/rules.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { readEnvironment } from '../environment.ts'
import { onMessages } from '../queue.ts'
import { readSecret } from '../secrets.ts'
import { readCasefileId } from '../tick/wake-queues.ts'
import { account } from './account.ts'
import { wake } from './wake.ts'

const env = readEnvironment(process.env, [
  ...(['TABLE', 'STAGE', 'CHANNELS', 'GO_LIVE', 'ADDRESS', 'BUILD'] as const),
  ...(['EMAIL_FROM', 'EMAIL_CONFIGURATION_SET', 'TEXT_FROM', 'TEXT_CONFIGURATION_SET'] as const),
  ...(['LINK_KEY_SECRET', 'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] as const),
])
const email = { from: env.EMAIL_FROM, configurationSet: env.EMAIL_CONFIGURATION_SET }
const text = { from: env.TEXT_FROM, configurationSet: env.TEXT_CONFIGURATION_SET }
const ports = {
  store: dynamoStore({ client: DynamoDBDocumentClient.from(new DynamoDBClient()), table: env.TABLE }),
  channels: chooseChannels(
    env.CHANNELS,
    { stage: env.STAGE },
    {
      ses: () => governed(sesChannel({ client: new SESv2Client(oneAttempt()), ...email }), DEFAULT_LIMITS),
      'end-user-messaging': () =>
        endUserMessagingChannel({ client: new PinpointSMSVoiceV2Client(oneAttempt()), ...text }),
    },
  ),
  rules: rulesWith({ goLive: env.GO_LIVE, address: env.ADDRESS }, env.BUILD),
  now: Date.now,
}

const readLinkKey = () =>
  readSecret(env.LINK_KEY_SECRET, {
    port: env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
    token: process.env.AWS_SESSION_TOKEN,
  })

/** Wakes casefiles from their queue: the same for releases, which have a queue and a function of their own. */
export const handler = onMessages(async (body) =>
  account(await wake(readCasefileId(body), { ...ports, linkKey: await readLinkKey() })),
)
