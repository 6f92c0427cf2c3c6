import * as z from 'zod'

/**
 * Who messages are from. Who may see a message decides how much its letterhead may say: `unsafe` is a person whose
 * address is not known to be safe, where a partner, a landlord or an employer may be reading.
 */
export const AUDIENCES = ['workers', 'holdersAndMeeters', 'persons', 'unsafe'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Words that reveal why somebody is written to, in either language. */
const NAMES_THE_REASON =
  /probation|prison|alcohol|drink|drug|treatment|recovery|offen[cd]|court|sentence|licence|release|throughcare|\bATR\b|\bHMP|prawf|carchar|triniaeth|yfed|cyffur|adferiad|trosedd|llys|dedfryd|trwydded|rhyddhau/i

/** Whether a name, a line or an address may be seen by somebody we know nothing about. */
export function saysNothing(written: string): boolean {
  return !NAMES_THE_REASON.test(written)
}

const line = z.string().trim().min(1).max(60)

const OfAudience = z.object({
  /** The last line of every message, and the name next to an e-mail's From address. */
  signs: z.object({ en: line, cy: line }),
  /** The From address of e-mail; default: the stage's own. */
  email: z.email().optional(),
  /** The number or pool that text messages are from (for GOV.UK Notify a sender id); default: the stage's own. */
  number: z.string().min(1).optional(),
})
/** Who a message is from, and whether people who read both languages read Welsh first. */
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
 * The letterheads by audience, and those of areas that have their own, by the contactId of an order's probation office,
 * the id of a clearance's prison, or the area of a release. `welshFirst` is for people who read both languages.
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

/** The letterhead for an audience in an area; `area` is undefined if not known. */
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

/** Every letterhead in the settings for an audience, the one without an area first. */
export function letterheadsTo(letterheads: Letterheads, audience: Audience): Letterhead[] {
  const areas = [undefined, ...Object.keys(letterheads.areas ?? {})]
  return areas.map((area) => letterheadFor(letterheads, audience, area))
}
