import { addDays, HOUR_MS, type Instant, londonDate, londonTime } from '../calendar/london.ts'
import {
  type Appointment,
  documentsSent,
  endOf,
  firstSince,
  happened,
  isSuperseded,
  kept,
  type Order,
  type Sheet,
  type Slot,
  sheetsAbout,
  sheetsOf,
  slotOf,
  standing,
} from '../casefile/order.ts'
import type { Neighbours } from '../directory/neighbours.ts'
import type { Candidate } from '../directory/reach.ts'
import * as roles from '../directory/roles.ts'
import {
  type Duty,
  type Facts,
  factStamp,
  ladder,
  type Planned,
  promptWorkingDaysAfter,
  type Recipient,
  stamp,
} from './duty.ts'
import { atOnce, caseFacts, type OpenOrder } from './open-order.ts'

/** Section 3 of the schedule: progress updates, which replace the fax. */

const updateAfterEveryAppointment: Duty<OpenOrder> = {
  id: 'FAX-01',
  title: 'A written update after every appointment',
  source: '003:491, "Following each appointment, the ATR case manager should fax a written update"',
  outlivesOrder: true,
  steps: {
    prompt: {
      to: 'case manager',
      when: 'scheduled end, every day',
      until: 'contact sheet submitted; cancelled or rearranged before its start',
    },
    evening: {
      to: 'case manager',
      when: '16:30 the same day if that is after the end, every day',
      until: 'same',
    },
    overdue: { to: 'case manager', when: 'end + 20 h, every day', until: 'same' },
    missing: {
      to: 'offender manager (or duty officer), provider manager',
      when: 'end + 24 h, every day',
      until: 'same',
    },
    update: {
      to: 'offender manager, or the duty officer if absent that day',
      when: 'at once on submission; a second sheet is a new update marked corrected',
      until: '',
    },
    unread: {
      to: 'whoever was given the update; probation office after 2',
      when: '1 and 2 working days after',
      until: '`contact-sheet.read`',
    },
  },
  *plan(open) {
    const { order } = open
    for (const appointment of reported(order)) {
      for (const slot of kept(appointment)) {
        if (!isCutOff(order, slot)) yield* chase(open, appointment, slot)
      }
      for (const sheet of sheetsOf(order, appointment.appointmentId)) {
        if (!isCutOff(order, slotOf(appointment, sheet))) yield* update(open, appointment, sheet)
      }
    }
  },
}

/** The appointments that section 3 is about: those of every kind but `supervision`. */
export function reported(order: Order): Appointment[] {
  return Object.values(order.appointments).filter(({ kind }) => kind !== 'supervision')
}

/** The order had ended before this was to begin. */
export function isCutOff({ ended }: Order, slot: Slot): boolean {
  return ended !== undefined && ended.at <= slot.startsAt
}

const EVENING = '16:30'

/** When an update that has not come is missing. */
export function missingAt(slot: Slot): Instant {
  return endOf(slot) + 24 * HOUR_MS
}

function* chase(open: OpenOrder, { appointmentId }: Appointment, slot: Slot): Iterable<Planned> {
  const { tell } = open
  const end = endOf(slot)
  const evening = londonTime(londonDate(end), EVENING)
  yield* ladder(open.casefile, {
    duty: 'FAX-01',
    occasion: `${appointmentId}_${stamp(slot.startsAt)}`,
    hours: 'any',
    because: [...open.because, slot.eventId],
    facts: { ...caseFacts(open), start: slot.startsAt },
    rungs: [
      { step: 'prompt', due: end, tell: [tell.caseManager] },
      ...(evening > end ? [{ step: 'evening', due: evening, tell: [tell.caseManager] }] : []),
      { step: 'overdue', due: end + 20 * HOUR_MS, tell: [tell.caseManager] },
      {
        step: 'missing',
        due: missingAt(slot),
        tell: [tell.offenderManagerOrDutyOfficer, tell.providerManager],
      },
    ],
    until: (state) => sheetsAbout(state, appointmentId, slot).length > 0,
  })
}

function* update(open: OpenOrder, appointment: Appointment, sheet: Sheet): Iterable<Planned> {
  const { order, tell } = open
  const { appointmentId } = appointment
  const slot = slotOf(appointment, sheet)
  const { attendance, nextAppointment, ringMe = false } = sheet.info
  const next = order.appointments[nextAppointment]
  const told = atOnce(open, {
    duty: 'FAX-01',
    step: 'update',
    occasion: sheetOccasion(sheet),
    at: sheet.at,
    because: sheet.eventId,
    tell: [tell.offenderManagerOrDutyOfficer],
    facts: () => ({
      ...caseFacts(open),
      start: slot.startsAt,
      attendance,
      isNext: nextAppointment !== 'none-booked' && !next?.cancelled,
      next: next ? standing(next).startsAt : 0,
      corrected: sheetsAbout(order, appointmentId, slot)[0] !== sheet,
      ringMe,
    }),
  })
  for (const one of told) {
    yield one
    yield* unread(open, one, sheet, slot)
  }
}

/** Chases whoever was given an update, then the probation office, until somebody has read it. */
function* unread(open: OpenOrder, update: Planned, sheet: Sheet, slot: Slot): Iterable<Planned> {
  const { casefile, rules, terms, tell } = open
  const given = casefile.ledger.entry(update.noticeId)
  if (given?.is !== 'sent' && given?.is !== 'failed') return
  const reader: Candidate = { contactId: given.to, role: given.role, covered: true }
  const day = londonDate(given.at)
  yield* ladder(casefile, {
    duty: 'FAX-01',
    occasion: update.occasion,
    hours: 'office',
    because: update.because,
    facts: { ...caseFacts(open), start: slot.startsAt },
    rungs: [
      {
        step: 'unread',
        label: '1-working-day',
        due: promptWorkingDaysAfter(rules, day, 1),
        tell: [{ role: 'offender-manager', to: [reader, ...roles.probationOffice(terms)] }],
      },
      {
        step: 'unread',
        label: '2-working-days',
        due: promptWorkingDaysAfter(rules, day, 2),
        tell: [tell.probationOffice],
      },
    ],
    until: (state) => isRead(state, sheet) || isCorrected(state, sheet, slot),
  })
}

function isRead(state: Order, { at, info }: Sheet): boolean {
  return happened(state, 'contact-sheet.read').some(
    (read) => read.info.appointmentId === info.appointmentId && read.at >= at,
  )
}

/** Whether a later sheet about the same slot has taken this one's place. */
function isCorrected(state: Order, sheet: Sheet, slot: Slot): boolean {
  return isSuperseded(sheet, sheetsAbout(state, sheet.info.appointmentId, slot))
}

function sheetOccasion({ at, info }: Sheet): string {
  return `${info.appointmentId}_${factStamp(at)}`
}

const passOnDisclosure: Duty<OpenOrder> = {
  id: 'FAX-05',
  title: 'Pass on something important that had not been disclosed',
  source: '003:452, "information that is shared with the treatment provider that is important"',
  steps: {
    flagged: {
      to: 'offender manager or duty officer',
      when: 'at once on `disclosure.flagged`: a flag and a number to ring, never the substance',
      until: '`disclosure.acknowledged`',
    },
    unseen: {
      to: 'duty officer; then probation office',
      when: '+ 2 h unseen: duty officer; next working day: probation office',
      until: 'same',
    },
  },
  *plan(open) {
    const { casefile, order, rules, terms } = open
    for (const flagged of happened(order, 'disclosure.flagged')) {
      const facts = (neighbours: Neighbours): Facts => ({
        ...caseFacts(open),
        flaggedAt: flagged.at,
        number: numberOf(neighbours, flagged.info.by) ?? numberOf(neighbours, terms.caseManager) ?? '',
      })
      const tell = (role: Recipient['role'], to: readonly Candidate[]): Recipient => ({
        role,
        to: (neighbours) => ({ to, facts: facts(neighbours) }),
      })
      const plan = {
        duty: 'FAX-05',
        occasion: factStamp(flagged.at),
        because: [...open.because, flagged.eventId],
        until: (state: Order) => firstSince(state, 'disclosure.acknowledged', flagged.at) !== undefined,
      }
      // The flag is a ladder of its own: telling somebody else that it was not seen never takes its place.
      yield* ladder(casefile, {
        ...plan,
        hours: 'any',
        rungs: [
          {
            step: 'flagged',
            due: flagged.at,
            tell: [tell('offender-manager', roles.offenderManagerOrDutyOfficer(terms))],
          },
        ],
      })
      yield* ladder(casefile, {
        ...plan,
        hours: 'office',
        rungs: [
          {
            step: 'unseen',
            label: '2-hours',
            due: flagged.at + 2 * HOUR_MS,
            hours: 'any',
            tell: [tell('duty-officer', roles.dutyOfficer(terms))],
          },
          {
            step: 'unseen',
            label: 'next-working-day',
            due: promptWorkingDaysAfter(rules, londonDate(flagged.at), 1),
            tell: [tell('probation-office', roles.probationOffice(terms))],
          },
        ],
      })
    }
  },
}

/** The number that staff may give out for a contact, else their mobile. */
function numberOf(neighbours: Neighbours, contactId: string): string | undefined {
  const { details } = neighbours.get('contact', contactId)
  return details?.phone ?? details?.mobile
}

const NEXT_DAY = '17:00'

const discussWithdrawal: Duty<OpenOrder> = {
  id: 'FAX-07',
  title: 'Nothing is withdrawn before it was discussed with the offender manager',
  source: '003:499, "should not be withdrawn ... without prior discussion with the OM"',
  steps: {
    proposed: {
      to: 'offender manager or duty officer',
      when: 'at once on `withdrawal.proposed`',
      until: '`withdrawal.discussed`',
    },
    undiscussed: { to: 'offender manager or duty officer', when: '17:00 next day, every day', until: 'same' },
  },
  *plan(open) {
    const tell = [open.tell.offenderManagerOrDutyOfficer]
    for (const proposed of happened(open.order, 'withdrawal.proposed')) {
      yield* ladder(open.casefile, {
        duty: 'FAX-07',
        occasion: factStamp(proposed.at),
        hours: 'any',
        because: [...open.because, proposed.eventId],
        facts: { ...caseFacts(open), proposedAt: proposed.at },
        rungs: [
          { step: 'proposed', due: proposed.at, tell },
          {
            step: 'undiscussed',
            due: londonTime(addDays(londonDate(proposed.at), 1), NEXT_DAY),
            tell,
          },
        ],
        until: (state) => firstSince(state, 'withdrawal.discussed', proposed.at) !== undefined,
      })
    }
  },
}

const tellOfBreach: Duty<OpenOrder> = {
  id: 'FAX-08',
  title: 'Tell those who work with the person of a breach, and of its outcome',
  source: '003:501, "OMs will advise treatment staff and other agencies ... of decisions to breach"',
  outlivesOrder: true,
  steps: {
    decided: { to: 'case manager, provider manager', when: 'at once on `breach.decided`', until: '' },
    concluded: { to: 'case manager, provider manager', when: 'at once on `breach.concluded`', until: '' },
  },
  *plan(open) {
    const { order, tell } = open
    for (const fact of [...happened(order, 'breach.decided'), ...happened(order, 'breach.concluded')]) {
      yield* atOnce(open, {
        duty: 'FAX-08',
        step: fact.type === 'breach.decided' ? 'decided' : 'concluded',
        occasion: factStamp(fact.at),
        at: fact.at,
        because: fact.eventId,
        tell: [tell.caseManager, tell.providerManager],
        facts: () => ({ ...caseFacts(open), at: fact.at }),
      })
    }
  },
}

const informCourtReview: Duty<OpenOrder> = {
  id: 'FAX-12',
  title: 'Information for the court’s review reaches it in time',
  source: '003:449, "Information for any review reports that may be required by the courts"',
  steps: {
    'review-information': {
      to: 'case manager; offender manager too at 3',
      when: '10, 5, 3 working days before `hearingOn`',
      until: '`review-information` sent',
    },
  },
  *plan(open) {
    const { casefile, order, rules, tell } = open
    const hearings = Map.groupBy(happened(order, 'court-review.listed'), ({ info }) => info.hearingOn)
    for (const [hearingOn, [first, ...again]] of hearings) {
      if (!first) continue
      const listed = again.at(-1) ?? first
      yield* ladder(casefile, {
        duty: 'FAX-12',
        occasion: hearingOn,
        hours: 'office',
        because: [...open.because, listed.eventId],
        facts: { ...caseFacts(open), hearingOn },
        rungs: [10, 5, 3].map((count) => ({
          step: 'review-information',
          label: `${count}-working-days`,
          due: promptWorkingDaysAfter(rules, hearingOn, -count),
          tell: [tell.caseManager, ...(count === 3 ? [tell.offenderManager] : [])],
        })),
        until: (state) =>
          documentsSent(state, 'review-information').some(({ at }) => at >= first.at) ||
          isSuperseded(listed, happened(state, 'court-review.listed')),
      })
    }
  },
}

const agreeSupport: Duty<OpenOrder> = {
  id: 'ATR-20',
  title: 'Agree a plan when somebody needs more support',
  source: '003:497, "the offender manager should be notified and a plan of action agreed"',
  steps: {
    need: {
      to: 'offender manager or duty officer',
      when: 'at once on a sheet with `supportNeed`',
      until: '`support-plan.agreed`',
    },
    'no-plan': { to: 'offender manager or duty officer', when: '+ 5 working days', until: 'same' },
  },
  *plan(open) {
    const { casefile, order, rules } = open
    const tell = [open.tell.offenderManagerOrDutyOfficer]
    for (const appointment of reported(order)) {
      for (const sheet of sheetsOf(order, appointment.appointmentId)) {
        if (!sheet.info.supportNeed) continue
        const slot = slotOf(appointment, sheet)
        yield* ladder(casefile, {
          duty: 'ATR-20',
          occasion: sheetOccasion(sheet),
          hours: 'office',
          because: [...open.because, sheet.eventId],
          facts: { ...caseFacts(open), start: slot.startsAt },
          rungs: [
            { step: 'need', due: sheet.at, hours: 'any', tell },
            { step: 'no-plan', due: promptWorkingDaysAfter(rules, londonDate(sheet.at), 5), tell },
          ],
          until: (state) =>
            firstSince(state, 'support-plan.agreed', sheet.at) !== undefined ||
            isCorrected(state, sheet, slot),
        })
      }
    }
  },
}

export const PROGRESS_DUTIES = [
  updateAfterEveryAppointment,
  passOnDisclosure,
  discussWithdrawal,
  tellOfBreach,
  informCourtReview,
  agreeSupport,
] as const
