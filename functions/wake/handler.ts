import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { readCasefileId } from '../../shared/casefile/ids.ts'
import { chooseChannel } from '../../shared/channels/choose.ts'
import { emailProviders } from '../../shared/channels/email-providers.ts'
import { oneAttempt } from '../../shared/channels/request.ts'
import { textProviders } from '../../shared/channels/text-providers.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { readEnvironment } from '../runtime/environment.ts'
import { onMessages } from '../runtime/queue.ts'
import { RULES_VARIABLES, rulesReader } from '../runtime/rules-reader.ts'
import { readParameter, readSecret } from '../runtime/secrets.ts'
import { traced } from '../runtime/telemetry.ts'
import { emitWakeMetrics } from '../runtime/wake-metrics.ts'
import { wake } from './wake.ts'

const env = readEnvironment(process.env, [
  ...(['TABLE', 'STAGE', 'CHANNELS', 'LINK_KEY_SECRET', 'NOTIFY_SECRET'] as const),
  ...(['EMAIL_FROM', 'EMAIL_CONFIGURATION_SET', 'TEXT_FROM', 'TEXT_CONFIGURATION_SET'] as const),
  ...(['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] as const),
  ...RULES_VARIABLES,
])
const extension = {
  port: env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
  token: process.env.AWS_SESSION_TOKEN,
}
const read = (secretId: string) => readSecret(secretId, extension)
const readRules = rulesReader(env, (name) => readParameter(name, extension))
const readNotifyAccount = () => read(env.NOTIFY_SECRET)
const emails = {
  client: traced(new SESv2Client(oneAttempt())),
  from: env.EMAIL_FROM,
  configurationSet: env.EMAIL_CONFIGURATION_SET,
}
const texts = {
  client: traced(new PinpointSMSVoiceV2Client(oneAttempt())),
  from: env.TEXT_FROM,
  configurationSet: env.TEXT_CONFIGURATION_SET,
}
const here = { stage: env.STAGE }
const ports = {
  store: dynamoStore({
    client: DynamoDBDocumentClient.from(traced(new DynamoDBClient())),
    table: env.TABLE,
  }),
  channels: {
    email: chooseChannel(env.CHANNELS, here, 'email', emailProviders(emails, readNotifyAccount)),
    sms: chooseChannel(env.CHANNELS, here, 'sms', textProviders(texts, readNotifyAccount)),
  },
  now: Date.now,
}

/** Wakes casefiles from their queue: the same for releases, which have a queue and a function of their own. */
export const handler = onMessages(async (body) => {
  const [rules, linkKey] = await Promise.all([readRules(), read(env.LINK_KEY_SECRET)])
  emitWakeMetrics(await wake(readCasefileId(body), { ...ports, rules, linkKey }))
})
