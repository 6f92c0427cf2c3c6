import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import type { Channels } from './channels.ts'
import { EXTENSION, type KeptSecret } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import { Worker } from './constructs/worker.ts'
import type { Rules } from './rules.ts'
import type { WakeQueues } from './wake-queues.ts'

type WakeProps = {
  readonly casefiles: Casefiles
  readonly wakes: WakeQueues
  readonly channels: Channels
  readonly rules: Rules
  readonly linkKey: KeptSecret
}

/** Gives what casefiles owe: one function for releases, with a share of its own, and one for all others. */
export class Wake extends Construct {
  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { casefiles, wakes, channels, rules, linkKey }: WakeProps,
  ) {
    super(scope, id)
    const { stage, operations } = platform
    const waking = {
      platform,
      folder: 'wake',
      environment: {
        TABLE: casefiles.table.tableName,
        ...rules.environment,
        ...channels.all.environment,
        ...linkKey.environment,
      },
      may: [
        ...casefiles.allowing('open', 'events', 'setWake', 'claim', 'record', 'keepText', 'texts'),
        ...casefiles.allowing('forget', 'forgetHead'),
        ...channels.all.sending,
        linkKey.reading,
        rules.reading,
      ],
      besides: EXTENSION,
    }
    new Worker(this, 'Releases', {
      ...waking,
      mailbox: wakes.releases,
      concurrencyMax: stage.concurrencyMax.releases,
      hurts: 'people at a prison gate: whoever should meet them is not asked.',
    })
    new Worker(this, 'Others', {
      ...waking,
      mailbox: wakes.all,
      concurrencyMax: stage.concurrencyMax.wake,
      hurts: 'people on orders and their workers: they are not told what they should be.',
    })
    const given = operations.counted('NoticesSent', 'Sum', Duration.days(1))
    operations.alarm(this, 'SilentDay', {
      metric: given,
      rings: { below: 1 },
      periods: stage.quietDaysMax,
      silence: 'something is wrong',
      hurts: 'everybody: a whole day has passed on which nobody was told anything.',
      runbook: 'silent-day',
    })
    operations.alarm(this, 'ReleaseUncovered', {
      metric: operations.counted('ReleasesUncovered'),
      rings: { from: 1 },
      silence: 'all is well',
      hurts: 'somebody who is about to be released: nobody has agreed to be at the gate.',
      runbook: 'release-uncovered',
    })
    operations.graph('Notices', [
      operations.counted('NoticesSent'),
      operations.counted('NoticesFailed'),
      operations.counted('NoticesSkipped'),
      operations.counted('ReleasesUncovered'),
    ])
  }
}
