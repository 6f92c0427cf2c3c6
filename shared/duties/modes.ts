import * as z from 'zod'
import { DUTIES } from './plan.ts'

/**
 * How a duty is held back: in `shadow` it is planned, and who would have been told stands in the ledger; `paused`, it
 * waits until it is taken up again, or too late to be worth saying.
 */
const Mode = z.enum(['shadow', 'paused'])

/** The duties that are held back, by id: `{"FAX-01":"paused"}`. */
export const HeldBack = z.record(z.string(), Mode)
export type HeldBack = Readonly<z.infer<typeof HeldBack>>

/** Those among them that are no duties of ours, so that nothing is held back by them. */
export function unknownDuties(heldBack: HeldBack): string[] {
  return Object.keys(heldBack).filter((id) => !DUTIES.some((duty) => duty.id === id))
}
