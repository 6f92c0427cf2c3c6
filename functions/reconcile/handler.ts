import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { rulesWith } from '../../shared/duties/rules.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { readEnvironment } from '../environment.ts'
import { told } from '../telemetry.ts'
import { account } from './account.ts'
import { reconcile } from './reconcile.ts'

const env = readEnvironment(process.env, ['TABLE', 'GO_LIVE', 'ADDRESS', 'BUILD'])
const ports = {
  store: dynamoStore({ client: DynamoDBDocumentClient.from(new DynamoDBClient()), table: env.TABLE }),
  rules: rulesWith({ goLive: env.GO_LIVE, address: env.ADDRESS }, env.BUILD),
  now: Date.now,
}

/** Runs every night, and by hand after a deploy. It gives account even when all is well. */
export const handler = told(async () => account(await reconcile(ports), ports.rules))
