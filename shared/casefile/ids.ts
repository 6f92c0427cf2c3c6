import { hash } from 'node:crypto'
import { type Instant, londonClock } from '../calendar/london.ts'
import type { Role } from './ledger.ts'

/** The casefile that a queue message names; it names nothing else. Throws when it is no id of a casefile. */
export function readCasefileId(body: string): CasefileId {
  const isOurs = KINDS.some((kind) => body.startsWith(`${kind}:`) && body.length > kind.length + 1)
  if (!isOurs) throw new Error('expected the id of a casefile')
  return body as CasefileId
}

/** An occasion begins with what it is about: a release or an appointment and the version of its plan, or a reply. */
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

/** The casefile a notice belongs to, which its id begins with; undefined when the id is none of ours. */
export function casefileOfNotice(noticeId: string): CasefileId | undefined {
  const [kind, key] = noticeId.split('_')
  return key && (KINDS as readonly string[]).includes(kind ?? '') ? casefileId(kind as Kind, key) : undefined
}

/** What the order of a probe, and every id made from it, begins with: nobody's, and no producer's. */
const PROBE = 'PROBE-'

/** The id of a probe: an order that the service makes to see that a notice comes out (functions/probe). */
export function probeId(name: string): string {
  return `${PROBE}${name}`
}

/** Whether an event, a casefile or a notice is of a probe, by its id. */
export function isOfProbe(id: string): boolean {
  return id.startsWith(PROBE) || id.startsWith(`order:${PROBE}`) || id.startsWith(`order_${PROBE}`)
}

/** So many hexadecimal digits that stand for a text. */
export function digest(text: string, digits: number): string {
  return hash('sha256', text, 'hex').slice(0, digits)
}

/** Where an id stands among 65,536 places, over which ids are evenly spread. */
export function placeOf(id: CasefileId): number {
  return hash('sha256', id, 'buffer').readUInt16BE(0)
}

/** A release is found by a digest of the prison number, so that no number stands in a key, a queue or a log. */
export function releaseKey(noms: string): string {
  return digest(`release ${noms}`, 24)
}

/** An address is found by a digest, no matter who is said to be reached there. */
export function addressKey(address: string): string {
  return digest(`address ${address.toLowerCase()}`, 24)
}

/** A person is found by a digest of a CRN, a prison number or their contactId. */
export function personKey(by: 'crn' | 'noms' | 'contact', value: string): string {
  return digest(`person ${by} ${value}`, 24)
}

const NOTICE_ID_MAX = 256

/** Derived from casefile, duty, step, occasion and role: a legal tag that a receipt can be routed by. */
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

/** A moment inside an occasion: London wall clock for a start, `202603091400`. */
export function stamp(instant: Instant): string {
  return londonClock(instant).replace(/\D/g, '')
}

/** A fact inside an occasion: to the millisecond, so that moved, back, and moved again are three. */
export function factStamp(instant: Instant): string {
  return instant.toString(36)
}
