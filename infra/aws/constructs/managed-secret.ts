import { RemovalPolicy, type SecretValue } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { ParamsAndSecretsLayerVersion, ParamsAndSecretsVersions } from 'aws-cdk-lib/aws-lambda'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import type { Variable } from '../../../functions/runtime/environment.ts'
import { answer } from './compliance.ts'
import type { Platform } from './platform.ts'

/** What a function carries beside it that reads secrets or parameters. */
export const EXTENSION = {
  paramsAndSecrets: ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103),
}

type KeptSecretProps = {
  readonly platform: Platform
  /** By what name a function is told where it is. */
  readonly named: Extract<Variable, `${string}_SECRET`>
  /** What it is, where others make it; else it is made here, and may be replaced by hand. */
  readonly value?: SecretValue | undefined
  /** Why it is not turned over by itself. */
  readonly unturned: string
}

/** A secret. It is read where it is needed, and stands in no function's settings. */
export class KeptSecret extends Construct {
  readonly environment
  readonly reading: PolicyStatement

  constructor(scope: Construct, id: string, { platform, named, value, unturned }: KeptSecretProps) {
    super(scope, id)
    const secret = new Secret(this, 'Secret', {
      encryptionKey: platform.keys.secrets,
      ...(value
        ? { secretStringValue: value }
        : { generateSecretString: { passwordLength: 64, excludePunctuation: true } }),
      removalPolicy: RemovalPolicy.RETAIN,
    })
    answer(
      secret,
      unturned,
      'AwsSolutions::AwsSolutions-SMG4',
      'NIST.800.53.R5::NIST.800.53.R5-SecretsManagerRotationEnabled',
    )
    this.environment = { [named]: secret.secretArn }
    this.reading = new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secret.secretArn],
    })
  }
}
