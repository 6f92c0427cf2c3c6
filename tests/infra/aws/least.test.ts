import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { ManagedPolicy } from 'aws-cdk-lib/aws-iam'
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { LambdaFunction, ROOT } from '../../../infra/aws/constructs/function.ts'
import { Throughcare } from '../../../infra/aws/stack.ts'
import { STAGES } from '../../../infra/aws/stages.ts'
import { dynamoStore } from '../../../shared/store/dynamodb.ts'
import type { Store } from '../../../shared/store/store.ts'
import { all, emptyApp, type Statement } from '../emulated/cloud.ts'

/**
 * Least privilege: each function may do exactly what its code calls. What its code calls is read from its bundle, what
 * the store's methods call is recorded by calling them, and what it may do is read from its policy.
 */

const stack = new Throughcare(emptyApp(), 'Throughcare', STAGES.prod)
const functions = stack.node.findAll().filter((one) => one instanceof LambdaFunction)

/** What Lambda itself does with a function's role: always, and by the kind of function. */
const BY_LAMBDA = ['logs:CreateLogStream', 'logs:PutLogEvents']
const BY_LAMBDA_FOR: Readonly<Record<string, readonly string[]>> = {
  Worker: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  Function: ['sqs:SendMessage'],
  Pages: [],
}

/** The variables of Node, Powertools and the extension for secrets. */
const OF_OTHERS = /^(NODE|POWERTOOLS|PARAMETERS|SECRETS_MANAGER|SSM_PARAMETER_STORE)_/

const PREFIXES: Record<string, string> = {
  '@aws-sdk/client-sns': 'sns',
  '@aws-sdk/client-sqs': 'sqs',
  '@aws-sdk/client-ssm': 'ssm',
  '@aws-sdk/client-sesv2': 'ses',
  '@aws-sdk/client-pinpoint-sms-voice-v2': 'sms-voice',
}

describe.each(functions.map((one) => ({ path: one.node.path, one })))('$path', ({ one }) => {
  test('may do what its code calls, and nothing else', async () => {
    const called = [
      ...BY_LAMBDA,
      ...(BY_LAMBDA_FOR[one.node.id] ?? ['an unknown kind of function']),
      ...(await callsOf(await bundleOf(one.folder))),
    ]
    expect(allowed(one)).toEqual([...new Set(called)].sort())
  })

  test('holds nothing of a package that its code does not use', async () => {
    const held = await packagesOf(one.folder)
    const unused = unusedPackages(await bundleOf(one.folder)).filter((name) => !ALWAYS_HELD.includes(name))
    expect(unused.filter((name) => held.has(name))).toEqual([])
  })

  test('has exactly the environment variables that it reads', async () => {
    const asked = [...(await bundleOf(one.folder)).matchAll(/\bvariables\d*\((.*?)\)/gs)]
    const names = [...new Set(asked.flatMap(([, list = '']) => list.match(/\w+(?=")/g) ?? []))]
    const { environment } = one.lambda.node.defaultChild as CfnFunction
    const given = Object.keys(stack.resolve(environment).variables)
    const ofOurs = given.filter((name) => names.includes(name) || !OF_OTHERS.test(name))
    expect(ofOurs.sort()).toEqual(names.sort())
  })
})

/** The actions in the function's own policy, those on an index by its name. */
function allowed(one: LambdaFunction): string[] {
  const { document } = one.node.findChild('Permissions') as ManagedPolicy
  const statements: Statement[] = stack.resolve(document).Statement
  const actions = statements.flatMap(({ Action, Resource }) => {
    // CDK makes one statement of several that allow the same.
    return all(Resource).flatMap((resource) => {
      const [, index] = /\/index\/(\w+)/.exec(JSON.stringify(resource)) ?? []
      return all(Action).map((action) => action + ofIndex(index))
    })
  })
  return [...new Set(actions)].sort()
}

function ofIndex(index: string | undefined): string {
  return index === undefined ? '' : ` of the index ${index}`
}

/** A handler's bundle after tree shaking. */
async function bundleOf(folder: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'functions', folder, 'handler.ts')],
    bundle: true,
    write: false,
    packages: 'external',
    external: ['*/store/dynamodb.ts'],
    platform: 'node',
    format: 'esm',
  })
  return outputFiles[0]?.text ?? ''
}

/** What a bundle imports and names nowhere again. */
function unusedPackages(bundle: string): string[] {
  const isUsed = (name: string) => (bundle.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1
  return [...bundle.matchAll(/^import (?:\{([^}]*)\} from )?"([^"]+)";$/gm)]
    .filter(([, names = '']) => !names.split(/[\s,]+/).some((name) => name !== '' && isUsed(name)))
    .map(([, , name = '']) => name)
}

/** Who does not say that loading it does nothing is kept wherever it is named, and so is what it stands on. */
const ALWAYS_HELD = ['@aws-sdk/lib-dynamodb', '@aws-sdk/client-dynamodb']

/** The packages that a handler's bundle really holds anything of. */
async function packagesOf(folder: string): Promise<Set<string>> {
  const { outputs } = (await deployed).metafile
  const own = Object.values(outputs).find(({ entryPoint }) => entryPoint === `functions/${folder}/handler.ts`)
  const held = Object.entries(own?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  return new Set(held.flatMap(([path]) => /node_modules\/((?:@[\w-]+\/)?[\w-]+)/.exec(path)?.[1] ?? []))
}

/** Every handler with all that it stands on, as it is deployed but for its length. */
const deployed = build({
  entryPoints: [...new Set(functions.map(({ folder }) => join(ROOT, 'functions', folder, 'handler.ts')))],
  bundle: true,
  write: false,
  metafile: true,
  absWorkingDir: ROOT,
  outdir: 'bundles',
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
})

/** What a bundle calls. A batch needs the same permission as a single call. */
async function callsOf(bundle: string): Promise<string[]> {
  const commands = [...bundle.matchAll(/import \{([^}]*)\} from "(@aws-sdk\/[\w-]+)"/g)].flatMap(
    ([, names = '', client = '']) =>
      [...names.matchAll(/(\w+?)(?:Batch)?Command\b/g)]
        .filter(([command]) => bundle.includes(`new ${command}(`))
        .map(([, name]) => `${PREFIXES[client]}:${name}`),
  )
  const asked = Object.keys(GIVEN).filter((method) => new RegExp(`\\bstore\\d*\\.${method}\\b`).test(bundle))
  const ofStore = await Promise.all(asked.map((method) => callsOfStore(method as keyof Store)))
  const secrets = /\breadSecret(AndFormer)?\(/.test(bundle) ? ['secretsmanager:GetSecretValue'] : []
  const parameters = /\breadParameter\(/.test(bundle) ? ['ssm:GetParameter'] : []
  return [...commands, ...ofStore.flat(), ...secrets, ...parameters]
}

/** What one method of the store calls on DynamoDB, recorded on its way out. */
async function callsOfStore(method: keyof Store): Promise<string[]> {
  const commands: string[] = []
  const client = new DynamoDBClient({ region: 'eu-west-2' })
  client.middlewareStack.add(
    (_, context) => async (request) => {
      const { IndexName } = request.input as { IndexName?: string }
      commands.push(`dynamodb:${context.commandName?.replace(/Command$/, '')}${ofIndex(IndexName)}`)
      return { response: undefined, output: { $metadata: {}, Items: [] } as never }
    },
    { step: 'initialize', priority: 'low' },
  )
  const store = dynamoStore({ client: DynamoDBDocumentClient.from(client), table: 'casefiles' })
  const call: (...given: unknown[]) => Promise<unknown> = Reflect.get(store, method) as never
  await call(...GIVEN[method])
  return commands
}

const EVENT = { eventId: '1', type: 'order.made' }
const ENTRY = { noticeId: '1', is: 'skipped' }
const GIVEN: Record<keyof Store, readonly unknown[]> = {
  takeIn: ['order:1', EVENT, 0],
  open: ['order:1'],
  events: ['order:1', ['order']],
  entries: ['order:1', '1'],
  claim: ['order:1', [ENTRY], 0, () => ({ messageId: '1', text: {} })],
  record: ['order:1', [ENTRY]],
  finish: ['order:1', { version: 1, wake: 0 }, { entries: [ENTRY], wake: 1 }],
  count: ['order:1', [{ week: '2026-03-09', duty: 'ATR-01', counts: { given: 1 } }]],
  counts: ['2026-03-09', '2026-03-16'],
  keepWords: ['order:1', { messageId: '1', text: {} }],
  due: [{ until: 0 }, 1],
  texts: ['order:1'],
  forget: ['order:1', { entry: ENTRY }],
  forgetHead: ['order:1', { version: 1 }],
  casefiles: [{ part: 0, of: 1 }],
  ofKind: ['order', 1],
}
