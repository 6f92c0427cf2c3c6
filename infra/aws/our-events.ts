import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { Platform } from './constructs/platform.ts'

/**
 * The topic on which other services hear what happened here: a notice was given or arrived, somebody accepted or
 * opted out.
 */
export class OurEvents extends Construct {
  readonly environment
  readonly publishPermission: PolicyStatement

  constructor(scope: Construct, id: string, { stage, keys }: Platform) {
    super(scope, id)
    const topic = new Topic(this, 'Topic', { masterKey: keys.messages, enforceSSL: true })
    for (const account of stage.subscribers) topic.grantSubscribe(new AccountPrincipal(account))
    this.environment = { OUR_EVENTS_TOPIC: topic.topicArn }
    this.publishPermission = new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] })
  }
}
