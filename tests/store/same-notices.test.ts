import { afterAll, expect, test } from 'vitest'
import { startDynamoDb, whyNoDynamoDb } from '../../infra/emulated/dynamodb-local.ts'
import { type Arrival, readArrival } from '../../infra/local/arrivals.ts'
import type { NoticeLine } from '../../infra/local/notice-line.ts'
import { replay } from '../../infra/local/replay.ts'
import { createTable, dynamoStore } from '../../shared/store/dynamodb.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { appointment, contact, event, order, PEOPLE, type Told } from '../story.ts'

/** Three weeks of an order: a contact who moves and is absent, an appointment that moves, one that is missed. */
const STORY: readonly Told[] = [
  ...PEOPLE,
  order(),
  appointment('2026-03-09T14:00', { with: 'C-CM' }),
  contact('C-PERSON', { email: undefined, mobile: '07700 900123', language: 'both' }, '2026-03-04T09:00'),
  contact('C-OM', { absent: [{ from: '2026-03-09', to: '2026-03-20', coverContactId: 'C-DUTY' }] }),
  event('2026-03-06T16:00', 'appointment.rearranged', {
    orderId: 'O-1',
    appointmentId: 'A-1',
    startsAt: '2026-03-11T10:00',
  }),
  appointment('2026-03-18T10:00', { appointmentId: 'A-2', with: 'C-CM', enforceable: true }),
  event('2026-03-11T11:20', 'contact-sheet.submitted', {
    orderId: 'O-1',
    appointmentId: 'A-1',
    attendance: 'did-not-attend',
    nextAppointment: 'A-2',
    progress: [],
    by: 'C-CM',
  }),
  event('2026-03-12T09:05', 'disclosure.flagged', { orderId: 'O-1', by: 'C-CM' }),
]
const from = Date.parse('2026-01-01T00:00:00Z')
const until = Date.parse('2026-03-22T00:00:00Z')

const why = whyNoDynamoDb()
if (why) test.skip(`a story on DynamoDB and on SQLite: ${why}`)
else {
  const { client, stop } = await startDynamoDb()
  afterAll(stop)

  test('a story told on DynamoDB and on SQLite gives the same notices, word for word', async () => {
    const table = 'casefiles'
    await createTable({ client, table })
    const onSqlite = await play(sqliteStore(':memory:'))
    const onDynamo = await play(dynamoStore({ client, table }))
    expect(new Set(onSqlite.map(({ outcome }) => outcome))).toContain('sent')
    expect(onSqlite.length).toBeGreaterThan(20)
    expect(onDynamo).toEqual(onSqlite)
  })
}

async function play(store: Store): Promise<NoticeLine[]> {
  const arrivals = STORY.map((told, index) => readArrival(JSON.stringify(told), index + 1)) as Arrival[]
  const lines: NoticeLine[] = []
  await replay({ arrivals, until, from, store }, (given) => lines.push(...given))
  return lines
}
