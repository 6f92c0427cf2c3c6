import { type Instant, writeInstant } from '../../../shared/calendar/london.ts'
import { addressKey, type CasefileId, kindOf } from '../../../shared/casefile/ids.ts'
import { contactOf } from './reader.ts'
import type { Page } from './showing.ts'

/** What was done with personal data, in the form of the HMPPS audit service. It names people only by reference. */
export type AuditLine = {
  readonly what: Audited['what']
  readonly when: string
  readonly subjectId: string
  readonly subjectType: string
  readonly who: string
  readonly service: 'throughcare'
  readonly details?: string
}
export type Audit = (line: AuditLine) => void

/** What is recorded when somebody looks something up or exports it. Details are codes and numbers only. */
export type Audited = {
  readonly what:
    | 'CASELOAD_TAKEN_IN'
    | 'OPENING_REFUSED'
    | 'LIST_EXPORTED'
    | 'SEARCHED'
    | 'HELD_ABOUT_PERSON_VIEWED'
    | 'HELD_ABOUT_PERSON_UNCOVERED'
  readonly subjectId: string
  readonly subjectType: string
  readonly details?: Readonly<Record<string, string | number | readonly string[]>>
}

export type AuditPorts = { readonly audit: Audit; readonly now: () => Instant }

/** Records what the reader of a page does there. */
export function writeDown(c: Page, { audit, now }: AuditPorts, { details, ...audited }: Audited): void {
  audit({
    ...audited,
    when: writeInstant(now()),
    who: whoOf(c),
    service: 'throughcare',
    ...(details && { details: JSON.stringify(details) }),
  })
}

/** Records that somebody tried to open what others work on: frequent attempts may be probing for known numbers. */
export function writeRefusal(c: Page, ports: AuditPorts, others: CasefileId): void {
  writeDown(c, ports, {
    what: 'OPENING_REFUSED',
    ...{ subjectId: others, subjectType: kindOf(others).toUpperCase() },
  })
}

/** A worker by their contact; others by a digest of the address they signed in with. */
function whoOf(c: Page): string {
  const { email, isSupport } = c.get('person') ?? {}
  const known = contactOf(c.get('reader'))
  if (known !== undefined) return known
  return email === undefined ? 'nobody signed in' : `${isSupport ? 'support' : 'staff'}/${addressKey(email)}`
}

/** Why somebody exports, or uncovers, data about others: a code, since free text could name somebody. */
export const REASONS_TO_LOOK = {
  'subject-access': 'The person asked what is held about them',
  complaint: 'A complaint',
  incident: 'An incident that is being looked into',
  'court-or-law': 'A court or the law requires it',
  handover: 'A caseload is handed over',
} as const

/** Parses a form's reason; undefined if it is not one. */
export function reasonIn(said: unknown): keyof typeof REASONS_TO_LOOK | undefined {
  return (Object.keys(REASONS_TO_LOOK) as (keyof typeof REASONS_TO_LOOK)[]).find((one) => one === said)
}
