import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { Lateness } from '../../functions/runtime/telemetry.ts'
import type { Casefiles } from './casefiles.ts'
import { type Channels, ratesOf } from './channels.ts'
import { type ManagedSecret, SECRETS_EXTENSION } from './constructs/managed-secret.ts'
import type { Platform } from './constructs/platform.ts'
import { Worker } from './constructs/worker.ts'
import type { OurEvents } from './our-events.ts'
import type { Rules } from './rules.ts'
import type { WakeQueues } from './wake-queues.ts'

type WakeProps = {
  readonly casefiles: Casefiles
  readonly wakeQueues: WakeQueues
  readonly channels: Channels
  readonly rules: Rules
  readonly ourEvents: OurEvents
  readonly linkKey: ManagedSecret
}

/**
 * Sends the notices that are due: one function for releases, with its own concurrency, and one for everything else.
 */
export class Wake extends Construct {
  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { casefiles, wakeQueues, channels, rules, ourEvents, linkKey }: WakeProps,
  ) {
    super(scope, id)
    const { stage } = platform
    const common = {
      platform,
      folder: 'wake',
      environment: {
        TABLE: casefiles.table.tableName,
        ...rules.environment,
        ...channels.email.environment,
        ...channels.textMessages.environment,
        ...linkKey.environment,
        ...ourEvents.environment,
      },
      permissions: [
        ...casefiles.permissions('open', 'events', 'claim', 'record', 'finish', 'texts'),
        ...casefiles.permissions('takeIn', 'forget', 'forgetHead'),
        ...channels.email.permissions,
        ...channels.textMessages.permissions,
        ...channels.callPermissions,
        linkKey.readPermission,
        rules.readPermission,
        ourEvents.publishPermission,
      ],
      paramsAndSecrets: SECRETS_EXTENSION,
      retriesSoon: true,
    } as const
    new Worker(this, 'Releases', {
      ...common,
      environment: { ...common.environment, ...ratesOf(stage, 'releases') },
      workQueue: wakeQueues.releases,
      concurrencyMax: stage.concurrencyMax.releases,
      impact: 'people at a prison gate: nobody is asked to meet them.',
    })
    new Worker(this, 'Others', {
      ...common,
      environment: { ...common.environment, ...ratesOf(stage, 'wake') },
      workQueue: wakeQueues.others,
      concurrencyMax: stage.concurrencyMax.wake,
      impact: 'people on orders and their workers: they are not told what they should know.',
    })
    watch(this, platform)
  }
}

/** What users notice: something arrives late, too late, or not at all. */
function watch(scope: Construct, { stage, monitoring }: Platform): void {
  const late = (name: Lateness) => monitoring.metric(name, 'p99', Duration.minutes(15))
  monitoring.alarm(scope, 'ReleasesLate', {
    metric: late('ReleaseLateness'),
    threshold: { atLeast: RELEASES_WITHIN.toSeconds() },
    missingData: 'notBreaching',
    impact: 'people at a prison gate: those who should meet them are asked minutes too late.',
    runbook: 'late',
  })
  monitoring.alarm(scope, 'OthersLate', {
    metric: late('OtherLateness'),
    threshold: { atLeast: OTHERS_WITHIN.toSeconds() },
    periods: 2,
    missingData: 'notBreaching',
    impact: 'people on orders and their workers: what they should be told now comes late.',
    runbook: 'late',
  })
  monitoring.alarm(scope, 'Stale', {
    metric: monitoring.metric('NoticesStale', 'Sum', Duration.hours(1)),
    threshold: { atLeast: STALE_MIN },
    missingData: 'notBreaching',
    impact: 'people who were not told something at all: it came too late to be worth saying.',
    runbook: 'stale',
  })
  monitoring.graph('How late, in seconds (p99; objectives: releases 120, others 900)', [
    late('ReleaseLateness'),
    late('OtherLateness'),
  ])
  monitoring.alarm(scope, 'NoNotices', {
    metric: monitoring.metric('NoticesSent', 'Sum', Duration.days(1)),
    threshold: { below: 1 },
    periods: stage.silentDaysMax,
    judged: 'each-morning',
    fromGoLive: true,
    missingData: 'breaching',
    impact: 'everybody: nobody was told anything for a whole day or longer.',
    runbook: 'no-notices',
  })
  monitoring.alarm(scope, 'ReleaseUncovered', {
    metric: monitoring.metric('ReleasesUncovered'),
    threshold: { atLeast: 1 },
    missingData: 'notBreaching',
    impact: `somebody who is about to be released: nobody has agreed to be at the gate. ${
      stage.callNumberArn
        ? 'The duty officer and the rota owner are rung at the gate time.'
        : 'Nobody can be rung by the service: telephone the duty officer.'
    }`,
    runbook: 'release-uncovered',
  })
}

/** The objectives: 99% of notices are told within this time after they could be. */
const RELEASES_WITHIN = Duration.minutes(2)
const OTHERS_WITHIN = Duration.minutes(15)
/** Per hour. A few are normal: events that reach us a day late. */
const STALE_MIN = 10
