import type { EventInfo } from '../casefile/events.ts'
import type { Doer, Place, Subject } from './act.ts'

/** What staff work in, and so which casefiles they may open: an act that opens one stands in its doer's own casefile. */

export type Work = NonNullable<EventInfo<'contact.updated'>['worksIn']>[number]

/** Every work there is. Who works in the service itself may open all that there is. */
export const WORKS: readonly Work[] = ['probation', 'treatment', 'prison', 'release', 'service']

/** Who opens casefiles, in their own one: its worker, and support staff. */
export const OPENERS: readonly Doer[] = ['worker', 'support']

/** In which work the contact of a casefile is. */
export function worksOf({ state }: Place<'contact'>): readonly Work[] {
  return state.details?.worksIn ?? []
}

/** The contact themself, where they work in one of these. */
export function whoWorksIn(...works: readonly Work[]): (place: Place<'contact'>) => readonly Subject[] {
  return (place) =>
    worksOf(place).some((one) => one === 'service' || works.includes(one)) ? [{ key: '', settled: {} }] : []
}
