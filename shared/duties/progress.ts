import { HOUR_MS, londonDate, londonTime } from '../calendar/london.ts'
import {
  type Appointment,
  dayOf,
  endOf,
  happened,
  type Order,
  type Slot,
  sheetsOf,
  standing,
} from '../casefile/order.ts'
import {
  type Duty,
  type Facts,
  factStamp,
  ladder,
  noticeIdOf,
  type Planned,
  type Rung,
  stamp,
} from './duty.ts'
import { atOnce, caseFacts, type OpenOrder } from './open-order.ts'

/** Section 3 of the schedule: progress updates, which replace the fax, and the papers. */

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
    for (const appointment of Object.values(open.order.appointments)) {
      if (appointment.kind === 'supervision') continue
      for (const slot of appointment.slots) {
        if (isKept(open.order, slot)) yield* chase(open, appointment, slot)
      }
      yield* updates(open, appointment)
    }
  },
}

const EVENING = '16:30'

/** The slot was not given up before its start, and the order had not ended by then. */
function isKept(order: Order, slot: Slot): boolean {
  const given = slot.leftAt !== undefined && slot.leftAt < slot.startsAt
  return !given && !(order.ended && order.ended.at <= slot.startsAt)
}

function* chase(open: OpenOrder, appointment: Appointment, slot: Slot): Iterable<Planned> {
  const { casefile, tell } = open
  const end = endOf(slot)
  const evening = londonTime(dayOf(slot), EVENING)
  const rungs: Rung[] = [
    { step: 'prompt', due: end, tell: [tell.caseManager] },
    ...(evening > end ? [{ step: 'evening', due: evening, tell: [tell.caseManager] }] : []),
    { step: 'overdue', due: end + 20 * HOUR_MS, tell: [tell.caseManager] },
    {
      step: 'missing',
      due: end + 24 * HOUR_MS,
      tell: [tell.offenderManagerOrDutyOfficer, tell.providerManager],
    },
  ]
  yield* ladder(casefile, {
    duty: 'FAX-01',
    occasion: `${appointment.appointmentId}_${stamp(slot.startsAt)}`,
    hours: 'any',
    because: [...open.because, slot.eventId],
    facts: { ...caseFacts(open), start: slot.startsAt },
    rungs,
    until: (state) => isAnswered(state, appointment.appointmentId, slot),
  })
}

/** Whether a contact sheet is about this slot: the last one that had begun, else the one that stood. */
function isAnswered(order: Order, appointmentId: string, slot: Slot): boolean {
  const appointment = order.appointments[appointmentId]
  if (!appointment) return false
  return sheetsOf(order, appointmentId).some((sheet) => {
    const begun = appointment.slots.findLast((one) => one.startsAt <= sheet.at)
    return (begun ?? standing(appointment)).startsAt === slot.startsAt
  })
}

function* updates(open: OpenOrder, appointment: Appointment): Iterable<Planned> {
  const { casefile, order, terms, tell } = open
  const { appointmentId } = appointment
  const sheets = sheetsOf(order, appointmentId)
  for (const [index, sheet] of sheets.entries()) {
    const occasion = `${appointmentId}_${factStamp(sheet.at)}`
    const next = order.appointments[sheet.info.nextAppointment]
    const about: Facts = {
      ...caseFacts(open),
      start: (appointment.slots.findLast((one) => one.startsAt <= sheet.at) ?? standing(appointment))
        .startsAt,
    }
    yield* atOnce(open, {
      duty: 'FAX-01',
      step: 'update',
      occasion,
      at: sheet.at,
      because: sheet.eventId,
      tell: [tell.offenderManagerOrDutyOfficer],
      facts: () => ({
        ...about,
        attendance: sheet.info.attendance,
        next: next ? standing(next).startsAt : 0,
        corrected: index > 0,
        ringMe: sheet.info.ringMe ?? false,
      }),
    })
    const updateId = noticeIdOf(casefile.id, {
      duty: 'FAX-01',
      step: 'update',
      occasion,
      role: 'offender-manager',
    })
    const update = casefile.ledger.entry(updateId)
    if (update?.is !== 'sent') continue
    const { days, settings } = open.rules
    const after = (count: number) => londonTime(days.after(londonDate(update.at), count), settings.promptAt)
    const given = { contactId: update.to, role: update.role, covered: true } as const
    const office = { contactId: terms.probationOffice, role: 'probation-office' } as const
    yield* ladder(casefile, {
      duty: 'FAX-01',
      occasion,
      hours: 'office',
      because: [...open.because, sheet.eventId],
      facts: about,
      rungs: [
        {
          step: 'unread',
          label: '1',
          due: after(1),
          tell: [{ role: 'offender-manager', to: [given, office] }],
        },
        { step: 'unread', label: '2', due: after(2), tell: [tell.probationOffice] },
      ],
      until: (state) => {
        const read = happened(state, 'contact-sheet.read').findLast(
          (one) => one.info.appointmentId === appointmentId,
        )
        const isLast = sheetsOf(state, appointmentId).every((one) => one.occurredAt <= sheet.occurredAt)
        return !isLast || (read !== undefined && read.at >= sheet.at)
      },
    })
  }
}

export const PROGRESS_DUTIES = [updateAfterEveryAppointment] as const
