import { type Instant, writeInstant } from '../../../shared/calendar/london.ts'
import { addressKey, type CasefileId, kindOf } from '../../../shared/casefile/ids.ts'
import { contactOf } from './reader.ts'
import type { Page } from './showing.ts'

/** What was done with what is held, in the shape of the HMPPS audit service. It names nobody but by reference. */
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

/** What is written down of somebody who looked something up or took it away. Details are codes and numbers alone. */
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

/** Writes down what the one who asked for a page does there. */
export function writeDown(c: Page, { audit, now }: AuditPorts, { details, ...audited }: Audited): void {
  audit({
    ...audited,
    when: writeInstant(now()),
    who: whoOf(c),
    service: 'throughcare',
    ...(details && { details: JSON.stringify(details) }),
  })
}

/** Writes down that somebody would have opened what others work on: who does so often asks which numbers are known. */
export function writeRefusal(c: Page, ports: AuditPorts, others: CasefileId): void {
  writeDown(c, ports, {
    what: 'OPENING_REFUSED',
    ...{ subjectId: others, subjectType: kindOf(others).toUpperCase() },
  })
}

/** A worker by their contact; others, who are no contact, by a digest of the address that they signed in with. */
function whoOf(c: Page): string {
  const { email, isSupport } = c.get('person') ?? {}
  const known = contactOf(c.get('reader'))
  if (known !== undefined) return known
  return email === undefined ? 'nobody signed in' : `${isSupport ? 'support' : 'staff'}/${addressKey(email)}`
}

/** Why somebody takes away, or uncovers, what is about others: a code, since words of theirs could name somebody. */
export const REASONS_TO_LOOK = {
  'subject-access': 'The person asked what is held about them',
  complaint: 'A complaint',
  incident: 'An incident that is being looked into',
  'court-or-law': 'A court or the law requires it',
  handover: 'A caseload is handed over',
} as const

/** A reason as a form has it; undefined where it is none. */
export function reasonIn(said: unknown): keyof typeof REASONS_TO_LOOK | undefined {
  return (Object.keys(REASONS_TO_LOOK) as (keyof typeof REASONS_TO_LOOK)[]).find((one) => one === said)
}
