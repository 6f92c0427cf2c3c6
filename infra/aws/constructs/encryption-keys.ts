import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import type { Stage } from './stage.ts'

const READ = ['kms:Decrypt', 'kms:DescribeKey']
const WRITE = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext']
const REWRITE = ['kms:ReEncryptFrom', 'kms:ReEncryptTo']
/** A service that keeps something for us holds on to its key by a grant of its own. */
const HOLD = ['kms:CreateGrant']

/**
 * Our keys: one for what is kept, one for what is secret, one for what is on its way, one for what is written of it.
 * Each is turned over once a year. Who may use a table or a queue may use its key, through that service alone: so a
 * function's own policy speaks of nothing but what its code calls.
 */
export class Keys extends Construct {
  readonly casefiles: Key
  readonly secrets: Key
  readonly messages: Key
  readonly logs: Key

  constructor(scope: Construct, id: string, { publishers }: Pick<Stage, 'publishers'>) {
    super(scope, id)
    const { account, region } = Stack.of(this)
    this.casefiles = this.key('Casefiles', 'What is kept: the table of casefiles')
    this.casefiles.addToResourcePolicy(
      through('dynamodb', region, [account], [...READ, ...WRITE, ...REWRITE, ...HOLD]),
    )
    this.secrets = this.key('Secrets', 'What is secret: keys and tokens')
    this.secrets.addToResourcePolicy(through('secretsmanager', region, [account], [...READ, ...WRITE]))
    this.messages = this.key('Messages', 'What is on its way: queues and topics')
    this.messages.addToResourcePolicy(through('sqs', region, [account], [...READ, ...WRITE]))
    this.messages.addToResourcePolicy(through('sns', region, [account, ...publishers], [...READ, ...WRITE]))
    this.messages.addToResourcePolicy(PUBLISHING)
    this.logs = this.key('Logs', 'What is written of it: logs')
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
    return new Key(this, id, { description, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN })
  }
}

/** AWS asks this of a topic's key, for each of its services that publishes. For which account, the topic says. */
const PUBLISHING = new PolicyStatement({
  principals: ['ses', 'sms-voice', 'cloudwatch'].map((name) => new ServicePrincipal(`${name}.amazonaws.com`)),
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  resources: ['*'],
})

/** Whoever in these accounts may use a service may use our key through it, and not otherwise. */
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
