import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { readEnvironment } from '../runtime/environment.ts'
import { emitReconcileMetrics } from '../runtime/reconcile-metrics.ts'
import { RULES_VARIABLES, rulesReader } from '../runtime/rules-reader.ts'
import { readParameter } from '../runtime/secrets.ts'
import { instrumented, traced } from '../runtime/telemetry.ts'
import { reconcile } from './reconcile.ts'

const env = readEnvironment(process.env, [
  ...(['TABLE', 'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] as const),
  ...RULES_VARIABLES,
])
const ports = {
  store: dynamoStore({ client: DynamoDBDocumentClient.from(traced(new DynamoDBClient())), table: env.TABLE }),
  now: Date.now,
}
const extension = {
  port: env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
  token: process.env.AWS_SESSION_TOKEN,
}
const readRules = rulesReader(env, (name) => readParameter(name, extension))

/** A schedule names the part that is its own. Whoever runs it by hand and names none means them all. */
const Asked = z.union([z.object({ part: z.int(), of: z.int() }), z.object({}).transform(() => undefined)])

/** Runs every night, part by part, and by hand after a deploy. Each part gives account even when all is well. */
export const handler = instrumented(async (event: unknown) => {
  const rules = await readRules()
  emitReconcileMetrics(await reconcile({ ...ports, rules }, Asked.parse(event)), rules)
})
