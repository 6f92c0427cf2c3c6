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

/** What stands in a folder that casefiles are kept in, and that its owner alone can read. */
export type Kept = {
  readonly folder: string
  /** The file of the store. */
  readonly file: string
  /** When the folder was first used: what fell due before it is not given. */
  readonly goLive: Instant
  /** What links to answer are signed with. */
  readonly linkKey: string
  /** What sessions are encrypted with. */
  readonly sessionKey: string
  /** What other systems show when they send events and replies. */
  readonly token: string
  /** Systems that may send some kinds of event alone, as `senders.json` has them if there is one. */
  readonly senders: Senders
  /** Who lets people in, as `sign-in.json` has it if there is one, and the secret that it knows us by. */
  readonly signIn: LocalSignIn | undefined
  /** The duties that are held back, as `duty-modes.json` has them if there is one. */
  readonly dutyModes: DutyModes
  /** Whom messages are from, as `letterheads.json` has it if there is one. */
  readonly letterheads: Letterheads
}

/** The same, kept by this process and no other until it is released. */
export type Data = Kept & { release(): void }

const LocalSignIn = SignInSettings.extend({ clientSecret: z.string().min(1) })
type LocalSignIn = z.infer<typeof LocalSignIn>

/** By their names: what each shows, and the kinds of event that it may send. */
const Senders = z.record(z.string(), z.object({ token: z.string().min(16), kinds: z.array(Kind).min(1) }))
export type Senders = z.infer<typeof Senders>

const GoLive = z.object({ goLive: z.iso.datetime({ offset: true }) })

/**
 * Opens a folder, for the first time or again. Throws when another process is using it, and when what is secret in it
 * is missing from its file or can be read by others.
 */
export function openData(folder: string, now: Instant): Data {
  // Everything that this process writes from here on is its owner's alone, the store among it.
  process.umask(0o077)
  // Not `recursive`: in a folder that takes none, such as /proc, Node would try for ever.
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) mkdirSync(folder)
  chmodSync(folder, 0o700)
  const release = lock(folder)
  return { ...keptIn(folder, now), release }
}

/**
 * Reads a folder beside the process that keeps it. Throws where it holds no casefiles, and when what is secret in it is
 * missing from its file or can be read by others.
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

/** A file of the folder, written whole where it is not there yet. */
function kept(file: string, write: () => string): string {
  if (!existsSync(file)) {
    const draft = `${file}.draft`
    writeFileSync(draft, write(), { mode: 0o600, flush: true })
    renameSync(draft, file)
  }
  return file
}

/** Something secret, made at random where it is not there yet. */
function secretIn(file: string): string {
  const secret = readFileSync(ours(kept(file, () => randomBytes(32).toString('hex'))), 'utf8').trim()
  if (secret.length < 16) throw new Error(`${file} holds no key; delete it, and another is made`)
  return secret
}

/** A file whose secret nobody else can have read. Throws where its mode lets others read it. */
export function ours(file: string): string {
  const { mode } = statSync(file)
  if ((mode & 0o077) === 0) return file
  throw new Error(
    `${file} can be read by others, who may know what is in it; put another in its place, for its owner alone (chmod 600)`,
  )
}

/** What somebody wrote into a file that nobody else may read; undefined where there is none. */
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

/** What a file holds; undefined where that is not JSON. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
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
