import * as z from 'zod'

/**
 * Whom messages are from. Who may see a message decides how much its letterhead may say: `unsafe` is a person whose
 * address is not known to be safe, where a partner, a landlord or an employer may be the one who reads it.
 */
export const AUDIENCES = ['workers', 'holdersAndMeeters', 'persons', 'unsafe'] as const
export type Audience = (typeof AUDIENCES)[number]

/** What names the reason why anybody is written to, in either language. */
const NAMES_THE_REASON =
  /probation|prison|alcohol|drink|drug|treatment|recovery|offen[cd]|court|sentence|licence|release|throughcare|\bATR\b|\bHMP|prawf|carchar|triniaeth|yfed|cyffur|adferiad|trosedd|llys|dedfryd|trwydded|rhyddhau/i

/** Whether a name, a line or an address may be seen by somebody of whom we know nothing. */
export function saysNothing(written: string): boolean {
  return !NAMES_THE_REASON.test(written)
}

const line = z.string().trim().min(1).max(60)

const OfAudience = z.object({
  /** The last line of every message, and the name beside the address that an e-mail is from. */
  signs: z.object({ en: line, cy: line }),
  /** The address that e-mail is from; the stage's own, where none is given. */
  email: z.email().optional(),
  /** The number or pool that text messages are from (of GOV.UK Notify the id of a sender); the stage's own, where none is given. */
  number: z.string().min(1).optional(),
})
/** Whom a message is from, and whether those who read both languages read Welsh first there. */
export type Letterhead = z.infer<typeof OfAudience> & { readonly isWelshFirst: boolean }

const neutral = OfAudience.partial().refine((letterhead) => saysNothing(JSON.stringify(letterhead)), {
  message: 'names probation, a prison, alcohol or release to readers of whom we know nothing',
})

const OfOnePlace = z
  .object({
    workers: OfAudience.partial(),
    holdersAndMeeters: neutral,
    persons: OfAudience.partial(),
    unsafe: neutral,
    welshFirst: z.boolean(),
  })
  .partial()
  .strict()

/**
 * Who sends, by audience; and where an area has a letterhead of its own, by what names it: the contactId of an order's
 * probation office, the id of a clearance's prison, the area of a release. `welshFirst` is for those who read both
 * languages.
 */
export const Letterheads = OfOnePlace.extend({ areas: z.record(z.string(), OfOnePlace).optional() })
export type Letterheads = z.infer<typeof Letterheads>

const APPOINTMENTS = { signs: { en: 'The appointments office', cy: 'Y swyddfa apwyntiadau' } }

const DEFAULTS: Readonly<Record<Audience, Pick<Letterhead, 'signs'>>> = {
  workers: { signs: { en: 'Throughcare', cy: 'Throughcare' } },
  holdersAndMeeters: { signs: { en: 'The arrangements office', cy: 'Y swyddfa drefniadau' } },
  persons: APPOINTMENTS,
  unsafe: APPOINTMENTS,
}

/** Whom a message to an audience is from in an area; in none, where that is not known. */
export function letterheadFor(
  letterheads: Letterheads,
  audience: Audience,
  area: string | undefined,
): Letterhead {
  const { welshFirst = letterheads.welshFirst ?? false, [audience]: ofArea } =
    (area === undefined ? undefined : letterheads.areas?.[area]) ?? {}
  const { signs = DEFAULTS[audience].signs, ...rest } = { ...letterheads[audience], ...ofArea }
  return { signs, isWelshFirst: welshFirst, ...rest }
}

/** Every letterhead that settings name for an audience, that of no area first. */
export function letterheadsTo(letterheads: Letterheads, audience: Audience): Letterhead[] {
  const areas = [undefined, ...Object.keys(letterheads.areas ?? {})]
  return areas.map((area) => letterheadFor(letterheads, audience, area))
}
