import { Stack } from 'aws-cdk-lib'
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import { LambdaApplication, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy'
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { AliasOptions, IFunction } from 'aws-cdk-lib/aws-lambda'
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
import { Construct } from 'constructs'
import { acknowledge } from './compliance.ts'
import type { Monitoring } from './monitoring.ts'
import type { Stage } from './stage.ts'

type RolloutProps = { readonly stage: Stage; readonly monitoring: Monitoring }

/**
 * How new code takes over: CodeDeploy moves each function's alias as fast as the stage says, and moves it back by
 * itself when the function or a message fails meanwhile. Whatever invokes a function invokes its alias.
 */
export class Rollout extends Construct {
  readonly #stage: Stage
  readonly #application: LambdaApplication
  readonly #policy: ManagedPolicy
  readonly #role: Role
  readonly #failing: IAlarm

  constructor(scope: Construct, id: string, { stage, monitoring }: RolloutProps) {
    super(scope, id)
    this.#stage = stage
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
      'AwsSolutions::AwsSolutions-IAM5[Resource::arn:aws:cloudwatch:eu-west-2:<AWS::AccountId>:alarm:*]',
    )
    this.#failing = monitoring.alarm(this, 'MessagesFailed', {
      metric: monitoring.metric('MessagesFailed'),
      threshold: { atLeast: FAILURES_MIN },
      missingData: 'notBreaching',
      impact: 'the people these messages are about: nothing is done about what happened.',
      runbook: 'errors',
    })
  }

  /** The alias that others invoke: during a rollout partly the old code and partly the new. */
  alias(lambda: NodejsFunction, errors: IAlarm, invocation: AliasOptions): IFunction {
    const alias = lambda.addAlias('live', invocation)
    this.#policy.addStatements(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        resources: [`${lambda.functionArn}:live`],
      }),
    )
    const group = new LambdaDeploymentGroup(lambda, 'Rollout', {
      application: this.#application,
      alias,
      deploymentConfig: this.#stage.rollout,
      alarms: [errors, this.#failing],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      // AWS's own policy for this role would let it invoke every function in the account.
      role: this.#role.withoutPolicyUpdates(),
    })
    group.node.addDependency(this.#policy)
    // Alias types its role as possibly undefined, IFunction as possibly absent.
    return alias as IFunction
  }
}

/** One bad message fails five times, a quarter of an hour apart; bad code fails at once and repeatedly. */
const FAILURES_MIN = 3
