import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { exitWith, needed, print, progress, readArguments } from '../command-line.ts'
import { openBeside } from './data-source.ts'

/**
 * `throughcare backup`: copies the folder of one machine while it runs. The copy is such a folder too: start on it to
 * restore.
 */

const USAGE = `usage: throughcare backup --data FOLDER --to FOLDER

  --data FOLDER    the folder of one machine, which may be running
  --to FOLDER      a folder that does not exist yet; only its owner can read it
`

const OPTIONS = { data: { type: 'string' }, to: { type: 'string' } } as const
const { values } = readArguments({ options: OPTIONS }, USAGE)
const { kept, close } = openBeside(needed(values.data, '--data'))
close()
const to = needed(values.to, '--to')
if (existsSync(to)) exitWith(`--to: ${to} already exists`)
process.umask(0o077)
mkdirSync(to)
const bar = progress('backup', 1)
const store = new DatabaseSync(kept.file, { readOnly: true })
await backup(store, join(to, basename(kept.file)), {
  progress({ totalPages, remainingPages }) {
    bar.setTotal(totalPages)
    bar.update(totalPages - remainingPages)
  },
})
store.close()
bar.stop()
// The store and its lock are SQLite files; all others are keys and settings, each written in one piece.
for (const name of readdirSync(kept.folder).filter(
  (name) => !/\.db(-wal|-shm|-journal)?$|\.draft$/.test(name),
)) {
  copyFileSync(join(kept.folder, name), join(to, name))
}
print(`${to} is a copy of ${kept.folder}`)
