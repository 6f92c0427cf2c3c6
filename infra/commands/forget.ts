import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { removalOf, remove } from '../../functions/forget/removal.ts'
import { readCasefileId } from '../../shared/casefile/ids.ts'
import { dynamoStore } from '../../shared/store/dynamodb.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'
import type { Store } from '../../shared/store/store.ts'
import { exitWith, print, readArguments } from '../command-line.ts'
import { openData } from '../local/data-folder.ts'

/**
 * `npm run forget`: removes one casefile, and the copies of its events in other casefiles.
 *
 * It shows what it would remove by ids and counts, never by content. Doing it twice is harmless.
 */

const USAGE = `usage: npm run forget -- --casefile ID (--table NAME | --data DIR) [--yes]

  --casefile ID  the casefile, such as order:O-1001 or contact:C-17
  --table NAME   the table on AWS that holds it
  --data DIR     or the folder of one machine, which must have been stopped
  --yes          remove it; otherwise only show what would be removed
`

const OPTIONS = {
  casefile: { type: 'string' },
  table: { type: 'string' },
  data: { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const { casefile, table, data, yes } = values

if (casefile === undefined || (table === undefined) === (data === undefined)) exitWith(USAGE)

const { store, close } = table === undefined ? onMachine(data ?? '') : onTable(table)
const parts = await removalOf(readCasefileId(casefile), store)
for (const part of parts) {
  const { id, isWhole, stored, texts } = part
  const { events, entries } = stored
  const counts = `${events.length} events, ${entries.length} notices, ${texts.length} texts`
  print(`${id}, ${isWhole ? 'all of it' : 'its copies of these events'}: ${counts}`)
  for (const { type, eventId } of events) print(`  ${type}  ${eventId}`)
  for (const { noticeId } of entries) print(`  ${noticeId}`)
  if (yes) print(`  ${await remove(part, store)}`)
}
if (parts.length === 0) print(`${casefile} does not exist`)
else if (!yes) print('Nothing was removed. With --yes it is.')
close()

type Opened = { readonly store: Store; close(): void }

function onTable(name: string): Opened {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient())
  return { store: dynamoStore({ client, table: name }), close: () => client.destroy() }
}

function onMachine(folder: string): Opened {
  if (!existsSync(join(folder, 'throughcare.db'))) throw new Error(`${folder} holds no casefiles`)
  const { file, release } = openData(folder, Date.now())
  const store = sqliteStore(file)
  return {
    store,
    close() {
      store.close()
      release()
    },
  }
}
