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
  /** The folder of `functions/` whose handler it runs. */
  readonly folder: string
  readonly environment: Readonly<Partial<Record<Variable, string>>>
  /** What its code calls on AWS. It may do this, write its log and its traces, and nothing else. */
  readonly permissions: readonly PolicyStatement[]
  readonly timeout: Duration
  /** How many invocations may run at once. */
  readonly concurrencyMax: number
  /** How many errors within five minutes are an alarm: 1 if left out. */
  readonly errorsMin?: number
  /** Retries and age of an event that it is invoked with asynchronously. */
  readonly asyncInvocation?: Pick<AliasOptions, 'maxEventAge' | 'retryAttempts'>
  /** Files that its code reads at run time: copied beside its bundle under their own paths. */
  readonly assets?: readonly Assets[]
  /** Whom it affects that it fails, and how: half a sentence. */
  readonly impact: string
}

type Assets = { readonly folder: string; readonly patterns: readonly string[] }

/** One folder of functions/ on Lambda: its bundle, role, log, alarms, and the alias that others invoke. */
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
      // AWS Lambda, quotas: an account always keeps 100 unreserved, and a new account may have no more than 10 in all.
      ...(reservesConcurrency && { reservedConcurrentExecutions: concurrencyMax }),
      // CDK deletes the version that a deploy replaces, unless it is retained: a rollback needs one to go back to.
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
  // Node would read it at every cold start. People look a place of the log up in it: docs/runbook.md, errors.
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
