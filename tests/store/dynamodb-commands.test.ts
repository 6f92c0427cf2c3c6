import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
} from '@aws-sdk/client-dynamodb'
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, test } from 'vitest'
import type { DomainEvent } from '../../shared/casefile/events.ts'
import { NEIGHBOUR_NOUNS } from '../../shared/casefile/nouns.ts'
import { readEvent } from '../../shared/casefile/read-event.ts'
import { pack } from '../../shared/store/body.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { COUNT_SHARDS, eventKey, HEAD, KIND_INDEX, WAKE_INDEX, WAKE_SHARDS } from '../../shared/store/keys.ts'
import type { Store } from '../../shared/store/store.ts'
import { order, type Told } from '../story.ts'
import { CLAIM } from './contract.ts'

/**
 * The very commands that the store on DynamoDB sends, and what becomes of answers that an emulator cannot be made to
 * give. That the commands do what the store promises, tests/store/store.test.ts tries on DynamoDB Local.
 */

const ID = 'order:O-1'
const NOW = CLAIM.at
const MADE = domainEvent(order())
const READ = { version: 3, wake: 500 }
const WORDS = { subject: '', text: 'I will be there', html: '' }

function domainEvent(told: Told): DomainEvent {
  const reading = readEvent(JSON.stringify(told), NOW)
  if (reading.is !== 'event') throw new Error('no event')
  return reading.event
}

/** A command as it was sent, with its input. */
type Sent = {
  readonly command: string
  readonly UpdateExpression?: string | undefined
  readonly ConditionExpression?: string | undefined
  readonly IndexName?: string | undefined
  readonly ConsistentRead?: boolean | undefined
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined
}

/** A store on a client of our own that answers as it is told to. */
function stubbed(reading: { readonly mayLag?: true } = {}) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-2' }))
  const answers = mockClient(client)
  answers.onAnyCommand().resolves({})
  const store = dynamoStore({ client, table: 'casefiles', ...reading })
  const sent = (): Sent[] =>
    answers.calls().map(({ args: [command] }) => ({
      command: command.constructor.name.replace(/Command$/, ''),
      ...command.input,
    }))
  return { answers, store, sent }
}

const refused = (Item?: Record<string, AttributeValue>) =>
  new ConditionalCheckFailedException({
    $metadata: {},
    message: 'The conditional request failed',
    ...(Item && { Item }),
  })

describe('what is sent to DynamoDB', () => {
  test('an event is put if it is not there, and the head raised on the condition of its wake', async () => {
    const { store, sent } = stubbed()
    expect(await store.takeIn(ID, MADE, NOW)).toBe('added')
    expect(sent()).toMatchObject([
      {
        command: 'Put',
        TableName: 'casefiles',
        Item: eventKey(ID, MADE),
        ConditionExpression: 'attribute_not_exists(itemKey)',
      },
      {
        command: 'Update',
        Key: { casefile: ID, itemKey: HEAD },
        UpdateExpression: expect.stringMatching(
          /version = if_not_exists\(version, :begins\) \+ :one, wake = :from/,
        ),
        ConditionExpression: 'attribute_not_exists(wake) OR wake > :from',
        ExpressionAttributeValues: { ':from': NOW, ':one': 1 },
      },
    ])
  })

  test('a known event raises the head all the same: who put it there may have died before', async () => {
    const { answers, store, sent } = stubbed()
    answers.on(PutCommand).rejects(refused())
    expect(await store.takeIn(ID, MADE, NOW)).toBe('known')
    expect(sent().map(({ command }) => command)).toEqual(['Put', 'Update'])
  })

  test('a wake that comes earlier stays, and one set in between is met again', async () => {
    const { answers, store, sent } = stubbed()
    answers
      .on(UpdateCommand)
      .rejectsOnce(refused())
      .rejectsOnce(refused())
      .rejectsOnce(refused())
      .resolves({})
    await store.takeIn(ID, MADE, NOW)
    const [, ...raises] = sent()
    expect(raises.map(({ ConditionExpression }) => ConditionExpression)).toEqual([
      'attribute_not_exists(wake) OR wake > :from',
      'wake <= :from',
      'attribute_not_exists(wake) OR wake > :from',
      'wake <= :from',
    ])
    expect(raises[1]?.UpdateExpression).not.toContain('wake')
  })

  test('a casefile is read in one consistent query without its texts, page by page', async () => {
    const { answers, store, sent } = stubbed()
    const head = { casefile: ID, itemKey: HEAD, version: 1 }
    answers
      .on(QueryCommand)
      .resolvesOnce({ Items: [head], LastEvaluatedKey: { casefile: ID, itemKey: HEAD } })
      .resolves({ Items: [{ ...eventKey(ID, MADE), body: JSON.stringify(MADE) }] })
    const stored = await store.open(ID)
    expect(stored?.events).toHaveLength(1)
    expect(sent()).toMatchObject([
      {
        command: 'Query',
        KeyConditionExpression: 'casefile = :casefile AND itemKey < :run',
        ConsistentRead: true,
      },
      { command: 'Query', ExclusiveStartKey: { casefile: ID, itemKey: HEAD }, ConsistentRead: true },
    ])
  })

  test('a neighbour is read by the nouns of its events, and texts by their run, each consistently', async () => {
    const { store, sent } = stubbed()
    await store.events(ID, ['order', 'appointment'])
    await store.texts(ID)
    expect(sent()).toHaveLength(3)
    for (const one of sent()) {
      expect(one).toMatchObject({
        command: 'Query',
        KeyConditionExpression: 'casefile = :casefile AND begins_with(itemKey, :run)',
        ConsistentRead: true,
      })
    }
  })

  test('what neighbours read lies where it always did: a change here leaves what is stored where nobody looks', () => {
    const MOVEMENTS = ['prison-offender-events.prisoner', 'prisoner-offender-search.prisoner']
    expect(NEIGHBOUR_NOUNS).toEqual({
      contact: ['contact'],
      address: ['contact', 'address'],
      prison: ['prison', 'clearance'],
      rota: ['rota'],
      order: ['order', 'person', 'appointment', 'contact-sheet', 'disclosure', 'withdrawal'],
      clearance: ['clearance', 'person'],
      release: ['release', 'person', ...MOVEMENTS],
      person: ['order', 'clearance', 'release', 'person', ...MOVEMENTS],
    })
  })

  test('a claim is put on the condition that what stands gives way, and asks what stands', async () => {
    const { answers, store, sent } = stubbed()
    expect(await store.claim(ID, [CLAIM], NOW)).toEqual([undefined])
    expect(sent()).toMatchObject([
      {
        command: 'Put',
        ConditionExpression: expect.stringMatching(
          /^attribute_not_exists\(itemKey\) OR .*leaseUntil <= :now/,
        ),
        ExpressionAttributeValues: { ':now': NOW },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    ])
    const standing = { ...CLAIM, leaseUntil: NOW + 90_000 }
    answers.on(PutCommand).rejects(refused({ taker: { S: 'another' }, body: { B: pack(standing) } }))
    expect(await store.claim(ID, [CLAIM], NOW)).toEqual([standing])
  })

  test('a claim whose answer was lost knows itself when the client sends it again', async () => {
    const { answers, store } = stubbed()
    answers.on(PutCommand).callsFake(({ Item }) => {
      throw refused({ taker: { S: Item.taker }, body: { B: pack(CLAIM) } })
    })
    expect(await store.claim(ID, [CLAIM], NOW)).toEqual([undefined])
  })

  test('what became of claims is put without a condition, and before the wake is set', async () => {
    const { store, sent } = stubbed()
    const { leaseUntil: _, ...told } = CLAIM
    const entries = [{ ...told, is: 'sent' }] as const
    expect(await store.finish(ID, READ, { entries, wake: 900, plannedUnder: 'rules' })).toBe('set')
    expect(sent()).toMatchObject([
      { command: 'Put', Item: { is: 'sent' } },
      {
        command: 'Update',
        UpdateExpression: 'SET wake = :wake, kind = :kind, plannedUnder = :plannedUnder',
        ConditionExpression: 'version = :version AND wake = :read',
        ExpressionAttributeValues: { ':version': 3, ':read': 500, ':wake': 900 },
      },
    ])
    expect(sent()[0]).not.toHaveProperty('ConditionExpression')
  })

  test('every shard of the wake index is asked for what is due', async () => {
    const { store, sent } = stubbed()
    await store.due({ until: NOW }, 10)
    expect(sent()).toHaveLength(WAKE_SHARDS)
    expect(new Set(sent().map(({ IndexName }) => IndexName))).toEqual(new Set([WAKE_INDEX.name]))
    const shards = sent().map((one) => Number(one.ExpressionAttributeValues?.[':shard']))
    expect(shards.sort((a, b) => a - b)).toEqual(Array.from({ length: WAKE_SHARDS }, (_, shard) => shard))
  })

  test('one item is deleted for good; a head only as it was read', async () => {
    const { store, sent } = stubbed()
    await store.forget(ID, { event: MADE })
    await store.forgetHead(ID, READ)
    expect(sent()).toMatchObject([
      { command: 'Delete', Key: eventKey(ID, MADE) },
      {
        command: 'Delete',
        Key: { casefile: ID, itemKey: HEAD },
        ConditionExpression: 'version = :version AND wake = :read',
      },
    ])
    expect(sent()[0]).not.toHaveProperty('ConditionExpression')
  })

  test('the casefiles of a part are looked for in its own shards of the wake index, and nothing is scanned', async () => {
    const { store, sent } = stubbed()
    await store.casefiles({ part: 35, of: 48 })
    expect(sent()).toMatchObject([
      {
        command: 'Query',
        IndexName: WAKE_INDEX.name,
        KeyConditionExpression: 'wakeShard = :shard',
        ExpressionAttributeValues: { ':shard': 35 % WAKE_SHARDS },
      },
    ])
  })

  test('a page of a list is one request of its kind alone, and no head is read for it', async () => {
    const { store, sent } = stubbed()
    await store.ofKind('order', 100, 'order:O-7')
    expect(sent()).toMatchObject([
      {
        command: 'Query',
        IndexName: KIND_INDEX.name,
        Limit: 100,
        KeyConditionExpression: 'kind = :kind AND casefile > :after',
        ExpressionAttributeValues: { ':kind': 'order', ':after': 'order:O-7' },
      },
    ])
  })

  test('what a turn settled is counted in one write for each duty and week, away from its casefile', async () => {
    const { store, sent } = stubbed()
    await store.finish(ID, READ, { entries: [], wake: NOW, counts: COUNTS })
    const counting = sent().filter((one) => one.UpdateExpression?.includes(' ADD '))
    expect(counting).toMatchObject(
      [
        {
          command: 'Update',
          Key: { itemKey: '2026-03-09/ATR-01' },
          UpdateExpression: /ADD #given :given, #emails :emails$/,
        },
        {
          command: 'Update',
          Key: { itemKey: '2026-03-09/ATR-02' },
          UpdateExpression: /ADD #failed :failed$/,
        },
      ].map((one) => ({ ...one, UpdateExpression: expect.stringMatching(one.UpdateExpression) })),
    )
    expect(sent()).toHaveLength(3)
  })

  test('a turn is finished though its count failed: nobody is told anything again for a number', async () => {
    const { answers, store } = stubbed()
    answers.on(UpdateCommand).callsFake(({ UpdateExpression }) => {
      if (UpdateExpression.includes(' ADD ')) throw FAULTS[0]
      return {}
    })
    expect(await store.finish(ID, READ, { entries: [], wake: NOW, counts: COUNTS })).toBe('set')
  })

  test('the counts of some weeks are asked of each of their partitions, by their weeks alone', async () => {
    const { store, sent } = stubbed()
    await store.counts('2026-03-02', '2026-03-09')
    expect(sent()).toHaveLength(COUNT_SHARDS)
    for (const one of sent())
      expect(one).toMatchObject({
        command: 'Query',
        ExpressionAttributeValues: { ':from': '2026-03-02/', ':to': '2026-03-090' },
      })
  })

  test('one who only compares reads late, and everybody else what is there at this moment', async () => {
    for (const mayLag of [true, undefined] as const) {
      const { store, sent } = stubbed(mayLag ? { mayLag } : {})
      await store.open(ID)
      await store.events(ID, ['order'])
      expect(sent().map(({ ConsistentRead }) => ConsistentRead)).toEqual([!mayLag, !mayLag])
    }
  })
})

const COUNTS = [
  { week: '2026-03-09', duty: 'ATR-01', counts: { given: 2, emails: 1 } },
  { week: '2026-03-09', duty: 'ATR-02', counts: { failed: 1 } },
] as const

const CALLS: { readonly [Method in keyof Store]: (store: Store) => Promise<unknown> } = {
  takeIn: (store) => store.takeIn(ID, MADE, NOW),
  open: (store) => store.open(ID),
  events: (store) => store.events(ID, ['order']),
  entries: (store) => store.entries(ID, CLAIM.noticeId),
  claim: (store) => store.claim(ID, [CLAIM], NOW),
  record: (store) => store.record(ID, [CLAIM]),
  finish: (store) => store.finish(ID, READ, { entries: [], wake: NOW }),
  due: (store) => store.due({ until: NOW }, 10),
  count: (store) => store.count(ID, COUNTS),
  counts: (store) => store.counts('2026-03-02', '2026-03-09'),
  keepWords: (store) => store.keepWords(ID, { messageId: 'm', text: WORDS }),
  texts: (store) => store.texts(ID),
  forget: (store) => store.forget(ID, { event: MADE }),
  forgetHead: (store) => store.forgetHead(ID, READ),
  casefiles: (store) => store.casefiles({ part: 0, of: 1 }),
  ofKind: (store) => store.ofKind('order', 10),
}

const FAULT = { $metadata: {}, message: 'not now' }
const FAULTS = [
  new ProvisionedThroughputExceededException(FAULT),
  new RequestLimitExceeded(FAULT),
  new InternalServerError(FAULT),
  Object.assign(new Error('socket hang up'), { name: 'TimeoutError' }),
]

describe.each(Object.entries(CALLS))('%s', (method, call) => {
  test.each(FAULTS)('surfaces %s as it is, and never as an answer', async (fault) => {
    const { answers, store } = stubbed()
    answers.onAnyCommand().rejects(fault)
    if (method === 'count') expect(await call(store), 'what was done is not undone').toBeUndefined()
    else await expect(call(store)).rejects.toBe(fault)
  })

  const answer = { finish: 'moved-on', forgetHead: 'moved-on' }[method]
  if (answer) {
    test('answers that the casefile moved on when its condition did not hold, and only then', async () => {
      const { answers, store } = stubbed()
      answers.on(UpdateCommand).rejects(refused()).on(DeleteCommand).rejects(refused())
      expect(await call(store)).toBe(answer)
    })
  }
})

test.each([
  ['a casefile', QueryCommand, CALLS.open],
  ['a part of all casefiles', QueryCommand, (store: Store) => store.casefiles({ part: 0, of: 16 })],
])('%s of which a page cannot be read is a failure, and not a part of it', async (_, command, call) => {
  const { answers, store } = stubbed()
  const first = { casefile: ID, itemKey: HEAD, version: 1 }
  answers
    .on(command as never)
    .resolvesOnce({ Items: [first], LastEvaluatedKey: first } as never)
    .rejects(FAULTS[2])
  await expect(call(store)).rejects.toBe(FAULTS[2])
})
