import { Stack, TimeZone } from 'aws-cdk-lib'
import { Rule } from 'aws-cdk-lib/aws-events'
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler'
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets'
import { Construct } from 'constructs'
import { acknowledge } from './constructs/compliance.ts'
import type { Platform } from './constructs/platform.ts'
import { DeadLetterQueue } from './constructs/work-queue.ts'

/** Compares the account with the template every night, and tells the people on call what somebody changed by hand. */
export class Drift extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id)
    const { stage, monitoring } = platform
    const stack = Stack.of(this)
    const detect = new PolicyStatement({
      actions: ['cloudformation:DetectStackDrift', 'cloudformation:DetectStackResourceDrift'],
      resources: [stack.stackId],
    })
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stage.account } },
      }),
      // CloudFormation reads each resource with the permissions of the caller. This policy reads settings and no data.
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit')],
    })
    acknowledge(
      role,
      'Drift detection reads the settings of every type of resource in the stack, which is what this policy is for.',
      'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/SecurityAudit]',
    )
    const failed = new DeadLetterQueue(this, 'DeadLetterQueue', {
      platform,
      impact: 'people who rely on a setting that was changed by hand: the change goes unnoticed.',
    })
    acknowledge(
      failed.queue,
      'It is the dead-letter queue of the schedule below.',
      'AwsSolutions::AwsSolutions-SQS3',
    )
    const policy = new ManagedPolicy(this, 'Permissions', {
      roles: [role],
      statements: [detect, failed.sendPermission],
    })
    const nightly = new Schedule(this, 'Nightly', {
      schedule: ScheduleExpression.cron({ minute: '30', hour: '4', timeZone: TimeZone.EUROPE_LONDON }),
      target: new Universal({
        service: 'cloudformation',
        action: 'detectStackDrift',
        input: ScheduleTargetInput.fromObject({ StackName: stack.stackName }),
        role: role.withoutPolicyUpdates(),
        policyStatements: [detect],
        deadLetterQueue: failed.queue,
      }),
    })
    nightly.node.addDependency(policy)
    // CloudFormation, drift detection status change: the event with the result of a detection.
    new Rule(this, 'Found', {
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Drift Detection Status Change'],
        detail: {
          'stack-id': [stack.stackId],
          $or: [
            { 'status-details': { 'stack-drift-status': ['DRIFTED'] } },
            { 'status-details': { 'detection-status': ['DETECTION_FAILED'] } },
          ],
        },
      },
      targets: [
        monitoring.warningTarget(`The stack differs from its template. Runbook: ${stage.runbook}#drift`),
      ],
    })
  }
}
