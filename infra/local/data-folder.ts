import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { Kind } from '../../functions/intake/senders.ts'
import { SignInSettings } from '../../functions/runtime/sign-in-settings.ts'
import { type Instant, writeInstant } from '../../shared/calendar/london.ts'
import { unknownDuties } from '../../shared/duties/all.ts'
import { Letterheads } from '../../shared/messages/letterheads.ts'
import { DutyModes } from '../../shared/planning/rules.ts'

/** The contents of a data folder, readable by its owner only. */
export type Kept = {
  readonly folder: string
  /** The file of the store. */
  readonly file: string
  /** When the folder was first used: what fell due before that is not sent. */
  readonly goLive: Instant
  /** The key that answer links are signed with. */
  readonly linkKey: string
  /** The key that sessions are encrypted with. */
  readonly sessionKey: string
  /** The token of other systems that send events and replies. */
  readonly token: string
  /** Systems that may send only some kinds of event, from `senders.json` if it exists. */
  readonly senders: Senders
  /** How people sign in, from `sign-in.json` if it exists, and our secret with that issuer. */
  readonly signIn: LocalSignIn | undefined
  /** The duties that are paused or in shadow, from `duty-modes.json` if it exists. */
  readonly dutyModes: DutyModes
  /** Whom messages are from, from `letterheads.json` if it exists. */
  readonly letterheads: Letterheads
}

/** The same, locked by this process until it is released. */
export type Data = Kept & { release(): void }

const LocalSignIn = SignInSettings.extend({ clientSecret: z.string().min(1) })
type LocalSignIn = z.infer<typeof LocalSignIn>

/** By name: each system's token, and the kinds of event that it may send. */
const Senders = z.record(z.string(), z.object({ token: z.string().min(16), kinds: z.array(Kind).min(1) }))
export type Senders = z.infer<typeof Senders>

const GoLive = z.object({ goLive: z.iso.datetime({ offset: true }) })

/**
 * Opens a folder, creating it if needed. Throws if another process is using it, or if a secret is missing from its
 * file or readable by others.
 */
export function openData(folder: string, now: Instant): Data {
  // Everything that this process writes from now on, including the store, belongs to its owner only.
  process.umask(0o077)
  // Not `recursive`: in a folder that allows none, such as /proc, Node would try for ever.
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) mkdirSync(folder)
  chmodSync(folder, 0o700)
  const release = lock(folder)
  return { ...keptIn(folder, now), release }
}

/**
 * Reads a folder while another process may have it locked. Throws if it holds no casefiles, or if a secret is missing
 * from its file or readable by others.
 */
export function readData(folder: string): Kept {
  if (!existsSync(join(folder, FILE_OF_STORE))) throw new Error(`${folder} holds no casefiles`)
  return keptIn(folder, 0)
}

const FILE_OF_STORE = 'throughcare.db'

function keptIn(folder: string, now: Instant): Kept {
  const place = (name: string) => join(folder, name)
  const { goLive } = GoLive.parse(
    readJson(kept(place('go-live.json'), () => `${JSON.stringify({ goLive: writeInstant(now) })}\n`)),
  )
  return {
    folder,
    file: place(FILE_OF_STORE),
    goLive: Date.parse(goLive),
    linkKey: secretIn(place('link-key')),
    sessionKey: secretIn(place('session-key')),
    token: secretIn(place('token')),
    senders: readSecrets(place('senders.json'), Senders) ?? {},
    signIn: readSecrets(place('sign-in.json'), LocalSignIn),
    dutyModes: readDutyModes(place('duty-modes.json')),
    letterheads: readLetterheads(place('letterheads.json')),
  }
}

/** The path of a file of the folder, which is written in one piece if it does not exist. */
function kept(file: string, write: () => string): string {
  if (!existsSync(file)) {
    const draft = `${file}.draft`
    writeFileSync(draft, write(), { mode: 0o600, flush: true })
    renameSync(draft, file)
  }
  return file
}

/** Reads a secret, generating it if it does not exist. */
function secretIn(file: string): string {
  const secret = readFileSync(ours(kept(file, () => randomBytes(32).toString('hex'))), 'utf8').trim()
  if (secret.length < 16)
    throw new Error(`${file} does not contain a key; delete it, and a new one is created`)
  return secret
}

/** The path of a secret file. Throws if its mode lets others read it. */
export function ours(file: string): string {
  const { mode } = statSync(file)
  if ((mode & 0o077) === 0) return file
  throw new Error(
    `${file} can be read by others, who may know what is in it; replace it with a new one that only its owner can read (chmod 600)`,
  )
}

/** Reads a secret file that somebody wrote; undefined if it does not exist. */
function readSecrets<Value>(file: string, schema: z.ZodType<Value>): Value | undefined {
  if (!existsSync(file)) return undefined
  const read = schema.safeParse(readJson(ours(file)))
  if (read.success) return read.data
  throw new Error(`${file}: ${z.prettifyError(read.error).replaceAll(/\s+/g, ' ')}`)
}

function readLetterheads(file: string): Letterheads {
  const { data, error } = Letterheads.safeParse(existsSync(file) ? readJson(file) : {})
  if (data) return data
  throw new Error(`${file}: ${z.prettifyError(error).replaceAll(/\s+/g, ' ')}`)
}

function readDutyModes(file: string): DutyModes {
  const { data: dutyModes } = DutyModes.safeParse(existsSync(file) ? readJson(file) : {})
  if (!dutyModes) throw new Error(`${file} is not like {"FAX-01":"paused","FAX-02":"shadow"}`)
  const unknown = unknownDuties(dutyModes)
  if (unknown.length > 0) throw new Error(`${file}: there is no duty ${unknown.join(', ')}`)
  return dutyModes
}

/** A file's content as JSON; undefined if it is not JSON. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * Two processes on one folder could both claim a notice. SQLite's lock on a separate file is released when its process
 * ends, however it ends.
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
