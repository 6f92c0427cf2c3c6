import { Duration } from 'aws-cdk-lib'
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type { Platform } from './constructs/platform.ts'
import { WorkQueue } from './constructs/work-queue.ts'

/** How long a batch of casefiles may take: much less than a lease. */
const BATCH_TIMEOUT = Duration.minutes(2)

/** Seconds and then minutes apart, they outlast a bad half hour; meanwhile the tick hands over what is still due. */
const ATTEMPTS_MAX = 7

/** Where casefiles wait to be woken. Releases have their own queue, so no backlog delays them. */
export class WakeQueues extends Construct {
  readonly others: WorkQueue
  readonly releases: WorkQueue

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id)
    this.others = new WorkQueue(this, 'Others', {
      platform,
      batchTimeout: BATCH_TIMEOUT,
      attemptsMax: ATTEMPTS_MAX,
      ageMax: Duration.minutes(10),
      impact: 'people on orders and their workers: what they should be told now comes late or not at all.',
    })
    this.releases = new WorkQueue(this, 'Releases', {
      platform,
      batchTimeout: BATCH_TIMEOUT,
      attemptsMax: ATTEMPTS_MAX,
      ageMax: Duration.minutes(3),
      impact: 'people at a prison gate: nobody is asked in time to meet them.',
    })
  }

  get environment() {
    return {
      WAKE_QUEUE_URL: this.others.queue.queueUrl,
      RELEASE_WAKE_QUEUE_URL: this.releases.queue.queueUrl,
    }
  }

  get sendPermissions(): PolicyStatement[] {
    return [this.others.sendPermission, this.releases.sendPermission]
  }
}
