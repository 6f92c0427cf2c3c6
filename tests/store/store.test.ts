import { execFileSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  open,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, describe, expect, test } from 'vitest'
import { startDynamoDb, whyNoDynamoDb } from '../../infra/emulated/dynamodb-local.ts'
import type { CasefileId } from '../../shared/casefile/ids.ts'
import { NEIGHBOUR_NOUNS } from '../../shared/casefile/nouns.ts'
import { createTable, dynamoStore } from '../../shared/store/dynamodb.ts'
import { WAKE_SHARDS } from '../../shared/store/keys.ts'
import { SCHEMA } from '../../shared/store/schema.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Stored } from '../../shared/store/store.ts'
import { CLAIM, OPENING, storeContract, textOf } from './contract.ts'

const ID: CasefileId = 'order:O-1'
const OTHER: CasefileId = 'order:O-2'
const large = (index: number) => ({ messageId: `message-${index}`, text: textOf('t'.repeat(150_000)) })

/** Blocks all of Node's threads that work with files, until it is released: each waits to open a pipe. */
function blockFiles(pipe: string): () => void {
  execFileSync('mkfifo', [pipe])
  const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4)
  for (let thread = 0; thread < threads; thread++) open(pipe, 'r', (_, opened) => closeSync(opened))
  return () => closeSync(openSync(pipe, 'r+'))
}

/** The descriptors of this process that are of the file at a path. */
function descriptorsOf(path: string): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((one) => leadsTo(one, path))
}

function leadsTo(descriptor: number, path: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`) === path
  } catch {
    return false
  }
}

describe('SQLite in memory', () => {
  storeContract(async () => sqliteStore(':memory:'))
})

describe('SQLite in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-store-'))
  const file = () => join(folder, `${randomUUID()}.sqlite`)
  afterAll(() => rmSync(folder, { recursive: true }))

  storeContract(async () => sqliteStore(file()))

  test('what was written is there when the file is opened again', async () => {
    const path = file()
    const before = sqliteStore(path)
    await before.takeIn(ID, OPENING, CLAIM.at)
    await before.claim(ID, [CLAIM], CLAIM.at)
    before.close()
    const after = sqliteStore(path)
    expect(await after.open(ID)).toEqual({
      head: { version: expect.any(Number), wake: CLAIM.at },
      events: [OPENING],
      entries: [CLAIM],
    })
    after.close()
  })

  test('what the dead held is free when leases are ended: its casefile is due, and it may be claimed', async () => {
    const store = sqliteStore(file())
    for (const id of [ID, OTHER]) await store.takeIn(id, OPENING, CLAIM.at)
    await store.claim(ID, [CLAIM], CLAIM.at)
    for (const id of [ID, OTHER]) {
      const { head } = (await store.open(id)) as Stored
      expect(await store.finish(id, head, { entries: [], wake: CLAIM.leaseUntil })).toBe('set')
    }
    const restart = CLAIM.at + 5_000
    await store.endLeases(restart)
    expect(await store.due({ until: restart }, 10)).toEqual([{ id: ID, wake: restart }])
    const again = { ...CLAIM, leaseUntil: CLAIM.leaseUntil + 5_000 }
    expect(await store.claim(ID, [again], restart)).toEqual([undefined])
    store.close()
  })

  test('what is written at once is committed at once, and is on disk when its promise is kept', async () => {
    const path = file()
    const store = sqliteStore(path)
    const ids = Array.from({ length: 20 }, (_, index): CasefileId => `order:O-${index}`)
    await Promise.all(ids.map((id) => store.takeIn(id, OPENING, CLAIM.at)))
    const reader = new DatabaseSync(path, { readOnly: true })
    expect(reader.prepare('select count(*) as kept from events').get()).toEqual({ kept: 20 })
    const frames = () => statSync(`${path}-wal`).size
    const before = frames()
    await Promise.all(ids.map((id) => store.takeIn(id, OPENING, CLAIM.at + 1)))
    const together = frames() - before
    for (const id of ids) await store.takeIn(id, OPENING, CLAIM.at + 2)
    expect(frames() - before - together).toBeGreaterThan(together * 5)
    reader.close()
    store.close()
  })

  test('a promise waits until the log is on disk, and reads and other writes go on meanwhile', async () => {
    const path = file()
    const store = sqliteStore(path)
    await store.takeIn(ID, OPENING, CLAIM.at)
    const resolved: CasefileId[] = []
    const takeIn = async (id: CasefileId) => {
      await store.takeIn(id, OPENING, CLAIM.at)
      resolved.push(id)
    }
    const release = blockFiles(join(folder, 'pipe'))
    const kept = [takeIn(OTHER)]
    await setTimeout(20)
    kept.push(takeIn('order:O-3'))
    await setTimeout(20)
    for (const id of [ID, OTHER, 'order:O-3'] as const) {
      expect((await store.open(id))?.events).toEqual([OPENING])
    }
    expect(resolved).toEqual([])
    release()
    await Promise.all(kept)
    expect(resolved).toEqual([OTHER, 'order:O-3'])
    store.close()
  })

  test('where the disk refuses a commit, every promise that hangs on it is broken, and the next is kept', async () => {
    const path = file()
    const store = sqliteStore(path)
    const other = new DatabaseSync(path)
    other.exec(
      "create trigger full before insert on events when new.noun = 'contact' begin select raise(rollback, 'disk full'); end",
    )
    other.close()
    const kept = store.takeIn(ID, OPENING, CLAIM.at)
    const refused = store.takeIn(OTHER, { ...OPENING, type: 'contact.updated' } as never, CLAIM.at)
    expect((await Promise.allSettled([kept, refused])).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ])
    expect(await store.takeIn(ID, OPENING, CLAIM.at)).toBe('added')
    store.close()
  })

  test('when a sync fails its caller is told, and with the next one everything is in the file', async () => {
    const path = file()
    const store = sqliteStore(path)
    await store.takeIn(ID, OPENING, CLAIM.at)
    const ours = Math.max(...descriptorsOf(`${path}-wal`))
    closeSync(ours)
    await expect(store.takeIn(OTHER, OPENING, CLAIM.at)).rejects.toThrow('EBADF')
    expect(openSync(`${path}-wal`, 'r+')).toBe(ours)
    expect(await store.takeIn(OTHER, OPENING, CLAIM.at)).toBe('known')
    copyFileSync(path, `${path}.alone`)
    const alone = sqliteStore(`${path}.alone`)
    expect((await alone.open(OTHER))?.events).toEqual([OPENING])
    alone.close()
    store.close()
  })

  test('a read that the disk refuses fails alone: what is read and written after it is kept', async () => {
    const path = file()
    const before = sqliteStore(path)
    await before.takeIn(ID, OPENING, CLAIM.at)
    before.close()
    const store = sqliteStore(path)
    const [ours = -1] = descriptorsOf(path)
    closeSync(ours)
    // SQLite ends a transaction in which it could not read, as it could not from a folder.
    expect(openSync(folder, 'r')).toBe(ours)
    await expect(store.open(ID)).rejects.toThrow('disk I/O error')
    await setTimeout(1)
    closeSync(ours)
    expect(openSync(path, 'r+')).toBe(ours)
    expect(await store.takeIn(OTHER, OPENING, CLAIM.at)).toBe('added')
    expect((await store.open(ID))?.events).toEqual([OPENING])
    store.close()
  })

  test('a file that a later version kept is refused, and left as it is', () => {
    const path = file()
    sqliteStore(path).close()
    const db = new DatabaseSync(path)
    db.exec(`pragma user_version = ${SCHEMA + 1}`)
    expect(() => sqliteStore(path)).toThrow('written by a later version')
    expect(db.prepare('pragma user_version').get()).toEqual({ user_version: SCHEMA + 1 })
    db.close()
  })
})

const why = whyNoDynamoDb()
if (why) test.skip(`DynamoDB: ${why}`)
else {
  const { client, stop } = await startDynamoDb()
  afterAll(stop)
  const fresh = async () => {
    const table = `casefiles-${randomUUID()}`
    await createTable({ client, table })
    return dynamoStore({ client, table })
  }

  describe('DynamoDB', () => {
    storeContract(fresh)

    test.each([
      ['head', '1/head'],
      ['entry', `3/entry/${CLAIM.noticeId}`],
    ])('a casefile whose %s a later version kept is refused, and left as it is', async (_, itemKey) => {
      const table = `casefiles-${randomUUID()}`
      await createTable({ client, table })
      const store = dynamoStore({ client, table })
      await store.takeIn(ID, OPENING, CLAIM.at)
      await store.claim(ID, [CLAIM], CLAIM.at)
      expect(await store.open(ID)).toMatchObject({ entries: [CLAIM] })
      const later = new UpdateCommand({
        TableName: table,
        Key: { casefile: ID, itemKey },
        UpdateExpression: 'SET #schema = #schema + :one',
        ExpressionAttributeNames: { '#schema': 'schema' },
        ExpressionAttributeValues: { ':one': 1 },
      })
      await client.send(later)
      await expect(store.open(ID)).rejects.toThrow('written by a later version')
    })

    test('a casefile opens in one request that reads none of its texts', async () => {
      const store = await fresh()
      await store.takeIn(ID, OPENING, CLAIM.at)
      await store.claim(ID, [CLAIM], CLAIM.at)
      for (let index = 0; index < 5; index++)
        await store.claim(ID, [{ ...CLAIM, noticeId: `n-${index}` }], CLAIM.at, () => large(index))
      const { requests, units } = await costOf(() => store.open(ID))
      expect(requests).toEqual(['QueryCommand'])
      expect(units).toBe(1)
    })

    test('a neighbour costs one request, however long its ledger and whatever else happened', async () => {
      const store = await fresh()
      await store.takeIn(ID, OPENING, CLAIM.at)
      for (let index = 0; index < 40; index++)
        await store.claim(ID, [{ ...CLAIM, noticeId: `order_O-1_${index}` }], CLAIM.at)
      const { requests, units } = await costOf(() => store.events(ID, NEIGHBOUR_NOUNS.order))
      expect(requests).toEqual(['QueryCommand'])
      expect(units).toBe(1)
    })

    test('a tick’s question costs a request a shard, however many casefiles wait', async () => {
      const store = await fresh()
      for (let index = 0; index < 60; index++)
        await store.takeIn(`order:O-${index}`, OPENING, CLAIM.at + index)
      const { requests, units } = await costOf(() => store.due({ until: CLAIM.at - 1 }, 500))
      expect(requests).toHaveLength(WAKE_SHARDS)
      expect(units).toBeLessThanOrEqual(WAKE_SHARDS / 2)
    })

    test('a claim whose answer was lost knows itself for its own when it is sent again', async () => {
      const store = await fresh()
      client.middlewareStack.add(
        (next) => async (request) => {
          await next(request)
          return next(request)
        },
        { name: 'answers-lost', step: 'finalizeRequest', priority: 'low' },
      )
      try {
        expect(await store.claim(ID, [CLAIM], CLAIM.at)).toEqual([undefined])
        expect(await store.claim(ID, [CLAIM], CLAIM.at)).toEqual([CLAIM])
      } finally {
        client.middlewareStack.remove('answers-lost')
      }
    })

    test('an item larger than DynamoDB takes is an error, never a silent loss', async () => {
      const store = await fresh()
      const text = textOf(randomBytes(410_000).toString('base64'))
      const claim = store.claim(ID, [CLAIM], CLAIM.at, () => ({ messageId: 'large', text }))
      await expect(claim).rejects.toThrow(/size/)
    })
  })

  /** The requests that some work makes, and the capacity units they are charged. */
  async function costOf(work: () => Promise<unknown>) {
    const requests: string[] = []
    let units = 0
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (call) => {
          Object.assign(call.input, { ReturnConsumedCapacity: 'TOTAL' })
          const answer = await next(call)
          const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } }
          requests.push(commandName ?? '')
          units += ConsumedCapacity?.CapacityUnits ?? 0
          return answer
        },
      { name: 'cost', step: 'initialize' },
    )
    try {
      await work()
      return { requests, units }
    } finally {
      client.middlewareStack.remove('cost')
    }
  }
}
