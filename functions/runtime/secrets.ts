import * as z from 'zod'

/** The port of Lambda's extension for secrets and parameters, and the token that identifies this function to it. */
export type LambdaExtension = { readonly port: number; readonly token: string | undefined }

/** It runs in the same environment: if it does not answer by then it is stuck, and the invocation is retried. */
const PATIENCE_MS = 2_000

/**
 * Asks Lambda's own extension, which caches what it reads for five minutes: a changed value is in use soon after,
 * everywhere, without a deploy. It answers only during an invocation, so it must not be asked before.
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

/** Reads a secret through Lambda's extension; a rotated one is in use soon after. Throws if that fails. */
export async function readSecret(secretId: string, extension: LambdaExtension): Promise<string> {
  const response = await ask(secretId, 'AWSCURRENT', extension)
  if (!response.ok) throw new Error(`a secret could not be read: ${response.status}`)
  return secretIn(response)
}

/**
 * The current and the previous value of a secret, newest first; only one if it was never rotated. Throws if that fails.
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

/**
 * Reads a version of a Systems Manager parameter, the newest if undefined. Throws if that fails, as `readSecret` does.
 */
export async function readParameter(name: string, version: number | undefined, extension: LambdaExtension) {
  const query = version === undefined ? { name } : { name, version: String(version) }
  const response = await askExtension('systemsmanager/parameters/get', query, extension)
  if (!response.ok) throw new Error(`a parameter could not be read: ${response.status}`)
  const { Parameter } = ParameterAnswer.parse(await response.json())
  return { value: Parameter.Value, version: Parameter.Version }
}
