import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import {
  Alarm,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { RuleTargetInput } from 'aws-cdk-lib/aws-events'
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { type Count, NAMESPACE } from '../../../functions/runtime/telemetry.ts'
import type { EncryptionKeys } from './encryption-keys.ts'
import type { Stage } from './stage.ts'

/** The entries of docs/runbook.md. Every alarm leads to one. */
export const RUNBOOK_ENTRIES = [
  'dead-letters',
  'backlog',
  'errors',
  'throttles',
  'tick-missed',
  'reconcile-missed',
  'no-notices',
  'broken-casefile',
  'release-uncovered',
  'release-without-outcome',
  'bounces',
  'complaints',
  'holidays',
  'settings-wrong',
  'api-errors',
] as const
type RunbookEntry = (typeof RUNBOOK_ENTRIES)[number]

/** An alarm always says whom it affects and what is to be done. */
export type AlarmDefinition = {
  readonly metric: IMetric
  /** When it goes off, in the metric's own unit. */
  readonly threshold: { readonly atLeast: number } | { readonly below: number }
  /** For how many consecutive periods of the metric: 1 if left out. */
  readonly periods?: number
  readonly missingData: 'breaching' | 'notBreaching'
  /** Whom it affects, and how: half a sentence. */
  readonly impact: string
  readonly runbook: RunbookEntry
}

type MonitoringProps = { readonly stage: Stage; readonly keys: EncryptionKeys }

/** One topic that mails the people on call, one dashboard, and every alarm on both. */
export class Monitoring extends Construct {
  /** The `service` dimension that separates this stage's metrics from those of the others. */
  readonly service: string
  readonly #stage: Stage
  readonly #keys: EncryptionKeys
  readonly #onCall: Topic
  readonly #dashboard: Dashboard
  readonly #alarms: IAlarm[] = []

  constructor(scope: Construct, id: string, { stage, keys }: MonitoringProps) {
    super(scope, id)
    this.#stage = stage
    this.#keys = keys
    this.service = `throughcare-${stage.name}`
    this.#onCall = new Topic(this, 'OnCall', { masterKey: keys.messages, enforceSSL: true })
    this.#onCall.addSubscription(new EmailSubscription(stage.onCall))
    this.#onCall.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.#onCall.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )
    this.#dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) })
    // The widget reads the list at synthesis, when it is complete.
    this.#dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: this.#alarms, width: 24 }))
  }

  /** An alarm in that scope, on the dashboard, that mails the people on call. */
  alarm(scope: Construct, id: string, definition: AlarmDefinition): IAlarm {
    const { metric, threshold, periods = 1, missingData, impact, runbook } = definition
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
    alarm.addAlarmAction(new SnsAction(this.#onCall))
    this.#alarms.push(alarm)
    return alarm
  }

  /** Mails the people on call a sentence when an event matches. */
  onCallTarget(sentence: string): SnsTopic {
    return new SnsTopic(this.#onCall, { message: RuleTargetInput.fromText(sentence) })
  }

  /** A graph across the dashboard. */
  graph(title: string, metrics: readonly IMetric[]): void {
    this.#dashboard.addWidgets(new GraphWidget({ title, left: [...metrics], width: 24 }))
  }

  /** What our own functions count, narrowed by further dimensions. */
  metric(
    metricName: Count,
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

  /** A log group under our key, kept for as long as the stage says. */
  logGroup(scope: Construct): LogGroup {
    return new LogGroup(scope, 'Log', {
      encryptionKey: this.#keys.logs,
      retention: this.#stage.logDays,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    })
  }
}
