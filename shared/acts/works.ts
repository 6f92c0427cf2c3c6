import type { EventInfo } from '../casefile/events.ts'
import type { Doer, Place, Subject } from './act.ts'

/**
 * The fields that staff work in, which decide the casefiles they may open: an act that opens one belongs to its doer's
 * own casefile.
 */

export type Work = NonNullable<EventInfo<'contact.updated'>['worksIn']>[number]

/** Every field of work. People who work on the service itself may open everything. */
export const WORKS: readonly Work[] = ['probation', 'treatment', 'prison', 'release', 'service']

/** Who may open casefiles from a contact's casefile: that contact, if they work here, and support staff. */
export const OPENERS: readonly Doer[] = ['worker', 'support']

/** The fields of work of a casefile's contact. */
export function worksOf({ state }: Place<'contact'>): readonly Work[] {
  return state.details?.worksIn ?? []
}

/** The contact themself, if they work in one of these. */
export function whoWorksIn(...works: readonly Work[]): (place: Place<'contact'>) => readonly Subject[] {
  return (place) =>
    worksOf(place).some((one) => one === 'service' || works.includes(one)) ? [{ key: '', settled: {} }] : []
}
