import type { Instant } from '../../calendar/london.ts'
import type { EventOf } from '../../casefile/events.ts'
import { factStamp, stamp } from '../../casefile/ids.ts'
import { dayOf, happened, lastOfEachStart, type Order, type Slot } from '../../casefile/order.ts'
import type { Facts } from '../../messages/text.ts'
import type { Duty, Hours, Planned } from '../../planning/duty.ts'
import { ladder, promptWorkingDaysAfter } from '../../planning/ladder.ts'
import { caseFacts, type OpenOrder } from '../orders/open-order.ts'

export const atRisk: Duty<OpenOrder> = {
  id: 'TWM-14',
  title: 'A three-way meeting that somebody has not confirmed, or has declined, is at risk',
  source: '003:477, "with both the treatment provider and offender manager present"',
  steps: {
    'at-risk': {
      to: 'the worker who has not confirmed, and the offender manager',
      when: '2 working days before a three-way that offender manager or case manager has not confirmed; at once when anyone declines',
      until: 'confirmed; cancelled',
    },
  },
  *plan(open) {
    for (const meeting of Object.values(open.order.appointments)) {
      if (meeting.kind !== 'three-way') continue
      for (const slot of lastOfEachStart(meeting)) {
        const at: At = { appointmentId: meeting.appointmentId, slot }
        yield* unconfirmed(open, at)
        for (const declined of happened(open.order, 'appointment.declined')) {
          if (isAbout(declined, at)) yield* declinedBy(open, at, declined)
        }
      }
    }
  },
}

type Answer = EventOf<'appointment.confirmed' | 'appointment.declined'>

/** A meeting at one of its times. */
type At = { readonly appointmentId: string; readonly slot: Slot }

/** Whether an answer is about a meeting at this time: given while it stood. */
function isAbout({ info, at }: Answer, { appointmentId, slot }: At): boolean {
  const { setAt, startsAt, leftAt = startsAt } = slot
  return info.appointmentId === appointmentId && at >= setAt && at < Math.min(startsAt, leftAt)
}

/** Whether a meeting was moved from this time, or is off. */
function isLeft(state: Order, { appointmentId, slot }: At): boolean {
  const { slots = [] } = state.appointments[appointmentId] ?? {}
  const same = slots.find(({ setAt, startsAt }) => setAt === slot.setAt && startsAt === slot.startsAt)
  return same?.leftAt !== undefined
}

/** Whether the last word of a contact is that they come to a meeting at this time. */
function hasConfirmed(state: Order, meeting: At, contactId: string): boolean {
  const answers = [...happened(state, 'appointment.confirmed'), ...happened(state, 'appointment.declined')]
  const theirs = answers.filter((answer) => isAbout(answer, meeting) && answer.info.by === contactId)
  return theirs.toSorted((a, b) => a.at - b.at).at(-1)?.type === 'appointment.confirmed'
}

/** Two working days before a meeting, somebody has not said that they come. */
function* unconfirmed(open: OpenOrder, meeting: At): Iterable<Planned> {
  const { rules, order, terms } = open
  const { slot } = meeting
  const awaited = (state: Order) =>
    [terms.offenderManager, terms.caseManager].filter((worker) => !hasConfirmed(state, meeting, worker))
  const [first, second] = awaited(order)
  yield* warn(open, meeting, {
    occasion: stamp(slot.startsAt),
    due: promptWorkingDaysAfter(rules, dayOf(slot), -2),
    hours: 'office',
    because: slot.eventId,
    text: 'at-risk',
    facts: {
      awaited: second ? 'both' : first === terms.offenderManager ? 'offender-manager' : 'case-manager',
    },
    isMet: (state) => awaited(state).length === 0,
  })
}

/** Somebody has said that they cannot come. */
function* declinedBy(
  open: OpenOrder,
  meeting: At,
  { info, at, eventId }: EventOf<'appointment.declined'>,
): Iterable<Planned> {
  const { person, offenderManager, caseManager } = open.terms
  const roles = { [person]: 'person', [caseManager]: 'case-manager', [offenderManager]: 'offender-manager' }
  yield* warn(open, meeting, {
    occasion: `${stamp(meeting.slot.startsAt)}_${factStamp(at)}`,
    due: at,
    hours: 'any',
    because: eventId,
    text: 'at-risk-declined',
    facts: { declinedBy: roles[info.by] ?? 'another' },
    isMet: (state) => hasConfirmed(state, meeting, info.by),
  })
}

/** Tells the offender manager, and the case manager unless they have confirmed, until the danger is met. */
function* warn(
  open: OpenOrder,
  meeting: At,
  warning: {
    occasion: string
    due: Instant
    hours: Hours
    because: string
    text: string
    facts: Facts
    isMet: (state: Order) => boolean
  },
): Iterable<Planned> {
  const { casefile, terms, tell, because } = open
  const { startsAt } = meeting.slot
  const isOver = (state: Order) => isLeft(state, meeting) || warning.isMet(state)
  const warnings = [
    { who: tell.offenderManager, until: isOver },
    {
      who: tell.caseManager,
      until: (state: Order) => isOver(state) || hasConfirmed(state, meeting, terms.caseManager),
    },
  ]
  for (const { who, until } of warnings) {
    yield* ladder(casefile, {
      duty: 'TWM-14',
      occasion: `${meeting.appointmentId}_${warning.occasion}`,
      hours: warning.hours,
      because: [...because, warning.because],
      facts: { ...caseFacts(open), ...warning.facts, start: startsAt },
      rungs: [{ step: 'at-risk', due: warning.due, text: warning.text, tell: [who] }],
      stale: startsAt,
      until,
    })
  }
}
