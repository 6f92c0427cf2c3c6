import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { type CasefileId, casefileId, casefileOfNotice, type Kind, keyOf, kindOf } from '../casefile/ids.ts'

type Named = { readonly casefile: CasefileId; readonly noticeId: string }

/**
 * The links in a message: its notice's page, behind sign-in, and where this notice is answered. `answer` is the path
 * for that, and `settings.address` the base of our pages.
 */
export function linksFor(
  notice: Named,
  { settings }: { readonly settings: { readonly address: string } },
  answer: string,
): { readonly link: string; readonly answer: string } {
  return { link: settings.address + noticePath(notice), answer: settings.address + answer }
}

/** The path of a notice's page, which only its recipient may see. */
function noticePath({ casefile, noticeId }: Named): string {
  return `/notices/${kindOf(casefile)}/${keyOf(casefile)}/${noticeName(noticeId)}`
}

/** How many days after a message was sent its answer link may be used. */
export const ANSWER_LINK_DAYS = 14

/**
 * The path at which only this notice may be answered. Anybody who holds it may answer in the recipient's name: it is
 * the answer, not a way in. It is short, since it is sent by text, and names no duty, role or contact, since it may be
 * read on a locked screen.
 */
export function answerPath(key: string, noticeId: string): string {
  const path = answersAt(noticeId)
  return path + sign(key, path)
}

/** The beginning of every answer link of a notice, whichever key signs it. Throws if the notice is not ours. */
export function answersAt(noticeId: string): string {
  const casefile = casefileOfNotice(noticeId)
  if (!casefile) throw new Error('a link leads to a notice of ours')
  return `/a/${LETTERS[kindOf(casefile)]}${keyOf(casefile)}${noticeName(noticeId)}`
}

/** What an answer link identifies: a casefile, and a notice in it. */
export type AnswerLink = { readonly casefile: CasefileId; readonly name: string }

/**
 * Parses the last part of a link's path; undefined if none of our keys signed it. Nothing is looked up, so a guess
 * costs nothing.
 */
export function readAnswerLink(written: string, keys: readonly string[]): AnswerLink | undefined {
  const [kind] = Object.entries(LETTERS).find(([, letter]) => written.startsWith(letter)) ?? []
  const key = written.slice(1, -NAME_LENGTH - SIGNATURE_LENGTH)
  const signature = written.slice(-SIGNATURE_LENGTH)
  const signed = `/a/${written.slice(0, -SIGNATURE_LENGTH)}`
  const isOurs = keys.some((one) => isSame(signature, sign(one, signed)))
  if (kind === undefined || key === '' || !isOurs) return undefined
  const name = written.slice(-NAME_LENGTH - SIGNATURE_LENGTH, -SIGNATURE_LENGTH)
  return { casefile: casefileId(kind as Kind, key), name }
}

/** Whether an answer link is for this notice. */
export function leadsTo({ name }: AnswerLink, noticeId: string): boolean {
  return name === noticeName(noticeId)
}

const LETTERS: { readonly [K in Kind]: string } = {
  order: 'o',
  clearance: 'c',
  release: 'r',
  prison: 'p',
  rota: 't',
  contact: 'k',
  address: 'd',
  person: 'n',
}

/** Distinguishes the notices of one casefile; together with the signature, too many to try. */
const NAME_LENGTH = 5
const SIGNATURE_LENGTH = 11

/** A few letters that identify a notice within its casefile. */
export function noticeName(noticeId: string): string {
  return lettersOf(createHash('sha256').update(`notice ${noticeId}`).digest(), NAME_LENGTH)
}

/**
 * The path of a worker's calendar, for programs that cannot sign in: too long to guess, and a new one each time it was
 * withdrawn.
 */
export function calendarPath(key: string, contactId: string, timesWithdrawn: number | string): string {
  const digest = createHmac('sha256', key).update(`calendar ${contactId} ${timesWithdrawn}`).digest()
  return `/calendars/${contactId}/${timesWithdrawn}/${lettersOf(digest, CALENDAR_LENGTH)}.ics`
}

/** Whether one of our keys made this path. Nothing is looked up. */
export function isCalendarPath(
  path: string,
  keys: readonly string[],
  contactId: string,
  timesWithdrawn: string,
): boolean {
  return keys.some((key) => isSame(path, calendarPath(key, contactId, timesWithdrawn)))
}

const CALENDAR_LENGTH = 25

function sign(key: string, path: string): string {
  return lettersOf(createHmac('sha256', key).update(`answer ${path}`).digest(), SIGNATURE_LENGTH)
}

/** Lower-case letters and digits only, so that any program that turns text into links takes the whole of it. */
function lettersOf(digest: Buffer, length: number): string {
  return BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .slice(-length)
}

function isSame(given: string, expected: string): boolean {
  const [ours, theirs] = [Buffer.from(expected), Buffer.from(given)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}
