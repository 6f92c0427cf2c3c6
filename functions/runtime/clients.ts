import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Writing } from '../../shared/casefile/ledger.ts'
import type { OurEvent } from '../../shared/casefile/our-event.ts'
import type { Channel } from '../../shared/channels/channel.ts'
import { ChannelChoices, chooseChannel, type Providers } from '../../shared/channels/choose.ts'
import { callChannel, endUserMessagingChannel } from '../../shared/channels/end-user-messaging.ts'
import { notifyAccountChannel } from '../../shared/channels/notify-account.ts'
import { DEFAULT_LIMITS, rateLimited } from '../../shared/channels/rate-limited.ts'
import { oneAttempt } from '../../shared/channels/request.ts'
import { sesChannel } from '../../shared/channels/ses.ts'
import type { Rules } from '../../shared/planning/rules.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import type { Store } from '../../shared/store/store.ts'
import { variables } from './environment.ts'
import { ourTopic, type Publish } from './our-topic.ts'
import type { Again } from './queue.ts'
import { rulesReader } from './rules-reader.ts'
import { type LambdaExtension, readParameter, readSecret, readSecretAndFormer } from './secrets.ts'
import { BANK_HOLIDAYS_PATTERN } from './settings.ts'
import { wakeQueues } from './wake-queues.ts'

/**
 * What handlers are made of on AWS. Each function here reads the variables it needs, and throws if one is missing or
 * wrong; a bundle contains only the clients that its handler uses.
 */

/** The store of casefiles. */
export function casefileStore(reading: { readonly mayLag?: true } = {}): Store {
  const { TABLE: table } = variables('TABLE')
  return dynamoStore({ client: DynamoDBDocumentClient.from(new DynamoDBClient()), table, ...reading })
}

/** Puts an event of ours into the queue through which all events arrive. */
export function eventQueue(): (event: OurEvent) => Promise<unknown> {
  const { EVENTS_QUEUE_URL: QueueUrl } = variables('EVENTS_QUEUE_URL')
  const sqs = new SQSClient()
  return (event) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }))
}

/** The queues in which casefiles wait to be woken. */
export function wakeQueue() {
  const sqs = new SQSClient()
  return wakeQueues(
    (batch) => sqs.send(new SendMessageBatchCommand(batch)),
    variables('WAKE_QUEUE_URL', 'RELEASE_WAKE_QUEUE_URL'),
  )
}

/** Makes failed messages visible again soon in the queue that a function reads. */
export function soonAgain(): Again {
  const { QUEUE_URL: QueueUrl } = variables('QUEUE_URL')
  const sqs = new SQSClient()
  return (ReceiptHandle, VisibilityTimeout) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }))
}

/** Publishes events of ours for other services. */
export function publisher(): Publish {
  const { OUR_EVENTS_TOPIC } = variables('OUR_EVENTS_TOPIC')
  const sns = new SNSClient()
  return ourTopic((message) => sns.send(new PublishCommand(message)), OUR_EVENTS_TOPIC)
}

/** E-mail by the stage's provider. */
export function emailChannel(): Channel {
  const {
    EMAIL_FROM: from,
    EMAIL_CONFIGURATION_SET: configurationSet,
    EMAILS_PER_SECOND: perSecond,
  } = variables('EMAIL_FROM', 'EMAIL_CONFIGURATION_SET', 'EMAILS_PER_SECOND')
  const ses = () => sesChannel({ client: new SESv2Client(oneAttempt()), from, configurationSet })
  return chosen('email', { ses }, perSecond)
}

/** Text messages by the stage's provider. */
export function textChannel(): Channel {
  const { TEXTS_PER_SECOND: perSecond } = variables('TEXTS_PER_SECOND')
  return chosen('sms', { 'end-user-messaging': ourNumber }, perSecond)
}

/** The stage's own number; a stage with another provider has none. */
function ourNumber(): Channel {
  const { TEXT_FROM: from, TEXT_CONFIGURATION_SET: configurationSet } = variables(
    'TEXT_FROM',
    'TEXT_CONFIGURATION_SET',
  )
  const client = new PinpointSMSVoiceV2Client(oneAttempt())
  return endUserMessagingChannel({ client, from, configurationSet })
}

/** Calls from the stage's calling number; undefined if it has none. */
export function callingChannel(): Channel | undefined {
  const { CALL_FROM: from } = variables('CALL_FROM')
  if (from === '') return undefined
  const { TEXT_CONFIGURATION_SET: configurationSet } = variables('TEXT_CONFIGURATION_SET')
  const client = new PinpointSMSVoiceV2Client(oneAttempt())
  return callChannel({ client, from, configurationSet })
}

function chosen(name: Writing, ofAws: Providers, perSecond: number): Channel {
  const { STAGE: stage, CHANNELS, NOTIFY_SECRET } = variables('STAGE', 'CHANNELS', 'NOTIFY_SECRET')
  const readAccount = secretReader()
  const notify = () => notifyAccountChannel(() => readAccount(NOTIFY_SECRET))
  // A function sends either for releases or for everything else, so its whole rate is for that.
  const limits = { ...DEFAULT_LIMITS, perSecond, perSecondForReleases: perSecond }
  return rateLimited(chooseChannel(ChannelChoices.parse(CHANNELS), stage, name, { ...ofAws, notify }), limits)
}

/** Reads the current value of a secret by its id. */
export function secretReader(): (id: string) => Promise<string> {
  const beside = extension()
  return (id) => readSecret(id, beside)
}

/** Reads the current and the previous value of a secret by its id, newest first. */
export function secretAndFormerReader(): (id: string) => Promise<string[]> {
  const beside = extension()
  return (id) => readSecretAndFormer(id, beside)
}

/** Reads the current rules. */
export function currentRules(): () => Promise<Rules> {
  const beside = extension()
  const env = variables(
    ...([
      'GO_LIVE',
      'ADDRESS',
      'LETTERHEADS',
      'CALL_FROM',
      'BUILD',
      'DUTY_MODES_PARAMETER',
      'BANK_HOLIDAYS_PARAMETER',
    ] as const),
  )
  return rulesReader(env, (name, version) => readParameter(name, version, beside))
}

/** The parameter that holds the bank holidays, as text. */
export function holidaysParameter() {
  const { BANK_HOLIDAYS_PARAMETER } = variables('BANK_HOLIDAYS_PARAMETER')
  return parameterOf(new SSMClient(), BANK_HOLIDAYS_PARAMETER, BANK_HOLIDAYS_PATTERN)
}

/** A parameter by name, which accepts only values that match the pattern. Throws if it does not exist. */
export function parameterOf(ssm: SSMClient, Name: string, AllowedPattern: string) {
  return {
    async read(): Promise<string | undefined> {
      return (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value
    },
    async write(Value: string): Promise<void> {
      await ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true, AllowedPattern }))
    },
  }
}

function extension(): LambdaExtension {
  const { PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: port } = variables('PARAMETERS_SECRETS_EXTENSION_HTTP_PORT')
  return { port, token: process.env.AWS_SESSION_TOKEN }
}
