import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../calendar/london.ts'
import { type CasefileId, keyOf, kindOf } from '../casefile/ids.ts'

/**
 * The links in a message: where its reader finds the rest, behind sign-in, and where this very notice is answered.
 * `answer` is the path for that, and `settings.address` what our pages begin with.
 */
export function linksFor(
  { casefile }: { readonly casefile: CasefileId },
  { settings }: { readonly settings: { readonly address: string } },
  answer: string,
): { readonly link: string; readonly answer: string } {
  const link = `${settings.address}/casefiles/${kindOf(casefile)}/${keyOf(casefile)}`
  return { link, answer: settings.address + answer }
}

/** How long a link to answer may be used. */
export const ANSWER_LINK_DAYS = 14

/** What a link to answer says of itself: which notice, until when, and a signature over both. */
export type SignedLink = { readonly noticeId: string; readonly expires: string; readonly signature: string }

/**
 * The path at which one notice, and no other, may be answered until `expires`. Short enough for a text message.
 * Whoever holds it may answer in the name of whoever was told: it is the answer, not a way in.
 */
export function answerPath(key: string, noticeId: string, expires: Instant): string {
  const written = expires.toString(36)
  return `${answersAt(noticeId)}e=${written}&s=${sign(key, noticeId, written)}`
}

/** How every link to answer a notice begins, whoever signed it and when. */
export function answersAt(noticeId: string): string {
  return `/answers/${noticeId}?`
}

/** Whether a link was signed with one of our keys, newest first, and may still be used at `now`. */
export function checkLink(
  keys: readonly string[],
  link: SignedLink,
  now: Instant,
): 'good' | 'expired' | 'forged' {
  const isOurs = keys.some((key) => isSame(link.signature, sign(key, link.noticeId, link.expires)))
  if (!isOurs) return 'forged'
  return Number.parseInt(link.expires, 36) > now ? 'good' : 'expired'
}

function sign(key: string, noticeId: string, expires: string): string {
  return createHmac('sha256', key).update(`answer ${noticeId} ${expires}`).digest('base64url').slice(0, 22)
}

function isSame(given: string, expected: string): boolean {
  const [ours, theirs] = [Buffer.from(expected), Buffer.from(given)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}
