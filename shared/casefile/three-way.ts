import type { Slot } from './appointment.ts'
import { type Answer, answersOf, type Order } from './order.ts'

/** A meeting at one of its times. */
export type MeetingAt = { readonly appointmentId: string; readonly slot: Slot }

/** Whether an answer is about a meeting at this time: given while it was current. */
export function isAbout({ info, at }: Answer, { appointmentId, slot }: MeetingAt): boolean {
  const { startsSince, startsAt, leftAt = startsAt } = slot
  return info.appointmentId === appointmentId && at >= startsSince && at < Math.min(startsAt, leftAt)
}

/** A contact's last answer about a meeting at this time; undefined if they gave none. */
export function lastWordOf(order: Order, meeting: MeetingAt, contactId: string): Answer | undefined {
  const theirs = answersOf(order, meeting.appointmentId, contactId)
  return theirs.findLast((answer) => isAbout(answer, meeting))
}
