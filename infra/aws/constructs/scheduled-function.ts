import { Duration, Stack } from 'aws-cdk-lib'
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Schedule, type ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { Construct } from 'constructs'
import { LambdaFunction, type LambdaFunctionProps } from './function.ts'
import type { AlarmDefinition } from './monitoring.ts'
import { DeadLetterQueue } from './work-queue.ts'

type ScheduledFunctionProps = Omit<
  LambdaFunctionProps,
  'deadLetterQueue' | 'asyncInvocation' | 'errorsMin'
> & {
  /** When each part of its work runs. A part is an invocation of its own that is told which part it is. */
  readonly schedules: readonly ScheduleExpression[]
  /** Failures within five minutes that raise an alarm; default 1. The next run does what a failed one left. */
  readonly failuresMin?: number
  /** The metric emitted at the end of every invocation, and how many periods without it raise an alarm. */
  readonly heartbeat: { readonly metric: IMetric; readonly periods: number } & Pick<
    AlarmDefinition,
    'runbook' | 'judged' | 'fromGoLive'
  >
}

/** A function that runs on a schedule. Its worst failure is not running, so it always has that alarm. */
export class ScheduledFunction extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id)
    const { schedules, heartbeat, permissions, failuresMin = 1, ...functionProps } = props
    const { platform, impact } = functionProps
    const deadLetterQueue = new DeadLetterQueue(this, 'DeadLetterQueue', {
      platform,
      impact,
      ...(failuresMin > 1 && { lettersMin: failuresMin, retention: FAILURES_WITHIN }),
    })
    const { live } = new LambdaFunction(this, 'Function', {
      ...functionProps,
      permissions: [...permissions, deadLetterQueue.sendPermission],
      deadLetterQueue: deadLetterQueue.queue,
      asyncInvocation: NO_RETRY,
      errorsMin: failuresMin,
    })
    const scheduler = new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    })
    const role = new Role(this, 'Role', { assumedBy: scheduler })
    const invoke = new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [live.functionArn] })
    const policy = new ManagedPolicy(this, 'Permissions', {
      roles: [role],
      statements: [invoke, deadLetterQueue.sendPermission],
    })
    for (const [part, schedule] of schedules.entries()) {
      const one = new Schedule(this, `Schedule${part}`, {
        schedule,
        target: new LambdaInvoke(live, {
          role: role.withoutPolicyUpdates(),
          deadLetterQueue: deadLetterQueue.queue,
          input: ScheduleTargetInput.fromObject({ part, of: schedules.length }),
          retryAttempts: 0,
        }),
      })
      one.node.addDependency(policy)
    }
    platform.monitoring.alarm(this, 'Missed', {
      ...heartbeat,
      threshold: { below: schedules.length },
      missingData: 'breaching',
      impact,
    })
  }
}

/** The period of Lambda's errors. */
const FAILURES_WITHIN = Duration.minutes(5)
/** The next run, a minute or a night later, does what a failed invocation left. */
const NO_RETRY = { retryAttempts: 0, maxEventAge: Duration.minutes(1) }
