import type { Written } from './dates.ts'

/** Our codes in words, as a worker reads them. */
type Words = Readonly<Record<string, Readonly<Partial<Record<Written, string>>>>>

/** Why somebody could not be told, written after a colon. */
export const REASONS: Words = {
  'no-usable-address': {
    en: 'we have no usable address or number for them',
    cy: 'nid oes gennym gyfeiriad na rhif y gallwn ei ddefnyddio ar eu cyfer',
  },
  'opted-out': { en: 'they asked not to be messaged', cy: 'gofynnwyd i ni beidio ag anfon negeseuon atynt' },
  'do-not-message': { en: 'they are not to be messaged', cy: 'ni ddylid anfon negeseuon atynt' },
  'address-shared': {
    en: 'somebody else is reached at the same address or number',
    cy: 'mae rhywun arall i’w gael yn yr un cyfeiriad neu ar yr un rhif',
  },
  absent: { en: 'they are away', cy: 'maent i ffwrdd' },
  'not-delivered': { en: 'the message did not arrive', cy: 'ni chyrhaeddodd y neges' },
  'quiet-hours-until-stale': {
    en: 'it became known at night, too late to message them',
    cy: 'daeth yn hysbys yn y nos, yn rhy hwyr i anfon neges atynt',
  },
  'not-theirs': {
    en: 'the person who is reached there says that it is not them',
    cy: 'mae’r un sydd yno yn dweud nad nhw ydyw',
  },
  'in-custody': {
    en: 'they are in prison; do not ring their number, check with the prison',
    cy: 'maent yn y carchar; peidiwch â ffonio eu rhif, holwch y carchar',
  },
  stale: {
    en: 'it became known too late to message them',
    cy: 'daeth yn hysbys yn rhy hwyr i anfon neges atynt',
  },
}

export const ATTENDANCE: Words = {
  attended: { en: 'attended', cy: 'daeth i’r apwyntiad' },
  'attended-intoxicated': { en: 'attended, not able to take part', cy: 'daeth, ond ni allai gymryd rhan' },
  'did-not-attend': { en: 'did not attend', cy: 'ni ddaeth' },
}
