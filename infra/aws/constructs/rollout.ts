import { Stack } from 'aws-cdk-lib'
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import { LambdaApplication, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy'
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { AliasOptions, IFunction } from 'aws-cdk-lib/aws-lambda'
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
import { Construct } from 'constructs'
import { answer } from './compliance.ts'
import type { Operations } from './operations.ts'
import type { Stage } from './stage.ts'

type RolloutProps = { readonly stage: Stage; readonly operations: Operations }

/**
 * How new code takes over from old: as its stage says, a little of the work at first; and back to the old by itself
 * as soon as a function or any message fails meanwhile. Whatever calls a function calls what is live of it.
 */
export class Rollout extends Construct {
  readonly #stage: Stage
  readonly #application: LambdaApplication
  readonly #policy: ManagedPolicy
  readonly #role: Role
  readonly #failing: IAlarm

  constructor(scope: Construct, id: string, { stage, operations }: RolloutProps) {
    super(scope, id)
    this.#stage = stage
    this.#application = new LambdaApplication(this, 'Application')
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') })
    const { region, account } = Stack.of(this)
    this.#policy = new ManagedPolicy(this, 'May', {
      roles: [this.#role],
      statements: [
        new PolicyStatement({
          actions: ['cloudwatch:DescribeAlarms'],
          resources: [`arn:aws:cloudwatch:${region}:${account}:alarm:*`],
        }),
      ],
    })
    answer(
      this.#policy,
      'CodeDeploy asks for alarms by a list of names, which CloudWatch allows for all of an account or for none.',
      'AwsSolutions::AwsSolutions-IAM5[Resource::arn:aws:cloudwatch:eu-west-2:<AWS::AccountId>:alarm:*]',
    )
    this.#failing = operations.alarm(this, 'Failing', {
      metric: operations.counted('MessagesFailed'),
      rings: { from: FAILURES_MIN },
      silence: 'all is well',
      hurts:
        'whoever the messages are about: what they bring is not worked on. A deploy in hand is taken back.',
      runbook: 'errors',
    })
  }

  /** What is live of a function: during a deploy partly the old code and partly the new. */
  live(lambda: NodejsFunction, errors: IAlarm, called: AliasOptions): IFunction {
    const alias = lambda.addAlias('live', called)
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
      // AWS's own policy for this role would let it call every function there is.
      role: this.#role.withoutPolicyUpdates(),
    })
    group.node.addDependency(this.#policy)
    // Its role may be undefined where an IFunction's may only be absent.
    return alias as IFunction
  }
}

/** One bad message fails five times, a quarter of an hour apart; bad code fails at once and again. */
const FAILURES_MIN = 3
