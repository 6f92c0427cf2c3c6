import * as z from 'zod'
import {
  durationMinutes,
  flag,
  id,
  line,
  list,
  localDate,
  moment,
  months,
  sheetDigest,
  text,
  whole,
} from './fields.ts'

const ORDER = {
  sentencedOn: localDate,
  lengthMonths: months,
  person: id,
  offenderManager: id,
  caseManager: id,
  probationOffice: id,
  provider: id,
  seriousness: z.enum(['low', 'medium', 'high']),
  offenderManagementTier: whole(1, 4),
}
const ORDER_OPTIONAL = {
  startsOn: localDate.optional(),
  requirementStartsOn: localDate.optional(),
  requirementMonths: months.optional(),
  treatmentEndsOn: localDate.optional(),
  commenceBy: localDate.optional(),
  dutyOfficer: id.optional(),
  priorityOffender: flag.optional(),
  attention: list(z.enum(['complex', 'challenging', 'non-compliant']), 10).optional(),
  preparationReviews: flag.optional(),
  reviewEveryDays: whole(1, 366).optional(),
  limitedAccess: flag.optional(),
  wales: flag.optional(),
  inCustody: flag.optional(),
}
const ofOrder = z.object({ orderId: id })
const byWorker = ofOrder.extend({ by: id })
const onDay = ofOrder.extend({ on: localDate })
const ofAppointment = ofOrder.extend({ appointmentId: id })

/** What becomes of an order, its appointments and its papers. */
export const ORDER_EVENTS = {
  'order.made': ofOrder.extend({ ...ORDER, ...ORDER_OPTIONAL }),
  'order.varied': ofOrder.extend({ ...z.object(ORDER).partial().shape, ...ORDER_OPTIONAL }),
  'order.ended': ofOrder.extend({
    endedOn: localDate,
    reason: z.enum(['completed', 'revoked', 'breached', 'transferred', 'died']),
  }),
  'appointment.booked': ofAppointment.extend({
    kind: z.enum(['treatment', 'supervision', 'three-way', 'review', 'group']),
    startsAt: moment,
    durationMinutes,
    place: line.optional(),
    with: id.optional(),
    stage: z.enum(['first', 'half-way', 'end']).optional(),
    enforceable: flag.optional(),
    by: id.optional(),
  }),
  'appointment.rearranged': ofAppointment.extend({
    startsAt: moment,
    durationMinutes: durationMinutes.optional(),
    place: line.optional(),
    by: id.optional(),
  }),
  'appointment.cancelled': ofAppointment.extend({ by: id.optional() }),
  'appointment.confirmed': ofAppointment.extend({ by: id }),
  'appointment.declined': ofAppointment.extend({ by: id }),
  'contact-sheet.submitted': ofAppointment.extend({
    attendance: z.enum(['attended', 'attended-intoxicated', 'did-not-attend']),
    nextAppointment: id,
    progress: list(z.object({ objective: text, note: text }), 50),
    ringMe: flag.optional(),
    supportNeed: z.union([flag, text]).optional(),
    safeWayHome: flag.optional(),
    by: id,
  }),
  'aftercare.recorded': onDay.extend({ by: id }),
  'contact-sheet.read': ofAppointment.extend({ by: id, sheetDigest: sheetDigest.optional() }),
  'document.sent': ofOrder.extend({
    document: z.enum([
      'court-order',
      'pre-sentence-report',
      'risk-assessment',
      'outline-plan',
      'sentence-plan',
      'completion-report',
      'review-information',
    ]),
  }),
  'sentence-plan.completed': onDay.extend({ reviewOn: localDate.optional() }),
  'core-programme.started': onDay,
  'core-programme.completed': onDay,
  'treatment.ended': onDay,
  'risk.changed': byWorker,
  'risk.acknowledged': byWorker,
  'disclosure.flagged': byWorker,
  'disclosure.acknowledged': byWorker,
  'withdrawal.proposed': byWorker,
  'withdrawal.discussed': byWorker,
  'breach.decided': byWorker,
  'breach.concluded': byWorker,
  'support-plan.agreed': byWorker,
  'court-review.listed': ofOrder.extend({ hearingOn: localDate }),
  'audit.scored': onDay.extend({ instrument: z.enum(['AUDIT', 'AUDIT-C']), score: whole(0, 40) }),
}
