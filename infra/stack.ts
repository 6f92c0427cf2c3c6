import { type App, Stack } from 'aws-cdk-lib'
import { Api } from './api.ts'
import { Casefiles } from './casefiles.ts'
import { Channels } from './channels.ts'
import { Holidays } from './holidays.ts'
import { Intake } from './intake.ts'
import { Keys } from './keys.ts'
import { Operations } from './operations.ts'
import { OurEvents } from './our-events.ts'
import { Receipts } from './receipts.ts'
import { Reconcile } from './reconcile.ts'
import { Replies } from './replies.ts'
import { Rules } from './rules.ts'
import type { Stage } from './stages.ts'
import { Tick } from './tick.ts'
import { Wake } from './wake.ts'
import { WakeQueues } from './wake-queues.ts'

/** Throughcare on AWS, in the order in which an event becomes a notice and its receipt an event. */
export class Throughcare extends Stack {
  constructor(scope: App, id: string, stage: Stage) {
    super(scope, id, { env: { region: stage.region }, terminationProtection: true })

    const keys = new Keys(this, 'Keys', stage)
    const operations = new Operations(this, 'Operations', { stage, keys })
    const platform = { stage, keys, operations }

    const casefiles = new Casefiles(this, 'Casefiles', platform)
    const wakes = new WakeQueues(this, 'WakeQueues', platform)
    const intake = new Intake(this, 'Intake', platform, { casefiles, wakes })
    new Api(this, 'Api', platform, { intake })
    new Tick(this, 'Tick', platform, { casefiles, wakes })
    const rules = new Rules(this, 'Rules', platform)
    const channels = new Channels(this, 'Channels', platform)
    new Wake(this, 'Wake', platform, { casefiles, wakes, channels, rules })
    const ourEvents = new OurEvents(this, 'OurEvents', platform)
    new Receipts(this, 'Receipts', platform, { casefiles, wakes, channels, ourEvents })
    new Replies(this, 'Replies', platform, { casefiles, wakes, channels, ourEvents, rules })
    new Holidays(this, 'Holidays', platform, { rules })
    new Reconcile(this, 'Reconcile', platform, { casefiles, rules })
  }
}
