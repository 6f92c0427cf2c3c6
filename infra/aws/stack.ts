import { type App, Stack } from 'aws-cdk-lib'
import { Api } from './api.ts'
import { Backups } from './backups.ts'
import { Budget } from './budget.ts'
import { Casefiles } from './casefiles.ts'
import { Channels } from './channels.ts'
import { EncryptionKeys } from './constructs/encryption-keys.ts'
import { ManagedSecret } from './constructs/managed-secret.ts'
import { Monitoring } from './constructs/monitoring.ts'
import { Rollout } from './constructs/rollout.ts'
import type { Stage } from './constructs/stage.ts'
import { Drift } from './drift.ts'
import { Holidays } from './holidays.ts'
import { Intake } from './intake.ts'
import { OurEvents } from './our-events.ts'
import { Probe } from './probe.ts'
import { Receipts } from './receipts.ts'
import { Reconcile } from './reconcile.ts'
import { Replies } from './replies.ts'
import { Rules } from './rules.ts'
import { Tick } from './tick.ts'
import { Wake } from './wake.ts'
import { WakeQueues } from './wake-queues.ts'
import { Web } from './web.ts'

/** Throughcare on AWS, in the order in which data flows: an event becomes a notice, and its receipt an event. */
export class Throughcare extends Stack {
  constructor(scope: App, id: string, stage: Stage) {
    super(scope, id, {
      env: { account: stage.account, region: stage.region },
      tags: { service: 'throughcare', stage: stage.name },
      // CloudFormation: a stack whose first deploy failed can only be deleted, and a protected one cannot be.
      terminationProtection: !stage.unprotected,
    })

    const keys = new EncryptionKeys(this, 'EncryptionKeys', stage)
    const monitoring = new Monitoring(this, 'Monitoring', { stage, keys })
    const rollout = new Rollout(this, 'Rollout', { stage, monitoring })
    const platform = { stage, keys, monitoring, rollout }

    const casefiles = new Casefiles(this, 'Casefiles', platform)
    const wakeQueues = new WakeQueues(this, 'WakeQueues', platform)
    const intake = new Intake(this, 'Intake', platform, { casefiles, wakeQueues })
    const rules = new Rules(this, 'Rules', platform)
    const ourEvents = new OurEvents(this, 'OurEvents', platform)
    const linkKey = new ManagedSecret(this, 'LinkKey', {
      platform,
      variable: 'LINK_KEY_SECRET',
      notRotatedBecause:
        'A link is valid for 14 days and the last two keys are accepted: rotated more often, it would break links.',
    })
    const { client, senders, ...tokens } = stage.signIn(this, stage)
    const channels = new Channels(this, 'Channels', platform)
    const ours = { casefiles, wakeQueues, rules, ourEvents, channels }
    const web = new Web(this, 'Web', platform, { ...ours, linkKey, client, senders })
    new Api(this, 'Api', platform, { web, tokens })
    new Tick(this, 'Tick', platform, { casefiles, wakeQueues })
    new Wake(this, 'Wake', platform, { ...ours, linkKey })
    new Receipts(this, 'Receipts', platform, { casefiles, wakeQueues, channels, ourEvents })
    const { replies: topic } = channels
    if (topic) new Replies(this, 'Replies', platform, { casefiles, wakeQueues, channels, topic, ourEvents })
    new Holidays(this, 'Holidays', platform, { rules })
    new Reconcile(this, 'Reconcile', platform, { casefiles, rules })
    if (stage.backupVaultArn) {
      new Backups(this, 'Backups', platform, { casefiles, vaultArn: stage.backupVaultArn })
    }
    new Probe(this, 'Probe', platform, { casefiles, intake, rules })
    new Drift(this, 'Drift', platform)
    new Budget(this, 'Budget', stage)
  }
}
