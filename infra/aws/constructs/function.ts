import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { Duration } from 'aws-cdk-lib'
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { type AliasOptions, Architecture, type IFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import {
  type BundlingOptions,
  type ICommandHooks,
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs'
import { Construct } from 'constructs'
import type { Variable } from '../../../functions/runtime/environment.ts'
import { answer } from './compliance.ts'
import type { Platform } from './platform.ts'

export const ROOT = join(import.meta.dirname, '../../..')

export type FolderFunctionProps = {
  readonly platform: Platform
  /** The folder of `functions/` whose handler it runs. */
  readonly folder: string
  readonly environment: Readonly<Partial<Record<Variable, string>>>
  /** What its code asks of AWS. It may do this, write its log and its traces, and nothing else. */
  readonly may: readonly PolicyStatement[]
  readonly timeout: Duration
  readonly concurrencyMax: number
  /** What few functions need: an end for what nobody waits for, secrets where there are any. */
  readonly besides?: Pick<NodejsFunctionProps, 'deadLetterQueue' | 'paramsAndSecrets'>
  /** How it is called where nobody waits for it. */
  readonly called?: Pick<AliasOptions, 'maxEventAge' | 'retryAttempts'>
  /** Files that its code reads as it runs: they lie beside its bundle as they lie in their folder. */
  readonly reads?: readonly FilesIn[]
  /** Whom it hurts that it fails. */
  readonly hurts: string
}

type FilesIn = { readonly folder: string; readonly patterns: readonly string[] }

/** One folder of functions/, running on Lambda: its bundle, its role, its log and its alarms. */
export class FolderFunction extends Construct {
  readonly folder: string
  readonly lambda: NodejsFunction
  /** What is live of it: what others call. */
  readonly live: IFunction

  constructor(scope: Construct, id: string, { platform, folder, hurts, ...props }: FolderFunctionProps) {
    super(scope, id)
    this.folder = folder
    const { operations, rollout } = platform
    const logGroup = operations.log(this)
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    const policy = new ManagedPolicy(this, 'May', {
      roles: [role],
      statements: [
        ...props.may,
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
      ],
    })
    const traces = new ManagedPolicy(this, 'MayTrace', { roles: [role], statements: [TRACES] })
    answer(
      traces,
      'X-Ray has no resources to be narrower about, and these two actions can only add to traces.',
      'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    )
    this.lambda = new NodejsFunction(this, 'Function', {
      entry: join(ROOT, 'functions', folder, 'handler.ts'),
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      timeout: props.timeout,
      reservedConcurrentExecutions: props.concurrencyMax,
      ...props.besides,
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: operations.service,
        NODE_OPTIONS: '--enable-source-maps',
      },
      tracing: Tracing.ACTIVE,
      logGroup,
      // Nothing is added to what is written above, however well it is meant.
      role: role.withoutPolicyUpdates(),
      bundling: { ...BUNDLING, commandHooks: besideTheBundle(props.reads ?? []) },
    })
    this.lambda.node.addDependency(policy, traces)
    answer(
      this.lambda,
      'It speaks to nothing but AWS, over TLS and as its own role; there is no network of ours to put it in.',
      'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC',
    )
    const errors = operations.alarm(this, 'Errors', {
      metric: this.lambda.metricErrors(),
      rings: { from: 1 },
      silence: 'all is well',
      runbook: 'errors',
      hurts,
    })
    this.live = rollout.live(this.lambda, errors, props.called ?? {})
    operations.alarm(this, 'Throttles', {
      metric: this.lambda.metricThrottles(),
      rings: { from: 1 },
      periods: 3,
      silence: 'all is well',
      runbook: 'throttles',
      hurts,
    })
  }
}

const BUNDLING: BundlingOptions = {
  bundleAwsSDK: true,
  format: OutputFormat.ESM,
  mainFields: ['module', 'main'],
  target: 'node24',
  minify: true,
  sourceMap: true,
  // Some libraries within ask for others in the manner of CommonJS.
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
}

function besideTheBundle(files: readonly FilesIn[]): ICommandHooks {
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_, bundle) =>
      files.map(({ folder, patterns }) => {
        const found = globSync(patterns, { cwd: folder })
        return `tar -C "${folder}" -cf - ${found.join(' ')} | tar -C "${bundle}" -xf -`
      }),
  }
}

const TRACES = new PolicyStatement({
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  resources: ['*'],
})
