import { Duration } from 'aws-cdk-lib'
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type { Platform } from './constructs/platform.ts'
import { Mailbox } from './constructs/work-queue.ts'

/** How long giving what one batch of casefiles owes may take: far less than a lease. */
const TURN = Duration.minutes(2)

/** Where casefiles wait to be woken. Releases have a queue of their own: no backlog ever stands before them. */
export class WakeQueues extends Construct {
  readonly all: Mailbox
  readonly releases: Mailbox

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id)
    this.all = new Mailbox(this, 'All', {
      platform,
      turn: TURN,
      ageMax: Duration.minutes(10),
      hurts: 'people on orders and their workers: what they should be told now comes late, or not at all.',
    })
    this.releases = new Mailbox(this, 'Releases', {
      platform,
      turn: TURN,
      ageMax: Duration.minutes(3),
      hurts: 'people at a prison gate: whoever should meet them is not asked in time.',
    })
  }

  /** What whoever rouses casefiles must know and be allowed. */
  get environment() {
    return {
      WAKE_QUEUE_URL: this.all.queue.queueUrl,
      RELEASE_WAKE_QUEUE_URL: this.releases.queue.queueUrl,
    }
  }

  get sending(): PolicyStatement[] {
    return [this.all.sending, this.releases.sending]
  }
}
