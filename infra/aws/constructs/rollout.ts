import { Duration, Lazy, Stack } from 'aws-cdk-lib'
import {
  Alarm,
  type CfnAlarm,
  ComparisonOperator,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { LambdaApplication, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy'
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { AliasOptions, CfnAlias, CfnVersion, IFunction, Version } from 'aws-cdk-lib/aws-lambda'
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
import { Construct } from 'constructs'
import { acknowledge } from './compliance.ts'
import type { Monitoring } from './monitoring.ts'
import type { Stage } from './stage.ts'

type RolloutProps = { readonly stage: Stage; readonly monitoring: Monitoring }

/** The alias that everything invokes. */
const LIVE = 'live'

/**
 * How new code takes over: CodeDeploy shifts each function's alias at the stage's speed, and shifts it back
 * automatically when the new version fails. With `-c fix=true` CloudFormation moves it, immediately and regardless of
 * alarms.
 */
export class Rollout extends Construct {
  readonly #stage: Stage
  readonly #monitoring: Monitoring
  readonly #isFix: boolean
  readonly #application: LambdaApplication
  readonly #policy: ManagedPolicy
  readonly #role: Role

  constructor(scope: Construct, id: string, { stage, monitoring }: RolloutProps) {
    super(scope, id)
    this.#stage = stage
    this.#monitoring = monitoring
    this.#isFix = this.node.tryGetContext('fix') === 'true'
    this.#application = new LambdaApplication(this, 'Application')
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') })
    const { region, account } = Stack.of(this)
    this.#policy = new ManagedPolicy(this, 'Permissions', {
      roles: [this.#role],
      statements: [
        new PolicyStatement({
          actions: ['cloudwatch:DescribeAlarms'],
          resources: [`arn:aws:cloudwatch:${region}:${account}:alarm:*`],
        }),
      ],
    })
    acknowledge(
      this.#policy,
      'CodeDeploy asks for alarms by a list of names, which CloudWatch allows for all of an account or for none.',
      `AwsSolutions::AwsSolutions-IAM5[Resource::arn:aws:cloudwatch:${region}:${account}:alarm:*]`,
    )
    monitoring.alarm(this, 'MessagesFailed', {
      metric: monitoring.metric('MessagesFailed'),
      threshold: { atLeast: FAILURES_MIN },
      missingData: 'notBreaching',
      impact: 'the people these messages are about: nothing is done about what happened.',
      runbook: 'errors',
    })
  }

  /** The alias that callers invoke: during a rollout it splits traffic between the old and the new version. */
  alias(lambda: NodejsFunction, invocation: AliasOptions): IFunction {
    const alias = lambda.addAlias(LIVE, invocation)
    this.#policy.addStatements(
      // Lambda, service authorization reference: both actions are checked on the function, with or without its alias.
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias'],
        resources: [lambda.functionArn, `${lambda.functionArn}:${LIVE}`],
      }),
      new PolicyStatement({
        actions: ['lambda:GetProvisionedConcurrencyConfig'],
        resources: [`${lambda.functionArn}:${LIVE}`],
      }),
    )
    const group = new LambdaDeploymentGroup(lambda, 'Rollout', {
      application: this.#application,
      alias,
      deploymentConfig: this.#stage.rollout,
      alarms: this.#alarmsOn(lambda),
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      // AWS's managed policy for this role would allow it to invoke every function in the account.
      role: this.#role.withoutPolicyUpdates(),
    })
    group.node.addDependency(this.#policy)
    // CodeDeploy refuses an alias that somebody moved since the last deploy. Without this CloudFormation moves it.
    if (this.#isFix) delete (alias.node.defaultChild as CfnAlias).cfnOptions.updatePolicy
    // Alias types its role as possibly undefined, IFunction as possibly absent.
    return alias as IFunction
  }

  /** What is watched while a new version takes over: that version only, not the one before it. */
  #alarmsOn(lambda: NodejsFunction): Alarm[] {
    const { functionName, currentVersion } = lambda
    // Lambda, viewing metrics: ExecutedVersion compares two versions of a function that one alias points at.
    const errors = new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensionsMap: {
        FunctionName: functionName,
        Resource: `${functionName}:${LIVE}`,
        ExecutedVersion: currentVersion.version,
      },
      statistic: 'Sum',
      period: Duration.minutes(1),
    })
    const messages = this.#monitoring.metric('MessagesFailed', 'Sum', Duration.minutes(5), {
      function_name: functionName,
      executed_version: currentVersion.version,
    })
    return [
      this.#alarmOn(currentVersion, 'Errors', errors, 1),
      this.#alarmOn(currentVersion, 'MessagesFailed', messages, FAILURES_MIN),
    ]
  }

  /**
   * CloudWatch, PutMetricAlarm: an updated alarm keeps its state, a new one starts without. So each version has its
   * own alarms, and one that rings for the last version does not block the version that fixes it.
   */
  #alarmOn(version: Version, name: string, metric: Metric, threshold: number): Alarm {
    const alarm = new Alarm(version, `${name}Alarm`, {
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `A new version fails: CodeDeploy rolls it back. Runbook: ${this.#stage.runbook}#errors`,
    })
    const cfnAlarm = alarm.node.defaultChild as CfnAlarm
    const cfnVersion = version.node.defaultChild as CfnVersion
    cfnAlarm.overrideLogicalId(
      Lazy.uncachedString({ produce: ({ resolve }) => `${resolve(cfnVersion.logicalId)}${name}` }),
    )
    acknowledge(
      alarm,
      'CodeDeploy acts on it. The alarm on the function as a whole calls the people on call.',
      'NIST.800.53.R5::NIST.800.53.R5-CloudWatchAlarmAction',
    )
    return alarm
  }
}

/** One bad message fails five times, a quarter of an hour apart; bad code fails immediately and repeatedly. */
const FAILURES_MIN = 3
