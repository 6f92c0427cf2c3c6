import * as z from 'zod'

/** Where Lambda's extension for secrets and parameters listens, and what proves that one is the function beside it. */
export type LambdaExtension = { readonly port: number; readonly token: string | undefined }

/** It lives beside us. One that does not answer by then is stuck, and what asked it is tried again. */
const PATIENCE_MS = 2_000

/**
 * Asks Lambda's own extension, which lives beside the function and keeps what it read for five minutes: what somebody
 * changes is in use soon after, everywhere and without a deploy. It answers only while a request is being worked on,
 * so that it is asked there and not before.
 */
function askExtension(
  path: 'secretsmanager/get' | 'systemsmanager/parameters/get',
  query: Readonly<Record<string, string>>,
  { port, token = '' }: LambdaExtension,
): Promise<Response> {
  const url = `http://localhost:${port}/${path}?${new URLSearchParams(query)}`
  return fetch(url, {
    headers: { 'X-Aws-Parameters-Secrets-Token': token },
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
}

const SecretAnswer = z.object({ SecretString: z.string().min(1) })

/** Reads a secret by Lambda's own extension: one that was rotated is in use soon after. Throws when it is not given. */
export async function readSecret(secretId: string, extension: LambdaExtension): Promise<string> {
  const response = await ask(secretId, 'AWSCURRENT', extension)
  if (!response.ok) throw new Error(`a secret could not be read: ${response.status}`)
  return secretIn(response)
}

/**
 * A secret as it is, and as it was before its last rotation, newest first; one that was never rotated is alone.
 * Throws when it is not given.
 */
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
  return SecretAnswer.parse(await response.json()).SecretString
}

const ParameterAnswer = z.object({
  Parameter: z.object({ Value: z.string().min(1), Version: z.number().int() }),
})

/** Reads a parameter of Systems Manager, the newest version or this one, and throws, as `readSecret` does with a secret. */
export async function readParameter(name: string, version: number | undefined, extension: LambdaExtension) {
  const query = version === undefined ? { name } : { name, version: String(version) }
  const response = await askExtension('systemsmanager/parameters/get', query, extension)
  if (!response.ok) throw new Error(`a parameter could not be read: ${response.status}`)
  const { Parameter } = ParameterAnswer.parse(await response.json())
  return { value: Parameter.Value, version: Parameter.Version }
}
