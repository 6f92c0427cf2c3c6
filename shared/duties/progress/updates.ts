import { HOUR_MS, londonDate, londonTime } from '../../calendar/london.ts'
import { endOf, kept, type Slot, standing } from '../../casefile/appointment.ts'
import { readAt, sheetsAbout } from '../../casefile/contact-sheets.ts'
import { noticeIdOf, stamp } from '../../casefile/ids.ts'
import type { Candidate } from '../../directory/reach.ts'
import * as roles from '../../directory/roles.ts'
import type { Told } from '../../planning/duty.ts'
import { all, dutyOf, NOTHING, onlyIf, type Who } from '../../planning/rows.ts'
import { atOnce, labelled, when, workingDaysAfter } from '../../planning/when.ts'
import { withCaseManagersNumber } from '../orders/number-to-ring.ts'
import type { OpenOrder } from '../orders/open-order.ts'
import {
  about,
  caseManager,
  type OrderSubject,
  offenderManagerOrDutyOfficer,
  orderRows,
  orderRowsTold,
  probationOffice,
  providerManager,
} from '../orders/rows.ts'
import {
  isCorrected,
  isCutOff,
  MISSING_AFTER_HOURS,
  reported,
  type Submitted,
  submittedSheets,
} from './reported.ts'
import { PROGRESS_TEXTS as TEXTS } from './texts.ts'

/**
 * Section 3 of the schedule: progress updates, which replace the fax. Source 003 is NOMS, Delivering alcohol
 * interventions and ATRs.
 */

const READ = [{ event: 'contact-sheet.read' }] as const

const EVENING = '16:30'
const OVERDUE_AFTER_HOURS = 20

type Owed = OrderSubject & { readonly appointmentId: string; readonly slot: Slot }

/** Every appointment that was to take place, once for each start. */
function* owedSheets(open: OpenOrder): Iterable<Owed> {
  for (const appointment of reported(open.order)) {
    const { appointmentId } = appointment
    for (const slot of kept(appointment)) {
      if (isCutOff(open.order, slot)) continue
      const occasion = `${appointmentId}_${stamp(slot.startsAt)}`
      const thing = { occasion, facts: { start: slot.startsAt }, because: [slot.eventId] }
      yield about(open, thing, { appointmentId, slot })
    }
  }
}

function hoursAfterEnd(hours: number) {
  return when<Owed>(`scheduled end + ${hours} h, every day`, ({ slot }) => [
    { due: endOf(slot) + hours * HOUR_MS },
  ])
}

const chase = orderRows(owedSheets)({
  hours: 'any',
  until: {
    says: 'contact sheet submitted; cancelled or rearranged before its start',
    met: (order, _, { appointmentId, slot }) => sheetsAbout(order, appointmentId, slot).length > 0,
    since: ({ order, appointmentId, slot }) => {
      const [sheet] = sheetsAbout(order, appointmentId, slot)
      return sheet && Math.max(sheet.at, slot.setAt)
    },
  },
  asks: [{ event: 'contact-sheet.submitted' }],
  rows: {
    prompt: {
      to: caseManager,
      when: when('scheduled end, every day', ({ slot }) => [{ due: endOf(slot) }]),
      text: TEXTS.prompt,
    },
    evening: {
      to: caseManager,
      when: onlyIf(
        'if that is after the end',
        ({ slot }) => eveningOf(slot) > endOf(slot),
        when(`${EVENING} the same day, every day`, ({ slot }) => [{ due: eveningOf(slot) }]),
      ),
      text: TEXTS.evening,
    },
    overdue: {
      overdue: true,
      to: caseManager,
      when: hoursAfterEnd(OVERDUE_AFTER_HOURS),
      text: TEXTS.overdue,
    },
    missing: {
      overdue: true,
      to: all(withCaseManagersNumber(offenderManagerOrDutyOfficer), providerManager),
      when: hoursAfterEnd(MISSING_AFTER_HOURS),
      text: TEXTS.missing,
      asks: 'conversation',
    },
  },
})

function eveningOf(slot: Slot): number {
  return londonTime(londonDate(endOf(slot)), EVENING)
}

function* givenUpdates(open: OpenOrder): Iterable<Submitted> {
  for (const one of submittedSheets(open)) {
    if (isCutOff(open.order, one.slot)) continue
    const { attendance, nextAppointment, ringMe = false } = one.sheet.info
    const next = open.order.appointments[nextAppointment]
    const facts = {
      ...one.facts,
      enforceable: one.appointment.enforceable,
      attendance,
      isNext: nextAppointment !== 'none-booked' && !next?.cancelled,
      next: next ? standing(next).startsAt : 0,
      corrected: sheetsAbout(open.order, one.appointment.appointmentId, one.slot)[0] !== one.sheet,
      ringMe,
    }
    yield { ...one, facts }
  }
}

const update = orderRows(givenUpdates)({
  hours: 'any',
  until: NOTHING,
  asks: READ,
  rows: {
    update: {
      to: offenderManagerOrDutyOfficer,
      when: atOnce(
        '`contact-sheet.submitted`; a second sheet is a new update marked corrected',
        ({ sheet }) => sheet.at,
      ),
      text: TEXTS.update,
    },
  },
})

const HEAD = {
  id: 'FAX-01',
  title: {
    en: 'A written update after every appointment',
    cy: 'Diweddariad ysgrifenedig ar ôl pob apwyntiad',
  },
  source: '003:491, "Following each appointment, the ATR case manager should fax a written update"',
  outlivesOrder: true,
} as const

type Given = Submitted & { readonly reader: Candidate; readonly day: string }

/** The updates that were sent to somebody, even if sending failed. */
function* unreadUpdates(open: OpenOrder & Told): Iterable<Given> {
  for (const one of submittedSheets(open)) {
    if (isCutOff(open.order, one.slot)) continue
    const named = { duty: HEAD.id, step: 'update', occasion: one.occasion, role: 'offender-manager' } as const
    const given = open.ledger.entry(noticeIdOf(open.casefile.id, named))
    if (given?.is !== 'sent' && given?.is !== 'failed') continue
    yield {
      ...one,
      facts: { ...one.facts, givenTo: given.role },
      reader: { contactId: given.to, role: given.role, covered: true },
      day: londonDate(given.at),
    }
  }
}

const reader: Who<Given> = {
  says: 'the reader of the update',
  of: ({ reader, terms }) => [{ role: 'offender-manager', to: [reader, ...roles.probationOffice(terms)] }],
}
const GIVEN = { says: 'the update was given', of: ({ day }: Given) => day }

const unread = orderRowsTold(unreadUpdates)({
  hours: 'office',
  until: {
    says: '`contact-sheet.read`; a corrected sheet',
    met: (order, _, given) => readAt(order, given.sheet) !== undefined || isCorrected(order, given),
    since: ({ order, sheet }) => readAt(order, sheet),
  },
  asks: READ,
  rows: {
    unread: [
      {
        overdue: true,
        to: reader,
        when: labelled('1-working-day', workingDaysAfter(GIVEN, 1)),
        text: TEXTS.unread,
      },
      {
        overdue: true,
        to: probationOffice,
        when: labelled('2-working-days', workingDaysAfter(GIVEN, 2)),
        text: TEXTS.unreadByThem,
        asks: 'conversation',
      },
    ],
  },
})

export const updateAfterEveryAppointment = dutyOf(HEAD, chase, update, unread)
