import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { NOON } from './load.ts'
import { openMachine } from './machine.ts'

/** How long a provider has a message before it says so: who is killed meanwhile does not know. */
const SAID_AFTER_MS = 50

/**
 * Kills a machine that works off a file when it has told a third, and starts another on it: how long after the kill all
 * that was on its way had been told, how many were told twice, and how many never.
 */
export async function killAndRestart(file: string, notices: number) {
  const first = start(file)
  while (first.told.length < notices / 3) await setTimeout(1)
  first.process.kill('SIGKILL')
  const killed = performance.now()
  await once(first.process, 'close')
  const onTheirWay = claimsIn(file)
  const second = start(file)
  while (!onTheirWay.every((noticeId) => second.told.includes(noticeId))) await setTimeout(1)
  const wholeMs = performance.now() - killed
  await once(second.process, 'close')
  const all = [...first.told, ...second.told]
  const distinct = new Set(all).size
  return { wholeMs, onTheirWay: onTheirWay.length, twice: all.length - distinct, lost: notices - distinct }
}

/** A machine in a process of its own, and the messages that its provider has had so far. */
function start(file: string): { readonly process: ChildProcess; readonly told: string[] } {
  const child = spawn(process.execPath, [import.meta.filename, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const told: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => told.push(line))
  return { process: child, told }
}

/** The notices that stand as claimed in a file: whoever claimed them is dead. */
function claimsIn(file: string): string[] {
  const db = new DatabaseSync(file)
  const rows = db.prepare("select notice_id from entries where body ->> 'is' = 'claimed'").all()
  db.close()
  return rows.map(({ notice_id }) => String(notice_id))
}

if (import.meta.main) {
  const [, , file = ''] = process.argv
  const machine = await openMachine(
    file,
    () => NOON,
    async (messageId) => {
      process.stdout.write(`${messageId}\n`)
      await setTimeout(SAID_AFTER_MS)
    },
  )
  await machine.idle()
  await machine.close()
}
