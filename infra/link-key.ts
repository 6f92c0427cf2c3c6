import { RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import type { Platform } from './platform.ts'
import { answer } from './review.ts'

/** With what links to answer are signed. It is read where it is needed and stands in no function's settings. */
export class LinkKey extends Construct {
  readonly environment
  readonly reading: PolicyStatement

  constructor(scope: Construct, id: string, { keys }: Platform) {
    super(scope, id)
    const secret = new Secret(this, 'Secret', {
      encryptionKey: keys.secrets,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    })
    answer(
      secret,
      'A link holds for 14 days and the last two keys count: turned over more often, by itself, it would cut links off.',
      'AwsSolutions::AwsSolutions-SMG4',
      'NIST.800.53.R5::NIST.800.53.R5-SecretsManagerRotationEnabled',
    )
    this.environment = { LINK_KEY_SECRET: secret.secretArn }
    this.reading = new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secret.secretArn],
    })
  }
}
