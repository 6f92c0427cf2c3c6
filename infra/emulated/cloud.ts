import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateTableCommand } from '@aws-sdk/client-dynamodb'
import type { SQSClient } from '@aws-sdk/client-sqs'
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../../shared/calendar/london.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { WAKE_INDEX } from '../../shared/store/keys.ts'
import type { Store } from '../../shared/store/store.ts'
import type { Stage } from '../aws/constructs/stage.ts'
import { type DeadLetter, listDeadLetters } from '../commands/dead-letter-queue.ts'
import { startDynamoDb } from './dynamodb-local.ts'
import { sourcesOf, workOn } from './event-sources.ts'
import { DOWN, type FaultName, MISTYPED, openThrottle } from './faults.ts'
import { Lambda } from './lambda.ts'
import type { Refusal, Taken } from './providers.ts'
import { openQueues, queueArn, topicArn } from './queues.ts'
import { openServices } from './services.ts'
import { type Read, resolve, synthesize } from './template.ts'

export type CloudOptions = {
  readonly stage: Stage
  /** What the providers refuse; nothing if left out. */
  readonly refuses?: (address: string) => Refusal | undefined
}

/** A stage on emulators of AWS, whose clock moves only when told to. */
export type Cloud = {
  readonly stage: Stage
  /** The value of every secret of the stage. */
  readonly secret: string
  readonly store: Store
  readonly functions: readonly Lambda[]
  /** What triggers which function, in words. */
  readonly wiring: readonly string[]
  /** What the providers accepted, in order. */
  readonly taken: readonly Taken[]
  /** Its table, and clients for it and for its queues, for what is done by hand. */
  readonly table: string
  readonly database: DynamoDBDocumentClient
  readonly sqs: SQSClient
  queueUrl(queue: string): string
  /** Makes an empty table of this name and points every function at it, as a deploy with `restoredTable` does. */
  useTable(name: string): Promise<void>
  /** Writes a parameter, named by the end of its path. */
  setParameter(name: string, value: string): void
  /** Replaces a secret's value, named by its construct. */
  rotate(secret: string, value: string): void
  /** Starts a fault, or ends the current one. */
  disturb(fault: FaultName | undefined): void
  /** Stops every function whose name begins with this, as zero concurrency does; without it, runs all of them again. */
  hold(functions?: string): void
  /** Requests a page, as a browser does through the API. */
  open(path: string): Promise<{ readonly statusCode: number; readonly body: string }>
  /** Puts a body into the queue of events. */
  send(body: string): Promise<void>
  /** Sends a text message to us from somebody's number. */
  replyByText(from: string, body: string): Promise<void>
  /** Runs, at `now`, the functions with this kind of schedule: at a rate, or at an hour (cron). */
  runScheduled(how: 'rate' | 'cron', now: Instant): Promise<void>
  /** Processes messages, at `now`, until every queue is empty. */
  settle(now: Instant): Promise<void>
  /** When the next failed message becomes visible again; undefined if there is none. */
  nextMessage(): Instant | undefined
  /** The earliest wake of all; undefined when there is none. */
  nextWake(): Promise<Instant | undefined>
  /** Every message that functions put into queues. */
  queued(): readonly string[]
  /** The messages in queues that no function reads. */
  deadLetters(now: Instant): Promise<readonly DeadLetter[]>
  /** Stops everything, and returns all output of the functions. */
  close(): Promise<string>
}

const SECRET = 'rehearsal'

/**
 * Builds from a stage's own template what AWS would build, as far as its functions are concerned: the table on
 * DynamoDB Local, queues and topics on an emulator of SQS and SNS, providers and secrets that speak their protocols,
 * and each function's own bundle with the environment, event sources and schedules of the template. Batches run one
 * after another, even those that would run concurrently on AWS. Throws if the template refers to something that it
 * does not contain.
 */
export async function openCloud({ stage, refuses = () => undefined }: CloudOptions): Promise<Cloud> {
  const template = await synthesize(stage)
  const [database, queues] = await Promise.all([startDynamoDb(), openQueues()])
  const standIns = new Map([
    ...template
      .of('AWS::SQS::Queue')
      .flatMap(([id]) => [[id, queues.urlOf(id)] as const, [`${id}.Arn`, queueArn(id)] as const]),
    ...template.of('AWS::SNS::Topic').map(([id]) => [id, topicArn(id)] as const),
    ...template.of('AWS::Cognito::UserPool').map(([id]) => [`${id}.ProviderURL`, ISSUER] as const),
    ...template.of('AWS::Lambda::Alias').map(([id, alias]) => [id, liveArn(alias.FunctionName.Ref)] as const),
  ])
  const of: Read = (type) =>
    template.of(type).map(([id, { Code, ...properties }]) => ({
      id,
      Code,
      ...resolve(properties, standIns),
    }))
  let clock: Instant = 0
  let fault: FaultName | undefined
  const throttle = await openThrottle(database.endpoint, () => fault === 'store')
  let replies = 0
  let held: string | undefined

  const [{ id, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode }] = of(
    'AWS::DynamoDB::GlobalTable',
  )
  const layout = { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode }
  const makeTable = (TableName: string) =>
    database.client.send(new CreateTableCommand({ TableName, ...layout }))
  await makeTable(id)
  let table: string = id
  for (const { id, VisibilityTimeout = 30, RedrivePolicy } of of('AWS::SQS::Queue').sort(deadLettersFirst)) {
    await queues.make(id, {
      VisibilityTimeout: String(VisibilityTimeout),
      ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
    })
  }
  for (const { id } of of('AWS::SNS::Topic')) {
    const subscribed = of('AWS::SNS::Subscription').filter(
      ({ TopicArn, Protocol }) => TopicArn === topicArn(id) && Protocol === 'sqs',
    )
    await queues.makeTopic(
      id,
      subscribed.map(({ Endpoint }) => Endpoint),
    )
  }

  const taken: Taken[] = []
  const secrets = new Map(
    of('AWS::SecretsManager::Secret').map(({ id }): [string, [string, string?]] => [id, [SECRET]]),
  )
  const parameters = new Map<string, string[]>(
    of('AWS::SSM::Parameter').map(({ Name, Value }) => [Name, [Value]]),
  )
  const providers = await openServices(
    { of, stage },
    { secrets, parameters },
    {
      refuses: (address) => (fault === 'providers' ? DOWN : refuses(address)),
      breaksOff: () => fault === 'answers',
      publish: queues.publish,
      now: () => clock,
      took: (message) => taken.push(message),
    },
  )
  const functions = new Map(
    of('AWS::Lambda::Function').map(({ id, Code, Environment }) => {
      const bundle = join(template.folder, `asset.${Code.S3Key.replace(/\.zip$/, '')}`, 'index.mjs')
      const environment = {
        ...Environment.Variables,
        AWS_REGION: stage.region,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_SESSION_TOKEN: 'local',
        AWS_ENDPOINT_URL_DYNAMODB: throttle.endpoint,
        AWS_ENDPOINT_URL_SQS: queues.endpoint,
        AWS_ENDPOINT_URL_SNS: queues.endpoint,
        AWS_ENDPOINT_URL_SSM: providers.kept.endpoint,
        AWS_ENDPOINT_URL_SESV2: providers.email.endpoint,
        AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: providers.texts.endpoint,
        PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: new URL(providers.kept.endpoint).port,
        BANK_HOLIDAYS_FEED: providers.govUk.endpoint,
      }
      return [id, new Lambda(id, { bundle, environment })]
    }),
  )
  const lambdaOf = (called: string): Lambda => {
    const lambda = functions.get(/(\w+):live$/.exec(called)?.[1] ?? '')
    if (!lambda) throw new Error(`the template has no live function ${called}`)
    return lambda
  }
  const sources = sourcesOf(of, lambdaOf, queues)
  // A schedule that calls AWS itself has no function here.
  const invoking = of('AWS::Scheduler::Schedule').filter(({ Target }) => !Target.Arn.includes(':aws-sdk:'))
  const schedules = invoking.map(({ ScheduleExpression, Target }) => ({
    expression: ScheduleExpression as string,
    input: Target.Input as string,
    lambda: lambdaOf(Target.Arn),
    deadLetters: queues.urlOf(Target.DeadLetterConfig.Arn.split(':').at(-1)),
  }))

  const events = queues.urlOf(named(of('AWS::SQS::Queue'), 'IntakeEventsQueue'))

  const setParameter = (name: string, value: string) => {
    for (const [path, versions] of parameters) if (path.endsWith(`/${name}`)) versions.push(value)
  }

  return {
    stage,
    secret: SECRET,
    taken,
    get table() {
      return table
    },
    async useTable(name) {
      await makeTable(name)
      await Promise.all([...functions.values()].map((lambda) => lambda.redeploy({ TABLE: name })))
      table = name
    },
    database: database.client,
    sqs: queues.client,
    queueUrl: (queue) => queues.urlOf(named(of('AWS::SQS::Queue'), queue)),
    setParameter,
    disturb(next) {
      for (const [name, value] of Object.entries(MISTYPED)) {
        if (next === 'settings') setParameter(name, value)
        if (fault === 'settings') setParameter(name, name === 'duty-modes' ? '{}' : '[]')
      }
      fault = next
    },
    rotate(secret, value) {
      const id = named(of('AWS::SecretsManager::Secret'), secret)
      secrets.set(id, [value, secrets.get(id)?.[0] ?? SECRET])
    },
    hold(functions) {
      held = functions
    },
    async open(path) {
      const [page] = of('AWS::ApiGatewayV2::Integration').filter(({ IntegrationUri }) => IntegrationUri)
      const [rawPath, rawQueryString = ''] = path.split('?')
      const domainName = new URL(stage.address).hostname
      const event = {
        version: '2.0',
        routeKey: '$default',
        rawPath,
        rawQueryString,
        isBase64Encoded: false,
        headers: { host: domainName },
        requestContext: { domainName, http: { method: 'GET', path: rawPath } },
      }
      return (await lambdaOf(page.IntegrationUri).invoke(event, clock)) as {
        statusCode: number
        body: string
      }
    },
    get store() {
      return dynamoStore({ client: database.client, table })
    },
    functions: [...functions.values()],
    wiring: [
      ...sources.map(({ lambda, queue, batchSize }) => `${queue} → ${lambda.name}, ${batchSize} at a time`),
      ...schedules.map(({ expression, lambda }) => `${expression} → ${lambda.name}`),
    ],
    send: (body) => queues.send(events, body),
    async replyByText(originationNumber, messageBody) {
      const inboundMessageId = `inbound-${++replies}`
      const text = JSON.stringify({ originationNumber, messageBody, inboundMessageId })
      await queues.publish(topicArn(named(of('AWS::SNS::Topic'), 'ChannelsTextMessagesReplies')), text)
    },
    async runScheduled(how, now) {
      clock = now
      for (const { expression, input, lambda, deadLetters } of schedules) {
        if (!expression.startsWith(`${how}(`)) continue
        await lambda.invoke(JSON.parse(input), now).catch(() => queues.send(deadLetters, input))
      }
    },
    async settle(now) {
      clock = now
      await queues.show(now)
      for (let busy = true; busy; ) {
        busy = false
        const running = sources.filter(({ lambda }) => held === undefined || !lambda.name.startsWith(held))
        for (const source of running) while (await workOn(source, queues, stage.region, clock)) busy = true
      }
    },
    nextMessage: queues.nextShown,
    async nextWake() {
      // One scan of the whole index, which is small here, where the store would query every shard.
      const wakes: Instant[] = []
      const pages = paginateScan(
        { client: database.client },
        { TableName: table, IndexName: WAKE_INDEX.name },
      )
      for await (const { Items = [] } of pages) wakes.push(...Items.map((item) => item[WAKE_INDEX.sort]))
      return wakes.length > 0 ? Math.min(...wakes) : undefined
    },
    queued: () => queues.sent.flatMap(({ url, body }) => (url === events ? [] : [body])),
    async deadLetters(now) {
      const letters: DeadLetter[] = []
      for (const { id } of of('AWS::SQS::Queue')) {
        const url = queues.urlOf(id)
        if (sources.some((source) => source.url === url) || (await queues.count(url)) === 0) continue
        letters.push(...(await listDeadLetters(queues.client, url, now)))
      }
      return letters
    },
    async close() {
      const written: string[] = []
      for (const lambda of functions.values()) written.push(await lambda.end())
      await Promise.all(Object.values(providers).map((provider) => provider.close()))
      await Promise.all([queues.close(), throttle.close().then(database.stop)])
      await rm(template.folder, { recursive: true })
      return written.join('')
    },
  }
}

/** The id of the only resource with this construct path, such as `IntakeEventsQueue`. */
function named(all: readonly { readonly id: string }[], name: string): string {
  const [found, ...others] = all.filter(({ id }) => new RegExp(`^${name}[0-9A-F]{8}$`).test(id))
  if (!found || others.length > 0) throw new Error(`the template has no one ${name}`)
  return found.id
}

/** Nobody signs in here, but the pages need an issuer's address. */
const ISSUER = 'https://sign-in.example.org'

/** The ARN of a function's alias `live`. */
function liveArn(name: string): string {
  return `arn:aws:lambda:eu-west-2:000000000000:function:${name}:live`
}

/** A queue can only refer to a dead-letter queue that exists. */
function deadLettersFirst(a: { RedrivePolicy?: object }, b: { RedrivePolicy?: object }): number {
  return Number(a.RedrivePolicy !== undefined) - Number(b.RedrivePolicy !== undefined)
}
