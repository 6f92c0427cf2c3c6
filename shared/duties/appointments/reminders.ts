import type { Instant } from '../../calendar/london.ts'
import { factStamp } from '../../casefile/ids.ts'
import type { Reason } from '../../casefile/ledger.ts'
import { type Appointment, dayOf, lastOfEachStart, type Slot, standing } from '../../casefile/order.ts'
import type { Neighbours } from '../../directory/neighbours.ts'
import { resolve } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import { type Duty, notice, type Planned } from '../../planning/duty.ts'
import { promptWorkingDaysAfter } from '../../planning/ladder.ts'
import { caseFacts, type OpenOrder, whoIs } from '../orders/open-order.ts'
import {
  cancelledPerson,
  isGiven,
  movedPerson,
  occasionOf,
  recentMove,
  reminders,
  slotFacts,
} from './telling-the-person.ts'

/** Section 1 of the schedule: ATR appointments. Source 003 is NOMS, Delivering alcohol interventions and ATRs. */

export const remindPerson: Duty<OpenOrder> = {
  id: 'ATR-01',
  title: 'Remind the person shortly before every appointment',
  source: '003:489, "Offenders should be contacted shortly before appointments"',
  steps: {
    'day-before': {
      to: 'person',
      when: 'start − 24 h; not if `moved` told this start within the 12 h before',
      until: 'cancelled; rearranged (then planned afresh)',
    },
    'same-day': { to: 'person', when: 'start − 2 h', until: 'cancelled; rearranged (then planned afresh)' },
    'ring-them': {
      to: 'case manager; none or absent: offender manager',
      when: '09:00 on the working day before, or at once if learnt later: this person was not, or will not be, told',
      until: 'start passed; the person was told',
    },
  },
  *plan(open) {
    for (const appointment of Object.values(open.order.appointments)) {
      for (const slot of lastOfEachStart(appointment)) {
        yield* reminders(open, appointment, slot)
        yield* ringAboutReminder(open, appointment, slot)
      }
      yield* ringAboutChanges(open, appointment)
    }
  },
}

/** The person cannot be reminded of this start: somebody has to ring them. */
function* ringAboutReminder(open: OpenOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  const { rules, terms } = open
  if (slot.leftAt !== undefined || slot.setAt >= slot.startsAt) return
  const due = Math.max(promptWorkingDaysAfter(rules, dayOf(slot), -1), slot.setAt)
  if (recentMove(open, appointment, slot, due)) return
  const planned = [...reminders(open, appointment, slot)]
  const told = [...planned, ...movedPerson(open, appointment, slot)]
  yield ringThem(open, slot, {
    occasion: occasionOf(appointment.appointmentId, slot),
    due,
    because: slot.eventId,
    text: 'ring-them',
    why: (neighbours, now) => {
      if (told.some((one) => isGiven(open, one))) return undefined
      const found = resolve(roles.person(terms), neighbours, {}, now)
      if (found.is === 'nobody') return found.misses[0]?.reason
      const missed = planned.map((one) => missedBecause(open, one, neighbours, now))
      return missed.includes('not-delivered') ? 'not-delivered' : missed.at(-1)
    },
  })
}

/** The person could not be told that an appointment had moved or was off. */
function* ringAboutChanges(open: OpenOrder, appointment: Appointment): Iterable<Planned> {
  const slot = standing(appointment)
  const step = appointment.cancelled ? 'cancelled' : 'moved'
  const told = appointment.cancelled
    ? cancelledPerson(open, appointment)
    : movedPerson(open, appointment, slot)
  for (const change of told) {
    yield ringThem(open, slot, {
      occasion: `${appointment.appointmentId}_${step}_${factStamp(change.due)}`,
      due: change.due,
      because: change.because.at(-1) ?? slot.eventId,
      text: `ring-them-${step}`,
      why: (neighbours, now) => missedBecause(open, change, neighbours, now),
    })
  }
}

/** Skipped for reasons of ours: it was never meant to reach anybody. */
const NOT_MEANT: readonly string[] = ['before-go-live', 'shadow']

/** Why something did not reach the person; undefined while it may, and for what was never meant to. */
function missedBecause(
  { casefile, terms }: OpenOrder,
  { noticeId }: Planned,
  neighbours: Neighbours,
  now: Instant,
): Reason | undefined {
  if (casefile.ledger.failedAt(noticeId) !== undefined) {
    const failed = new Set(casefile.ledger.sendingsBefore(noticeId).barred)
    const again = resolve(roles.person(terms), neighbours, { failed }, now)
    return again.is === 'nobody' ? 'not-delivered' : undefined
  }
  const entry = casefile.ledger.entry(noticeId)
  return entry?.is === 'skipped' && !NOT_MEANT.includes(entry.reason) ? entry.reason : undefined
}

function ringThem(
  open: OpenOrder,
  slot: Slot,
  ring: {
    occasion: string
    due: Instant
    because: string
    text: string
    why: (neighbours: Neighbours, now: Instant) => Reason | undefined
  },
): Planned {
  const { casefile, terms } = open
  return notice(casefile, {
    duty: 'ATR-01',
    step: 'ring-them',
    occasion: ring.occasion,
    role: 'case-manager',
    due: ring.due,
    stale: slot.startsAt,
    hours: 'any',
    because: [...open.because, ring.because],
    text: ring.text,
    to: (neighbours, now) => {
      const why = ring.why(neighbours, now)
      if (why === undefined) return undefined
      return {
        to: [{ contactId: terms.caseManager, role: 'case-manager' }, ...roles.offenderManager(terms)],
        facts: { ...slotFacts(slot), ...caseFacts(open), who: whoIs(open, neighbours), why },
      }
    },
  })
}
