import { type Instant, londonDate } from '../../../shared/calendar/london.ts'
import type { DomainEvent } from '../../../shared/casefile/events.ts'
import { type Written, writeDate, writeTime } from '../../../shared/messages/dates.ts'
import { sayIn } from '../frame/welsh.ts'
import { capitalized, inWords, wholeDay } from '../frame/words.ts'

/** One thing that an event says, as a worker reads it. */
export type Fact = { readonly label: string; readonly value: string }

/** A contact's name as the reader may see it; a sponsor, peer or relative is not named. */
export type NameOf = (contactId: string) => string

/** Fields that name somebody. */
export const CONTACTS: ReadonlySet<string> = new Set([
  ...['person', 'offenderManager', 'caseManager', 'probationOffice', 'provider', 'dutyOfficer', 'with'],
  ...['keyWorker', 'holder', 'governor', 'deputy', 'vettingContact', 'partnershipLead', 'owner'],
  'recordedBy',
])

/** Ids, which are small print; addresses, numbers, and what only some of a casefile's readers may see. */
const UNSAID: ReadonlySet<string> = new Set([
  ...['orderId', 'appointmentId', 'releaseId', 'clearanceId', 'contactId', 'noticeId', 'replyId', 'by'],
  ...['sheetDigest', 'address', 'email', 'mobile', 'nomsNumber', 'removedNomsNumber'],
  ...['partnerViolenceRisk', 'crisis', 'disowned'],
])

/** Fields whose names alone would not tell a reader what they hold. */
const LABELS: Readonly<Record<string, string>> = {
  startsAt: 'When',
  on: 'Day',
  durationMinutes: 'How long, in minutes',
  lengthMonths: 'Length, in months',
  requirementMonths: 'Requirement, in months',
  offenderManagementTier: 'Tier',
  reviewEveryDays: 'Reviewed every so many days',
  travelMinutes: 'Minutes to travel there',
  isOut: 'Out',
  meeters: 'People of their choice who may meet them',
  progress: 'Objectives reported on',
  orderId: 'Order',
  appointmentId: 'Appointment',
  releaseId: 'Release',
  clearanceId: 'Clearance',
  contactId: 'Contact',
  noticeId: 'Notice',
  replyId: 'Reply',
  nomsNumber: 'Prison number',
  removedNomsNumber: 'Prison number before',
  email: 'E-mail',
  by: 'Said by',
  organisationId: 'Organisation',
  prisonId: 'Prison',
  nomisMovementReasonCode: 'Movement code',
}

/** Everything in an event that its reader may know, in the event's order. */
export function factsOf({ info }: DomainEvent, nameOf: NameOf, language: Written): Fact[] {
  return Object.entries(info).flatMap(([field, value]) => {
    const written = UNSAID.has(field) ? undefined : write(field, value, nameOf, language)
    return written === undefined ? [] : [{ label: labelOf(field, language), value: written }]
  })
}

/** What a field is called on a page. */
export function labelOf(field: string, language: Written): string {
  return sayIn(language)(LABELS[field] ?? spaced(field))
}

function write(field: string, value: unknown, nameOf: NameOf, language: Written): string | undefined {
  const say = sayIn(language)
  if (value === undefined) return undefined
  if (field === 'nextAppointment') return say(value === 'none-booked' ? 'none is booked' : 'booked')
  if (field === 'startsAt') return writeWhen(value as Instant, language)
  if (Array.isArray(value)) return writeList(field, value, language)
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no')
  if (typeof value !== 'string') return String(value)
  if (CONTACTS.has(field)) return nameOf(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return writeDate(language, value)
  return /^[a-z]+(-[a-z]+)*$/.test(value) ? inWords(value, language) : value
}

function writeList(field: string, values: readonly unknown[], language: Written): string | undefined {
  if (values.length === 0) return undefined
  const isPlain = values.every((value) => typeof value === 'string')
  return isPlain && field !== 'meeters'
    ? values.map((one) => inWords(one, language)).join(', ')
    : String(values.length)
}

/** `sentencedOn`: Sentenced on. */
function spaced(field: string): string {
  return capitalized(field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
}

/** `Friday 9 October 2026 at 10am`. */
function writeWhen(instant: Instant, language: Written): string {
  const [day, time] = [wholeDay(londonDate(instant), language), writeTime(language, instant)]
  return sayIn(language)('{day} at {time}', { day, time })
}
