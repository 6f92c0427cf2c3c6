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
 * What handlers are made of on AWS. Each function here reads the variables it needs, and throws where one is missing
 * or wrong; a bundle holds only the clients of those that its handler calls.
 */

/** The store of casefiles. */
export function casefileStore(reading: { readonly mayLag?: true } = {}): Store {
  const { TABLE: table } = variables('TABLE')
  return dynamoStore({ client: DynamoDBDocumentClient.from(new DynamoDBClient()), table, ...reading })
}

/** Puts an event of ours into the queue that all events come in by. */
export function eventQueue(): (event: OurEvent) => Promise<unknown> {
  const { EVENTS_QUEUE_URL: QueueUrl } = variables('EVENTS_QUEUE_URL')
  const sqs = new SQSClient()
  return (event) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }))
}

/** The queues that casefiles wait in to be woken. */
export function wakeQueue() {
  const sqs = new SQSClient()
  return wakeQueues(
    (batch) => sqs.send(new SendMessageBatchCommand(batch)),
    variables('WAKE_QUEUE_URL', 'RELEASE_WAKE_QUEUE_URL'),
  )
}

/** Has what failed come again soon to the queue that a function reads. */
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

/** E-mail by the provider that the stage has chosen. */
export function emailChannel(): Channel {
  const {
    EMAIL_FROM: from,
    EMAIL_CONFIGURATION_SET: configurationSet,
    EMAILS_PER_SECOND: perSecond,
  } = variables('EMAIL_FROM', 'EMAIL_CONFIGURATION_SET', 'EMAILS_PER_SECOND')
  const ses = () => sesChannel({ client: new SESv2Client(oneAttempt()), from, configurationSet })
  return chosen('email', { ses }, perSecond)
}

/** Text messages by the provider that the stage has chosen. */
export function textChannel(): Channel {
  const { TEXTS_PER_SECOND: perSecond } = variables('TEXTS_PER_SECOND')
  return chosen('sms', { 'end-user-messaging': ourNumber }, perSecond)
}

/** The number of the stage. One that sends by another provider has none. */
function ourNumber(): Channel {
  const { TEXT_FROM: from, TEXT_CONFIGURATION_SET: configurationSet } = variables(
    'TEXT_FROM',
    'TEXT_CONFIGURATION_SET',
  )
  const client = new PinpointSMSVoiceV2Client(oneAttempt())
  return endUserMessagingChannel({ client, from, configurationSet })
}

/** Calls from the number of the stage that calls; undefined where it has none. */
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
  // A function sends for releases or for all else, and has its rate for that alone.
  const limits = { ...DEFAULT_LIMITS, perSecond, perSecondForReleases: perSecond }
  return rateLimited(chooseChannel(ChannelChoices.parse(CHANNELS), stage, name, { ...ofAws, notify }), limits)
}

/** Reads a secret by its id, as it is now. */
export function secretReader(): (id: string) => Promise<string> {
  const beside = extension()
  return (id) => readSecret(id, beside)
}

/** Reads a secret by its id, as it is now and as it was before its last rotation, newest first. */
export function secretAndFormerReader(): (id: string) => Promise<string[]> {
  const beside = extension()
  return (id) => readSecretAndFormer(id, beside)
}

/** Reads the rules as they are now. */
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

/** The parameter in which the bank holidays are kept, as text. */
export function holidaysParameter() {
  const { BANK_HOLIDAYS_PARAMETER } = variables('BANK_HOLIDAYS_PARAMETER')
  return parameterOf(new SSMClient(), BANK_HOLIDAYS_PARAMETER, BANK_HOLIDAYS_PATTERN)
}

/** A parameter of that name, which takes only what has that pattern. Throws where there is none. */
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
