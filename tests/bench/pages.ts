import { parseArgs } from 'node:util'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { startDynamoDb } from '../../infra/emulated/dynamodb-local.ts'
import { createTable, dynamoStore } from '../../shared/store/dynamodb.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { release } from '../duties/releases/release-story.ts'
import { contact, event, type Told } from '../story.ts'
import { NOWHERE, openPages } from '../web/pages.ts'
import { booking, EVENING, NOON, opening } from './load.ts'
import { cpuMs, quantile } from './measure.ts'

/**
 * What each page costs of so many orders, as a table: on SQLite the milliseconds until its first byte, how many of them
 * are processor time, and what it weighs; with `--dynamodb`, which needs Java, the requests and read units on DynamoDB Local.
 *
 *     node tests/bench/pages.ts --orders 10000
 *     node tests/bench/pages.ts --orders 1000 --dynamodb
 */

const { orders, dynamodb } = parseArgs({
  options: { orders: { type: 'string', default: '10000' }, dynamodb: { type: 'boolean', default: false } },
}).values
const TIMES = 5
const say = (line: string) => process.stdout.write(`${line}\n`)

const SUPPORT = { email: 'support@example.com', isSupport: true }
const WORKER = { email: 'c-om-0@example.com', isSupport: false }
const ASKED: readonly { readonly path: string; readonly words?: string }[] = [
  ...['/', '/tomorrow', '/team', '/figures', '/releases', '/rotas', '/clearances'].map((path) => ({ path })),
  ...['order', 'contact', 'release'].map((kind) => ({ path: `/casefiles/${kind}` })),
  { path: '/casefiles/order/O-7' },
  { path: '/search', words: 'O-7' },
]

/** Twenty-five prisons and areas, each with a clearance and a release, whatever the number of orders. */
const PLACES = Array.from({ length: 25 }, (_, nth) => nth).flatMap((nth): Told[] => {
  const prisonId = `Q${String.fromCharCode(65 + nth)}A`
  const area = `AREA-${nth}`
  return [
    event('2026-01-01T00:00', 'prison.updated', { prisonId, name: `HMP ${prisonId}`, governor: 'C-GOV' }),
    event('2026-06-01T10:00', 'clearance.confirmed', {
      ...{ clearanceId: `CL-${nth}`, prisonId, holder: `C-HOLDER-${nth}`, organisationId: 'ORG-1' },
      confirmedOn: '2026-06-01',
    }),
    event('2026-12-01T10:00', 'rota.published', {
      ...{ area, owner: 'C-OWNER' },
      shifts: [{ from: '2027-01-01T00:00', to: '2027-03-01T00:00', contactId: 'C-CALL' }],
    }),
    {
      ...release({ releaseId: `R-${nth}`, area, prisonId, releaseOn: '2027-01-18' }, '2027-01-10T10:00'),
      personReference: { identifiers: [{ type: 'NOMS', value: `A9${100 + nth}AA` }] },
    },
  ]
})

const STORY: Told[] = [
  ...['C-GOV', 'C-OWNER', 'C-CALL', 'C-DUTY'].map((id) => contact(id, {}, '2026-01-01T00:00')),
  ...PLACES,
  ...Array.from({ length: Number(orders) }, (_, nth) => [...opening(nth), booking(nth, NOON)]).flat(),
]

const spent = { requests: 0, units: 0 }
if (dynamodb) {
  const { client, stop } = await startDynamoDb()
  await createTable({ client, table: 'casefiles' })
  countUnits(client)
  await measure(dynamoStore({ client, table: 'casefiles' }))
  await stop()
} else await measure(sqliteStore(':memory:'))

async function measure(store: Store): Promise<void> {
  const pages = await openPages(EVENING, STORY, NOWHERE, { store })
  say(`${orders} orders\n`)
  say(dynamodb ? '| who | page | requests | read units |' : '| who | page | ms | processor ms | KB |')
  say(dynamodb ? '|---|---|---|---|' : '|---|---|---|---|---|')
  for (const [who, person] of [
    ['support', SUPPORT],
    ['a worker with 50 orders', WORKER],
  ] as const) {
    const headers = { cookie: await pages.cookieOf(person), 'sec-fetch-site': 'same-origin' }
    for (const { path, words } of ASKED) {
      const form = words && { method: 'POST', body: new URLSearchParams({ words }) }
      const ask = async () => pages.app.request(path, { headers, ...form })
      const first = await ask()
      if (first.status !== 200) continue
      const kb = Buffer.byteLength(await first.text()) / 1024
      Object.assign(spent, { requests: 0, units: 0 })
      const [took, cpu]: [number[], number[]] = [[], []]
      for (let time = 0; time < (dynamodb ? 1 : TIMES); time++) {
        const [begun, before] = [performance.now(), cpuMs()]
        await ask()
        took.push(performance.now() - begun)
        cpu.push(cpuMs() - before)
      }
      const figures = dynamodb
        ? [spent.requests, Math.ceil(spent.units)]
        : [quantile(took, 0.5), quantile(cpu, 0.5), kb].map(Math.round)
      say(`| ${[who, path, ...figures].join(' | ')} |`)
    }
  }
}

/** Adds up what is read, table and index together. DynamoDB Local says zero of a query that finds nothing: AWS, a half. */
function countUnits(client: DynamoDBDocumentClient): void {
  client.middlewareStack.add(
    (next) => async (call) => {
      Object.assign(call.input, { ReturnConsumedCapacity: 'TOTAL' })
      const response = await next(call)
      const { ConsumedCapacity } = response.output as { ConsumedCapacity?: { CapacityUnits?: number } }
      spent.requests++
      spent.units += Math.max(0.5, ConsumedCapacity?.CapacityUnits ?? 0)
      return response
    },
    { name: 'units', step: 'initialize' },
  )
}
