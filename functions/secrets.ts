import * as z from 'zod'

const Answer = z.object({ SecretString: z.string().min(1) })

/** Where Lambda's extension for secrets and parameters listens, and what proves that one is the function beside it. */
export type LambdaExtension = { readonly port: number; readonly token: string | undefined }

/**
 * Reads a secret by way of Lambda's own extension, which lives beside the function and keeps what it read for five
 * minutes: a secret that was turned over is in use soon after, without a deploy. It answers only while a request is
 * being worked on, so that this is asked there and not before.
 */
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

function ask(
  secretId: string,
  versionStage: string,
  { port, token = '' }: LambdaExtension,
): Promise<Response> {
  const url = `http://localhost:${port}/secretsmanager/get?${new URLSearchParams({ secretId, versionStage })}`
  return fetch(url, { headers: { 'X-Aws-Parameters-Secrets-Token': token } })
}

async function secretIn(response: Response): Promise<string> {
  return Answer.parse(await response.json()).SecretString
}
