import { type App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag'
import type { IConstruct } from 'constructs'

/**
 * Checks every stack of the app at synthesis against AWS's own rules and NIST 800-53. A finding fails the synthesis.
 */
export function checkCompliance(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app))
}

/** The rules that we deviate from. */
type Finding =
  | `AwsSolutions::AwsSolutions-IAM5[Resource::arn:aws:cloudwatch:${string}:alarm:*]`
  | `AwsSolutions::AwsSolutions-IAM5[Resource::arn:aws:ses:${string}:identity/*]`
  | 'AwsSolutions::AwsSolutions-APIG4'
  | 'AwsSolutions::AwsSolutions-IAM5[Resource::*]'
  | 'AwsSolutions::AwsSolutions-SMG4'
  | 'AwsSolutions::AwsSolutions-SQS3'
  | 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]'
  | 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/SecurityAudit]'
  | 'NIST.800.53.R5::NIST.800.53.R5-CloudWatchAlarmAction'
  | 'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency'
  | 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ'
  | 'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC'
  | 'NIST.800.53.R5::NIST.800.53.R5-SecretsManagerRotationEnabled'

/** Acknowledges findings on a construct, with the reason in one sentence. */
export function acknowledge(construct: IConstruct, reason: string, ...findings: Finding[]): void {
  Validations.of(construct).acknowledge(...findings.map((id) => ({ id, reason })))
}
