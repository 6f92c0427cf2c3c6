import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import {
  Alarm,
  AlarmMuteRule,
  AlarmStatusWidget,
  type CfnAlarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  Metric,
  ScheduleExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { RuleTargetInput } from 'aws-cdk-lib/aws-events'
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { type Count, type Lateness, NAMESPACE } from '../../../functions/runtime/telemetry.ts'
import type { EncryptionKeys } from './encryption-keys.ts'
import type { Stage } from './stage.ts'

/**
 * The entries of docs/runbook.md, each with its urgency: immediately, at any hour, or on the next working day. Every
 * alarm links to one.
 */
export const RUNBOOK = {
  'dead-letters': 'warning',
  backlog: 'critical',
  errors: 'critical',
  throttles: 'warning',
  'tick-missed': 'critical',
  'reconcile-missed': 'warning',
  'probe-missed': 'critical',
  'no-notices': 'critical',
  late: 'critical',
  stale: 'warning',
  'producer-silent': 'critical',
  'email-quota': 'warning',
  'text-spend': 'warning',
  'broken-casefile': 'warning',
  'release-uncovered': 'critical',
  'release-without-outcome': 'critical',
  undelivered: 'warning',
  bounces: 'warning',
  complaints: 'warning',
  'words-refused': 'warning',
  'office-complaints': 'warning',
  holidays: 'warning',
  'settings-wrong': 'warning',
  'api-errors': 'critical',
  'api-refusals': 'warning',
} as const
type RunbookEntry = keyof typeof RUNBOOK

/** Every alarm says who is affected and what to do. */
export type AlarmDefinition = {
  readonly metric: IMetric
  /** When it goes off, in the metric's unit. */
  readonly threshold: { readonly atLeast: number } | { readonly below: number }
  /** For how many consecutive periods of the metric; default 1. */
  readonly periods?: number
  readonly missingData: 'breaching' | 'notBreaching'
  /** For a daily metric: evaluated once a day, for the day that ends at 06:00, when the nightly work is done. */
  readonly judged?: 'each-morning'
  /** Silent until the stage goes live: there is nothing to send before that. */
  readonly fromGoLive?: true
  /** Who is affected, and how: half a sentence. */
  readonly impact: string
  readonly runbook: RunbookEntry
}

type MonitoringProps = { readonly stage: Stage; readonly keys: EncryptionKeys }

/** A topic for immediate alarms, one for the next working day, a dashboard, and all alarms on them. */
export class Monitoring extends Construct {
  /** The `service` dimension that separates this stage's metrics from those of the others. */
  readonly service: string
  readonly #stage: Stage
  readonly #keys: EncryptionKeys
  readonly #critical: Topic
  readonly #warning: Topic
  readonly #dashboard: Dashboard
  readonly #alarms: IAlarm[] = []
  #beforeGoLive: AlarmMuteRule | undefined

  constructor(scope: Construct, id: string, { stage, keys }: MonitoringProps) {
    super(scope, id)
    this.#stage = stage
    this.#keys = keys
    this.service = `throughcare-${stage.name}`
    this.#critical = this.#topic('Critical', stage.onCall.critical)
    this.#warning = this.#topic('Warning', stage.onCall.warning)
    this.#dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) })
    this.graph('Are people being told?', [
      this.metric('NoticesSent'),
      this.metric('NoticesFailed'),
      this.metric('NoticesSkipped'),
      this.metric('ReleasesUncovered'),
    ])
    // The widget reads the list at synthesis, by which time it is complete.
    this.#dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: this.#alarms, width: 24 }))
  }

  #topic(id: string, { email, pager }: Stage['onCall']['critical']): Topic {
    const topic = new Topic(this, id, { masterKey: this.#keys.messages, enforceSSL: true })
    topic.addSubscription(new EmailSubscription(email))
    if (pager) topic.addSubscription(new UrlSubscription(pager))
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.#stage.account } },
      }),
    )
    return topic
  }

  /** Adds an alarm to the dashboard that tells the people on call when it starts and when it is over. */
  alarm(scope: Construct, id: string, definition: AlarmDefinition): IAlarm {
    const { metric, threshold, periods = 1, missingData, impact, runbook } = definition
    const { judged, fromGoLive } = definition
    const alarm = new Alarm(scope, id, {
      metric,
      evaluationPeriods: periods,
      ...('atLeast' in threshold
        ? {
            threshold: threshold.atLeast,
            comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          }
        : { threshold: threshold.below, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD }),
      treatMissingData:
        missingData === 'breaching' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `Impact: ${impact} Runbook: ${this.#stage.runbook}#${runbook}`,
    })
    const telling = new SnsAction(RUNBOOK[runbook] === 'critical' ? this.#critical : this.#warning)
    alarm.addAlarmAction(telling)
    alarm.addOkAction(telling)
    if (judged) (alarm.node.defaultChild as CfnAlarm).evaluationWindow = MORNINGS
    if (fromGoLive) this.#muteUntilLive(alarm)
    this.#alarms.push(alarm)
    return alarm
  }

  /** A rule that has already expired cannot be created, and is not needed. */
  #muteUntilLive(alarm: Alarm): void {
    const live = new Date(this.#stage.goLive)
    if (live.getTime() < Date.now()) return
    this.#beforeGoLive ??= new AlarmMuteRule(this, 'BeforeGoLive', {
      schedule: ScheduleExpression.cron({ minute: '0', hour: '0' }),
      duration: Duration.days(1),
      expire: {
        year: live.getUTCFullYear(),
        month: live.getUTCMonth() + 1,
        day: live.getUTCDate(),
        hour: live.getUTCHours(),
        minute: live.getUTCMinutes(),
      },
    })
    this.#beforeGoLive.addAlarm(alarm)
  }

  /** Sends a warning when an event matches. */
  warningTarget(sentence: string): SnsTopic {
    return new SnsTopic(this.#warning, { message: RuleTargetInput.fromText(sentence) })
  }

  /** Adds a full-width graph to the dashboard. */
  graph(title: string, metrics: readonly IMetric[]): void {
    this.#dashboard.addWidgets(new GraphWidget({ title, left: [...metrics], width: 24 }))
  }

  /** A metric that our own functions emit, narrowed by further dimensions. */
  metric(
    metricName: Count | Lateness,
    statistic = 'Sum',
    period = Duration.minutes(5),
    dimensions: Readonly<Record<string, string>> = {},
  ): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { service: this.service, ...dimensions },
      statistic,
      period,
    })
  }

  /** A log group encrypted with our key, kept for the stage's retention time. */
  logGroup(scope: Construct): LogGroup {
    return new LogGroup(scope, 'Log', {
      encryptionKey: this.#keys.logs,
      retention: this.#stage.logDays,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    })
  }
}

/**
 * CloudWatch, alarm evaluation window: a day aligned to midnight of a time zone. Midnight in this zone is 06:00 UTC
 * all year; reconcile is over by then.
 */
const MORNINGS: CfnAlarm.EvaluationWindowProperty = { wallClockWindow: { timezone: '-06:00' } }
