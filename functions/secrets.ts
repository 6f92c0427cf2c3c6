import * as z from 'zod'
import { askExtension, type LambdaExtension } from './extension.ts'

const Answer = z.object({ SecretString: z.string().min(1) })

/** Reads a secret by way of Lambda's own extension: one that was turned over is in use soon after. */
export async function readSecret(secretId: string, extension: LambdaExtension): Promise<string> {
  const response = await ask(secretId, 'AWSCURRENT', extension)
  if (!response.ok) throw new Error(`a secret could not be read: ${response.status}`)
  return secretIn(response)
}

/** What a secret is and was before it was last turned over, newest first; one that never was has no former self. */
export async function readSecretAndFormer(secretId: string, extension: LambdaExtension): Promise<string[]> {
  const [current, former] = await Promise.all([
    readSecret(secretId, extension),
    ask(secretId, 'AWSPREVIOUS', extension),
  ])
  if (former.status >= 500) throw new Error(`a former secret could not be read: ${former.status}`)
  return former.ok ? [current, await secretIn(former)] : [current]
}

function ask(secretId: string, versionStage: string, extension: LambdaExtension): Promise<Response> {
  return askExtension('secretsmanager/get', { secretId, versionStage }, extension)
}

async function secretIn(response: Response): Promise<string> {
  return Answer.parse(await response.json()).SecretString
}
