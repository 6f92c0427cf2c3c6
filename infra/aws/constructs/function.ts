import { globSync } from 'node:fs'
import { join } from 'node:path'
import { type Duration, RemovalPolicy } from 'aws-cdk-lib'
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { type AliasOptions, Architecture, type IFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import {
  type BundlingOptions,
  type ICommandHooks,
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs'
import type { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { Variable } from '../../../functions/runtime/environment.ts'
import { acknowledge } from './compliance.ts'
import type { Platform } from './platform.ts'

export const ROOT = join(import.meta.dirname, '../../..')

export type LambdaFunctionProps = Pick<NodejsFunctionProps, 'deadLetterQueue' | 'paramsAndSecrets'> & {
  readonly platform: Platform
  /** The folder in `functions/` whose handler it runs. */
  readonly folder: string
  readonly environment: Readonly<Partial<Record<Variable, string>>>
  /** What its code calls on AWS. Beyond that it may only write its log and its traces. */
  readonly permissions: readonly PolicyStatement[]
  readonly timeout: Duration
  /** The maximum number of concurrent invocations. */
  readonly concurrencyMax: number
  /** Errors within five minutes that raise an alarm; default 1. */
  readonly errorsMin?: number
  /** Retries and maximum age of asynchronous invocations. */
  readonly asyncInvocation?: Pick<AliasOptions, 'maxEventAge' | 'retryAttempts'>
  /** Files that its code reads at run time, copied next to its bundle under their own paths. */
  readonly assets?: readonly Assets[]
  /** Who is affected when it fails, and how: half a sentence. */
  readonly impact: string
}

type Assets = { readonly folder: string; readonly patterns: readonly string[] }

/** One folder of functions/ on Lambda: its bundle, role, log, alarms, and the alias that callers invoke. */
export class LambdaFunction extends Construct {
  readonly folder: string
  readonly lambda: NodejsFunction
  /** The alias `live`: during a rollout it points at two versions. */
  readonly live: IFunction

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id)
    const {
      platform,
      folder,
      permissions,
      concurrencyMax,
      asyncInvocation,
      errorsMin = 1,
      assets,
      impact,
      ...lambda
    } = props
    const { monitoring, rollout } = platform
    const { reservesConcurrency } = platform.stage
    this.folder = folder
    const logGroup = monitoring.logGroup(this)
    const { role, policies } = this.#role(permissions, logGroup)
    this.lambda = new NodejsFunction(this, 'Function', {
      ...lambda,
      entry: join(ROOT, 'functions', folder, 'handler.ts'),
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      // AWS Lambda, quotas: an account always keeps 100 unreserved, and a new account may have only 10 in total.
      ...(reservesConcurrency && { reservedConcurrentExecutions: concurrencyMax }),
      // CDK deletes the replaced version unless it is retained: a rollback needs it.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
      environment: {
        ...lambda.environment,
        POWERTOOLS_SERVICE_NAME: monitoring.service,
      },
      tracing: Tracing.ACTIVE,
      logGroup,
      // CDK adds nothing to the permissions above.
      role: role.withoutPolicyUpdates(),
      bundling: { ...BUNDLING, commandHooks: copying(assets ?? []) },
    })
    this.lambda.node.addDependency(...policies)
    acknowledge(
      this.lambda,
      'It calls AWS and the issuer alone, over TLS and as its own role; there is no private network to put it in.',
      'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC',
    )
    if (!reservesConcurrency) {
      acknowledge(
        this.lambda,
        'A new account has too little concurrency to reserve any of it; its queues still limit the workers.',
        'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
      )
    }
    monitoring.alarm(this, 'Errors', {
      metric: this.lambda.metricErrors(),
      threshold: { atLeast: errorsMin },
      missingData: 'notBreaching',
      impact,
      runbook: 'errors',
    })
    monitoring.alarm(this, 'Throttles', {
      metric: this.lambda.metricThrottles(),
      threshold: { atLeast: 1 },
      periods: 3,
      missingData: 'notBreaching',
      impact,
      runbook: 'throttles',
    })
    this.live = rollout.alias(this.lambda, asyncInvocation ?? {})
  }

  #role(permissions: readonly PolicyStatement[], { logGroupArn }: LogGroup) {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    const log = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroupArn],
    })
    const policy = new ManagedPolicy(this, 'Permissions', {
      roles: [role],
      statements: [...permissions, log],
    })
    const traces = new ManagedPolicy(this, 'TracePermissions', { roles: [role], statements: [TRACE] })
    acknowledge(
      traces,
      'X-Ray has no resources to restrict these to, and these two actions can only add to traces.',
      'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    )
    return { role, policies: [policy, traces] }
  }
}

const BUNDLING: BundlingOptions = {
  bundleAwsSDK: true,
  format: OutputFormat.ESM,
  mainFields: ['module', 'main'],
  target: 'node24',
  minify: true,
  // Node would read it at every cold start. People look up log locations in it: docs/runbook.md, errors.
  sourceMap: true,
  sourcesContent: false,
  // Some libraries in the bundle call require().
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
}

function copying(assets: readonly Assets[]): ICommandHooks {
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_, bundle) =>
      assets.map(({ folder, patterns }) => {
        const found = globSync(patterns, { cwd: folder })
        return `tar -C "${folder}" -cf - ${found.join(' ')} | tar -C "${bundle}" -xf -`
      }),
  }
}

const TRACE = new PolicyStatement({
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  resources: ['*'],
})
