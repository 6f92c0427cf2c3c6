import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import type { Channels } from './channels.ts'
import { type ManagedSecret, SECRETS_EXTENSION } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import { Worker } from './constructs/worker.ts'
import type { Rules } from './rules.ts'
import type { WakeQueues } from './wake-queues.ts'

type WakeProps = {
  readonly casefiles: Casefiles
  readonly wakeQueues: WakeQueues
  readonly channels: Channels
  readonly rules: Rules
  readonly linkKey: ManagedSecret
}

/** Gives the notices that are due: one function for releases, with concurrency of its own, and one for all others. */
export class Wake extends Construct {
  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { casefiles, wakeQueues, channels, rules, linkKey }: WakeProps,
  ) {
    super(scope, id)
    const { stage, monitoring } = platform
    const common = {
      platform,
      folder: 'wake',
      environment: {
        TABLE: casefiles.table.tableName,
        ...rules.environment,
        ...channels.email.environment,
        ...channels.textMessages.environment,
        ...linkKey.environment,
      },
      permissions: [
        ...casefiles.permissions('open', 'events', 'claim', 'record', 'finish', 'texts'),
        ...casefiles.permissions('takeIn', 'forget', 'forgetHead'),
        ...channels.email.permissions,
        ...channels.textMessages.permissions,
        linkKey.readPermission,
        rules.readPermission,
      ],
      paramsAndSecrets: SECRETS_EXTENSION,
      retriesSoon: true,
    } as const
    new Worker(this, 'Releases', {
      ...common,
      workQueue: wakeQueues.releases,
      concurrencyMax: stage.concurrencyMax.releases,
      impact: 'people at a prison gate: nobody is asked to meet them.',
    })
    new Worker(this, 'Others', {
      ...common,
      workQueue: wakeQueues.others,
      concurrencyMax: stage.concurrencyMax.wake,
      impact: 'people on orders and their workers: they are not told what they should know.',
    })
    const sentPerDay = monitoring.metric('NoticesSent', 'Sum', Duration.days(1))
    monitoring.alarm(this, 'NoNotices', {
      metric: sentPerDay,
      threshold: { below: 1 },
      periods: stage.silentDaysMax,
      missingData: 'breaching',
      impact: 'everybody: nobody was told anything for a whole day or longer.',
      runbook: 'no-notices',
    })
    monitoring.alarm(this, 'ReleaseUncovered', {
      metric: monitoring.metric('ReleasesUncovered'),
      threshold: { atLeast: 1 },
      missingData: 'notBreaching',
      impact: 'somebody who is about to be released: nobody has agreed to be at the gate.',
      runbook: 'release-uncovered',
    })
  }
}
