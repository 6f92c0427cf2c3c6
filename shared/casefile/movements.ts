import type { EventOf } from './events.ts'

/** A prison's report that somebody left. */
export type Departure = EventOf<
  'prison-offender-events.prisoner.released' | 'prisoner-offender-search.prisoner.released'
>
/** A prison's report that somebody arrived. */
export type Arrival = EventOf<
  'prison-offender-events.prisoner.received' | 'prisoner-offender-search.prisoner.received'
>

/**
 * What a departure means. "Released" is also reported for court, transfer, a day out and merged records; the early
 * report cannot tell how somebody left, only that they may be out.
 */
export type Went =
  | 'home'
  | 'perhaps-home'
  | 'died'
  | 'removed'
  | 'hospital'
  | 'at-large'
  | 'merged'
  | 'elsewhere'

/** What a departure means, by NOMIS movement code; any other code is a release home. */
export const WENT_BY_CODE: ReadonlyMap<string, Went> = new Map([
  ['DEC', 'died'],
  // Removed from the country, or on the way: the codes that HMPPS's prison-custody-status-to-delius treats as that.
  ...['DD', 'DE', 'DL', 'DEIRC', 'ETR', 'ECSLIRC'].map((code) => [code, 'removed'] as const),
  ...['HO', 'HQ', 'HP'].map((code) => [code, 'hospital'] as const),
  ...['UAL', 'UAL_ECL', 'ESCP'].map((code) => [code, 'at-large'] as const),
  // Two records were merged; nothing happened to the person.
  ['MRG', 'merged'],
])

/** What a departure reports; missing fields do not speak against a release home. */
export function whereTo({ type, info }: Departure): Went {
  const { reason, nomisMovementReasonCode = '', currentPrisonStatus = 'NOT_UNDER_PRISON_CARE' } = info
  if (reason === 'RELEASED_TO_HOSPITAL') return 'hospital'
  if (reason !== 'RELEASED') return 'elsewhere'
  if (type === 'prisoner-offender-search.prisoner.released') return 'perhaps-home'
  const isOutOfPrison = currentPrisonStatus === 'NOT_UNDER_PRISON_CARE'
  return WENT_BY_CODE.get(nomisMovementReasonCode) ?? (isOutOfPrison ? 'home' : 'elsewhere')
}

const ADMISSIONS = ['ADMISSION', 'NEW_ADMISSION', 'READMISSION', 'READMISSION_SWITCH_BOOKING']

/** Whether an arrival starts a new stay in prison: a transfer, or a return from court or from a day out, does not. */
export function isAdmission({ info }: Arrival): boolean {
  return ADMISSIONS.includes(info.reason ?? '')
}

/** Whether an arrival happened to the person, not only to their records. */
export function isOfPerson({ info }: Arrival): boolean {
  return info.reason !== undefined && info.reason !== 'POST_MERGE_ADMISSION'
}
