import { createHash } from 'node:crypto'
import { CompactEncrypt, compactDecrypt, errors } from 'jose'
import * as z from 'zod'
import type { Instant } from '../../../shared/calendar/london.ts'

const Contents = z.object({ name: z.string(), until: z.number(), kept: z.unknown() })

/**
 * Encrypts a cookie's value, so that a browser can neither read nor change it, nor return it after `until` or under
 * another name.
 */
export async function encryptCookie(
  key: string,
  name: string,
  kept: object,
  until: Instant,
): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify({ name, until, kept })))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyFrom(key))
}

/** Decrypts a cookie's value with one of our keys, newest first; undefined if that fails, or it is too old. */
export async function decryptCookie(
  keys: readonly string[],
  name: string,
  encrypted: string,
  now: Instant,
): Promise<unknown> {
  for (const key of keys) {
    const opened = await open(key, encrypted)
    if (opened) return opened.name === name && opened.until > now ? opened.kept : undefined
  }
  return undefined
}

async function open(key: string, encrypted: string) {
  try {
    const { plaintext } = await compactDecrypt(encrypted, keyFrom(key), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return Contents.parse(JSON.parse(Buffer.from(plaintext).toString()))
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

function keyFrom(key: string): Uint8Array {
  return createHash('sha256').update(key).digest()
}
