import { RemovalPolicy } from 'aws-cdk-lib'
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb'
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { KIND_INDEX, TABLE_KEYS, WAKE_INDEX } from '../../shared/store/keys.ts'
import type { Store } from '../../shared/store/store.ts'
import type { Platform } from './constructs/platform.ts'

/** The DynamoDB actions that each store method calls, on the table or on one of its indexes. */
const ACTIONS: {
  readonly [Method in keyof Store]: { on: 'table' | 'wakes' | 'kinds'; actions: readonly string[] }
} = {
  takeIn: { on: 'table', actions: ['PutItem', 'UpdateItem'] },
  open: { on: 'table', actions: ['Query'] },
  events: { on: 'table', actions: ['Query'] },
  entries: { on: 'table', actions: ['Query'] },
  claim: { on: 'table', actions: ['PutItem'] },
  record: { on: 'table', actions: ['PutItem'] },
  finish: { on: 'table', actions: ['PutItem', 'UpdateItem'] },
  count: { on: 'table', actions: ['UpdateItem'] },
  counts: { on: 'table', actions: ['Query'] },
  keepWords: { on: 'table', actions: ['PutItem'] },
  due: { on: WAKE_INDEX.name, actions: ['Query'] },
  texts: { on: 'table', actions: ['Query'] },
  forget: { on: 'table', actions: ['DeleteItem'] },
  forgetHead: { on: 'table', actions: ['DeleteItem'] },
  casefiles: { on: WAKE_INDEX.name, actions: ['Query'] },
  ofKind: { on: KIND_INDEX.name, actions: ['Query'] },
}

/**
 * The table of casefiles, with the keys of shared/store/keys.ts: billed per request, restorable to any second of the
 * last 35 days, kept when the stack is deleted, reachable over TLS only. A stage that names a table restored from a
 * backup uses that one; the stack's own table stays, so nothing is deleted and removing the name switches back.
 */
export class Casefiles extends Construct {
  readonly table: Pick<ITableV2, 'tableName' | 'tableArn'>

  constructor(scope: Construct, id: string, { stage, keys, monitoring }: Platform) {
    super(scope, id)
    const table = new TableV2(this, 'Table', {
      partitionKey: { name: TABLE_KEYS.partition, type: AttributeType.STRING },
      sortKey: { name: TABLE_KEYS.sort, type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: WAKE_INDEX.name,
          partitionKey: { name: WAKE_INDEX.partition, type: AttributeType.NUMBER },
          sortKey: { name: WAKE_INDEX.sort, type: AttributeType.NUMBER },
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: KIND_INDEX.name,
          partitionKey: { name: KIND_INDEX.partition, type: AttributeType.STRING },
          sortKey: { name: KIND_INDEX.sort, type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: !stage.unprotected,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      encryption: TableEncryptionV2.customerManagedKey(keys.casefiles),
      resourcePolicy: new PolicyDocument({ statements: [TLS_ONLY] }),
    })
    this.table = stage.restoredTable
      ? TableV2.fromTableAttributes(this, 'RestoredTable', {
          tableName: stage.restoredTable,
          encryptionKey: keys.casefiles,
        })
      : table
    const { tableName } = this.table
    // DynamoDB, metrics: what is throttled on an index counts under the index alone.
    const throttled = (metricName: string, index?: string) =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: tableName, ...(index && { GlobalSecondaryIndexName: index }) },
        statistic: 'Sum',
      })
    monitoring.alarm(this, 'Throttles', {
      metric: new MathExpression({
        expression: ['reads', 'writes', 'wakeReads', 'wakeWrites', 'kindReads', 'kindWrites']
          .map((metric) => `FILL(${metric}, 0)`)
          .join(' + '),
        usingMetrics: {
          reads: throttled('ReadThrottleEvents'),
          writes: throttled('WriteThrottleEvents'),
          wakeReads: throttled('ReadThrottleEvents', WAKE_INDEX.name),
          wakeWrites: throttled('WriteThrottleEvents', WAKE_INDEX.name),
          kindReads: throttled('ReadThrottleEvents', KIND_INDEX.name),
          kindWrites: throttled('WriteThrottleEvents', KIND_INDEX.name),
        },
        label: 'Throttled requests to the table and its indexes',
      }),
      threshold: { atLeast: THROTTLES_MIN },
      periods: 3,
      missingData: 'notBreaching',
      impact: 'everybody who should be told something now: it comes late.',
      runbook: 'throttles',
    })
  }

  /** The permissions for a function that calls these store methods, and nothing more. */
  permissions(...methods: readonly (keyof Store)[]): PolicyStatement[] {
    const { tableArn } = this.table
    const byResource = Map.groupBy(
      methods.map((method) => ACTIONS[method]),
      ({ on }) => on,
    )
    return [...byResource].map(([on, methods]) => {
      const names = new Set(methods.flatMap((one) => one.actions.map((action) => `dynamodb:${action}`)))
      return new PolicyStatement({
        actions: [...names],
        resources: [on === 'table' ? tableArn : `${tableArn}/index/${on}`],
      })
    })
  }
}

/** Per five minutes. A growing table doubles its throughput by itself and refuses a few requests meanwhile. */
const THROTTLES_MIN = 100

/** A table's resource policy applies to that table alone, so `*` is the table. */
const TLS_ONLY = new PolicyStatement({
  effect: Effect.DENY,
  principals: [new AnyPrincipal()],
  actions: ['dynamodb:*'],
  resources: ['*'],
  conditions: { Bool: { 'aws:SecureTransport': 'false' } },
})
