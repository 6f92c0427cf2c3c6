import type * as z from 'zod'
import type { EVENTS, EventType } from '../../shared/casefile/events.ts'
import { ONLY_TOLD, type OnlyTold } from '../../shared/casefile/our-event.ts'
import { typeOnTheWire } from '../../shared/casefile/write-event.ts'

/**
 * What other systems may send us: everything except what casefiles pass to each other about an address or a worker's
 * day.
 */
export type PublishedType = Exclude<EventType, `address.${string}` | 'day.booked'>

const order = { orderId: 'O-1001' }
const appointment = { ...order, appointmentId: 'A-1' }
const byOfficer = { ...order, by: 'C-OM' }
const release = { releaseId: 'R-1', area: 'north' }
const gate = { releaseId: 'R-1' }
const clearance = { clearanceId: 'CL-1', prisonId: 'MDI' }
const toGovernor = { prisonId: 'MDI', on: '2026-04-01', partnershipLead: 'C-LEAD' }
const wish = { contactId: 'C-PERSON', channel: 'sms', address: '07700 900123' } as const
const notice = { noticeId: 'order_O-1001_ATR-01_day-before_person', channel: 'sms' } as const
const out = {
  nomsNumber: 'A9000AA',
  reason: 'RELEASED',
  nomisMovementReasonCode: 'CR',
  currentPrisonStatus: 'NOT_UNDER_PRISON_CARE',
  currentLocation: 'OUTSIDE_PRISON',
  prisonId: 'MDI',
}

/** The same, and what only we send. */
export type ContractType = PublishedType | OnlyTold

/** An example for each type of event. A type without an example does not compile. */
const EXAMPLES: {
  readonly [Type in ContractType]: z.input<(typeof EVENTS & typeof ONLY_TOLD)[Type]>
} = {
  'contact.updated': {
    contactId: 'C-PERSON',
    name: 'Alex Sample',
    email: 'alex@example.com',
    mobile: '07700 900123',
    language: 'both',
    prefers: 'sms',
    addressIsSafe: true,
    confirmedOn: '2026-03-02',
    absent: [{ from: '2026-04-06', to: '2026-04-10', coverContactId: 'C-COVER' }],
    worksIn: ['probation'],
    by: 'C-OM',
  },
  'contact.opted-out': wish,
  'contact.opted-in': wish,
  'reply.received': { ...order, contactId: 'C-PERSON', channel: 'sms', replyId: 'SMS-77', crisis: false },
  'reply.read': { ...order, replyId: 'SMS-77', by: 'C-OM' },
  'contact.calendar-withdrawn': { contactId: 'C-OM', by: 'C-OM' },
  'contact.disowned': wish,
  'person.rung': byOfficer,
  'release.reported': { ...gate, by: 'C-DUTY', isOut: true },
  'order.made': {
    ...order,
    sentencedOn: '2026-03-02',
    lengthMonths: 6,
    person: 'C-PERSON',
    offenderManager: 'C-OM',
    caseManager: 'C-CM',
    probationOffice: 'C-OFFICE',
    provider: 'C-PROVIDER',
    seriousness: 'medium',
    offenderManagementTier: 2,
    dutyOfficer: 'C-DUTY',
    attention: ['complex'],
    wales: false,
  },
  'order.varied': { ...order, caseManager: 'C-CM2' },
  'order.ended': { ...order, endedOn: '2026-09-01', reason: 'completed' },
  'appointment.booked': {
    ...appointment,
    kind: 'treatment',
    startsAt: '2026-03-09T14:00',
    durationMinutes: 60,
    place: '12 High Street',
    with: 'C-CM',
  },
  'appointment.rearranged': { ...appointment, startsAt: '2026-03-10T15:30', by: 'C-CM' },
  'appointment.cancelled': { ...appointment, by: 'C-CM' },
  'appointment.confirmed': { ...appointment, by: 'C-OM' },
  'appointment.declined': { ...appointment, by: 'C-OM' },
  'contact-sheet.submitted': {
    ...appointment,
    attendance: 'attended',
    nextAppointment: 'A-2',
    progress: [{ objective: 'Fewer drinking days', note: 'Two dry days this week' }],
    ringMe: true,
    supportNeed: 'Somewhere to stay',
    by: 'C-CM',
  },
  'aftercare.recorded': { ...order, on: '2026-09-04', by: 'C-CM' },
  'contact-sheet.read': { ...appointment, by: 'C-OM' },
  'document.sent': { ...order, document: 'risk-assessment' },
  'sentence-plan.completed': { ...order, on: '2026-03-16', reviewOn: '2026-06-15' },
  'core-programme.started': { ...order, on: '2026-03-23' },
  'core-programme.completed': { ...order, on: '2026-06-22' },
  'treatment.ended': { ...order, on: '2026-09-01' },
  'risk.changed': byOfficer,
  'risk.acknowledged': { ...order, by: 'C-CM' },
  'disclosure.flagged': { ...order, by: 'C-CM' },
  'disclosure.acknowledged': byOfficer,
  'withdrawal.proposed': { ...order, by: 'C-CM' },
  'withdrawal.discussed': byOfficer,
  'breach.decided': byOfficer,
  'breach.concluded': byOfficer,
  'support-plan.agreed': byOfficer,
  'court-review.listed': { ...order, hearingOn: '2026-05-11' },
  'audit.scored': { ...order, instrument: 'AUDIT-C', score: 7, on: '2026-08-20' },
  'prison.updated': {
    prisonId: 'MDI',
    name: 'HMP Sample',
    governor: 'C-GOV',
    sector: 'public',
    deputy: 'C-DEPUTY',
    vettingContact: 'C-VETTING',
    phone: '07700 900200',
  },
  'partnership.agreed': toGovernor,
  'partnership.ended': toGovernor,
  'clearance.applied': {
    ...clearance,
    holder: 'C-HOLDER',
    organisationId: 'ORG-1',
    route: 'psi-39-2014',
    licenceOrOrderFrom: '2026-01-05',
    licenceOrOrderTo: '2026-07-04',
  },
  'clearance.confirmed': {
    ...clearance,
    holder: 'C-HOLDER',
    organisationId: 'ORG-1',
    confirmedOn: '2026-04-07',
    expiresOn: '2027-04-06',
    role: 'Peer mentor',
  },
  'clearance.renewal-requested': { ...clearance, on: '2027-02-01', by: 'C-GOV' },
  'clearance.ended': { ...clearance, on: '2027-04-07', reason: 'not-renewed' },
  'release.planned': {
    ...release,
    releaseOn: '2026-05-08',
    initials: 'AS',
    dutyOfficer: 'C-DUTY',
    keyWorker: 'C-KEY',
    prisonId: 'MDI',
    gateTime: '08:30',
    travelMinutes: 45,
    meeters: [{ contactId: 'C-SPONSOR', kind: 'sponsor', consented: true }],
    prescribed: true,
  },
  'release.possible': { ...release, hearingOn: '2026-05-07', initials: 'AS', dutyOfficer: 'C-DUTY' },
  'release.moved': { ...release, releaseOn: '2026-05-11', gateTime: '09:00' },
  'release.cancelled': release,
  'release.closed': { ...release, reason: 'settled' },
  'gate-meeting.accepted': { ...gate, by: 'C-SPONSOR' },
  'gate-meeting.declined': { ...gate, by: 'C-SPONSOR' },
  'gate-meeting.closed': { ...gate, outcome: 'met', by: 'C-SPONSOR' },
  'release-check.completed': { ...gate, check: 'prescription', by: 'C-KEY' },
  'follow-up.recorded': { ...gate, on: '2026-05-09', by: 'C-KEY' },
  'rota.published': {
    area: 'north',
    owner: 'C-OWNER',
    shifts: [{ from: '2026-05-04T08:00', to: '2026-05-11T08:00', contactId: 'C-ONCALL' }],
  },
  'notice.given': {
    ...{ ...notice, casefile: 'order:O-1001', duty: 'ATR-01', step: 'day-before' },
    ...{ to: 'C-PERSON', role: 'person' },
  },
  'notice.delivered': notice,
  'notice.failed': { ...notice, reason: 'permanent' },
  'notice.acknowledged': { noticeId: notice.noticeId, by: 'C-OM' },
  'person.died': { on: '2026-06-09' },
  'prison-offender-events.prisoner.released': out,
  'prisoner-offender-search.prisoner.released': {
    nomsNumber: 'A9000AA',
    reason: 'RELEASED',
    prisonId: 'MDI',
  },
  'prison-offender-events.prisoner.received': {
    nomsNumber: 'A9000AA',
    reason: 'ADMISSION',
    prisonId: 'MDI',
  },
  'prisoner-offender-search.prisoner.received': {
    nomsNumber: 'A9000AA',
    reason: 'NEW_ADMISSION',
    prisonId: 'MDI',
  },
  'prison-offender-events.prisoner.merged': {
    nomsNumber: 'A9000AA',
    removedNomsNumber: 'A9001AA',
  },
}

/** The types that other systems may send us, in the order of the contract's table. */
export const PUBLISHED = Object.keys(EXAMPLES).filter((type) => !(type in ONLY_TOLD)) as PublishedType[]

/** Every type of the contract. */
export const CONTRACT_TYPES: readonly ContractType[] = [
  ...PUBLISHED,
  ...(Object.keys(ONLY_TOLD) as OnlyTold[]),
]

/** Whether other systems may send it; what casefiles pass to each other they may not. */
export function isPublished(type: EventType): type is PublishedType {
  return PUBLISHED.some((published) => published === type)
}

/** The nouns of events that are about one person, and should name them. */
const OF_A_PERSON = [
  'person',
  'order',
  'appointment',
  'release',
  'gate-meeting',
  'release-check',
  'follow-up',
]

/** A complete event of this type, as another system would send it. */
export function exampleOf(type: ContractType): object {
  const [noun = ''] = type.split('.')
  const identifiers = [
    { type: 'CRN', value: 'X900001' },
    { type: 'NOMS', value: 'A9000AA' },
  ]
  return {
    eventType: typeOnTheWire(type),
    version: 1,
    eventId: `example/${type}`,
    occurredAt: '2026-03-02T10:00:00Z',
    ...(OF_A_PERSON.includes(noun) && { personReference: { identifiers } }),
    additionalInformation: EXAMPLES[type],
  }
}
