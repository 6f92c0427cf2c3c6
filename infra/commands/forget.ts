import { removalOf, remove } from '../../functions/forget/removal.ts'
import { exitWith, needed, print, readArguments } from '../command-line.ts'
import { casefileIn, openStopped } from './data-source.ts'
import { openTable } from './table.ts'

/**
 * `throughcare forget`: removes one casefile, and the copies of its events in other casefiles.
 *
 * It shows what it would remove by ids and counts, never by content. Running it twice is harmless.
 */

const USAGE = `usage: throughcare forget --casefile ID (--table NAME | --data DIR) [--yes]

  --casefile ID  the casefile, such as order:O-1001 or contact:C-17
  --table NAME   the table on AWS that holds it
  --data DIR     or the folder of one machine, which must be stopped
  --yes          remove it; otherwise only show what would be removed
`

const OPTIONS = {
  casefile: { type: 'string' },
  table: { type: 'string' },
  data: { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const { table, data, yes } = values
const casefile = casefileIn(needed(values.casefile, '--casefile'))
if ((table === undefined) === (data === undefined))
  exitWith('expected one of --table and --data; --help describes them')

const { store, close } = table === undefined ? openStopped(data ?? '') : openTable(table)
const parts = await removalOf(casefile, store)
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
else if (!yes) print('Nothing was removed. Add --yes to remove it.')
close()
