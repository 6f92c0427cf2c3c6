import { createHash } from 'node:crypto'
import type { DomainEvent } from './events.ts'

/** What a casefile is about. */
export const KINDS = ['order', 'clearance', 'release', 'prison', 'rota', 'contact', 'address'] as const
export type Kind = (typeof KINDS)[number]
/** `order:O-1001`: the kind of casefile and its key. */
export type CasefileId<K extends Kind = Kind> = `${K}:${string}`

export function casefileId<K extends Kind>(kind: K, key: string): CasefileId<K> {
  return `${kind}:${key}`
}

export function kindOf(id: CasefileId): Kind {
  return id.slice(0, id.indexOf(':')) as Kind
}

export function keyOf(id: CasefileId): string {
  return id.slice(id.indexOf(':') + 1)
}

/** The casefile a notice belongs to, which its id begins with; undefined when the id is none of ours. */
export function casefileOfNotice(noticeId: string): CasefileId | undefined {
  const [kind, key] = noticeId.split('_')
  return key && (KINDS as readonly string[]).includes(kind ?? '') ? casefileId(kind as Kind, key) : undefined
}

/** A release is found by a digest of the prison number, so that no number stands in a key, a queue or a log. */
export function releaseKey(noms: string): string {
  return createHash('sha256').update(`release ${noms}`).digest('hex').slice(0, 24)
}

/** An address is found by a digest, whoever is said to be reached there. */
export function addressKey(address: string): string {
  return createHash('sha256').update(`address ${address.toLowerCase()}`).digest('hex').slice(0, 24)
}

/** Every casefile an event concerns, from the event alone. */
export function casefilesOf(event: DomainEvent): CasefileId[] {
  const { type, info } = event
  switch (type) {
    case 'contact.updated': {
      const { contactId, email, mobile } = info
      return [casefileId('contact', contactId), ...addresses(email, mobile)]
    }
    case 'contact.opted-out':
    case 'contact.opted-in':
    case 'contact.disowned':
      return [casefileId('contact', info.contactId)]
    case 'order.made':
    case 'order.varied':
      return [casefileId('order', info.orderId), ...contacts(info.offenderManager, info.caseManager)]
    case 'appointment.booked':
      return [casefileId('order', info.orderId), ...contacts(info.with)]
    case 'prison.updated':
    case 'partnership.agreed':
    case 'partnership.ended':
      return [casefileId('prison', info.prisonId)]
    case 'clearance.applied':
    case 'clearance.confirmed':
    case 'clearance.renewal-requested':
    case 'clearance.ended':
      return [casefileId('clearance', info.clearanceId), casefileId('prison', info.prisonId)]
    case 'release.planned':
    case 'release.possible':
    case 'release.moved':
    case 'release.cancelled':
    case 'release.closed':
      return [releaseCasefile(event, info.releaseId), ...rotas(info)]
    case 'gate-meeting.accepted':
    case 'gate-meeting.declined':
    case 'gate-meeting.closed':
    case 'release-check.completed':
    case 'follow-up.recorded':
      return [releaseCasefile(event, info.releaseId)]
    case 'prison-offender-events.prisoner.released':
    case 'prisoner-offender-search.prisoner.released':
    case 'prison-offender-events.prisoner.received':
      return [casefileId('release', releaseKey(info.nomsNumber ?? event.person.noms ?? ''))]
    case 'rota.published':
      return [casefileId('rota', info.area)]
    case 'notice.delivered':
    case 'notice.failed':
    case 'notice.acknowledged': {
      const casefile = casefileOfNotice(info.noticeId)
      return casefile ? [casefile] : []
    }
    default:
      return [casefileId('order', info.orderId)]
  }
}

function releaseCasefile(event: DomainEvent, releaseId: string): CasefileId {
  return casefileId('release', event.person.noms ? releaseKey(event.person.noms) : releaseId)
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
