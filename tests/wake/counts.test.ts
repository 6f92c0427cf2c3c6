import { afterAll, describe, expect, test } from 'vitest'
import { startDynamoDb, whyNoDynamoDb } from '../../infra/emulated/dynamodb-local.ts'
import { openWorld } from '../../infra/local/world.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { casefileId } from '../../shared/casefile/ids.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { createTable, dynamoStore } from '../../shared/store/dynamodb.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { appointment, event, order, PEOPLE } from '../story.ts'

/**
 * What a notice costs, counted and not timed: these figures depend on nothing but the code. Who makes one larger says
 * why; who makes one smaller writes it down here.
 */

/** A store of which the calls are counted. */
function counted(store: Store): { readonly counting: Store; readonly calls: Record<string, number> } {
  const calls: Record<string, number> = {}
  const counting = Object.fromEntries(
    Object.entries(store).map(([name, call]) => [
      name,
      (...given: unknown[]) => {
        calls[name] = (calls[name] ?? 0) + 1
        return (call as (...given: unknown[]) => unknown)(...given)
      },
    ]),
  ) as Store
  return { counting, calls }
}

/** An order with an appointment, as it lies until the reminder of the day before, and everything it then costs. */
async function reminded(store: Store) {
  const { counting, calls } = counted(store)
  let now = londonTime('2026-03-03', '10:00')
  const sent: string[] = []
  const send = async ({ messageId }: { messageId: string }) => {
    sent.push(messageId)
    return { is: 'accepted' } as const
  }
  const { take, settle } = openWorld({
    store: counting,
    channels: { email: { send }, sms: { send } },
    rules: () => rulesWith(),
    now: () => now,
  })
  for (const told of [...PEOPLE, order(), appointment('2026-03-09T14:00')]) await take(JSON.stringify(told))
  await settle()
  now = londonTime('2026-03-08', '13:59')
  await settle()
  const during = async (work: () => Promise<unknown>) => {
    for (const name of Object.keys(calls)) delete calls[name]
    sent.length = 0
    await work()
    const { due: _, ...rest } = calls
    return { sent: sent.length, ...rest }
  }
  return {
    remind: () =>
      during(() => {
        now = londonTime('2026-03-08', '14:00')
        return settle()
      }),
    arrive: () =>
      during(async () => {
        const noticeId = sent[0] ?? 'order_O-1_ATR-01_day-before'
        await take(JSON.stringify(event('2026-03-08T14:00', 'notice.delivered', { noticeId })))
        await settle()
      }),
  }
}

describe('one reminder', () => {
  test('takes one turn: the casefile is read once, its message claimed once, its turn finished once', async () => {
    const { remind } = await reminded(sqliteStore(':memory:'))
    const { events, ...rest } = (await remind()) as Record<string, number>
    expect(rest).toEqual({ sent: 1, open: 1, claim: 1, finish: 1 })
    expect(events).toBeLessThanOrEqual(5)
  })

  test('that arrives is one event more, and wakes nobody', async () => {
    const { remind, arrive } = await reminded(sqliteStore(':memory:'))
    await remind()
    const { open, takeIn, finish } = (await arrive()) as Record<string, number>
    expect({ takeIn, finish }).toEqual({ takeIn: 1, finish: undefined })
    expect(open).toBeLessThanOrEqual(1)
  })
})

test('what a person wrote goes 90 days after it was read, and is not taken out again at later wakes', async () => {
  const { counting, calls } = counted(sqliteStore(':memory:'))
  let now = londonTime('2026-03-03', '10:00')
  const send = async () => ({ is: 'accepted' }) as const
  const channels = { email: { send }, sms: { send } }
  const { take, settle } = openWorld({ store: counting, channels, rules: () => rulesWith(), now: () => now })
  const reply = { orderId: 'O-1', contactId: 'C-PERSON', channel: 'sms', replyId: 'R' }
  const told = [
    ...[...PEOPLE, order(), appointment('2026-09-09T14:00')],
    event('2026-03-03T10:00', 'reply.received', reply),
    event('2026-03-03T11:00', 'reply.read', { orderId: 'O-1', replyId: 'R', by: 'C-CM' }),
  ]
  for (const one of told) await take(JSON.stringify(one))
  const id = casefileId('order', 'O-1')
  await counting.keepWords(id, { messageId: 'R', text: { subject: '', text: 'running late', html: '' } })
  const forgotten = async (date: string) => {
    delete calls.forget
    now = londonTime(date, '12:00')
    await take(JSON.stringify(appointment(`${date}T16:00`, { appointmentId: `A-${date}` })))
    await settle()
    return calls.forget ?? 0
  }
  expect(await forgotten('2026-05-29')).toBe(0)
  expect((await counting.texts(id)).has('R')).toBe(true)
  expect(await forgotten('2026-06-03')).toBeGreaterThan(0)
  expect((await counting.texts(id)).has('R')).toBe(false)
  expect(await forgotten('2026-06-10')).toBe(0)
  expect(await forgotten('2026-06-17')).toBe(0)
})

const why = whyNoDynamoDb()
if (why) test.skip(`DynamoDB: ${why}`)
else {
  const { client, stop } = await startDynamoDb()
  afterAll(stop)

  test('one reminder on DynamoDB is five writes, of nine units: the last counts it for its duty and week', async () => {
    await createTable({ client, table: 'casefiles' })
    const { remind } = await reminded(dynamoStore({ client, table: 'casefiles' }))
    const writes: string[] = []
    let units = 0
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (call) => {
          Object.assign(call.input, { ReturnConsumedCapacity: 'TOTAL' })
          const answer = await next(call)
          const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } }
          if (commandName !== 'QueryCommand') {
            writes.push(commandName.replace('Command', ''))
            units += ConsumedCapacity?.CapacityUnits ?? 0
          }
          return answer
        },
      { name: 'count', step: 'initialize' },
    )
    expect(await remind()).toMatchObject({ sent: 1 })
    client.middlewareStack.remove('count')
    expect(writes.toSorted()).toEqual(['PutItem', 'PutItem', 'PutItem', 'UpdateItem', 'UpdateItem'])
    expect(units).toBeLessThanOrEqual(9)
  })
}
