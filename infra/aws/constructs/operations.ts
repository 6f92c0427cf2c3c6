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
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { type Count, NAMESPACE } from '../../../functions/runtime/telemetry.ts'
import type { Keys } from './encryption-keys.ts'
import type { Stage } from './stage.ts'

/** The entries of the runbook: what somebody does who is woken at three. */
export const RUNBOOK_ENTRIES = [
  'dead-letters',
  'backlog',
  'errors',
  'throttles',
  'silent-tick',
  'silent-night',
  'silent-day',
  'broken-casefile',
  'release-uncovered',
  'release-adrift',
  'bounces',
  'complaints',
  'holidays',
  'refused-requests',
] as const
type RunbookEntry = (typeof RUNBOOK_ENTRIES)[number]

/** An alarm cannot be made without saying whom it hurts that it rings, and what is then to be done. */
export type Alert = {
  readonly metric: IMetric
  /** The bounds within which all is well: it rings at this much and more, or below that much. */
  readonly rings: { readonly from: number } | { readonly below: number }
  /** For how many periods of the metric, one after another. */
  readonly periods?: number
  /** What it means that nothing is heard at all. */
  readonly silence: 'all is well' | 'something is wrong'
  readonly hurts: string
  readonly runbook: RunbookEntry
}

type OperationsProps = { readonly stage: Stage; readonly keys: Keys }

/** What those who run the service see and hear of it: one topic, one dashboard, and every alarm on both. */
export class Operations extends Construct {
  /** The name under which this stage's counts are kept apart from those of others. */
  readonly service: string
  readonly #stage: Stage
  readonly #keys: Keys
  readonly #onCall: Topic
  readonly #dashboard: Dashboard
  readonly #alarms: IAlarm[] = []

  constructor(scope: Construct, id: string, { stage, keys }: OperationsProps) {
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
    // The widget reads the list when the stack is written out, and by then it is whole.
    this.#dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: this.#alarms, width: 24 }))
  }

  alarm(
    scope: Construct,
    id: string,
    { metric, rings, periods = 1, silence, hurts, runbook }: Alert,
  ): IAlarm {
    const [threshold, comparisonOperator] =
      'from' in rings
        ? [rings.from, ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD]
        : [rings.below, ComparisonOperator.LESS_THAN_THRESHOLD]
    const alarm = new Alarm(scope, id, {
      ...{ metric, threshold, comparisonOperator, evaluationPeriods: periods },
      treatMissingData: MISSING[silence],
      alarmDescription: `Hurts: ${hurts} What to do: ${this.#stage.runbook}#${runbook}`,
    })
    alarm.addAlarmAction(new SnsAction(this.#onCall))
    this.#alarms.push(alarm)
    return alarm
  }

  graph(title: string, metrics: readonly IMetric[]): void {
    this.#dashboard.addWidgets(new GraphWidget({ title, left: [...metrics], width: 24 }))
  }

  /** What our own functions count. */
  counted(name: Count, statistic = 'Sum', period = Duration.minutes(5)): Metric {
    return new Metric({
      ...{ namespace: NAMESPACE, metricName: name, statistic, period },
      dimensionsMap: { service: this.service },
    })
  }

  /** Where something writes its log: under our key, and for so long as its stage keeps it. */
  log(scope: Construct): LogGroup {
    return new LogGroup(scope, 'Log', {
      encryptionKey: this.#keys.logs,
      retention: this.#stage.logDays,
      removalPolicy: RemovalPolicy.RETAIN,
    })
  }
}

const MISSING: Record<Alert['silence'], TreatMissingData> = {
  'all is well': TreatMissingData.NOT_BREACHING,
  'something is wrong': TreatMissingData.BREACHING,
}
