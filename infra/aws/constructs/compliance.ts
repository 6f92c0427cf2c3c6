import { type App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag'
import type { IConstruct } from 'constructs'

/** Has everything reviewed as it is written out, by AWS's own rules and by NIST 800-53. A finding stops it. */
export function review(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app))
}

/** Rules that we keep otherwise than they ask. */
type Finding =
  | 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:aws:cloudwatch:eu-west-2:<AWS::AccountId>:alarm:*]'
  | 'AwsSolutions::AwsSolutions-APIG4'
  | 'AwsSolutions::AwsSolutions-IAM5[Resource::*]'
  | 'AwsSolutions::AwsSolutions-SMG4'
  | 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ'
  | 'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC'
  | 'NIST.800.53.R5::NIST.800.53.R5-SecretsManagerRotationEnabled'

/** Answers a finding beside what it was found in, with the reason in a sentence. */
export function answer(construct: IConstruct, reason: string, ...findings: Finding[]): void {
  Validations.of(construct).acknowledge(...findings.map((id) => ({ id, reason })))
}
