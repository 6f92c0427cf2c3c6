import type { Written } from './dates.ts'

/** Words of our own codes as a worker reads them. */
type Words = Readonly<Record<string, Readonly<Partial<Record<Written, string>>>>>

/** Why somebody could not be told, after a colon. */
export const REASONS: Words = {
  'no-usable-address': { en: 'we have no usable address or number for them' },
  'opted-out': { en: 'they asked not to be messaged' },
  'do-not-message': { en: 'they are not to be messaged' },
  'not-delivered': { en: 'the message did not arrive' },
  'quiet-hours-until-stale': { en: 'it became known at night, too late to message them' },
  stale: { en: 'it became known too late to message them' },
}

export const ATTENDANCE: Words = {
  attended: { en: 'attended' },
  'attended-intoxicated': { en: 'attended, not able to take part' },
  'did-not-attend': { en: 'did not attend' },
}
