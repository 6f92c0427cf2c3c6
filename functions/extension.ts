/** Where Lambda's extension for secrets and parameters listens, and what proves that one is the function beside it. */
export type LambdaExtension = { readonly port: number; readonly token: string | undefined }

/**
 * Asks Lambda's own extension, which lives beside the function and keeps what it read for five minutes: what somebody
 * changes is in use soon after, everywhere and without a deploy. It answers only while a request is being worked on,
 * so that it is asked there and not before.
 */
export function askExtension(
  path: 'secretsmanager/get' | 'systemsmanager/parameters/get',
  query: Readonly<Record<string, string>>,
  { port, token = '' }: LambdaExtension,
): Promise<Response> {
  const url = `http://localhost:${port}/${path}?${new URLSearchParams(query)}`
  return fetch(url, { headers: { 'X-Aws-Parameters-Secrets-Token': token } })
}
