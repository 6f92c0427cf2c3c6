import { RemovalPolicy } from 'aws-cdk-lib'
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { TABLE_KEYS, WAKE_INDEX } from '../../shared/store/keys.ts'
import type { Store } from '../../shared/store/store.ts'
import type { Platform } from './constructs/platform.ts'

/** What each method of the store asks of DynamoDB, and of what. */
const ASKS = {
  append: ['PutItem', 'table'],
  rouse: ['UpdateItem', 'table'],
  open: ['Query', 'table'],
  events: ['Query', 'table'],
  setWake: ['UpdateItem', 'table'],
  due: ['Query', 'index'],
  postpone: ['UpdateItem', 'table'],
  claim: ['PutItem', 'table'],
  record: ['PutItem', 'table'],
  keepText: ['PutItem', 'table'],
  texts: ['Query', 'table'],
  forget: ['DeleteItem', 'table'],
  forgetHead: ['DeleteItem', 'table'],
  heads: ['Scan', 'table'],
} as const satisfies Record<keyof Store, readonly [action: string, of: 'table' | 'index']>

/**
 * The table of casefiles, keyed as shared/store/keys.ts says. It costs what is asked of it, can be put back to any
 * second of the last 35 days, is never deleted with the stack, and is spoken to in TLS alone.
 */
export class Casefiles extends Construct {
  readonly table: TableV2

  constructor(scope: Construct, id: string, { keys }: Platform) {
    super(scope, id)
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: TABLE_KEYS.partition, type: AttributeType.STRING },
      sortKey: { name: TABLE_KEYS.sort, type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: WAKE_INDEX.name,
          partitionKey: { name: WAKE_INDEX.partition, type: AttributeType.NUMBER },
          sortKey: { name: WAKE_INDEX.sort, type: AttributeType.NUMBER },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      encryption: TableEncryptionV2.customerManagedKey(keys.casefiles),
      resourcePolicy: new PolicyDocument({ statements: [TLS_ONLY] }),
    })
  }

  /** What a function must be allowed that asks these things of the store, and nothing more. */
  allowing(...methods: readonly (keyof Store)[]): PolicyStatement[] {
    const of = { table: this.table.tableArn, index: `${this.table.tableArn}/index/${WAKE_INDEX.name}` }
    const asked = Map.groupBy(
      methods.map((method) => ASKS[method]),
      ([, place]) => place,
    )
    return [...asked].map(([place, asks]) => {
      const actions = [...new Set(asks.map(([action]) => `dynamodb:${action}`))]
      return new PolicyStatement({ actions, resources: [of[place]] })
    })
  }
}

/** A table's own policy can name no table but itself. */
const TLS_ONLY = new PolicyStatement({
  effect: Effect.DENY,
  principals: [new AnyPrincipal()],
  actions: ['dynamodb:*'],
  resources: ['*'],
  conditions: { Bool: { 'aws:SecureTransport': 'false' } },
})
