import { Duration, Stack } from 'aws-cdk-lib'
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Schedule, type ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { Construct } from 'constructs'
import { FolderFunction, type FolderFunctionProps } from './function.ts'
import type { EXTENSION } from './managed-secret.ts'
import type { Alert } from './operations.ts'
import { DeadLetters } from './work-queue.ts'

type RhythmProps = Omit<FolderFunctionProps, 'concurrencyMax' | 'besides'> & {
  readonly besides?: typeof EXTENSION
  readonly every: ScheduleExpression
  /** Into how many parts its work is parted. Each is a run of its own, beside the others, and is told which it is. */
  readonly parts: number
  /** What is counted once at the end of every run, how many periods of it may pass unheard, and what then to do. */
  readonly heartbeat: { readonly metric: IMetric; readonly periods: number } & Pick<Alert, 'runbook'>
}

/** A function that runs by the clock. Its true failure is silence, so that it cannot be had without an ear for it. */
export class Rhythm extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { every, parts, heartbeat, may, besides, ...props }: RhythmProps,
  ) {
    super(scope, id)
    const { platform, hurts } = props
    const deadLetters = new DeadLetters(this, 'DeadLetters', { platform, hurts })
    const { live } = new FolderFunction(this, 'Beat', {
      ...props,
      may: [...may, deadLetters.sending],
      concurrencyMax: parts,
      besides: { deadLetterQueue: deadLetters.queue, ...besides },
      called: NOT_MADE_UP_FOR,
    })
    const ofOurs = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } }
    const scheduler = new ServicePrincipal('scheduler.amazonaws.com', { conditions: ofOurs })
    const role = new Role(this, 'Role', { assumedBy: scheduler })
    const invoking = new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [live.functionArn],
    })
    const policy = new ManagedPolicy(this, 'May', {
      roles: [role],
      statements: [invoking, deadLetters.sending],
    })
    for (let part = 0; part < parts; part++) {
      const schedule = new Schedule(this, `Schedule${part}`, {
        schedule: every,
        target: new LambdaInvoke(live, {
          role: role.withoutPolicyUpdates(),
          deadLetterQueue: deadLetters.queue,
          input: ScheduleTargetInput.fromObject({ part, of: parts }),
          retryAttempts: 0,
        }),
      })
      schedule.node.addDependency(policy)
    }
    platform.operations.alarm(this, 'Silence', {
      ...heartbeat,
      rings: { below: parts },
      silence: 'something is wrong',
      hurts,
    })
  }
}

/** What was missed is not made up for: the next minute, or the next night, sees to it. */
const NOT_MADE_UP_FOR = { retryAttempts: 0, maxEventAge: Duration.minutes(1) }
