import { type App, Stack } from 'aws-cdk-lib'
import { Api } from './api.ts'
import { Casefiles } from './casefiles.ts'
import { Channels } from './channels.ts'
import { Keys } from './constructs/encryption-keys.ts'
import { KeptSecret } from './constructs/managed-secret.ts'
import { Operations } from './constructs/operations.ts'
import { Rollout } from './constructs/rollout.ts'
import type { Stage } from './constructs/stage.ts'
import { Holidays } from './holidays.ts'
import { Intake } from './intake.ts'
import { OurEvents } from './our-events.ts'
import { Receipts } from './receipts.ts'
import { Reconcile } from './reconcile.ts'
import { Replies } from './replies.ts'
import { Rules } from './rules.ts'
import { Tick } from './tick.ts'
import { Wake } from './wake.ts'
import { WakeQueues } from './wake-queues.ts'
import { Web } from './web.ts'

/** Throughcare on AWS, in the order in which an event becomes a notice and its receipt an event. */
export class Throughcare extends Stack {
  constructor(scope: App, id: string, stage: Stage) {
    super(scope, id, { env: { region: stage.region }, terminationProtection: true })

    const keys = new Keys(this, 'Keys', stage)
    const operations = new Operations(this, 'Operations', { stage, keys })
    const rollout = new Rollout(this, 'Rollout', { stage, operations })
    const platform = { stage, keys, operations, rollout }

    const casefiles = new Casefiles(this, 'Casefiles', platform)
    const wakes = new WakeQueues(this, 'WakeQueues', platform)
    const intake = new Intake(this, 'Intake', platform, { casefiles, wakes })
    const rules = new Rules(this, 'Rules', platform)
    const ourEvents = new OurEvents(this, 'OurEvents', platform)
    const linkKey = new KeptSecret(this, 'LinkKey', {
      ...{ platform, named: 'LINK_KEY_SECRET' },
      unturned:
        'A link holds for 14 days and the last two keys count: turned over more often, by itself, it would cut links off.',
    })
    const { client, ...tokens } = stage.signIn(this, stage)
    const web = new Web(this, 'Web', platform, { casefiles, wakes, rules, ourEvents, linkKey, client })
    new Api(this, 'Api', platform, { intake, web, tokens })
    new Tick(this, 'Tick', platform, { casefiles, wakes })
    const channels = new Channels(this, 'Channels', platform)
    new Wake(this, 'Wake', platform, { casefiles, wakes, channels, rules, linkKey })
    new Receipts(this, 'Receipts', platform, { casefiles, wakes, channels, ourEvents })
    new Replies(this, 'Replies', platform, { casefiles, wakes, channels, ourEvents })
    new Holidays(this, 'Holidays', platform, { rules })
    new Reconcile(this, 'Reconcile', platform, { casefiles, rules })
  }
}
