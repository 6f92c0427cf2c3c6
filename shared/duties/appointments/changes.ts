import { type Instant, londonDate } from '../../calendar/london.ts'
import {
  type Appointment,
  type Cancellation,
  cancellations,
  dayOf,
  isOtherPlace,
  type Slot,
} from '../../casefile/appointment.ts'
import { factStamp } from '../../casefile/ids.ts'
import { isLapsed } from '../../casefile/ledger.ts'
import type { Facts } from '../../messages/text.ts'
import { byFacts, byLedger, type Draft, type Duty, notice, type Planned } from '../../planning/duty.ts'
import type { Recipient } from '../../planning/ladder.ts'
import { written } from '../../planning/written.ts'
import { caseFacts, type OpenOrder, type ToldOrder } from '../orders/open-order.ts'
import { offenderManagerOrDutyOfficer } from '../orders/rows.ts'
import { occasionOf, slotFacts, toPerson } from './telling-the-person.ts'
import { APPOINTMENT_TEXTS as TEXTS } from './texts.ts'

const MOVE = written({
  id: 'ATR-08',
  title: {
    en: 'Tell everybody about a rearranged appointment',
    cy: 'Rhoi gwybod i bawb am apwyntiad a aildrefnwyd',
  },
  source:
    '003:493, "these should be notified to the OM in advance or on the day of the original appointment"',
  rows: {
    moved: [
      {
        to: 'person',
        when: 'at once when start or place changed, outside quiet hours; to an address that is not known to be safe no place: please ring your worker',
        until: 'moved again; cancelled; the new start has passed',
        text: TEXTS.moved,
      },
      {
        to: `${offenderManagerOrDutyOfficer.says}, case manager, \`with\` (not \`by\`)`,
        when: 'at once when start or place changed; marked as late when the day of the original appointment has passed',
        until: 'moved again; cancelled',
        text: TEXTS.movedForWorkers,
      },
    ],
  },
})
const [MOVED_PERSON, MOVED_WORKERS] = MOVE.row.moved

export const tellOfMove: Duty<OpenOrder> = {
  ...MOVE,
  plan: byLedger(function* (open) {
    for (const appointment of Object.values(open.order.appointments)) {
      for (const slot of appointment.slots.slice(1)) {
        yield* movedPerson(open, appointment, slot)
        yield* toWorkers(open, {
          ...MOVED_WORKERS,
          occasion: movedOccasion(appointment, slot),
          at: slot.setAt,
          left: slot.leftAt,
          because: slot.eventId,
          tell: workersOf(open, appointment, slot.by, open.tell.offenderManagerOrDutyOfficer),
          facts(now) {
            const known = slotKnown(open, appointment, slot, 'workers')
            return {
              ...slotFacts(slot),
              ...caseFacts(open),
              was: known.startsAt,
              isPlaceNew: isOtherPlace(known.place, slot.place),
              late: londonDate(now) > dayOf(known),
            }
          },
        })
      }
    }
  }),
}

/** What the person is told about a move: one notice, or none if there is nothing to tell. */
export function* movedPerson(open: ToldOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  if (!isMove(appointment, slot) || slot.setAt >= slot.startsAt) return
  if (slot.leftAt !== undefined && slot.leftAt <= slot.setAt) return
  yield notice(open.casefile, {
    ...MOVED_PERSON,
    occasion: movedOccasion(appointment, slot),
    role: 'person',
    due: slot.setAt,
    stale: slot.startsAt,
    hours: 'person',
    alone: true,
    because: [...open.because, slot.eventId],
    untold: slot.leftAt === undefined ? undefined : 'no-longer-true',
    to(neighbours) {
      const known = slotKnown(open, appointment, slot, 'person')
      const isPlaceNew = isOtherPlace(known.place, slot.place)
      return toPerson(open, neighbours, { ...slotFacts(slot), was: known.startsAt, isPlaceNew })
    },
  })
}

/**
 * The slot that the person, or the workers, believe in before the appointment moves to `slot`: not one that it was moved
 * to and away from before they could be told.
 */
function slotKnown(
  { ledger, terms }: ToldOrder,
  appointment: Appointment,
  slot: Slot,
  whom: 'person' | 'workers',
): Slot {
  const [asBooked, ...moves] = appointment.slots.slice(0, appointment.slots.indexOf(slot))
  const known = moves.findLast((move) =>
    ledger.of(MOVED_PERSON.duty, MOVED_PERSON.step, movedOccasion(appointment, move)).some((entry) => {
      const isTheirs = 'to' in entry && (entry.to === terms.person) === (whom === 'person')
      return isTheirs && !isLapsed(entry)
    }),
  )
  return known ?? asBooked ?? slot
}

function isMove(appointment: Appointment, slot: Slot): boolean {
  return appointment.slots[0] !== slot
}

function movedOccasion(appointment: Appointment, slot: Slot): string {
  return `${occasionOf(appointment.appointmentId, slot)}_${factStamp(slot.setAt)}`
}

const CANCELLATION = written({
  id: 'CUS-13',
  title: {
    en: 'Tell everybody that an appointment is off, and have another booked',
    cy: 'Rhoi gwybod i bawb bod apwyntiad wedi’i ganslo, a threfnu un arall',
  },
  source: '003:493 by analogy; the custom of services that remind',
  rows: {
    cancelled: [
      {
        to: 'person',
        when: 'at once on `appointment.cancelled`, outside quiet hours',
        until: 'another time is set; the start has passed',
        text: TEXTS.cancelled,
      },
      {
        to: 'offender manager, case manager, `with` (not `by`)',
        when: 'at once on `appointment.cancelled`',
        until: 'another time is set; the start has passed',
        text: TEXTS.cancelledForWorkers,
      },
    ],
  },
})
const [CANCELLED_PERSON, CANCELLED_WORKERS] = CANCELLATION.row.cancelled

export const tellOfCancellation: Duty<OpenOrder> = {
  ...CANCELLATION,
  outlivesOrder: true,
  plan: byFacts(function* (open) {
    for (const appointment of Object.values(open.order.appointments)) {
      for (const cancellation of cancellations(appointment)) {
        const { cancelled, slot, takenBackAt } = cancellation
        if (cancelled.at >= slot.startsAt) continue
        yield* cancelledPerson(open, cancellation)
        yield* toWorkers(open, {
          ...CANCELLED_WORKERS,
          occasion: cancelledOccasion(cancellation),
          at: cancelled.at,
          left: takenBackAt,
          stale: slot.startsAt,
          because: cancelled.eventId,
          tell: workersOf(open, appointment, cancelled.info.by, open.tell.offenderManager),
          facts: () => ({ ...slotFacts(slot), ...caseFacts(open) }),
        })
      }
    }
  }),
}

/** What the person is told about a cancellation: one notice, or none. */
export function* cancelledPerson(open: OpenOrder, cancellation: Cancellation): Iterable<Planned> {
  const { cancelled, slot, takenBackAt } = cancellation
  if (cancelled.at >= slot.startsAt || takenBackAt === cancelled.at) return
  yield notice(open.casefile, {
    ...CANCELLED_PERSON,
    occasion: cancelledOccasion(cancellation),
    role: 'person',
    due: cancelled.at,
    stale: slot.startsAt,
    hours: 'person',
    alone: true,
    because: [...open.because, cancelled.eventId],
    untold: takenBackAt === undefined ? undefined : 'no-longer-true',
    to: (neighbours) => toPerson(open, neighbours, slotFacts(slot)),
  })
}

/** Distinguishes one cancellation of an appointment from another. */
function cancelledOccasion({ cancelled }: Cancellation): string {
  return `${cancelled.info.appointmentId}_${factStamp(cancelled.at)}`
}

/** A change, told immediately to each worker it concerns; not told at all if it was overtaken as it was made. */
function* toWorkers(
  open: OpenOrder,
  change: Pick<Draft, 'duty' | 'step' | 'text' | 'occasion' | 'stale'> & {
    readonly at: Instant
    readonly left?: Instant | undefined
    readonly because: string
    readonly tell: readonly Recipient[]
    readonly facts: (now: Instant) => Facts
  },
): Iterable<Planned> {
  const { at, left, because, tell, facts, ...said } = change
  if (left !== undefined && left <= at) return
  for (const { role, contactId, to } of tell) {
    yield notice(open.casefile, {
      ...said,
      role,
      ...(contactId !== undefined && { contactId }),
      due: at,
      hours: 'any',
      because: [...open.because, because],
      untold: left === undefined ? undefined : 'no-longer-true',
      to: (neighbours, now) => (typeof to === 'function' ? to(neighbours, now) : { to, facts: facts(now) }),
    })
  }
}

/** The offender manager, the case manager and the person it is with, but not whoever made the change. */
export function workersOf(
  open: OpenOrder,
  appointment: Appointment,
  by: string | undefined,
  offenderManager: Recipient,
): Recipient[] {
  const { terms, tell } = open
  const own: [string, Recipient][] = [
    [terms.offenderManager, offenderManager],
    [terms.caseManager, tell.caseManager],
  ]
  const other = appointment.with
  if (other !== undefined && !own.some(([contactId]) => contactId === other)) {
    own.push([other, tell.worker(other)])
  }
  return own.filter(([contactId]) => contactId !== by).map(([, recipient]) => recipient)
}
