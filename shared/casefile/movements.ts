import type { EventOf } from './events.ts'

/** What the prisons say of somebody who leaves one. */
export type Departure = EventOf<
  'prison-offender-events.prisoner.released' | 'prisoner-offender-search.prisoner.released'
>
/** What they say of somebody who comes to one. */
export type Arrival = EventOf<
  'prison-offender-events.prisoner.received' | 'prisoner-offender-search.prisoner.received'
>

/**
 * What came of somebody who left a prison. "Released" is also said of court, transfer and a day out, and of records
 * that were merged; the early report cannot tell how somebody left, only that they may be out.
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

/** What came of somebody, by NOMIS movement code; any other is a release home. */
export const WENT_BY_CODE: ReadonlyMap<string, Went> = new Map([
  ['DEC', 'died'],
  // Removed from the country or on the way to it: what HMPPS's prison-custody-status-to-delius takes for that.
  ...['DD', 'DE', 'DL', 'DEIRC', 'ETR', 'ECSLIRC'].map((code) => [code, 'removed'] as const),
  ...['HO', 'HQ', 'HP'].map((code) => [code, 'hospital'] as const),
  ...['UAL', 'UAL_ECL', 'ESCP'].map((code) => [code, 'at-large'] as const),
  // Two records were found to be one person's, to whom nothing happened.
  ['MRG', 'merged'],
])

/** What a departure says came of somebody; what it leaves out does not speak against a release home. */
export function whereTo({ type, info }: Departure): Went {
  const { reason, nomisMovementReasonCode = '', currentPrisonStatus = 'NOT_UNDER_PRISON_CARE' } = info
  if (reason === 'RELEASED_TO_HOSPITAL') return 'hospital'
  if (reason !== 'RELEASED') return 'elsewhere'
  if (type === 'prisoner-offender-search.prisoner.released') return 'perhaps-home'
  const isOutOfPrison = currentPrisonStatus === 'NOT_UNDER_PRISON_CARE'
  return WENT_BY_CODE.get(nomisMovementReasonCode) ?? (isOutOfPrison ? 'home' : 'elsewhere')
}

const ADMISSIONS = ['ADMISSION', 'NEW_ADMISSION', 'READMISSION', 'READMISSION_SWITCH_BOOKING']

/** Whether an arrival begins another stay in prison: a transfer, and a return from court or for a day, does not. */
export function isAdmission({ info }: Arrival): boolean {
  return ADMISSIONS.includes(info.reason ?? '')
}

/** Whether an arrival happened to the person, and not to their records alone. */
export function isOfPerson({ info }: Arrival): boolean {
  return info.reason !== undefined && info.reason !== 'POST_MERGE_ADMISSION'
}
