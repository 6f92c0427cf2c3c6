import { DAY_MS, type Instant, type LocalDate, londonDate, londonTime } from '../calendar/london.ts'
import type { DomainEvent, EventInfo } from './events.ts'
import {
  addressKey,
  type CasefileId,
  casefileId,
  casefileOfNotice,
  kindOf,
  personKey,
  releaseKey,
} from './ids.ts'

/** When a worker's day list is sent, London time. */
export const DAY_LIST_AT = '07:30'

/** When a casefile that only records facts is next looked at: before anything in it may be forgotten. */
const LATER_MS = 28 * DAY_MS

/**
 * The instant from which an event arriving at `now` matters to a casefile; undefined if it makes nothing due in an
 * existing casefile, which reads it at its next wake.
 */
export function mattersFrom(id: CasefileId, event: DomainEvent, now: Instant): Instant | undefined {
  // An address tells nobody anything: it is read when something is sent there.
  if (kindOf(id) === 'address') return now + LATER_MS
  switch (event.type) {
    case 'day.booked':
      return listOf(event.info.day, now)
    case 'appointment.booked':
      // For the worker it is a line in that day's list.
      return kindOf(id) === 'contact' ? listOf(londonDate(event.info.startsAt), now) : now
    case 'release.planned':
    case 'release.possible':
    case 'prison.updated':
    case 'rota.published':
      // A worker's casefile only records where the worker is named.
      return kindOf(id) === 'contact' ? now + LATER_MS : now
    case 'notice.delivered':
      // A delivery only prevents sending again.
      return undefined
    default:
      return now
  }
}

/** When a day's list is sent, or `now` if that has passed. */
function listOf(day: LocalDate, now: Instant): Instant {
  return Math.max(now, londonTime(day, DAY_LIST_AT))
}

/** All casefiles an event concerns, from the event alone. */
export function casefilesOf(event: DomainEvent): CasefileId[] {
  const { type, info } = event
  switch (type) {
    case 'contact.updated': {
      const { contactId, email, mobile } = info
      return [casefileId('contact', contactId), ...addresses(email, mobile)]
    }
    case 'contact.calendar-withdrawn':
    case 'day.booked':
      return [casefileId('contact', info.contactId)]
    case 'contact.opted-out':
    case 'contact.opted-in':
    case 'contact.disowned':
      return [casefileId('contact', info.contactId), ...addresses(info.address)]
    case 'reply.received':
    case 'reply.read':
    case 'person.rung':
    case 'release.reported':
      return [...orders(info.orderId), ...releases(event, info.releaseId)]
    case 'order.made':
    case 'order.varied':
      return ofTerms(event, info)
    case 'appointment.booked':
      return [casefileId('order', info.orderId), ...contacts(info.with)]
    case 'prison.updated':
      return ofPosts(info)
    case 'partnership.agreed':
    case 'partnership.ended':
      return [casefileId('prison', info.prisonId)]
    case 'clearance.applied':
    case 'clearance.confirmed':
      return [...clearances(info), ...people(event, info.holder)]
    case 'clearance.renewal-requested':
    case 'clearance.ended':
      return clearances(info)
    case 'release.planned':
    case 'release.possible':
      return ofRelease(event, info)
    case 'release.moved':
    case 'release.cancelled':
    case 'release.closed':
      return [...releases(event, info.releaseId), ...rotas(info)]
    case 'gate-meeting.accepted':
    case 'gate-meeting.declined':
    case 'gate-meeting.closed':
    case 'release-check.completed':
    case 'follow-up.recorded':
      return releases(event, info.releaseId)
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
    case 'prison-offender-events.prisoner.received':
    case 'prisoner-offender-search.prisoner.received':
      return ofNumbers(info.nomsNumber ?? event.person.noms ?? '')
    case 'prison-offender-events.prisoner.merged':
      return ofNumbers(info.nomsNumber, info.removedNomsNumber)
    case 'person.died':
      return people(event)
    case 'rota.published':
      return ofShifts(info)
    case 'notice.delivered':
    case 'notice.failed':
    case 'notice.acknowledged': {
      const casefile = casefileOfNotice(info.noticeId)
      return casefile ? [casefile] : []
    }
    case 'address.delivered':
    case 'address.failed':
    case 'address.asked':
    case 'address.told':
    case 'address.replied':
      return [casefileId('address', info.address)]
    default:
      return [casefileId('order', info.orderId)]
  }
}

/** An order, everybody who works on it, and the person. */
function ofTerms(event: DomainEvent, info: EventInfo<'order.varied'>): CasefileId[] {
  const { orderId, person, offenderManager, caseManager, probationOffice, provider, dutyOfficer } = info
  return [
    casefileId('order', orderId),
    ...contacts(offenderManager, caseManager, probationOffice, provider, dutyOfficer),
    ...people(event, person),
  ]
}

/** A release, its area's rota, the person, and those who work on it. */
function ofRelease(
  event: DomainEvent,
  info: EventInfo<'release.planned' | 'release.possible'>,
): CasefileId[] {
  return [
    ...[...releases(event, info.releaseId), ...rotas(info), ...people(event)],
    ...contacts(info.dutyOfficer, info.keyWorker),
  ]
}

/** A prison, and those who hold its posts. */
function ofPosts({ prisonId, governor, deputy, vettingContact }: EventInfo<'prison.updated'>): CasefileId[] {
  return [casefileId('prison', prisonId), ...contacts(governor, deputy, vettingContact)]
}

/** A rota, its owner, and everybody on it. */
function ofShifts({ area, owner, shifts }: EventInfo<'rota.published'>): CasefileId[] {
  return [casefileId('rota', area), ...contacts(owner, ...shifts.map(({ contactId }) => contactId))]
}

function orders(orderId: string | undefined): CasefileId[] {
  return orderId === undefined ? [] : [casefileId('order', orderId)]
}

function clearances(info: { clearanceId: string; prisonId: string }): CasefileId[] {
  return [casefileId('clearance', info.clearanceId), casefileId('prison', info.prisonId)]
}

function releases(event: DomainEvent, releaseId: string | undefined): CasefileId[] {
  return releaseId === undefined ? [] : [releaseCasefile({ person: event.person, info: { releaseId } })]
}

/** The casefile of the release an event is about: by the prison number in the event, else by the release's id. */
export function releaseCasefile({
  person,
  info,
}: Pick<DomainEvent, 'person'> & { readonly info: { readonly releaseId: string } }): CasefileId<'release'> {
  return casefileId('release', person.noms ? releaseKey(person.noms) : info.releaseId)
}

/** The prison number by which some events of a release name its person; undefined where none of them does. */
export function prisonNumberOf(releaseId: string, events: readonly DomainEvent[]): string | undefined {
  const named = events.find(
    ({ info, person }) => 'releaseId' in info && info.releaseId === releaseId && person.noms,
  )
  return named?.person.noms
}

/** The person an event is about, under each number in it and as a contact. */
function people({ person: { crn, noms } }: DomainEvent, contactId?: string): CasefileId[] {
  return [
    ...(crn === undefined ? [] : [casefileId('person', personKey('crn', crn))]),
    ...(noms === undefined ? [] : [casefileId('person', personKey('noms', noms))]),
    ...(contactId === undefined ? [] : [casefileId('person', personKey('contact', contactId))]),
  ]
}

/** The releases of people known by prison numbers, and these people. */
function ofNumbers(...numbers: string[]): CasefileId[] {
  return numbers.flatMap((noms) => [
    casefileId('release', releaseKey(noms)),
    casefileId('person', personKey('noms', noms)),
  ])
}

function contacts(...ids: (string | undefined)[]): CasefileId[] {
  return [...new Set(ids)].filter((id) => id !== undefined).map((id) => casefileId('contact', id))
}

function addresses(...all: (string | undefined)[]): CasefileId[] {
  return all
    .filter((address) => address !== undefined)
    .map((address) => casefileId('address', addressKey(address)))
}

function rotas(info: { area: string; fromArea?: string | undefined }): CasefileId[] {
  return [...new Set([info.area, info.fromArea])]
    .filter((area) => area !== undefined)
    .map((area) => casefileId('rota', area))
}
