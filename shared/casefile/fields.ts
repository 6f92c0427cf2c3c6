import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import * as z from 'zod'
import { type Instant, readMoment, YEARS } from '../calendar/london.ts'

/**
 * The fields of events: lenient where producers differ (numbers and flags as text, ids as numbers, a day as its
 * midnight), strict where a wrong value would do harm. Each states its expectation in words.
 */

const matching = (pattern: RegExp, expected: string) => z.string().regex(pattern, `expected ${expected}`)

/** Text that may also be given as a number. */
const written = (schema: z.ZodString, expected: string) =>
  z.union([schema, z.int().nonnegative().transform(String).pipe(schema)], `expected ${expected}`)

const ID = 'an id of 1 to 64 letters, digits and hyphens'
/** An id; some producers use numbers. */
export const id = written(matching(/^[A-Za-z0-9-]{1,64}$/, ID), ID)
export const prisonId = matching(/^[A-Z]{3}$/, 'a prison code such as MDI')
export const noticeId = matching(/^[a-z]+_[A-Za-z0-9-]+_[A-Za-z0-9_-]+$/, 'a noticeId as we gave it').max(256)

const TEXT_MAX = 2_000
/** A person's own words, over as many lines as they like. */
export const text = z.string().min(1).max(TEXT_MAX)

/** Characters that would break a line, or reverse the direction of the text after them. */
const BREAKS_A_LINE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u
/** A person's own words on one line. */
export const line = z
  .string()
  .min(1)
  .max(254)
  .refine((words) => !BREAKS_A_LINE.test(words), 'expected one line of text without control characters')

/** A whole number within bounds, as a number or as text. */
export function whole(min: number, max: number) {
  const within = z.int().min(min).max(max)
  const digits = z
    .string()
    .regex(/^-?\d{1,9}$/)
    .transform(Number)
  return z.union([within, digits.pipe(within)], `expected a whole number from ${min} to ${max}`)
}

export const months = whole(1, 120)
export const durationMinutes = whole(1, 1_440)

/** True or false, as such or as text. */
export const flag = z.union(
  [z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })],
  'expected true or false',
)

/** A list of at most `max` elements, counted before any is parsed: a long one costs no more than its refusal. */
export function list<Element extends z.ZodType>(element: Element, max: number) {
  const counted = z.array(z.unknown()).max(max, `expected a list of at most ${max}`)
  // In the contract a counted list is described by its elements.
  return counted.pipe(z.array(element)) as z.ZodType<z.output<Element>[], z.input<Element>[]>
}

const DATE = 'expected a date such as 2026-03-09'
const [FIRST_YEAR, LAST_YEAR] = YEARS
/** A day in London, `YYYY-MM-DD`. */
export const localDate = matching(
  /^\d{4}-\d{2}-\d{2}(T00:00(:00(\.0{1,9})?)?)?$/,
  DATE.slice('expected '.length),
)
  .transform((day) => day.slice(0, 10))
  .pipe(z.iso.date(DATE))
  .refine((day) => isWithinYears(day), `${DATE}, from ${FIRST_YEAR} to ${LAST_YEAR}`)

/** A time of day on the London wall clock, `HH:MM`. */
export const localTime = matching(
  /^([01]\d|2[0-3]):[0-5]\d(:00(\.0{1,9})?)?$/,
  'a time of day such as 09:30',
).transform((time) => time.slice(0, 5))

const MOMENT = `a date and time such as 2026-03-09T14:00, from ${FIRST_YEAR} to ${LAST_YEAR}`
/** A moment, with an offset or as London time, parsed to an `Instant`. */
export const moment = z
  .string()
  .transform((said, context): Instant => {
    const instant = readMoment(said)
    if (instant !== undefined) return instant.epochMilliseconds
    context.addIssue(`expected ${MOMENT}`)
    return z.NEVER
  })
  .describe(MOMENT)

/** One to eight letters of any script; anything between them is dropped. */
export const initials = z
  .string()
  .transform((said) => said.slice(0, 40).replace(/[\s.\-\u2010\u2011]/g, ''))
  .pipe(matching(/^(\p{L}\p{M}*){1,8}$/u, 'initials of 1 to 8 letters, such as AB'))

/** A CRN, in either case and with surrounding spaces; undefined if malformed. */
export const crn = identifier(/^[A-Z]\d{6}$/)
/** A prison number, in either case and with surrounding spaces; undefined if malformed. */
export const noms = identifier(/^[A-Z]\d{4}[A-Z]{2}$/)
export const neededNoms = noms.pipe(z.string('expected a prison number such as A9000AA'))
/** The prison of a movement; undefined for codes that are not prisons, such as TRN (in transfer) and OUT. */
export const prisonOfMovement = identifier(/^(?!TRN|OUT)[A-Z]{3}$/)
/** A code of another system, in any case, with spaces, and sometimes as a number. */
export const code = z
  .union([z.string().max(TEXT_MAX), z.int().transform(String)])
  .transform((said) => said.trim().toUpperCase())

function identifier(pattern: RegExp) {
  return z.unknown().transform((said) => {
    const tidy = typeof said === 'string' ? said.trim().toUpperCase() : ''
    return pattern.test(tidy) ? tidy : undefined
  })
}

/** A telephone number in international form; an invalid one is dropped. */
export const phone = z
  .union([z.string(), z.int().transform(String)])
  .transform(phoneNumber)
  .describe(
    'a number that could be dialled, such as 07700 900123; anything else leaves the contact without one',
  )

/** A number that can receive text messages: not one with an extension. */
export const mobile = phone
  .transform((number) => (number?.includes('x') ? undefined : number))
  .describe('a number that text messages can go to; anything else leaves the contact without one')

/** An e-mail address; an invalid one is dropped. */
export const email = z
  .string()
  .transform((said) => (EMAIL.test(said) && said.length <= 254 ? said : undefined))
  .describe('an address such as a@example.com; anything else leaves the contact without one')

const EMAIL = /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+\.[^\s@<>()[\]\\,;:".\p{Cc}]+$/u

/** An address in a contact's form: a telephone number in international form, an e-mail address as written. */
export const address = line.transform((said) => (said.includes('@') ? said : (phoneNumber(said) ?? said)))
/** An address in a public event; between casefiles, the digest by which it is found. */
export const addressDigest = matching(/^[0-9a-f]{24}$/, 'the digest of an address')

/** Identifies which version of a contact sheet was read. */
export const sheetDigest = matching(/^[0-9a-f]{24}$/, 'the digest of a contact sheet')

/** A telephone number in international form, with an extension as `x204`; undefined if it cannot be dialled. */
export function phoneNumber(said: string): string | undefined {
  const number = parsePhoneNumberFromString(said, 'GB')
  if (!number?.isPossible()) return undefined
  return number.ext ? `${number.number} x${number.ext}` : number.number
}

/** Whether a date or moment is in a plausible year. */
export function isWithinYears(dateOrMoment: string): boolean {
  const year = Number(dateOrMoment.slice(0, 4))
  return FIRST_YEAR <= year && year <= LAST_YEAR
}
