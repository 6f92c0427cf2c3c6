import * as z from 'zod'

const Answer = z.object({ SecretString: z.string().min(1) })

/** Where Lambda's extension for secrets and parameters listens, and what it asks for in proof that one is the function beside it. */
export type LambdaExtension = { readonly port: number; readonly token: string | undefined }

/**
 * Reads a secret by way of Lambda's own extension, which lives beside the function and keeps what it read for five
 * minutes: a secret that was turned over is in use soon after, without a deploy. It answers only while a request is
 * being worked on, so that this is asked there and not before.
 */
export async function readSecret(secretId: string, extension: LambdaExtension): Promise<string> {
  const url = `http://localhost:${extension.port}/secretsmanager/get?${new URLSearchParams({ secretId })}`
  const response = await fetch(url, { headers: { 'X-Aws-Parameters-Secrets-Token': extension.token ?? '' } })
  if (!response.ok) throw new Error(`a secret could not be read: ${response.status}`)
  return Answer.parse(await response.json()).SecretString
}
