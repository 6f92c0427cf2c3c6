import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type Data, ours } from './data-folder.ts'

/** The single account of a machine without an issuer. Only a hash of its password is kept. */
export type Account = {
  isRight(password: string): Promise<boolean>
  /** The password, if it was just generated: it can never be shown again. */
  readonly fresh: string | undefined
  /** The key for its sessions: a new password has a new one. */
  readonly sessionKey: string
}

const Kept = z.object({ salt: z.string().min(1), hash: z.string().min(1) })

/** OWASP's parameters for scrypt. The password is random, so they only need to be no weaker. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const HASH_BYTES = 32

/** Opens the account of a folder, or creates it. Throws if others can read its file. */
export async function openAccount({ folder, sessionKey }: Data): Promise<Account> {
  const file = join(folder, 'account.json')
  const fresh = existsSync(file) ? undefined : randomBytes(15).toString('base64url')
  if (fresh !== undefined) {
    const salt = randomBytes(16).toString('hex')
    const hash = (await hashOf(fresh, salt)).toString('hex')
    writeFileSync(file, `${JSON.stringify({ salt, hash })}\n`, { mode: 0o600, flush: true })
  }
  const { salt, hash } = Kept.parse(JSON.parse(readFileSync(ours(file), 'utf8')))
  let last = Promise.resolve()
  return {
    fresh,
    sessionKey: `${sessionKey} ${hash}`,
    isRight(password) {
      // One at a time: each needs a hundred megabytes, whoever asks.
      const answer = last.then(async () =>
        timingSafeEqual(await hashOf(password, salt), Buffer.from(hash, 'hex')),
      )
      last = answer.then(
        () => {},
        () => {},
      )
      return answer
    },
  }
}

function hashOf(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (error, hash) =>
      error ? reject(error) : resolve(hash),
    ),
  )
}
