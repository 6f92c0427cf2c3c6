import { plannedOutsideQuiet } from '../../calendar/hours.ts'
import { HOUR_MS, type Instant } from '../../calendar/london.ts'
import {
  type Appointment,
  cancellations,
  dayOf,
  lastOfEachStart,
  type Slot,
} from '../../casefile/appointment.ts'
import { factStamp } from '../../casefile/ids.ts'
import { isSettled, type Reason } from '../../casefile/ledger.ts'
import { happened } from '../../casefile/order.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { resolve } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import type { Template } from '../../messages/text.ts'
import { byLedger, type Duty, notice, type Planned } from '../../planning/duty.ts'
import { promptWorkingDaysAfter } from '../../planning/ladder.ts'
import { written } from '../../planning/written.ts'
import { caseFacts, type OpenOrder, type ToldOrder, whoIs } from '../orders/open-order.ts'
import { cancelledPerson, movedPerson } from './changes.ts'
import { replies, UNREAD } from './replied.ts'
import { isGiven, missedBecause, occasionOf, slotFacts, toPerson } from './telling-the-person.ts'
import { APPOINTMENT_TEXTS as TEXTS } from './texts.ts'

/** Section 1 of the schedule: ATR appointments. Source 003 is NOMS, Delivering alcohol interventions and ATRs. */

/** Hours before the start at which the person is reminded, and at which a reminder comes too late to be of use. */
const DAY_BEFORE = { hours: 24, staleHours: 3 }
const SAME_DAY = { hours: 2, staleHours: 0 }
/** A move told at most this many hours before the day-before reminder replaces it. */
const MOVED_REMINDS_HOURS = 12

const RING = 'case manager; none or absent: offender manager'

const RUNG = [{ event: 'person.rung' }] as const

const REMIND = written({
  id: 'ATR-01',
  title: {
    en: 'Remind the person shortly before every appointment',
    cy: 'Atgoffa’r person ychydig cyn pob apwyntiad',
  },
  source: '003:489, "Offenders should be contacted shortly before appointments"',
  rows: {
    'day-before': {
      to: 'person',
      when: `start − ${DAY_BEFORE.hours} h, outside quiet hours; not if \`moved\` told this start within the ${MOVED_REMINDS_HOURS} h before`,
      until: `cancelled; rearranged (then planned for the new start); start − ${DAY_BEFORE.staleHours} h has passed`,
      text: TEXTS.dayBefore,
    },
    'same-day': {
      to: 'person',
      when: `start − ${SAME_DAY.hours} h, outside quiet hours`,
      until: 'cancelled; rearranged (then planned for the new start); start passed',
      text: TEXTS.sameDay,
    },
    'ring-them': [
      {
        to: RING,
        when: '09:00 on the working day before, or at once if booked or moved later: this person was not, or will not be, told',
        until: 'start passed; cancelled; rearranged; the person was told; `person.rung`',
        asks: RUNG,
        text: TEXTS.ringThem,
      },
      {
        to: RING,
        when: 'at once when the last `moved`, or `cancelled`, did not reach the person, or named no place, since their address is not known to be safe',
        until: 'start passed; the person was told; `person.rung`',
        asks: RUNG,
        text: { moved: TEXTS.ringAboutMove, cancelled: TEXTS.ringAboutCancellation },
      },
    ],
    replied: {
      to: `${RING}; outside 09:00–17:00, or where the words say that somebody may come to harm: duty officer too. Unread ${UNREAD.hours} working hours after: duty officer; ${UNREAD.days} working day after: probation office`,
      when: 'at once when the person writes back anything but STOP, START or an answer that was asked for',
      until: 'read',
      asks: [{ event: 'reply.read' }],
      text: TEXTS.replied,
    },
  },
})
const [RING_ABOUT_REMINDER, RING_ABOUT_CHANGE] = REMIND.row['ring-them']

export const remindPerson: Duty<OpenOrder> = {
  ...REMIND,
  plan: byLedger(function* (open) {
    for (const appointment of Object.values(open.order.appointments)) {
      for (const slot of lastOfEachStart(appointment)) {
        const planned = [...reminders(open, appointment, slot)]
        yield* planned
        yield* ringAboutReminder(open, appointment, slot, planned)
      }
      yield* ringAboutChanges(open, appointment)
    }
    yield* replies(open, REMIND.row.replied)
  }),
}

/** The reminders to the person of one start. */
function* reminders(open: ToldOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  const { casefile, rules, because } = open
  const { appointmentId, enforceable } = appointment
  const facts = { ...slotFacts(slot), enforceable }
  const occasion = occasionOf(appointmentId, slot)
  const steps = [
    { row: REMIND.row['day-before'], ...DAY_BEFORE },
    { row: REMIND.row['same-day'], ...SAME_DAY },
  ]
  for (const { row, hours, staleHours } of steps) {
    const due = plannedOutsideQuiet(rules.settings.quiet, slot.startsAt - hours * HOUR_MS)
    if (slot.leftAt !== undefined && slot.leftAt <= due) continue
    const toldOfMove = row.step === 'day-before' && isToldOfMove(open, appointment, slot, due)
    const untold = slot.leftAt !== undefined ? 'no-longer-true' : toldOfMove ? 'told-of-move' : undefined
    yield notice(casefile, {
      ...row,
      occasion,
      role: 'person',
      due,
      stale: slot.startsAt - staleHours * HOUR_MS,
      hours: 'person',
      alone: true,
      because: [...because, slot.eventId],
      untold,
      to: (neighbours) => toPerson(open, neighbours, facts, appointment.with),
    })
  }
}

/** Whether `moved` told the person of this start late enough that the day-before reminder is not needed. */
function isToldOfMove(open: ToldOrder, appointment: Appointment, slot: Slot, due: Instant): boolean {
  const moved = recentMove(open, appointment, slot, due)
  if (!moved) return false
  return isGiven(open, moved) || !isSettled(open.ledger.entry(moved.noticeId))
}

/** The notice that tells the person of the move to this start: still to come, or shortly before `due`. */
function recentMove(
  open: ToldOrder,
  appointment: Appointment,
  slot: Slot,
  due: Instant,
): Planned | undefined {
  const [moved] = movedPerson(open, appointment, slot)
  const entry = moved && open.ledger.entry(moved.noticeId)
  return !isSettled(entry) || entry.at >= due - MOVED_REMINDS_HOURS * HOUR_MS ? moved : undefined
}

/** The person cannot be reminded of this start: a worker must ring them. */
function* ringAboutReminder(
  open: ToldOrder,
  appointment: Appointment,
  slot: Slot,
  planned: readonly Planned[],
): Iterable<Planned> {
  const { rules, terms } = open
  const due = Math.max(promptWorkingDaysAfter(rules, dayOf(slot), -1), slot.setAt)
  if (slot.setAt >= slot.startsAt || (slot.leftAt !== undefined && slot.leftAt <= due)) return
  if (recentMove(open, appointment, slot, due)) return
  const told = [...planned, ...movedPerson(open, appointment, slot)]
  yield ringThem(open, slot, {
    occasion: occasionOf(appointment.appointmentId, slot),
    due,
    isOvertaken: slot.leftAt !== undefined,
    because: slot.eventId,
    said: RING_ABOUT_REMINDER,
    why: (neighbours, now) => {
      if (told.some((one) => isGiven(open, one))) return undefined
      const found = resolve(roles.person(terms), neighbours, {}, now)
      if (found.is === 'nobody') return found.misses[0]?.reason
      const missed = planned.map((one) => missedBecause(open, one, neighbours, now))
      return missed.includes('not-delivered') ? 'not-delivered' : missed.at(-1)
    },
  })
}

/** The person could not be told that an appointment was moved or cancelled. */
function* ringAboutChanges(open: ToldOrder, appointment: Appointment): Iterable<Planned> {
  const changes = [
    ...appointment.slots.map((slot) => ['moved', slot, movedPerson(open, appointment, slot)] as const),
    ...cancellations(appointment).map((one) => ['cancelled', one.slot, cancelledPerson(open, one)] as const),
  ]
  for (const [step, slot, told] of changes) {
    for (const change of told) {
      yield ringThem(open, slot, {
        occasion: `${appointment.appointmentId}_${step}_${factStamp(change.due)}`,
        due: change.due,
        isOvertaken: change.untold !== undefined,
        because: change.because.at(-1) ?? slot.eventId,
        said: { ...RING_ABOUT_CHANGE, text: RING_ABOUT_CHANGE.text[step] },
        why: (neighbours, now) =>
          missedBecause(open, change, neighbours, now) ?? placeUntold(change, neighbours, now),
      })
    }
  }
}

/** Whether they are told that the place changed, but not where: an address that may be unsafe is not sent the place. */
function placeUntold(change: Planned, neighbours: Neighbours, now: Instant): 'place' | undefined {
  const { isPlaceNew, safe } = change.bind(neighbours, now)?.facts ?? {}
  return isPlaceNew && !safe ? 'place' : undefined
}

function ringThem(
  open: ToldOrder,
  slot: Slot,
  ring: {
    occasion: string
    due: Instant
    /** Moved or cancelled since: no longer a reason to ring. */
    isOvertaken: boolean
    because: string
    said: { duty: string; step: string; text: Template }
    why: (neighbours: Neighbours, now: Instant) => Reason | 'place' | undefined
  },
): Planned {
  const { casefile, terms, order } = open
  const isRung = happened(order, 'person.rung').some(({ at }) => at >= ring.due)
  return notice(casefile, {
    ...ring.said,
    occasion: ring.occasion,
    role: 'case-manager',
    due: ring.due,
    stale: slot.startsAt,
    hours: 'any',
    because: [...open.because, ring.because],
    untold: isRung || ring.isOvertaken ? 'no-longer-true' : undefined,
    to: (neighbours, now) => {
      // After the start, the person may be out of reach for other reasons.
      const why = ring.isOvertaken && now >= slot.startsAt ? undefined : ring.why(neighbours, now)
      if (why === undefined) return undefined
      const said = { who: whoIs(open, neighbours), why, isPlace: why === 'place' }
      return {
        to: [{ contactId: terms.caseManager, role: 'case-manager' }, ...roles.offenderManager(terms)],
        facts: { ...slotFacts(slot), ...caseFacts(open), ...said },
      }
    },
  })
}
