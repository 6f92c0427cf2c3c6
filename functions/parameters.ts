import * as z from 'zod'
import type { LambdaExtension } from './secrets.ts'

const Answer = z.object({ Parameter: z.object({ Value: z.string().min(1) }) })

/**
 * Reads a parameter of Systems Manager by way of Lambda's own extension, as `readSecret` does a secret: what somebody
 * changes holds five minutes later, everywhere and without a deploy.
 */
export async function readParameter(name: string, { port, token = '' }: LambdaExtension): Promise<string> {
  const url = `http://localhost:${port}/systemsmanager/parameters/get?${new URLSearchParams({ name })}`
  const response = await fetch(url, { headers: { 'X-Aws-Parameters-Secrets-Token': token } })
  if (!response.ok) throw new Error(`a parameter could not be read: ${response.status}`)
  return Answer.parse(await response.json()).Parameter.Value
}
