import { randomInt, randomUUID } from 'node:crypto'
import { ConditionalCheckFailedException, CreateTableCommand } from '@aws-sdk/client-dynamodb'
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  type PutCommandInput,
  paginateQuery,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../calendar/london.ts'
import { added, COUNTED, type Counted, type DutyWeek } from '../casefile/counts.ts'
import type { DomainEvent } from '../casefile/events.ts'
import { type CasefileId, kindOf } from '../casefile/ids.ts'
import { type Entry, replaceableAs } from '../casefile/ledger.ts'
import type { Text } from '../messages/text.ts'
import { pack, unpack } from './body.ts'
import { type Items, storeOf } from './items.ts'
import {
  COUNT_SHARDS,
  countKey,
  countShard,
  entriesRun,
  entryKey,
  eventKey,
  HEAD,
  headKey,
  type ItemKey,
  isEntry,
  isEvent,
  KIND_INDEX,
  liesIn,
  messageIdOf,
  runsOf,
  TABLE_KEYS,
  TEXTS,
  textKey,
  WAKE_INDEX,
  WAKE_SHARDS,
  wakeShardOf,
  wakeShardsOf,
} from './keys.ts'
import { refuseLater, SCHEMA } from './schema.ts'
import { BEGINS_BELOW, type Head, type Item, type Read, type Store } from './store.ts'

export type DynamoTable = {
  readonly client: DynamoDBDocumentClient
  readonly table: string
  /** Eventually consistent reads, at half the price: for callers that claim and send nothing. */
  readonly mayLag?: true
}

/** An item as it is read. The body is packed; what conditions use is a separate attribute. */
type HeadItem = ItemKey & {
  readonly version: number
  readonly wake: Instant
  readonly plannedUnder?: string
}
type BodyItem = ItemKey & { readonly body: Parameters<typeof unpack>[0] }

const ABSENT = 'attribute_not_exists(itemKey)'
/** `givesWay`, as a condition. */
const GIVES_WAY = [
  '#is = :throttled',
  '(#is = :claimed AND leaseUntil <= :now)',
  '(NOT #is IN (:throttled, :claimed) AND messageId = :replaces)',
].join(' OR ')
const GIVES_WAY_TO_CLAIM = GIVES_WAY.replace(
  '#is = :throttled',
  '(#is = :throttled AND (attribute_not_exists(replaces) OR replaces = :replaces))',
)

/** The store on AWS: one DynamoDB table, with the layout in keys.ts. */
export function dynamoStore(table: DynamoTable): Store {
  return storeOf(itemsIn(table))
}

function itemsIn({ client, table: TableName, mayLag }: DynamoTable): Items {
  const put = ({ Item, ...input }: Omit<PutCommandInput, 'TableName'>) =>
    refusal(client.send(new PutCommand({ TableName, Item: { ...Item, schema: SCHEMA }, ...input })))
  const update = (input: Omit<UpdateCommandInput, 'TableName'>) =>
    refusal(client.send(new UpdateCommand({ TableName, ...input })))

  async function query(input: Omit<QueryCommandInput, 'TableName'>, limit?: number) {
    const items: unknown[] = []
    const paging = limit === undefined ? { client } : { client, pageSize: limit }
    for await (const page of paginateQuery(paging, { TableName, ...input })) {
      items.push(...(page.Items ?? []))
      if (limit !== undefined && items.length >= limit) break
    }
    return items
  }

  /** A run of a casefile's items, in key order. */
  async function read(id: CasefileId, run: 'begins_with(itemKey, :run)' | 'itemKey < :run', value: string) {
    const items = (await query({
      KeyConditionExpression: `casefile = :casefile AND ${run}`,
      ExpressionAttributeValues: { ':casefile': id, ':run': value },
      ConsistentRead: !mayLag,
    })) as (ItemKey & { schema?: number })[]
    for (const { schema } of items) refuseLater(schema, id)
    return items
  }

  /** Heads in shards of the wake index, at most `limit` of each. The index may lag. */
  async function shards(which: readonly number[], condition: string, values: object, limit?: number) {
    const found = await Promise.all(
      which.map((shard) =>
        query(
          {
            IndexName: WAKE_INDEX.name,
            KeyConditionExpression: condition,
            ExpressionAttributeValues: { ':shard': shard, ...values },
          },
          limit,
        ),
      ),
    )
    return (found.flat() as HeadItem[]).map(({ casefile, wake }) => ({ id: casefile, wake }))
  }

  return {
    async putEvent(id, event) {
      const item = { ...eventKey(id, event), body: pack(event) }
      return (await put({ Item: item, ConditionExpression: ABSENT })) ? 'known' : 'added'
    },
    async raise(id, from, begun) {
      const raise = (set: string, values: object, ConditionExpression?: string) =>
        update({
          Key: headKey(id),
          UpdateExpression: `SET #schema = :schema, kind = :kind, version = if_not_exists(version, :begins) + :one${set}`,
          ...(ConditionExpression && { ConditionExpression }),
          ExpressionAttributeNames: { '#schema': 'schema' },
          ExpressionAttributeValues: {
            ':begins': randomInt(BEGINS_BELOW),
            ':one': 1,
            ':schema': SCHEMA,
            ':kind': kindOf(id),
            ...values,
          },
        })
      const shard = { ':shard': wakeShardOf(id) }
      if (from === undefined) {
        const begin = ', wake = if_not_exists(wake, :begun), wakeShard = if_not_exists(wakeShard, :shard)'
        await raise(begin, { ':begun': begun, ...shard })
        return
      }
      // An update cannot take the lesser of two numbers. Each case is written under its own condition, and tried again if
      // the wake was set in between.
      const [forward, values] = [', wake = :from, wakeShard = :shard', { ':from': from }]
      while (
        (await raise(forward, { ...values, ...shard }, 'attribute_not_exists(wake) OR wake > :from')) &&
        (await raise('', values, 'wake <= :from'))
      );
    },
    async open(id) {
      const [first, ...rest] = (await read(id, 'itemKey < :run', TEXTS)) as [HeadItem, ...BodyItem[]]
      if (first?.itemKey !== HEAD) return undefined
      const events = rest.filter(isEvent).map(bodyOf<DomainEvent>)
      return { head: headOf(first), events, entries: rest.filter(isEntry).map(bodyOf<Entry>) }
    },
    async events(id, nouns) {
      const runs = await Promise.all(
        runsOf(id, nouns).map((run) => read(id, 'begins_with(itemKey, :run)', run)),
      )
      return (runs.flat() as BodyItem[]).map(bodyOf<DomainEvent>)
    },
    async entries(id, noticeId) {
      const items = (await read(id, 'begins_with(itemKey, :run)', entriesRun(noticeId))) as BodyItem[]
      return items.map(bodyOf<Entry>).filter((entry) => entry.noticeId === noticeId)
    },
    async setWake(id, read, wake, plannedUnder) {
      // A head stored before lists existed is listed from now on.
      const changes = { wake, kind: kindOf(id), ...(plannedUnder !== undefined && { plannedUnder }) }
      const set = Object.keys(changes).map((field) => `${field} = :${field}`)
      const refused = await update({
        Key: headKey(id),
        UpdateExpression: `SET ${set.join(', ')}`,
        ConditionExpression: STILL_AS_READ,
        ExpressionAttributeValues: {
          ...valuesRead(read),
          ...Object.fromEntries(Object.entries(changes).map(([field, value]) => [`:${field}`, value])),
        },
      })
      return refused ? 'moved-on' : 'set'
    },
    async due({ after, until }, limit) {
      // The index may lag. What it shows too late comes with a later tick; a wake for what it shows too long is harmless.
      const since = after === undefined ? 'wake <= :until' : 'wake BETWEEN :after AND :until'
      const all = Array.from({ length: WAKE_SHARDS }, (_, shard) => shard)
      const values = { ':until': until, ...(after !== undefined && { ':after': after }) }
      return (await shards(all, `wakeShard = :shard AND ${since}`, values, limit))
        .filter(({ wake }) => after === undefined || wake > after)
        .sort((a, b) => a.wake - b.wake || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
    },
    async putClaim(id, entry, now) {
      // The client retries when a response is lost. The taker lets a retried claim recognise itself, rather than wait for
      // its own lease to expire.
      const taker = randomUUID()
      const refused = await put({
        Item: { ...entryItem(id, entry), taker },
        ConditionExpression: `${ABSENT} OR ${entry.is === 'claimed' ? GIVES_WAY_TO_CLAIM : GIVES_WAY}`,
        ExpressionAttributeNames: { '#is': 'is' },
        ExpressionAttributeValues: {
          ':throttled': 'throttled',
          ':claimed': 'claimed',
          ':now': now,
          ':replaces': ('replaces' in entry ? entry.replaces : undefined) ?? 'none',
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      })
      if (!refused || refused.Item?.taker?.S === taker) return undefined
      // The document client does not unmarshal the item in an error.
      const { S = '', B = S } = refused.Item?.body ?? {}
      return unpack<Entry>(B)
    },
    async putEntry(id, entry) {
      await put({ Item: entryItem(id, entry) })
    },
    async putText(id, { messageId, text }) {
      await put({ Item: { ...textKey(id, messageId), body: pack(text) } })
    },
    async count(id, counts) {
      await Promise.all(
        counts.map((line) => {
          const all = Object.entries(line.counts)
          return update({
            Key: countKey(id, line),
            UpdateExpression: `SET #schema = :schema ADD ${all.map(([what]) => `#${what} :${what}`).join(', ')}`,
            ExpressionAttributeNames: {
              '#schema': 'schema',
              ...Object.fromEntries(all.map(([what]) => [`#${what}`, what])),
            },
            ExpressionAttributeValues: {
              ':schema': SCHEMA,
              ...Object.fromEntries(all.map(([what, count]) => [`:${what}`, count])),
            },
          })
        }),
      )
    },
    async counts(from, to) {
      const all = Array.from({ length: COUNT_SHARDS }, (_, shard) => shard)
      const found = await Promise.all(
        all.map((shard) =>
          query({
            KeyConditionExpression: 'casefile = :shard AND itemKey BETWEEN :from AND :to',
            // `0` is the character after the `/` that follows a week.
            ExpressionAttributeValues: { ':shard': countShard(shard), ':from': `${from}/`, ':to': `${to}0` },
          }),
        ),
      )
      return added((found.flat() as ItemKey[]).map(dutyWeekOf))
    },
    async texts(id) {
      const items = (await read(id, 'begins_with(itemKey, :run)', TEXTS)) as BodyItem[]
      return new Map(items.map((item) => [messageIdOf(item), bodyOf<Text>(item)]))
    },
    async forget(id, item) {
      await client.send(new DeleteCommand({ TableName, Key: itemKey(id, item) }))
    },
    async forgetHead(id, read) {
      const refused = await refusal(
        client.send(
          new DeleteCommand({
            TableName,
            Key: headKey(id),
            ConditionExpression: STILL_AS_READ,
            ExpressionAttributeValues: valuesRead(read),
          }),
        ),
      )
      return refused ? 'moved-on' : 'forgotten'
    },
    async casefiles(part) {
      const found = await shards(wakeShardsOf(part), 'wakeShard = :shard', {})
      return found.filter(({ id }) => liesIn(part, id))
    },
    async ofKind(kind, limit, after) {
      const found = await query(
        {
          IndexName: KIND_INDEX.name,
          KeyConditionExpression: `kind = :kind${after === undefined ? '' : ' AND casefile > :after'}`,
          ExpressionAttributeValues: { ':kind': kind, ...(after !== undefined && { ':after': after }) },
        },
        limit,
      )
      return (found as ItemKey[]).map(({ casefile }) => casefile)
    },
  }
}

/** Creates the table on a local DynamoDB; on AWS, infra creates it with the same keys. */
export async function createTable({ client, table }: DynamoTable): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: TABLE_KEYS.partition, AttributeType: 'S' },
        { AttributeName: TABLE_KEYS.sort, AttributeType: 'S' },
        { AttributeName: WAKE_INDEX.partition, AttributeType: 'N' },
        { AttributeName: WAKE_INDEX.sort, AttributeType: 'N' },
        { AttributeName: KIND_INDEX.partition, AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: TABLE_KEYS.partition, KeyType: 'HASH' },
        { AttributeName: TABLE_KEYS.sort, KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: WAKE_INDEX.name,
          KeySchema: [
            { AttributeName: WAKE_INDEX.partition, KeyType: 'HASH' },
            { AttributeName: WAKE_INDEX.sort, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: KIND_INDEX.name,
          KeySchema: [
            { AttributeName: KIND_INDEX.partition, KeyType: 'HASH' },
            { AttributeName: KIND_INDEX.sort, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  )
}

/** Undefined if a write was made, or the refusal if its condition did not hold. */
async function refusal(write: Promise<unknown>): Promise<ConditionalCheckFailedException | undefined> {
  try {
    await write
    return undefined
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return error
    throw error
  }
}

function entryItem(id: CasefileId, entry: Entry) {
  const lease = entry.is === 'claimed' ? { leaseUntil: entry.leaseUntil } : {}
  const replaceable = replaceableAs(entry)
  const message = replaceable === undefined ? {} : { messageId: replaceable }
  const replaced = entry.is === 'throttled' && entry.replaces ? { replaces: entry.replaces } : {}
  const spoken = { is: entry.is, ...lease, ...message, ...replaced }
  return { ...entryKey(id, entry), ...spoken, body: pack(entry) }
}

/** The condition that a head is still as it was read, and its values. */
const STILL_AS_READ = 'version = :version AND wake = :read'

function valuesRead({ version, wake }: Read) {
  return { ':version': version, ':read': wake }
}

function itemKey(id: CasefileId, item: Item): ItemKey {
  if ('event' in item) return eventKey(id, item.event)
  return 'entry' in item ? entryKey(id, item.entry) : textKey(id, item.messageId)
}

function headOf({ version, wake, plannedUnder }: HeadItem): Head {
  return { version, wake, plannedUnder }
}

function dutyWeekOf({ itemKey, ...item }: ItemKey & { readonly [C in Counted]?: number }): DutyWeek {
  const [week = '', duty = ''] = itemKey.split('/')
  const counts = COUNTED.flatMap((what) => (item[what] === undefined ? [] : [[what, item[what]] as const]))
  return { week, duty, counts: Object.fromEntries(counts) }
}

function bodyOf<T>({ body }: BodyItem): T {
  return unpack<T>(body)
}
