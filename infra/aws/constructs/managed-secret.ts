import { RemovalPolicy, type SecretValue } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { ParamsAndSecretsLayerVersion, ParamsAndSecretsVersions } from 'aws-cdk-lib/aws-lambda'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import type { Variable } from '../../../functions/runtime/environment.ts'
import { acknowledge } from './compliance.ts'
import type { Platform } from './platform.ts'

/** AWS's Lambda extension that reads secrets and parameters. */
export const SECRETS_EXTENSION = ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103)

type ManagedSecretProps = {
  readonly platform: Platform
  /** The environment variable that tells a function where the secret is. */
  readonly variable: Extract<Variable, `${string}_SECRET`>
  /** Its value, if another service makes it. Otherwise one is generated, and may be replaced by hand. */
  readonly value?: SecretValue | undefined
  /** Why it is not rotated automatically. */
  readonly notRotatedBecause: string
}

/** A secret. A function is given its name, and reads it when needed. */
export class ManagedSecret extends Construct {
  readonly environment
  readonly readPermission: PolicyStatement

  constructor(scope: Construct, id: string, props: ManagedSecretProps) {
    super(scope, id)
    const { platform, variable, value, notRotatedBecause } = props
    const secret = new Secret(this, 'Secret', {
      encryptionKey: platform.keys.secrets,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...(value
        ? { secretStringValue: value }
        : { generateSecretString: { passwordLength: 64, excludePunctuation: true } }),
    })
    acknowledge(
      secret,
      notRotatedBecause,
      'AwsSolutions::AwsSolutions-SMG4',
      'NIST.800.53.R5::NIST.800.53.R5-SecretsManagerRotationEnabled',
    )
    this.environment = { [variable]: secret.secretArn }
    this.readPermission = new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secret.secretArn],
    })
  }
}
