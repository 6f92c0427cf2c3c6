import { hash } from 'node:crypto'
import { type Instant, londonClock } from '../calendar/london.ts'
import type { Role } from './ledger.ts'

/** Parses the casefile id that is the whole body of a queue message. Throws if it is not one. */
export function readCasefileId(body: string): CasefileId {
  const isOurs = KINDS.some((kind) => body.startsWith(`${kind}:`) && body.length > kind.length + 1)
  if (!isOurs) throw new Error('expected the id of a casefile')
  return body as CasefileId
}

/** What an occasion is about: a release or an appointment (followed by the version of its plan), or a reply. */
export function subjectOf(occasion: string): string {
  return occasion.split('_')[0] ?? ''
}

/** What a casefile is about. */
export const KINDS = [
  'order',
  'clearance',
  'release',
  'prison',
  'rota',
  'contact',
  'address',
  'person',
] as const
export type Kind = (typeof KINDS)[number]
/** `order:O-1001`: the kind of casefile and its key. */
export type CasefileId<K extends Kind = Kind> = `${K}:${string}`

/** The id of a casefile: `order:O-1001`. */
export function casefileId<K extends Kind>(kind: K, key: string): CasefileId<K> {
  return `${kind}:${key}`
}

/** What a casefile is about, read from its id. */
export function kindOf(id: CasefileId): Kind {
  return id.slice(0, id.indexOf(':')) as Kind
}

/** The key of a casefile within its kind, read from its id. */
export function keyOf(id: CasefileId): string {
  return id.slice(id.indexOf(':') + 1)
}

/** The casefile a notice belongs to, from the beginning of its id; undefined if the id is not ours. */
export function casefileOfNotice(noticeId: string): CasefileId | undefined {
  const [kind, key] = noticeId.split('_')
  return key && (KINDS as readonly string[]).includes(kind ?? '') ? casefileId(kind as Kind, key) : undefined
}

/** The beginning of a probe's order id, and of every id derived from it; no producer uses it. */
const PROBE = 'PROBE-'

/** The id of a probe: an order that the service creates to check that a notice arrives (functions/probe). */
export function probeId(name: string): string {
  return `${PROBE}${name}`
}

/** Whether an event, casefile or notice belongs to a probe, by its id. */
export function isOfProbe(id: string): boolean {
  return id.startsWith(PROBE) || id.startsWith(`order:${PROBE}`) || id.startsWith(`order_${PROBE}`)
}

/** A hash of a text, as this many hexadecimal digits. */
export function digest(text: string, digits: number): string {
  return hash('sha256', text, 'hex').slice(0, digits)
}

/** Maps an id to one of 65,536 places, evenly. */
export function placeOf(id: CasefileId): number {
  return hash('sha256', id, 'buffer').readUInt16BE(0)
}

/** Releases are keyed by a digest of the prison number, so that no number appears in a key, a queue or a log. */
export function releaseKey(noms: string): string {
  return digest(`release ${noms}`, 24)
}

/** Addresses are keyed by a digest, whoever is reached there. */
export function addressKey(address: string): string {
  return digest(`address ${address.toLowerCase()}`, 24)
}

/** Persons are keyed by a digest of a CRN, a prison number or their contactId. */
export function personKey(by: 'crn' | 'noms' | 'contact', value: string): string {
  return digest(`person ${by} ${value}`, 24)
}

const NOTICE_ID_MAX = 256

/**
 * The id of a notice, derived from casefile, duty, step, occasion and role: a legal SES tag by which a receipt can be
 * routed.
 */
export function noticeIdOf(
  casefile: CasefileId,
  parts: { duty: string; step: string; occasion: string; role: Role; contactId?: string | undefined },
): string {
  const { duty, step, occasion, role, contactId } = parts
  const whom = contactId === undefined ? role : `${role}_${contactId}`
  const id = `${kindOf(casefile)}_${keyOf(casefile)}_${duty}_${step}_${occasion}_${whom}`
  if (id.length <= NOTICE_ID_MAX) return id
  const end = digest(id, 16)
  return `${id.slice(0, NOTICE_ID_MAX - 1 - end.length)}-${end}`
}

/** A start within an occasion: London time, `202603091400`. */
export function stamp(instant: Instant): string {
  return londonClock(instant).replace(/\D/g, '')
}

/** The time of a fact within an occasion, to the millisecond: moved, moved back and moved again are three. */
export function factStamp(instant: Instant): string {
  return instant.toString(36)
}
