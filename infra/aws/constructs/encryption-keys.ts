import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import type { Stage } from './stage.ts'

const READ = ['kms:Decrypt', 'kms:DescribeKey']
const WRITE = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext']
const REWRITE = ['kms:ReEncryptFrom', 'kms:ReEncryptTo']

/**
 * Our KMS keys: one each for casefiles, secrets, messages and logs, rotated yearly. A principal that may use a table
 * or a queue may use its key through that service only, so a function's own policy names only what its code calls.
 */
export class EncryptionKeys extends Construct {
  readonly casefiles: Key
  readonly secrets: Key
  readonly messages: Key
  readonly logs: Key

  constructor(scope: Construct, id: string, { publishers }: Pick<Stage, 'publishers'>) {
    super(scope, id)
    const { account, region } = Stack.of(this)
    this.casefiles = this.key('Casefiles', 'The table of casefiles and its backups')
    for (const service of ['dynamodb', 'backup']) {
      const use = through(service, region, [account], [...READ, ...WRITE, ...REWRITE])
      // A service that stores data for us keeps using the key by a grant, which nobody else is given.
      const grant = through(service, region, [account], ['kms:CreateGrant'])
      grant.addCondition('Bool', { 'kms:GrantIsForAWSResource': 'true' })
      this.casefiles.addToResourcePolicy(use)
      this.casefiles.addToResourcePolicy(grant)
    }
    this.secrets = this.key('Secrets', 'Secrets')
    this.secrets.addToResourcePolicy(through('secretsmanager', region, [account], [...READ, ...WRITE]))
    this.messages = this.key('Messages', 'Queues and topics')
    this.messages.addToResourcePolicy(through('sqs', region, [account], [...READ, ...WRITE]))
    this.messages.addToResourcePolicy(through('sns', region, [account, ...publishers], [...READ, ...WRITE]))
    for (const one of publishing(account)) this.messages.addToResourcePolicy(one)
    this.logs = this.key('Logs', 'Logs')
    this.logs.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: [...READ, ...WRITE, ...REWRITE],
        resources: ['*'],
        conditions: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:*` },
        },
      }),
    )
  }

  private key(id: string, description: string): Key {
    return new Key(this, id, {
      description,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    })
  }
}

/**
 * A topic's key must allow each AWS service that publishes to it, for our account only. SNS, key management:
 * EventBridge does not say on whose behalf it asks, and SES documents no such condition; the topic's policy limits
 * these.
 */
function publishing(account: string): PolicyStatement[] {
  const services = (...names: string[]) =>
    new PolicyStatement({
      principals: names.map((name) => new ServicePrincipal(`${name}.amazonaws.com`)),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
    })
  const ours = services('sms-voice', 'cloudwatch')
  ours.addCondition('StringEquals', { 'aws:SourceAccount': account })
  return [ours, services('ses', 'events')]
}

/** Principals of these accounts may use the key through that service, but not directly. */
function through(service: string, region: string, accounts: string[], actions: string[]): PolicyStatement {
  return new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions,
    resources: ['*'],
    conditions: {
      StringEquals: {
        'kms:CallerAccount': accounts,
        'kms:ViaService': `${service}.${region}.amazonaws.com`,
      },
    },
  })
}
