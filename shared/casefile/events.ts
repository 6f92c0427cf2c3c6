import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import * as z from 'zod'
import { type Instant, readMoment } from '../calendar/london.ts'

/**
 * The contract's events as schemas, in the order of the contract's table: at one `occurredAt`, the type further
 * down wins. A schema is all that is said about an event; `DomainEvent` and every message of refusal follow.
 */

const matching = (pattern: RegExp, expected: string) => z.string().regex(pattern, `expected ${expected}`)

const id = matching(/^[A-Za-z0-9-]{1,64}$/, 'an id of 1 to 64 letters, digits and hyphens')
const prisonId = matching(/^[A-Z]{3}$/, 'a prison code such as MDI')
export const crn = matching(/^[A-Z]\d{6}$/, 'a CRN such as X900001')
export const noms = matching(/^[A-Z]\d{4}[A-Z]{2}$/, 'a prison number such as A9000AA')
const noticeId = matching(/^[a-z]+_[A-Za-z0-9-]+_[A-Za-z0-9_-]+$/, 'a noticeId as we gave it').max(256)
const localDate = z.iso.date('expected a date such as 2026-03-09')
const localTime = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 09:30')
const months = z.int().min(1).max(120)
const text = z.string().min(1).max(2_000)
/** A person's own words or address: bounded, otherwise free. */
const line = z.string().min(1).max(254)

/** A moment on the wire, with an offset or as London wall clock, becomes an `Instant`. */
const moment = z.string().transform((written, context): Instant => {
  const instant = readMoment(written)
  if (instant !== undefined) return instant.epochMilliseconds
  context.addIssue('expected a date and time such as 2026-03-09T14:00')
  return z.NEVER
})

/** Any number that could be dialled, in international form; anything else leaves the contact without one. */
const phone = z.string().transform(phoneNumber)

const ORDER = {
  sentencedOn: localDate,
  lengthMonths: months,
  person: id,
  offenderManager: id,
  caseManager: id,
  probationOffice: id,
  provider: id,
  seriousness: z.enum(['low', 'medium', 'high']),
  offenderManagementTier: z.int().min(1).max(4),
}
const ORDER_OPTIONAL = {
  startsOn: localDate.optional(),
  requirementStartsOn: localDate.optional(),
  requirementMonths: months.optional(),
  treatmentEndsOn: localDate.optional(),
  commenceBy: localDate.optional(),
  dutyOfficer: id.optional(),
  priorityOffender: z.boolean().optional(),
  attention: z.array(z.enum(['complex', 'challenging', 'non-compliant'])).optional(),
  preparationReviews: z.boolean().optional(),
  reviewEveryDays: z.int().min(1).max(366).optional(),
  limitedAccess: z.boolean().optional(),
  wales: z.boolean().optional(),
}
const ofOrder = z.object({ orderId: id })
const byWorker = ofOrder.extend({ by: id })
const onDay = ofOrder.extend({ on: localDate })
const ofAppointment = ofOrder.extend({ appointmentId: id })
const durationMinutes = z.int().min(1).max(1_440)
const ofClearance = z.object({ clearanceId: id, prisonId })
const ofRelease = z.object({ releaseId: id })
const inArea = ofRelease.extend({ area: id })
const channel = z.enum(['email', 'sms'])
const ofNotice = z.object({
  noticeId,
  channel: channel.optional(),
  reason: text.optional(),
  by: id.optional(),
})
/** An address in a public field, and the digest by which it is found, in one passed on between casefiles. */
const digest = matching(/^[0-9a-f]{24}$/, 'the digest of an address')
/** What a contact asked for; with an address, from where, and so for everybody who is reached there. */
const ofWish = z.object({ contactId: id, address: line.transform(addressOf).optional() })
const place = z.enum(['prison', 'court'])
const prisonMovement = z.object({
  nomsNumber: noms.optional(),
  reason: text.optional(),
  currentPrisonStatus: text.optional(),
  nomisMovementReasonCode: text.optional(),
  prisonId: z.string().optional(),
})

export const EVENTS = {
  'contact.updated': z.object({
    contactId: id,
    name: line,
    email: line.optional(),
    mobile: phone.optional(),
    phone: phone.optional(),
    language: z.enum(['en', 'cy', 'both']).optional(),
    prefers: z.enum(['email', 'sms']).optional(),
    addressIsSafe: z.boolean().optional(),
    confirmedOn: localDate.optional(),
    doNotMessage: z.boolean().optional(),
    absent: z
      .array(z.object({ from: localDate, to: localDate, coverContactId: id.optional() }))
      .max(200)
      .optional(),
  }),
  'contact.opted-out': ofWish.extend({ channel: z.enum(['email', 'sms', 'all']) }),
  'contact.opted-in': ofWish.extend({ channel: z.enum(['email', 'sms', 'all']) }),
  'contact.disowned': ofWish.extend({ channel }),
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
    enforceable: z.boolean().optional(),
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
    progress: z.array(z.object({ objective: text, note: text })).max(50),
    ringMe: z.boolean().optional(),
    supportNeed: z.union([z.boolean(), text]).optional(),
    by: id,
  }),
  'contact-sheet.read': ofAppointment.extend({ by: id }),
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
  'disclosure.flagged': byWorker,
  'disclosure.acknowledged': byWorker,
  'withdrawal.proposed': byWorker,
  'withdrawal.discussed': byWorker,
  'breach.decided': byWorker,
  'breach.concluded': byWorker,
  'support-plan.agreed': byWorker,
  'court-review.listed': ofOrder.extend({ hearingOn: localDate }),
  'audit.scored': onDay.extend({ instrument: z.enum(['AUDIT', 'AUDIT-C']), score: z.int().min(0).max(40) }),
  'prison.updated': z.object({
    prisonId,
    name: line,
    governor: id,
    sector: z.enum(['public', 'private']).optional(),
    deputy: id.optional(),
    vettingContact: id.optional(),
    phone: phone.optional(),
  }),
  'partnership.agreed': z.object({ prisonId, on: localDate, partnershipLead: id.optional() }),
  'partnership.ended': z.object({ prisonId, on: localDate, partnershipLead: id.optional() }),
  'clearance.applied': ofClearance.extend({
    holder: id,
    organisationId: id,
    route: z.enum(['psi-27-2014', 'psi-39-2014']),
    licenceOrOrderFrom: localDate.optional(),
    licenceOrOrderTo: localDate.optional(),
  }),
  'clearance.confirmed': ofClearance.extend({
    holder: id,
    organisationId: id,
    confirmedOn: localDate,
    expiresOn: localDate.optional(),
    route: z.enum(['psi-27-2014', 'psi-39-2014']).optional(),
    role: line.optional(),
    confirmedBy: z.enum(['act', 'governor-overrule']).optional(),
  }),
  'clearance.renewal-requested': ofClearance.extend({ on: localDate, by: id }),
  'clearance.ended': ofClearance.extend({
    on: localDate,
    reason: z.enum(['left', 'withdrawn', 'not-renewed', 'role-changed', 'recalled']),
  }),
  'release.planned': inArea.extend({
    releaseOn: localDate,
    initials: matching(/^\p{L}[\p{L}.]{0,7}$/u, 'initials such as AB'),
    dutyOfficer: id,
    keyWorker: id.optional(),
    prisonId: prisonId.optional(),
    place: place.optional(),
    meetAt: line.optional(),
    gateTime: localTime.optional(),
    travelMinutes: z.int().min(0).max(1_440).optional(),
    meeters: z
      .array(
        z.object({
          contactId: id,
          kind: z.enum(['key-worker', 'sponsor', 'peer', 'family']),
          consented: z.boolean(),
        }),
      )
      .max(20)
      .optional(),
    prescribed: z.boolean().optional(),
    partnerViolenceRisk: z.boolean().optional(),
  }),
  'release.possible': inArea.extend({
    hearingOn: localDate,
    initials: matching(/^\p{L}[\p{L}.]{0,7}$/u, 'initials such as AB'),
    dutyOfficer: id,
    keyWorker: id.optional(),
    court: line.optional(),
  }),
  'release.moved': inArea.extend({
    fromArea: id.optional(),
    releaseOn: localDate.optional(),
    gateTime: localTime.optional(),
    prisonId: prisonId.optional(),
    place: place.optional(),
    meetAt: line.optional(),
  }),
  'release.cancelled': inArea,
  'release.closed': inArea.extend({ reason: z.enum(['settled', 'declined', 'transferred', 'died']) }),
  'gate-meeting.accepted': ofRelease.extend({ by: id }),
  'gate-meeting.declined': ofRelease.extend({ by: id }),
  'gate-meeting.closed': ofRelease.extend({
    outcome: z.enum(['met', 'person-not-seen', 'meeter-not-there', 'not-released', 'stood-down']),
    by: id,
  }),
  'release-check.completed': ofRelease.extend({
    check: z.enum(['prescription', 'gp-records', 'doctor-seen', 'identity', 'accommodation', 'money']),
    by: id,
  }),
  'follow-up.recorded': ofRelease.extend({ on: localDate, by: id }),
  'rota.published': z.object({
    area: id,
    owner: id,
    shifts: z.array(z.object({ from: moment, to: moment, contactId: id })).max(2_000),
  }),
  'notice.delivered': ofNotice,
  'notice.failed': ofNotice,
  'notice.acknowledged': ofNotice,
  'address.delivered': ofNotice.extend({ address: digest }),
  'address.failed': ofNotice.extend({ address: digest }),
  'prison-offender-events.prisoner.released': prisonMovement,
  'prisoner-offender-search.prisoner.released': prisonMovement,
  'prison-offender-events.prisoner.received': prisonMovement,
}

export type EventType = keyof typeof EVENTS
/** What an event of one type says: the contract's `additionalInformation`, moments as instants. */
export type EventInfo<Type extends EventType> = z.infer<(typeof EVENTS)[Type]>

/** One thing that happened. Immutable; fields the contract does not know stay in `info`, unread. */
export type DomainEvent = {
  readonly [Type in EventType]: {
    readonly eventId: string
    readonly type: Type
    /** UTC with nine decimals, so that text order is time order to the nanosecond. */
    readonly occurredAt: string
    /** `occurredAt` as an instant. */
    readonly at: Instant
    readonly person: { readonly crn?: string | undefined; readonly noms?: string | undefined }
    readonly info: EventInfo<Type>
  }
}[EventType]

export const Wrapper = z.object({
  Type: z.literal('Notification'),
  MessageId: z.string().min(1).max(200),
  Message: z.string(),
})

/** A telephone number in international form, however it was written; undefined where it could not be dialled. */
export function phoneNumber(written: string): string | undefined {
  const number = parsePhoneNumberFromString(written, 'GB')
  return number?.isPossible() ? number.number : undefined
}

/** An address as contacts have it: a telephone number in international form, an e-mail address as it was written. */
function addressOf(written: string): string {
  return written.includes('@') ? written : (phoneNumber(written) ?? written)
}

/** True when `a` happened before `b`; at a tie the contract's order of types decides, then the larger eventId. */
export function compareEvents(a: DomainEvent, b: DomainEvent): number {
  return compare(a.occurredAt, b.occurredAt) || RANK[a.type] - RANK[b.type] || compare(a.eventId, b.eventId)
}

const RANK = Object.fromEntries(Object.keys(EVENTS).map((type, rank) => [type, rank])) as Record<
  EventType,
  number
>

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export type EventOf<Type extends EventType> = Extract<DomainEvent, { type: Type }>

/** The fields that an event really states: one left out stays as it was. */
export function stated<T extends object>(info: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(info).filter(([, value]) => value !== undefined)) as never
}

/** The noun an event is filed under: `appointment` for `appointment.booked`. */
export function nounOf(event: DomainEvent): string {
  return event.type.slice(0, event.type.lastIndexOf('.'))
}
