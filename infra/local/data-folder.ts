import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { type Instant, writeInstant } from '../../shared/calendar/london.ts'
import { unknownDuties } from '../../shared/duties/all.ts'
import { DutyModes } from '../../shared/planning/rules.ts'

/** A folder that one process at a time keeps its casefiles in. */
export type Data = {
  /** The file of the store. */
  readonly file: string
  /** When the folder was first used: what fell due before it is not given. */
  readonly goLive: Instant
  /** What links to answer are signed with: made with the folder, readable by its owner alone. */
  readonly linkKey: string
  /** The duties that are held back, as `duty-modes.json` has them if there is one. */
  readonly dutyModes: DutyModes
  release(): void
}

const GoLive = z.object({ goLive: z.iso.datetime({ offset: true }) })

/** Opens a folder, for the first time or again. Throws when another process uses it, or duty-modes.json is wrong. */
export function openData(folder: string, now: Instant): Data {
  mkdirSync(folder, { recursive: true })
  const release = lock(folder)
  const key = join(folder, 'link-key')
  if (!existsSync(key)) writeFileSync(key, randomBytes(32).toString('hex'), { mode: 0o600, flush: true })
  const file = join(folder, 'go-live.json')
  if (!existsSync(file)) {
    const draft = `${file}.draft`
    writeFileSync(draft, `${JSON.stringify({ goLive: writeInstant(now) })}\n`, { flush: true })
    renameSync(draft, file)
  }
  const { goLive } = GoLive.parse(JSON.parse(readFileSync(file, 'utf8')))
  const linkKey = readFileSync(key, 'utf8')
  const dutyModes = readDutyModes(join(folder, 'duty-modes.json'))
  return { file: join(folder, 'throughcare.db'), goLive: Date.parse(goLive), linkKey, dutyModes, release }
}

function readDutyModes(file: string): DutyModes {
  const dutyModes = existsSync(file) ? parseDutyModes(file) : {}
  const unknown = unknownDuties(dutyModes)
  if (unknown.length > 0) throw new Error(`${file}: there is no duty ${unknown.join(', ')}`)
  return dutyModes
}

function parseDutyModes(file: string): DutyModes {
  try {
    return DutyModes.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new Error(`${file} is not like {"FAX-01":"paused","FAX-02":"shadow"}`)
  }
}

/**
 * Two processes on one folder could both claim one notice. SQLite's lock on a file of its own goes when its process
 * does, however that ends.
 */
function lock(folder: string): () => void {
  const held = new DatabaseSync(join(folder, 'in-use.db'))
  try {
    held.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch {
    held.close()
    throw new Error(`${folder} is in use by another Throughcare`)
  }
  return () => held.close()
}
