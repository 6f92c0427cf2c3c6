import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { readSecret, readSecretAndFormer } from '../../../functions/runtime/secrets.ts'

/** Reads from an extension that has these versions of one secret. */
async function reading<Read>(
  versions: Readonly<Record<string, string | number>>,
  read: (extension: { port: number; token: string }) => Promise<Read>,
): Promise<Read> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const isAsked = pathname === '/secretsmanager/get' && searchParams.get('secretId') === 'the key'
    const isUs = request.headers['x-aws-parameters-secrets-token'] === 'the token'
    const found = isAsked && isUs ? (versions[searchParams.get('versionStage') ?? ''] ?? 400) : 403
    if (typeof found === 'number') response.writeHead(found).end()
    else response.end(JSON.stringify({ SecretString: found }))
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  try {
    return await read({ port: (server.address() as AddressInfo).port, token: 'the token' })
  } finally {
    server.close()
  }
}

test('a rotated secret is read with the one before it', async () => {
  const versions = { AWSCURRENT: 'new', AWSPREVIOUS: 'old' }
  expect(await reading(versions, (extension) => readSecret('the key', extension))).toBe('new')
  expect(await reading(versions, (extension) => readSecretAndFormer('the key', extension))).toEqual([
    'new',
    'old',
  ])
})

test('a secret that was never rotated has no former version', async () => {
  const read = reading({ AWSCURRENT: 'new' }, (extension) => readSecretAndFormer('the key', extension))
  expect(await read).toEqual(['new'])
})

test.each([
  ['there is none', {}],
  ['it is not known whether it has a former version', { AWSCURRENT: 'new', AWSPREVIOUS: 500 }],
])('it is a failure that %s', async (_, versions) => {
  await expect(reading(versions, (extension) => readSecretAndFormer('the key', extension))).rejects.toThrow(
    'could not be read',
  )
})

test('an extension that does not answer is given up after two seconds', async () => {
  const server = createServer(() => {})
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  await expect(readSecret('the key', { port, token: 'the token' })).rejects.toThrow('timeout')
  server.closeAllConnections()
  server.close()
})
